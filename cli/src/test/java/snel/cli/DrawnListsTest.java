package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is drawn in a list that is a parameter is drawn once, on the JVM and in C.
class DrawnListsTest {
  private static final String TEXT =
      """
      neuron Cell {
        param k : real[2] = [uniform(0, 1), 5]
        param m : real[3] = [1, 2, 3] * uniform(1, 2)
        param table : real[2, 2] = [[1, uniform(0, 1)], [uniform(0, 1), 2]]
        param twice = k[0] * 2
        state first : real = k[0]
        state again : real = k[0]
        state late : real = 0
        state rest : real = 1
        state corner : real = table[0, 1]
        state other : real = table[1, 0]
        state heard : real = 0
        every dt { late = k[0]; rest = m[2] - 3 * m[0] + m[1] - 2 * m[0] }
        receive exc(w : real) { heard += w }
      }
      synapse Scaled {
        param g : real[2] = [uniform(0, 1), 5]
        param tau : time[2] = [uniform(5 ms, 10 ms), 7 ms]
        weight w : real
        trace x of pre tau tau[0]
        state first : real = g[0]
        state late : real = 0
        state length : time = tau[0]
        state left : real = 0
        on pre { left = x; late = g[0]; deliver w * g[0] }
      }
      network Net {
        input s : spikes[2]
        population A : Cell[2]
        population B : Cell[2](k: [uniform(0, 1), 5])
        connect s -> A.exc as f one_to_one weight 1 synapse Scaled
      }
      experiment e on Net {
        step 1 ms; seed 1; numerics f64
        present s = [[1 ms, 3 ms, 4 ms], [2 ms, 4 ms]] for 6 ms
        let before = A.late
        run 2 ms
        report first = A.first, again = A.again, before = before, late = A.late, twice = A.twice
        report rest = A.rest, corner = A.corner, other = A.other, heard = A.heard
        report given = B.first, given_late = B.late, drawn = f.first, drawn_late = f.late
        report length = f.length, left = f.left
      }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void areTheSameWhereverTheyAreUsed() throws IOException {
    ProgramRun run = BothTargets.alike(folder, TEXT);
    List<Double> first = list(run, "first");
    assertNotEquals(first.get(0), first.get(1));
    assertEquals(first, list(run, "again"));
    assertEquals(first, list(run, "before"));
    assertEquals(first, list(run, "late"));
    assertEquals(first.stream().map(x -> 2 * x).toList(), list(run, "twice"));
    assertEquals(list(run, "given"), list(run, "given_late"));
    list(run, "rest").forEach(x -> assertEquals(0, x, 1e-14));
    assertNotEquals(list(run, "corner"), list(run, "other"));
  }

  @Test
  void haveAValueForEachSynapse() throws IOException {
    ProgramRun run = BothTargets.alike(folder, TEXT);
    List<Double> drawn = list(run, "drawn");
    assertNotEquals(drawn.get(0), drawn.get(1));
    assertEquals(drawn, list(run, "drawn_late"));
    assertEquals(3 * drawn.get(0), list(run, "heard").get(0), 1e-15);
    assertEquals(2 * drawn.get(1), list(run, "heard").get(1), 1e-15);
    double tau = list(run, "length").get(1);
    assertTrue(5 <= tau && tau <= 10, "tau is " + tau);
    assertEquals(Math.exp(-2 / tau), list(run, "left").get(1), 1e-12);
  }

  @SuppressWarnings("unchecked")
  private static List<Double> list(ProgramRun run, String name) {
    return (List<Double>) Objects.requireNonNull(run.results().get(name), name);
  }
}
