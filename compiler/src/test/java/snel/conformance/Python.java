package snel.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A Python interpreter of this machine, in which given modules can be imported.
record Python(String command) {
  private static final List<String> PLACES = List.of("/usr/bin/python3", "python3");

  /// The first interpreter that imports `modules` (`"sys"` for none in particular).
  static Optional<Python> with(String modules) {
    return PLACES.stream()
        .map(Python::new)
        .filter(python -> python.run(Path.of("."), "-c", "import " + modules).exit() == 0)
        .findFirst();
  }

  /// How a program ended and what it said on both streams.
  record Outcome(int exit, String said) {}

  /// Runs the interpreter in `folder` with `arguments`.
  Outcome run(Path folder, String... arguments) {
    List<String> line = new ArrayList<>(List.of(command, "-B"));
    line.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("%s does not end".formatted(line));
      }
      return new Outcome(process.exitValue(), said);
    } catch (IOException absent) {
      return new Outcome(127, String.valueOf(absent.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
