package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs of the tour do what the text beside them says.
class TourTest {
  private static final Pattern PROGRAM =
      Pattern.compile("^```snn\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path folder = Path.of("");

  @Test
  void itsNetworkLearnsDigits() throws IOException {
    String program =
        PROGRAM
            .matcher(Files.readString(Path.of("../docs/tour.md")))
            .results()
            .map(found -> found.group(1))
            .filter(text -> text.contains("experiment evaluate"))
            .findFirst()
            .orElseThrow();
    Path file = Files.writeString(folder.resolve("digits.snn"), program);

    CommandLineRun run = CommandLineRun.of("run", file.toString());

    assertEquals(0, run.exit(), run.out() + run.err());
    assertTrue(run.out().contains("1 held, 0 failed"), run.out());
  }
}
