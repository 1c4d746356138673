package snel.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import snel.runtime.file.DurableFile;
import snel.runtime.file.MachineRefused;

/// What is printed when Snel itself fails: no stack trace, which goes to a file.
final class BugNotice {
  private BugNotice() {}

  static int print(Console console, Throwable problem, String[] args) {
    if (problem instanceof OutOfMemoryError) {
      console.fail(
          "out of memory: the Java machine may use "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB (SNEL_JAVA_OPTIONS=-Xmx… gives it more)");
      return Exit.REFUSED.code();
    }
    console.fail(
        "this is a bug of Snel, not of your program: " + firstLine(problem) + kept(problem, args));
    return Exit.BUG.code();
  }

  private static String firstLine(Throwable problem) {
    String message = String.valueOf(problem.getMessage());
    return problem.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }

  /// Where the details are, if they could be written.
  private static String kept(Throwable problem, String[] args) {
    Path file =
        Path.of(System.getProperty("java.io.tmpdir", "."))
            .resolve("snel-bug-" + ProcessHandle.current().pid() + ".txt");
    var text = new StringWriter();
    var out = new PrintWriter(text);
    out.println("snel " + String.join(" ", List.of(args)));
    out.println("version " + Version.TEXT + ", Java " + System.getProperty("java.version"));
    problem.printStackTrace(out);
    out.flush();
    try {
      DurableFile.writeText(file, text.toString());
    } catch (MachineRefused _) {
      return "";
    }
    return "\n  Please report it with " + file + " and the program.";
  }
}
