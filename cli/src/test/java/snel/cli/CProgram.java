package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import snel.target.c.CTarget;

/// A program that `snel compile` wrote and `make` made: with all warnings, which are errors.
final class CProgram {
  private static final String FLAGS = "-Wall -Wextra -Werror";
  private static final Map<List<String>, Path> LIBRARIES = new HashMap<>();

  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])-?[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?(?![\\w.])");

  private final Path folder;
  private final String name;

  private CProgram(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /// How a command ended, and what it printed.
  record Ended(int exit, List<String> out, String err) {}

  static boolean canBeMade() {
    return Stream.of("gcc", "make").allMatch(CProgram::isPresent);
  }

  private static boolean isPresent(String tool) {
    try {
      return new ProcessBuilder(tool, "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @param out an empty folder
  /// @param flags of the compiler, besides warnings
  /// @param arguments of `snel compile --target c`
  static CProgram of(Path out, String flags, List<String> arguments) {
    return of(out, List.of("CFLAGS=" + FLAGS + " " + flags), arguments);
  }

  /// The same for any machine of this kind, not only for the one at hand.
  static CProgram portable(Path out, String flags, List<String> arguments) {
    return of(out, List.of("CFLAGS=" + FLAGS + " " + flags, "MACHINE="), arguments);
  }

  private static CProgram of(Path out, List<String> flags, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("compile", "--target", "c"));
    command.addAll(List.of("--out", out.toString()));
    command.addAll(arguments);
    CommandLineRun written = CommandLineRun.of(command.toArray(String[]::new));
    assertEquals(0, written.exit(), written.err());
    try (Stream<Path> inside = Files.list(out)) {
      Path folder = inside.findFirst().orElseThrow();
      make(folder, flags);
      String name = folder.getFileName().toString();
      String experiment = name.substring(0, name.length() - "-c".length());
      return new CProgram(folder, CTarget.binary(experiment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The library is the same in every program: what was made of it once is used again.
  private static void make(Path folder, List<String> flags) throws IOException {
    Path library = LIBRARIES.get(flags);
    if (library != null) {
      copy(library, folder, path -> true);
    }
    List<String> command = new ArrayList<>(List.of("make", "-s", "-j2"));
    command.addAll(flags);
    assertEquals(new Ended(0, List.of(), ""), run(folder, command));
    if (library == null) {
      Path kept = Files.createTempDirectory("snel-library");
      kept.toFile().deleteOnExit();
      copy(folder, kept, path -> path.getFileName().toString().matches("snel_.*\\.o"));
      try (Stream<Path> objects = Files.list(kept)) {
        objects.forEach(object -> object.toFile().deleteOnExit());
      }
      LIBRARIES.put(flags, kept);
    }
  }

  private static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> inside = Files.list(from)) {
      for (Path path : inside.filter(wanted).toList()) {
        Files.copy(path, to.resolve(path.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  Path folder() {
    return folder;
  }

  Ended run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("./" + name));
    command.addAll(List.of(arguments));
    return run(folder, command);
  }

  private static Ended run(Path folder, List<String> command) {
    try {
      Path err = Files.createTempFile(folder, "err", ".txt");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(err.toFile())
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), out.lines().toList(), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Runs the program and reads what it says of each of its experiments.
  List<ProgramRun> runs() {
    Ended ended = run("--hash", "step", "--spikes", "spikes.csv", "--samples", "samples.csv");
    assertEquals(
        List.of(), ended.err().lines().filter(line -> !line.startsWith("warning: ")).toList());
    List<ProgramRun> runs = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : ended.out()) {
      if (line.startsWith("hash\t")) {
        hashes.add(line.split("\t", -1)[2]);
      } else {
        lines.add(line);
      }
      if (line.startsWith("state_hash\t")) {
        runs.add(run(lines, hashes));
        lines.clear();
        hashes.clear();
      }
    }
    assertEquals(List.of(), lines);
    return runs;
  }

  private ProgramRun run(List<String> lines, List<String> hashes) {
    ProgramRun run = ProgramRun.of(lines.getFirst().split("\t", -1)[1]);
    long operations = 0;
    long passed = 0;
    String last = "";
    run.hashes().addAll(hashes);
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split("\t", -1);
      switch (parts[0]) {
        case "state" -> assertEquals("done", parts[1]);
        case "result" -> run.results().put(plain(parts[1]), value(plain(parts[2])));
        case "spikes" -> run.spikeCounts().put(parts[1], Long.valueOf(parts[2]));
        case "synaptic_operations" -> operations = Long.parseLong(parts[1]);
        case "neuron_updates", "plastic_updates" -> {} // the program compares them as results
        case "expectations" -> passed = Long.parseLong(parts[1]);
        case "failed" -> run.failures().add(plain(parts[1]));
        case "state_hash" -> last = parts[1];
        default -> throw new AssertionError(line);
      }
    }
    readSpikes(run);
    readSamples(run);
    return run.with(last, operations, passed);
  }

  /// A part of a line as the experiment gave it.
  private static String plain(String part) {
    return part.translateEscapes();
  }

  /// Numbers where it is numbers, else the text.
  private static Object value(String text) {
    List<Double> numbers = new ArrayList<>();
    if (text.isEmpty()) {
      return numbers;
    }
    if (text.startsWith("[") || text.startsWith("(")) {
      return NUMBER.matcher(text).replaceAll(number -> Double.valueOf(number.group()).toString());
    }
    for (String word : text.split(" ", -1)) {
      switch (word) {
        case "inf" -> numbers.add(Double.POSITIVE_INFINITY);
        case "-inf" -> numbers.add(Double.NEGATIVE_INFINITY);
        case "nan" -> numbers.add(Double.NaN);
        default -> {
          if (!word.matches("-?[0-9][-+.e0-9]*")) {
            return text;
          }
          numbers.add(Double.valueOf(word));
        }
      }
    }
    return numbers;
  }

  private void readSpikes(ProgramRun run) {
    for (String[] row : rows("spikes.csv", run.experiment())) {
      Optional<Double> early =
          row.length == 4 ? Optional.empty() : Optional.of(Double.valueOf(row[4]));
      run.spike(row[1], Long.parseLong(row[2]), Integer.parseInt(row[3]), early);
    }
  }

  private void readSamples(ProgramRun run) {
    for (String[] row : rows("samples.csv", run.experiment())) {
      List<Double> numbers = new ArrayList<>();
      for (int k = 2; k < row.length; k++) {
        numbers.add(Double.valueOf(row[k]));
      }
      run.sample(row[1], numbers);
    }
  }

  private List<String[]> rows(String file, String experiment) {
    try (Stream<String> lines = Files.lines(folder.resolve(file))) {
      return lines
          .map(line -> line.split(",", -1))
          .filter(row -> row[0].equals(experiment))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
