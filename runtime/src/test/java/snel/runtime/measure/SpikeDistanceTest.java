package snel.runtime.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpikeDistanceTest {
  private static final double[] NONE = {};

  @Test
  void vanRossumHasItsClosedForms() {
    assertEquals(Math.sqrt(0.5), VanRossum.distance(new double[] {3}, NONE, 5), 1e-15);
    assertEquals(0, VanRossum.distance(new double[] {3, 9}, new double[] {3, 9}, 5), 1e-7);
    // two spikes a time d apart: D² = 1 - exp(-d / tau)
    assertEquals(
        Math.sqrt(1 - Math.exp(-2 / 5.0)),
        VanRossum.distance(new double[] {10}, new double[] {12}, 5),
        1e-15);
    // far apart against tau: half of all spikes
    assertEquals(1.5, VanRossum.squared(new double[] {0, 1_000}, new double[] {500}, 1), 1e-15);
  }

  @Test
  void vanRossumIsTheIntegralOfItsDefinition() {
    var random = new SplittableRandom(1);
    double tau = 12;
    double[] a = Trains.poisson(random, 15, 200);
    double[] b = Trains.poisson(random, 25, 200);
    double step = 0.001;
    double integral = 0;
    for (double t = step / 2; t < 200 + 20 * tau; t += step) {
      double difference = trace(a, t, tau) - trace(b, t, tau);
      integral += difference * difference * step / tau;
    }
    assertEquals(Math.sqrt(integral), VanRossum.distance(a, b, tau), 1e-4);
    assertEquals(
        Math.sqrt(integral + 0.5),
        VanRossum.distance(new double[][] {a, NONE}, new double[][] {b, {3}}, tau),
        1e-4);
  }

  private static double trace(double[] train, double t, double tau) {
    double sum = 0;
    for (double time : train) {
      sum += time <= t ? Math.exp((time - t) / tau) : 0;
    }
    return sum;
  }

  /// Of the spikes at 3 and 30 ms the first is 2 ms late and the second one too many; one at 60 ms
  /// is missing.
  @Test
  void editsBringATrainNearer() {
    double[][] actual = {{3, 30}, {}};
    double[][] desired = {{1, 60}, {}};
    double[] edits = VictorPurpura.edits(actual, desired, 10, 100, 1);
    double[] wanted = new double[201];
    wanted[2 * 2] = -0.2;
    wanted[2 * 29] = 1;
    wanted[2 * 59] = -1;
    wanted[200] = 2.2;
    assertArrayEquals(wanted, edits, 1e-12);
  }

  @Test
  void victorPurpuraHasItsLimits() {
    double[] a = {1, 5, 9};
    double[] b = {2, 11};
    assertEquals(1, VictorPurpura.distance(a, b, 1e12), 1e-9); // difference of the counts
    assertEquals(5, VictorPurpura.distance(a, b, 1e-12)); // no coincidence: all spikes
    assertEquals(3, VictorPurpura.distance(a, NONE, 10));
    assertEquals(0.4, VictorPurpura.distance(new double[] {100}, new double[] {104}, 10), 1e-15);
    assertEquals(2, VictorPurpura.distance(new double[] {100}, new double[] {124}, 10));
  }

  @Test
  void victorPurpuraIsTheLeastCostOfAllMatchings() {
    var random = new SplittableRandom(2);
    for (int round = 0; round < 200; round++) {
      double[] a = random.doubles(random.nextInt(6), 0, 10).sorted().toArray();
      double[] b = random.doubles(random.nextInt(6), 0, 10).sorted().toArray();
      double tau = random.nextDouble(0.2, 10);
      assertEquals(least(a, b, 0, 0, tau), VictorPurpura.distance(a, b, tau), 1e-12);
    }
  }

  /// Tries for every spike of `a` to remove it or to move it to any free spike of `b`, in any
  /// order.
  private static double least(double[] a, double[] b, int i, int taken, double tau) {
    if (i == a.length) {
      return b.length - Integer.bitCount(taken);
    }
    double best = 1 + least(a, b, i + 1, taken, tau);
    for (int j = 0; j < b.length; j++) {
      if ((taken >> j & 1) == 0) {
        double moved = Math.abs(a[i] - b[j]) / tau + least(a, b, i + 1, taken | 1 << j, tau);
        best = Math.min(best, moved);
      }
    }
    return best;
  }
}
