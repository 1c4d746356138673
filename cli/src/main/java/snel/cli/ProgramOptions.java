package snel.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.source.SourceFile;

/// What commands on a program have in common: the file, settings, the form of the output.
final class ProgramOptions {
  private static final int BITS_OF_SEEDS = 32;

  @Parameters(index = "0", paramLabel = "FILE", description = "the program, a .snn file")
  private Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "OWNER.NAME=VALUE",
      description = "sets a parameter of a network or experiment; a bare name where it is unique")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--seed", paramLabel = "N", description = "in place of every experiment's seed")
  private @Nullable BigInteger seed;

  @Option(names = "--format", paramLabel = "FORM", description = "text or json")
  private String format = "text";

  /// A program that has been read.
  record Opened(OpenProgram program, SourceFile source, ProgramFiles files) {}

  Path file() {
    return file;
  }

  Console console() {
    if (!format.equals("text") && !format.equals("json")) {
      throw new Misuse("--format is text or json, not " + format);
    }
    return Console.of(format.equals("json"));
  }

  Options options() {
    if (seed == null) {
      return new Options(settings(), OptionalInt.empty());
    }
    if (seed.signum() < 0 || seed.bitLength() > BITS_OF_SEEDS) {
      throw new Misuse("a seed lies in 0 ..< 4294967296");
    }
    return new Options(settings(), OptionalInt.of(seed.intValue()));
  }

  /// What of the command line decides the result.
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (seed != null) {
      words.addAll(List.of("--seed", seed.toString()));
    }
    settings().forEach((name, value) -> words.addAll(List.of("--set", name + "=" + value)));
    return words;
  }

  /// In the order of the command line, by the last of each name.
  private Map<String, String> settings() {
    LinkedHashMap<String, String> byName = new LinkedHashMap<>();
    for (String setting : settings) {
      int sign = setting.indexOf('=');
      if (sign < 0) {
        throw new Misuse("`--set` takes a name and a value, as in `--set Net.g=3`");
      }
      byName.putLast(setting.substring(0, sign), setting.substring(sign + 1));
    }
    return byName;
  }

  /// Reads the program without compiling anything.
  Opened open(Diagnostics diagnostics) {
    SourceFile source = ProgramFile.read(file);
    ProgramFiles files = new ProgramFiles(DiskLoader.of(ProgramFile.folder(file)));
    OpenProgram program = Compiler.open(source, files.loader(), files, options(), diagnostics);
    return new Opened(program, source, files);
  }

  /// Reads the program; shows its faults and stops if it has any.
  Opened openWhole(Console console) {
    Diagnostics diagnostics = new Diagnostics();
    Opened opened = open(diagnostics);
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
