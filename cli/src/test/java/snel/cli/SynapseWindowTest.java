package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Windows are presented by statements that the author has not written.
class SynapseWindowTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whatGoesWrongIsToldAtTheCall() throws IOException {
    Path file = folder.resolve("p.snn");
    Files.writeString(
        file,
        """
        synapse Runaway {
          weight w : real in 0 .. 1
          on pre { deliver w }
          on post { w += exp(since(pre) / 1 ms * 1000) - exp(since(pre) / 1 ms * 1000) }
        }
        test "a window" {
          step 0.1 ms; seed 1
          let change = stdp_window(Runaway, lag: 5 ms, pairs: 1, rate: 1 Hz)
          expect change > 0
        }
        """);
    CommandLineRun run = CommandLineRun.of("test", file.toString());
    assertEquals(3, run.exit(), run.err());
    assertTrue(run.out().contains("p.snn:8: `stdp_window"), run.out());
    assertFalse(run.out().contains("stdp_window:"), run.out());
  }
}
