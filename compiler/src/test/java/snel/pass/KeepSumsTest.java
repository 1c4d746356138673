package snel.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.verify.ProgramVerifier;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;

/// Sums over inputs are kept while the inputs are, and no longer.
class KeepSumsTest {
  private static final String TEXT =
      """
      neuron Rank {
        input value : real
        let stronger = sum(peers.value > value)
        spike at stronger * dt
      }
      neuron Ordered {
        input value : real
        let stronger = sum(peers.value > value)
        let active = max(sum(peers.value > 0), 1)
        spike at if value > 0 then floor(stronger * 5 / active) * dt else infinity
      }
      neuron Moving {
        state v : real = uniform(0, 1)
        state s : real = 0
        v' = -v / 10 ms
        every dt { s = sum(max(peers.v - v, 0)) }
      }
      network Net {
        population A : Rank[17]
        population B : Moving[5]
        population C : Ordered[23]
      }
      experiment e on Net { step 0.1 ms; seed 3; present A.value = 1 for 2 ms; report A.count, B.s, C.count }
      """;

  private static Program lowered() {
    return new HoistSums().apply(Lowered.of(TEXT));
  }

  @Test
  void onlySumsOverInputsAreKept() {
    Program after = new KeepSums().apply(lowered());
    ProgramVerifier.verify(after);
    String text = ProgramPrinter.print(after);
    assertTrue(text.contains("A:source.kept"), text);
    assertFalse(text.contains("B:every 0.1 ms.kept"), text);
  }

  @Test
  void aChangedInputIsAddedUpAgain() {
    Program before = lowered();
    Program after = new KeepSums().apply(before);
    for (JvmTarget.Code code : List.of(JvmTarget.Code.SCALAR, JvmTarget.Code.VECTOR)) {
      Network plain = new JvmTarget(code).build(before);
      Network kept = new JvmTarget(code).build(after);
      Random dice = new Random(5);
      for (int step = 0; step < 200; step++) {
        if (step % 7 == 3) {
          for (int k = 0; k < 17; k++) {
            float value = dice.nextInt(6) == 0 ? Float.NaN : dice.nextInt(40);
            ((float[]) plain.array("A.value"))[k] = value;
            ((float[]) kept.array("A.value"))[k] = value;
          }
        }
        plain.run(1);
        kept.run(1);
        assertEquals(plain.stateHash(), kept.stateHash(), "step " + step);
        assertArrayEquals((int[]) plain.array("A.count"), (int[]) kept.array("A.count"));
        assertArrayEquals(
            ranks((float[]) plain.array("A.value")), (int[]) kept.array("A:source.kept"));
      }
    }
  }

  /// The moment of a spike is kept with the rank, and is that of the formula.
  @Test
  void whatFollowsFromASumIsKeptWithIt() {
    Program before = lowered();
    Program after = new KeepSums().apply(before);
    ProgramVerifier.verify(after);
    for (JvmTarget.Code code : List.of(JvmTarget.Code.SCALAR, JvmTarget.Code.VECTOR)) {
      Network plain = new JvmTarget(code).build(before);
      Network kept = new JvmTarget(code).build(after);
      Random dice = new Random(8);
      for (int step = 0; step < 60; step++) {
        if (step % 20 == 3) {
          for (int k = 0; k < 23; k++) {
            float value = Math.max(0, dice.nextInt(40) - 10);
            ((float[]) plain.array("C.value"))[k] = value;
            ((float[]) kept.array("C.value"))[k] = value;
          }
        }
        plain.run(1);
        kept.run(1);
        assertArrayEquals((int[]) plain.array("C.count"), (int[]) kept.array("C.count"));
        if (step > 3) {
          assertArrayEquals(
              moments((float[]) kept.array("C.value")),
              (double[]) kept.array("C:source.kept.values"));
        }
      }
    }
  }

  private static double[] moments(float[] values) {
    int active = 0;
    for (float value : values) {
      active += value > 0 ? 1 : 0;
    }
    int[] ranks = ranks(values);
    double[] moments = new double[values.length];
    for (int k = 0; k < values.length; k++) {
      int bin = ranks[k] * 5 / Math.max(active, 1);
      moments[k] = values[k] > 0 ? bin : Double.POSITIVE_INFINITY;
    }
    return moments;
  }

  private static int[] ranks(float[] values) {
    int[] ranks = new int[values.length];
    for (int k = 0; k < values.length; k++) {
      for (float other : values) {
        ranks[k] += other > values[k] ? 1 : 0;
      }
    }
    return ranks;
  }
}
