package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory that runs out where nothing foresaw it, in a Java machine of its own.
class TooLittleMemoryTest {
  private static final String PROGRAM =
      """
      neuron Cell { state v : real = 0; every dt { v += 1 } }
      network Net { population A : Cell[2] }
      experiment e on Net {
        step 1 ms; seed 1
        run 2 ms
        report most = max(random_labels(50_000_000, classes: 3))
      }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void isToldWithoutAStackTrace() throws IOException, InterruptedException {
    JavaMachine.Ended ended =
        JavaMachine.run(folder, PROGRAM, List.of(), JavaMachine.running(Main.class, "-Xmx64m"));
    String text = ended.text();
    assertEquals(Exit.REFUSED.code(), ended.exit(), text);
    assertTrue(text.contains("out of memory: the Java machine may use"), text);
    assertFalse(text.contains("\tat "), text);
  }
}
