package snel.cli;

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
}
