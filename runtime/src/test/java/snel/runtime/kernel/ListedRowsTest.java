package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListedRowsTest {
  private final Random random = new Random(9);

  private float[] numbers(int count) {
    float[] all = new float[count];
    for (int k = 0; k < count; k++) {
      all[k] = (float) random.nextGaussian();
    }
    return all;
  }

  /// Few rows come up again and again, or many seldom; more are added to than there are, or fewer.
  @ParameterizedTest
  @CsvSource({
    "25, 90, 64",
    "25, 90, 200",
    "300, 20, 131",
    "40, 9000, 70",
    "6, 500, 1000",
    "30, 30, 5",
    "700, 20000, 64"
  })
  void sumsAreThoseOfAPlainLoop(int height, int rows, int width) {
    var listed = new ListedRows();
    int line = 40;
    for (int round = 0; round < 20; round++) {
      float[] from = numbers(rows * width);
      float[] before = numbers(5 + height * (width + 3));
      int[] list = new int[2 + height * line];
      char[] shorter = new char[list.length];
      int[] counts = new int[height];
      for (int i = 0; i < height; i++) {
        counts[i] = round == 3 ? 0 : random.nextInt(line + 1);
        for (int n = 0; n < counts[i]; n++) {
          int row = random.nextInt(rows);
          list[2 + i * line + n] = row;
          shorter[2 + i * line + n] = (char) row;
        }
      }
      float[] wanted = before.clone();
      for (int i = 0; i < height; i++) {
        for (int n = 0; n < counts[i]; n++) {
          for (int j = 0; j < width; j++) {
            wanted[5 + i * (width + 3) + j] += from[list[2 + i * line + n] * width + j];
          }
        }
      }
      float[] sums = before.clone();
      listed.add(sums, 5, width + 3, from, width, list, 2, line, counts, height, width, false);
      assertArrayEquals(wanted, sums);
      float[] again = before.clone();
      listed.add(again, 5, width + 3, from, width, shorter, 2, line, counts, height, width, false);
      assertArrayEquals(wanted, again);
    }
  }

  /// Sums of whole numbers are the same in any order: of rows that many sums have in common, those
  /// of sources that spike in nearly every step or of steps in which the same sources spike, and of
  /// rows that come up anyhow.
  @ParameterizedTest
  @CsvSource({
    "25, 150, 200, 0.9",
    "150, 25, 131, 0.9",
    "300, 200, 64, 0.8",
    "25, 150, 64, 0.1",
    "25, 150, 70, 1",
    "3, 9, 64, 0.9",
    "70, 1, 64, 0.9"
  })
  void sumsInAnyOrderAreThoseOfAPlainLoop(int height, int rows, int width, double odds) {
    var listed = new ListedRows();
    for (int round = 0; round < 20; round++) {
      float[] from = wholeNumbers(rows * width);
      float[] before = wholeNumbers(height * width);
      char[] list = new char[height * rows];
      int[] counts = new int[height];
      boolean[] isLit = new boolean[Math.max(height, rows)];
      for (int k = 0; k < isLit.length; k++) {
        isLit[k] = random.nextBoolean();
      }
      for (int i = 0; i < height; i++) {
        for (int row = rows - 1; row >= 0; row--) {
          boolean often = isLit[row] && isLit[height > rows ? i : row];
          if (round != 3 && random.nextDouble() < (often ? odds : 0.1)) {
            list[i * rows + counts[i]++] = (char) row;
          }
        }
      }
      float[] wanted = before.clone();
      for (int i = 0; i < height; i++) {
        for (int n = 0; n < counts[i]; n++) {
          for (int j = 0; j < width; j++) {
            wanted[i * width + j] += from[list[i * rows + n] * width + j];
          }
        }
      }
      listed.add(before, 0, width, from, width, list, 0, rows, counts, height, width, true);
      assertArrayEquals(wanted, before);
    }
  }

  private float[] wholeNumbers(int count) {
    float[] all = new float[count];
    for (int k = 0; k < count; k++) {
      all[k] = random.nextInt(-99, 100);
    }
    return all;
  }
}
