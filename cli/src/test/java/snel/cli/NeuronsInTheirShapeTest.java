package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an experiment reads of each neuron lies as the neurons do, on the JVM and in C.
class NeuronsInTheirShapeTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void measuresHaveTheAxesOfTheirPopulation() throws IOException {
    ProgramRun run =
        BothTargets.alike(
            folder,
            """
            neuron Cell {
              state v : real = 0
              every dt { v += 0.125 * self.index }
              spike when v >= 1
              reset { v = 0 }
            }
            network Net { population E : Cell[2, 3] }
            experiment e on Net {
              step 1 ms; seed 1
              run 5 ms
              report counts = [E.count[1, 2], E.count[1, 1], E.count[0, 2]]
              report row = E.count[1, ..]
              report spiked = [E.spiked[1, 0], E.spiked[0, 1]]
              report first = [E.first_spike[1, 2] / 1 ms, E.first_spike[1, 1] / 1 ms]
              report most = [max_over_time(E.v)[0, 1], max_over_time(E.v)[1, 0]]
              report mean = [mean_over_time(E.v)[0, 1], mean_over_time(E.v, last: 2 ms)[0, 2]]
              report part = E[0 ..< 2, 1 ..< 3].v[1, 0]
              expect E.count[1, 1] == E[1, 1].count
            }
            """);
    assertEquals("", String.join("\n", run.failures()));
    assertEquals(
        "{counts=[2.0, 2.0, 1.0], row=[1.0, 2.0, 2.0], spiked=[1.0, 0.0], first=[2.0, 2.0],"
            + " most=[0.625, 0.75], mean=[0.375, 0.125], part=[0.5]}",
        run.results().toString());
  }
}
