package snel.runtime.measure;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Seeded spike trains for tests.
final class Trains {
  private Trains() {}

  /// A renewal process whose intervals are sums of `order` exponential ones: gamma distributed.
  static double[] gamma(SplittableRandom random, int order, double mean, double duration) {
    double[] times = new double[(int) (3 * duration / mean) + 20];
    int count = 0;
    double time = 0;
    while (true) {
      for (int k = 0; k < order; k++) {
        time -= Math.log(1 - random.nextDouble()) * mean / order;
      }
      if (time > duration) {
        return Arrays.copyOf(times, count);
      }
      times[count++] = time;
    }
  }

  static double[] poisson(SplittableRandom random, double mean, double duration) {
    return gamma(random, 1, mean, duration);
  }
}
