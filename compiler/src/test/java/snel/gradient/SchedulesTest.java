package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Rates that change from update to update, and weights that are rounded for use, by plain loops.
class SchedulesTest {
  private static final String LOSS = "cross_entropy(max_over_time(y.v), 1)";
  private static final int UPDATES = 7;

  private static double[] gradient(Learning learning) {
    learning.show(1);
    learning.back();
    return learning.values(Reverse.derivative("c.w")).clone();
  }

  private static void assertRates(String options, double... rates) {
    var learning = new Learning(LOSS, "gradient_descent(0.1), " + options);
    boolean moves = false;
    for (double rate : rates) {
      double[] before = learning.values("c.w").clone();
      double[] slope = gradient(learning);
      moves |= Arrays.stream(slope).anyMatch(g -> Math.abs(g) > 1e-4);
      learning.update(1);
      for (int k = 0; k < before.length; k++) {
        assertEquals(before[k] - rate * slope[k], learning.values("c.w")[k], 1e-12);
      }
    }
    assertTrue(moves);
  }

  @Test
  void theRateRises() {
    assertRates("warm_up(4)", 0.025, 0.05, 0.075, 0.1, 0.1, 0.1);
  }

  @Test
  void theRateFallsAsACosineDoes() {
    assertRates(
        "cosine(4)",
        0.1,
        0.1 * (1 + Math.sqrt(0.5)) / 2,
        0.05,
        0.1 * (1 - Math.sqrt(0.5)) / 2,
        0,
        0);
  }

  /// Small steps that a rounded weight would never leave its level by add up.
  @Test
  void whatIsRoundedIsLearntUnrounded() {
    var learning = new Learning(LOSS, "gradient_descent(0.02), rounded(bits: 4, range: 1)");
    double[] exact = learning.values("c.w").clone();
    Set<Double> seen = new HashSet<>();
    for (int update = 0; update < UPDATES; update++) {
      double[] slope = gradient(learning);
      learning.update(1);
      double[] acting = learning.values("c.w");
      for (int k = 0; k < exact.length; k++) {
        exact[k] -= 0.02 * slope[k];
        double level = Math.rint(Math.clamp(exact[k], -1, 1) * 7);
        assertEquals(level / 7, acting[k], 1e-12);
        seen.add(level);
      }
    }
    assertTrue(seen.size() > 4, seen.toString());
  }

  @Test
  void twoBitsAreThreeWeights() {
    var learning = new Learning(LOSS, "adam(0.01), rounded(bits: 2, range: 0.5)");
    gradient(learning);
    learning.update(1);
    Set<Double> seen = new HashSet<>();
    for (double weight : learning.values("c.w")) {
      seen.add(weight == 0 ? 0.0 : weight);
    }
    assertTrue(Set.of(-0.5, 0.0, 0.5).containsAll(seen) && seen.size() == 3, seen.toString());
  }
}
