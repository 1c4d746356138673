package snel.target.c;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.ir.Clock;
import snel.ir.Program;
import snel.target.Artifact;
import snel.target.Move;

/// Compiles many programs as one with gcc and runs it.
public final class CPrograms {
  /// So many are compiled in two halves, one on each of two processors.
  private static final int MANY = 40;

  private static final Map<String, Path> LIBRARIES = new HashMap<>();

  private final Path folder;
  private final String compiler;
  private final String optimisation;

  /// @param folder an empty folder to work in
  public CPrograms(Path folder, String compiler) {
    this(folder, compiler, "-O1");
  }

  /// @param optimisation a flag of the compiler
  public CPrograms(Path folder, String compiler, String optimisation) {
    this.folder = folder;
    this.compiler = compiler;
    this.optimisation = optimisation;
  }

  public static boolean isPresent(String compiler) {
    try {
      Process process = new ProcessBuilder(compiler, "--version").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The state hashes of each program: once built, then after each of `steps` steps.
  public List<List<String>> hashes(List<Program> programs, int steps) {
    return hashes(programs, Collections.nCopies(steps, Move.STEP));
  }

  /// The state hashes of each program: once built, then after each move; where a kernel finds a
  /// fault, its code and place come last.
  public List<List<String>> hashes(List<Program> programs, List<Move> moves) {
    if (programs.size() < MANY) {
      return hashesAtOnce(programs, moves);
    }
    int half = programs.size() / 2;
    List<List<Program>> halves =
        List.of(programs.subList(0, half), programs.subList(half, programs.size()));
    return IntStream.range(0, halves.size())
        .parallel()
        .mapToObj(k ->
            new CPrograms(made(folder.resolve("half" + k)), compiler, optimisation)
                .hashesAtOnce(halves.get(k), moves))
        .flatMap(List::stream)
        .toList();
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<List<String>> hashesAtOnce(List<Program> programs, List<Move> moves) {
    Path library = library();
    StringBuilder unit = new StringBuilder("#include \"snel_kernel.h\"\n");
    StringBuilder main = new StringBuilder("int main(void) {\n  const char *moves = ");
    main.append(CText.quote(Move.letters(moves))).append(";\n");
    for (int i = 0; i < programs.size(); i++) {
      String prefix = "p" + i + "_";
      CModule module = new CModule(programs.get(i), prefix);
      unit.append(module.text());
      main.append(driver(module, prefix));
    }
    write("programs.c", unit.append(main).append("  return 0;\n}\n").toString());
    List<String> command = command("-I" + library, "-o", "programs", "programs.c");
    sources().forEach(name -> command.add(library.resolve(name.replace(".c", ".o")).toString()));
    command.add("-lm");
    run(command, "compiler.log");
    run(List.of("./programs"), "hashes.txt");
    List<List<String>> hashes = new ArrayList<>();
    for (String line : read("hashes.txt")) {
      if (line.equals("program")) {
        hashes.add(new ArrayList<>());
      } else {
        hashes.getLast().add(line);
      }
    }
    return hashes;
  }

  /// The run-time library is the same for all programs: it is compiled once for each command.
  private Path library() {
    synchronized (LIBRARIES) {
      return LIBRARIES.computeIfAbsent(
          compiler + " " + optimisation,
          _ -> {
            CPrograms place = new CPrograms(temporary(), compiler, optimisation);
            CLibrary.files()
                .forEach(file ->
                    place.write(file.path(), new String(file.bytes(), StandardCharsets.UTF_8)));
            List<String> command = command("-c");
            command.addAll(sources());
            place.run(command, "compiler.log");
            deleteOnExit(place.folder);
            return place.folder;
          });
    }
  }

  private List<String> command(String... more) {
    List<String> command = new ArrayList<>(List.of(compiler, optimisation, "-std=c11"));
    command.addAll(List.of("-ffp-contract=off", "-w"));
    command.addAll(List.of(more));
    return command;
  }

  private static List<String> sources() {
    return CLibrary.files().stream()
        .map(Artifact.File::path)
        .filter(name -> name.endsWith(".c"))
        .toList();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("snel-library");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteOnExit(Path folder) {
    folder.toFile().deleteOnExit();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> file.toFile().deleteOnExit());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String driver(CModule module, String prefix) {
    return """
      puts("program");
      %1$sbuild();
      for (const char *move = "n"; *move; move = *move == 'n' ? moves : move + 1) {
        switch (*move) {
          case 'b': %1$sbind(); break;
          case '(': %1$spresentation_start(); break;
          case ')': %1$spresentation_end(); break;
          case 'r': %1$sreset(); break;
          case 's': %1$srun(1); break;
          default: break;
        }
        if (%2$s[0] & 2) {
          printf("fault %%lld %%lld %%lld\\n", (long long)%3$s[0], (long long)%3$s[1], (long long)%3$s[2]);
          break;
        }
        printf("%%016llx\\n", (unsigned long long)%1$sstate_hash());
      }
    """
        .formatted(prefix, module.names().of(Clock.HALT), module.names().of(Clock.FAULT));
  }

  /// Runs a command in the folder; its output goes to a file there.
  void run(List<String> command, String output) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(output).toFile())
              .start();
      if (!process.waitFor(15, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroy();
        List<String> said = read(output);
        throw new AssertionError(
            String.join(" ", command)
                + "\n"
                + String.join("\n", said.subList(0, Math.min(40, said.size()))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> read(String name) {
    try {
      return Files.readAllLines(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
