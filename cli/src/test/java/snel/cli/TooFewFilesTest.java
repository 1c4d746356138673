package snel.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// So few files may be open that classes of Snel cannot be loaded.
class TooFewFilesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void isToldWithoutAStackTrace() throws IOException, InterruptedException {
    Path program =
        Files.writeString(
            folder.resolve("small.snn"),
            """
            neuron Cell { state v : real = 0; every dt { v += 1 } }
            network Net { population A : Cell[2] }
            experiment e on Net { step 1 ms; seed 1; run 2 ms; report v = A.v[0] }
            """);
    var all = new StringBuilder();
    for (int limit = 12; limit < 60; limit += 8) {
      List<String> command =
          new ArrayList<>(List.of("bash", "-c", "ulimit -n " + limit + "; exec \"$@\"", "bash"));
      command.addAll(JavaMachine.running(Main.class));
      command.addAll(
          List.of("run", program.toString(), "--out", folder.resolve("runs").toString()));
      JavaMachine.Ended ended = JavaMachine.ended(command, folder.resolve("said.txt"));
      assertFalse(ended.text().contains("\tat snel"), limit + ": " + ended.text());
      assertNotEquals(Exit.BUG.code(), ended.exit(), limit + ": " + ended.text());
      all.append(ended.text());
    }
    assertTrue(all.indexOf("Java cannot load a part of Snel") >= 0, all.toString());
  }
}
