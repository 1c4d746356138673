package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortRowsTest {
  /// Rows of the list may come up again, and lie side by side.
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 13, 15, 16})
  void aRowIsAddedToEachOfAList(int width) {
    assertTrue(ShortRowsVector.has(width));
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int rows = 1 + random.nextInt(20);
      float[] from = new float[3 + width];
      for (int k = 0; k < from.length; k++) {
        from[k] = random.nextFloat() - 0.5f;
      }
      int[] list = random.ints(4 + random.nextInt(60), 0, rows).toArray();
      int count = random.nextInt(list.length - 2);
      float[] before = new float[5 + rows * width];
      for (int k = 0; k < before.length; k++) {
        before[k] = random.nextInt(5) == 0 ? -0.0f : random.nextFloat();
      }
      float[] wanted = before.clone();
      for (int n = 0; n < count; n++) {
        for (int j = 0; j < width; j++) {
          wanted[5 + list[2 + n] * width + j] += from[3 + j];
        }
      }
      float[] found = before.clone();
      ShortRowsVector.add(found, 5, width, from, 3, list, 2, count, width);
      assertArrayEquals(wanted, found, "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 33, 1000})
  void otherRowsAreNoneOfIts(int width) {
    assertFalse(ShortRowsVector.has(width));
  }
}
