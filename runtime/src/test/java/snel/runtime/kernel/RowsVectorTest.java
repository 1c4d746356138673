package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsVectorTest {
  private static final int ROWS = 90;

  private final Random random = new Random(5);

  private float[] numbers(int count) {
    float[] all = new float[count];
    for (int k = 0; k < count; k++) {
      all[k] = (float) random.nextGaussian();
    }
    return all;
  }

  private int[] offsets(int count, int width) {
    int[] all = new int[RowsVector.MOST];
    for (int k = 0; k < count; k++) {
      all[k] = width * random.nextInt(ROWS);
    }
    return all;
  }

  private static float[] plain(float[] sums, float[] rows, int[] offsets, int count, int width) {
    float[] all = sums.clone();
    for (int k = 0; k < count; k++) {
      for (int j = 0; j < width; j++) {
        all[3 + j] += rows[offsets[k] + j];
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 15, 16, 17, 31, 48, 63, 128, 200, 1000})
  void sumsAreThoseOfAPlainLoop(int width) {
    float[] rows = numbers(ROWS * width);
    long[] epoch = {0};
    var cache = new RowCache(epoch, width);
    for (int round = 0; round < 300; round++) {
      int count = round % 7 == 0 ? 0 : 1 + random.nextInt(200);
      int[] offsets = offsets(count, width);
      float[] before = numbers(width + 7);
      float[] wanted = plain(before, rows, offsets, count, width);
      float[] direct = before.clone();
      RowsVector.add(direct, 3, rows, offsets, count, width);
      assertArrayEquals(wanted, direct);
      float[] copies = before.clone();
      RowsVector.add(copies, 3, rows, offsets, count, width, cache, new long[RowsVector.MOST]);
      assertArrayEquals(wanted, copies);
      float[] factors = numbers(RowsVector.MOST);
      float[] times = before.clone();
      RowsVector.addTimes(times, 3, rows, offsets, count, width, factors);
      for (int j = 0; j < width; j++) {
        float sum = before[3 + j];
        for (int k = 0; k < count; k++) {
          sum = Math.fma(factors[k], rows[offsets[k] + j], sum);
        }
        assertEquals(sum, times[3 + j]);
      }
      if (round % 5 == 0) {
        epoch[0]++;
        rows[random.nextInt(rows.length)] = round;
      }
    }
  }
}
