package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Runs examples and sees that they keep what they promise.
final class Examples {
  static final Path FOLDER = Path.of("..", "examples");

  /// Something was expected, and all of it held.
  private static final Pattern KEPT =
      Pattern.compile("\"expectations\":\\{\"passed\":[1-9][0-9]*,\"failed\":0}");

  private Examples() {}

  /// The program of the example in a folder of [#FOLDER].
  static Path program(String example) {
    Path place = FOLDER.resolve(example);
    return place.resolve(place.getFileName() + ".snn");
  }

  /// The command passes, and all that the experiment expects holds. Its network has one thread, as
  /// another class may be tested at the same time.
  static void assertKept(Path program, String experiment, List<String> settings, Path results) {
    List<String> arguments = new ArrayList<>(List.of("run", program.toString(), experiment));
    arguments.addAll(List.of("--format", "json", "--threads", "1"));
    arguments.addAll(List.of("--out", results.toString()));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertEquals(0, run.exit(), run.out() + run.err());
    assertTrue(KEPT.matcher(run.lastLine()).find(), run.lastLine());
  }
}
