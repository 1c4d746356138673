package snel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Java machine of its own, with the classes of this one.
final class JavaMachine {
  private JavaMachine() {}

  /// The beginning of a command, behind which arguments stand.
  static List<String> running(Class<?> main, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    return command;
  }

  /// How a command ended, and all that it wrote.
  record Ended(int exit, String text) {}

  /// `snel run` of a program.
  ///
  /// @param limits a command that carries out what stands behind it
  /// @param machine [#running] the command line
  static Ended run(Path folder, String program, List<String> limits, List<String> machine)
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("program.snn"), program);
    List<String> command = new ArrayList<>(limits);
    command.addAll(machine);
    command.addAll(List.of("run", file.toString(), "--out", folder.resolve("runs").toString()));
    return ended(command, folder.resolve("said.txt"));
  }

  /// Carries out a command.
  ///
  /// @param said where it writes
  static Ended ended(List<String> command, Path said) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    int exit = process.waitFor();
    return new Ended(exit, Files.readString(said));
  }
}
