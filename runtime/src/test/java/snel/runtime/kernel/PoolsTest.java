package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against loops that look up the target of each source.
class PoolsTest {
  private final Random random = new Random(5);
  private int[] target = {};
  private int targets;

  /// Few different numbers: the largest is often there more than once, or no number at all.
  private float[] values(int count) {
    float[] all = new float[count];
    for (int k = 0; k < count; k++) {
      int drawn = random.nextInt(9);
      all[k] = drawn == 8 ? Float.NaN : drawn == 7 ? -0f : (drawn - 3) / 2f;
    }
    return all;
  }

  private void wire(int height, int width, int rows, int columns) {
    int line = width * columns;
    target = new int[rows * height * line];
    targets = rows * columns;
    Arrays.setAll(target, i -> i / line / height * columns + i % line / width);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, 144, 12",
    "2, 2, 256, 4",
    "2, 2, 3, 37",
    "2, 2, 1, 16",
    "3, 2, 5, 4",
    "1, 4, 7, 5"
  })
  void poolsAreWhatSynapsesAre(int height, int width, int rows, int columns) {
    wire(height, width, rows, columns);
    for (int round = 0; round < 20; round++) {
      float factor = round % 2 == 0 ? 1 : -0.5f;
      float[] values = values(3 + target.length);
      float[] maxima = new float[targets];
      Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
      float[] wanted = maxima.clone();
      for (int i = 0; i < target.length; i++) {
        float value = factor * values[3 + i];
        wanted[target[i]] = wanted[target[i]] > value ? wanted[target[i]] : value;
      }
      Pools.largest(maxima, values, 3, factor, height, width, rows, columns);
      assertArrayEquals(wanted, maxima);

      float[] came = values(targets);
      float[] gradient = values(target.length);
      float[] left = came.clone();
      float[] sums = gradient.clone();
      for (int i = 0; i < target.length; i++) {
        float bar = left[target[i]];
        boolean largest = factor * values[3 + i] == maxima[target[i]];
        left[target[i]] = largest ? 0 : bar;
        sums[i] = sums[i] + (largest ? bar : 0);
      }
      float[] all = gradient.clone();
      float[] spread = gradient.clone();
      for (int i = 0; i < target.length; i++) {
        spread[i] += 0 + came[target[i]];
      }
      Pools.spread(all, came, height, width, rows, columns);
      assertArrayEquals(spread, all);
      Pools.give(came, maxima, values, 3, gradient, factor, height, width, rows, columns);
      assertArrayEquals(sums, gradient);
      assertArrayEquals(left, came);
    }
  }
}
