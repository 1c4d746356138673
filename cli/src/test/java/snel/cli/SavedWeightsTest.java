package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an experiment saves it can load again, and so can the one that starts from it.
class SavedWeightsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void areFoundWhereTheyWereSaved() throws IOException {
    Path program = folder.resolve("saved.snn");
    Files.writeString(
        program,
        """
        neuron Sum { state v : real = 0; receive syn(w : real) { v += w }; spike when v > 1; reset { v = 0 } }
        network Net { population P : Sum[3]; connect P -> P.syn as rec  all  weight 0.1 }
        experiment one on Net {
          step 1 ms; seed 1
          rec.w = 0.25
          save "weights.npz"
          rec.w = 0
          load "weights.npz"
          report w = mean(rec.w)
        }
        experiment two on Net from one { rec.w = 0; load "weights.npz"; report w = mean(rec.w) }
        experiment three on Net { step 1 ms; seed 1; load "weights.npz" }
        """);
    for (String name : new String[] {"one", "two"}) {
      CommandLineRun run = run(program, name);
      assertEquals(0, run.exit(), run.err());
      assertTrue(run.out().contains("\"w\":0.25"), run.out());
    }
    CommandLineRun nothing = run(program, "three");
    assertEquals(1, nothing.exit());
    String said = nothing.out() + nothing.err();
    assertTrue(said.contains("there is no such file"), said);
  }

  private CommandLineRun run(Path program, String name) {
    return CommandLineRun.of(
        "run", program.toString(), name, "--out", folder.toString(), "--format", "json");
  }
}
