package snel.target.c;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import snel.ir.Program;
import snel.target.Artifact;

/// Compiles many programs as one with gcc and runs it.
public final class CPrograms {
  private final Path folder;
  private final String compiler;

  /// @param folder an empty folder to work in
  public CPrograms(Path folder, String compiler) {
    this.folder = folder;
    this.compiler = compiler;
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
    List<String> sources = new ArrayList<>();
    for (Artifact.File file : CLibrary.files()) {
      write(file.path(), new String(file.bytes(), StandardCharsets.UTF_8));
      if (file.path().endsWith(".c")) {
        sources.add(file.path());
      }
    }
    StringBuilder unit = new StringBuilder("#include \"snel_kernel.h\"\n");
    StringBuilder main = new StringBuilder("int main(void) {\n");
    for (int i = 0; i < programs.size(); i++) {
      String prefix = "p" + i + "_";
      unit.append(new CModule(programs.get(i), prefix).text());
      main.append("  ").append(prefix).append("build();\n");
      main.append("  printf(\"%016llx\\n\", (unsigned long long)").append(prefix);
      main.append("state_hash());\n  for (int n = 0; n < ").append(steps).append("; n++) {\n");
      main.append("    ").append(prefix).append("run(1);\n");
      main.append("    printf(\"%016llx\\n\", (unsigned long long)").append(prefix);
      main.append("state_hash());\n  }\n");
    }
    write("programs.c", unit.append(main).append("  return 0;\n}\n").toString());
    sources.add("programs.c");
    List<String> command = new ArrayList<>(List.of(compiler, "-O1", "-std=c11"));
    command.addAll(List.of("-ffp-contract=off", "-w", "-o", "programs"));
    command.addAll(sources);
    command.add("-lm");
    run(command, "compiler.log");
    run(List.of("./programs"), "hashes.txt");
    List<String> lines = read("hashes.txt");
    List<List<String>> hashes = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      hashes.add(lines.subList(i * (steps + 1), (i + 1) * (steps + 1)));
    }
    return hashes;
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
      if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
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
