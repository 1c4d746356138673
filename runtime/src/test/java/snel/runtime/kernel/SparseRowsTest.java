package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SparseRowsTest {
  /// In order, also where a target has several synapses of a row.
  @Test
  void addsWeightsOneByOne() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int targets = 1 + random.nextInt(300);
      int synapses = random.nextInt(500);
      int[] wide = random.ints(synapses, 0, targets).toArray();
      char[] narrow = new char[synapses];
      float[] weights = new float[synapses];
      for (int s = 0; s < synapses; s++) {
        narrow[s] = (char) wide[s];
        weights[s] = random.nextInt(9) == 0 ? -0.0f : random.nextFloat() - 0.5f;
      }
      int from = random.nextInt(synapses + 1);
      int to = from + random.nextInt(synapses - from + 1);
      float[] expected = new float[targets];
      for (int s = from; s < to; s++) {
        expected[wide[s]] += weights[s];
      }
      float[] ofNarrow = new float[targets];
      SparseRows.add(ofNarrow, weights, narrow, from, to);
      assertArrayEquals(expected, ofNarrow, "seed " + seed);
      float[] ofWide = new float[targets];
      SparseRows.add(ofWide, weights, wide, from, to);
      assertArrayEquals(expected, ofWide, "seed " + seed);
    }
  }

  @Test
  void anEmptyRowHasNothing() {
    float[] sums = {1};
    SparseRows.add(sums, new float[0], new char[0], 0, 0);
    assertArrayEquals(new float[] {1}, sums);
  }
}
