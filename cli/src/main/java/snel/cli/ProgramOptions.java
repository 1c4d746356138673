package snel.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.source.SourceFile;

/// What commands on a program have in common: the file, settings, the form of the output.
final class ProgramOptions {
  private static final int BITS_OF_SEEDS = 32;

  private final Supplier<Path> file;
  private final Supplier<List<String>> settings;
  private final Supplier<Optional<BigInteger>> seed;
  private final Supplier<String> format;

  ProgramOptions(Usage usage) {
    file = usage.parameter(0, "FILE", Path.class, Path.of(""), "the program, a .snn file");
    settings =
        usage.options(
            "--set",
            "OWNER.NAME=VALUE",
            "",
            "sets a parameter of a network or experiment; a bare name where it is unique");
    seed = usage.optional("--seed", "N", BigInteger.class, "in place of every experiment's seed");
    format = format(usage);
  }

  static Supplier<String> format(Usage usage) {
    return usage.option("--format", "FORM", String.class, "text", "text or json");
  }

  /// A program that has been read.
  record Opened(OpenProgram program, SourceFile source, ProgramFiles files) {}

  Path file() {
    return file.get();
  }

  Console console() {
    String form = format.get();
    if (!form.equals("text") && !form.equals("json")) {
      throw new Misuse("--format is text or json, not " + form);
    }
    return Console.of(form.equals("json"));
  }

  Options options() {
    if (seed.get().isEmpty()) {
      return new Options(settings(), OptionalInt.empty());
    }
    BigInteger number = seed.get().get();
    if (number.signum() < 0 || number.bitLength() > BITS_OF_SEEDS) {
      throw new Misuse("a seed lies in 0 ..< 4294967296");
    }
    return new Options(settings(), OptionalInt.of(number.intValue()));
  }

  /// What of the command line decides the result.
  List<String> words() {
    List<String> words = new ArrayList<>();
    seed.get().ifPresent(number -> words.addAll(List.of("--seed", number.toString())));
    settings().forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
    return words;
  }

  /// In the order of the command line, by the last of each name.
  private Map<String, String> settings() {
    LinkedHashMap<String, String> byName = new LinkedHashMap<>();
    for (String setting : settings.get()) {
      int sign = setting.indexOf('=');
      if (sign < 0) {
        throw new Misuse("`--set` takes a name and a value, as in `--set Net.g=3`");
      }
      byName.putLast(setting.substring(0, sign).strip(), setting.substring(sign + 1).strip());
    }
    return byName;
  }

  /// Reads the program without compiling anything.
  Opened open(Diagnostics diagnostics) {
    SourceFile source = ProgramFile.read(file());
    ProgramFiles files = new ProgramFiles(DiskLoader.of(ProgramFile.folder(file())));
    OpenProgram program = Compiler.open(source, files.loader(), files, options(), diagnostics);
    return new Opened(program, source, files);
  }

  /// Reads the program; shows its faults and stops if it has any.
  Opened openWhole(Console console) {
    Diagnostics diagnostics = new Diagnostics();
    Opened opened = open(diagnostics);
    opened
        .program()
        .seedSetTwice(options())
        .ifPresent(name -> {
          throw new Misuse(
              "`--seed` and `--set %s=…` both give a seed; leave one of them out".formatted(name));
        });
    if (!diagnostics.hasErrors()) {
      opened.program().check(options(), diagnostics);
    }
    if (diagnostics.hasErrors()) {
      console.show(diagnostics);
      throw new WrongProgram();
    }
    console.advise(diagnostics);
    return opened;
  }
}
