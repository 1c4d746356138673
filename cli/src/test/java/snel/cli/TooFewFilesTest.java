package snel.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// So few files may be open that classes of Snel cannot be loaded.
class TooFewFilesTest {
  private static final String PROGRAM =
      """
      neuron Cell { state v : real = 0; every dt { v += 1 } }
      network Net { population A : Cell[2] }
      experiment e on Net { step 1 ms; seed 1; run 2 ms; report v = A.v[0] }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void isToldWithoutAStackTrace() throws IOException, InterruptedException {
    var all = new StringBuilder();
    for (int limit = 12; limit < 60; limit += 8) {
      List<String> limited = List.of("bash", "-c", "ulimit -n " + limit + "; exec \"$@\"", "bash");
      JavaMachine.Ended ended =
          JavaMachine.run(folder, PROGRAM, limited, JavaMachine.running(Main.class));
      assertFalse(ended.text().contains("\tat snel"), limit + ": " + ended.text());
      assertNotEquals(Exit.BUG.code(), ended.exit(), limit + ": " + ended.text());
      all.append(ended.text());
    }
    assertTrue(all.indexOf("Java cannot load a part of Snel") >= 0, all.toString());
  }
}
