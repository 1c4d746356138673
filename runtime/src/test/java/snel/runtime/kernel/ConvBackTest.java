package snel.runtime.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvBackTest {
  private final long[] epoch = {0};
  private final Random random = new Random(5);

  /// Lines of a kernel that fill the columns of a sum, leave some over, and fill several; channels
  /// that fill vectors and that do not; sources with zeros around them.
  @ParameterizedTest
  @CsvSource({
    "12, 12, 12, 64, 8, 8, 5, 5, 0, 0",
    "64, 3, 5, 16, 3, 5, 1, 1, 0, 0",
    "20, 6, 7, 22, 6, 7, 3, 3, 1, 1",
    "64, 6, 5, 40, 6, 4, 3, 2, 1, 0",
    "13, 14, 14, 10, 10, 10, 5, 5, 0, 0",
    "30, 4, 4, 34, 6, 7, 3, 4, 2, 3"
  })
  void sumsAreThoseOfAProduct(
      int sourceChannels,
      int sourceHeight,
      int sourceWidth,
      int targetChannels,
      int targetHeight,
      int targetWidth,
      int kernelHeight,
      int kernelWidth,
      int paddingY,
      int paddingX) {
    var shape =
        new ConvBack.Shape(
            sourceChannels,
            sourceHeight,
            sourceWidth,
            targetChannels,
            targetHeight,
            targetWidth,
            kernelHeight,
            kernelWidth,
            paddingY,
            paddingX,
            Math.max(targetHeight + kernelHeight - 1, paddingY + sourceHeight),
            Math.max(targetWidth + kernelWidth - 1, paddingX + sourceWidth));
    var back = new ConvBack(epoch, shape);
    for (int round = 0; round < 3; round++) {
      epoch[0]++;
      float[] weights = values(targetChannels * shape.taps(), 1);
      for (int step = 0; step < 3; step++) {
        double share = step == 1 ? 0.25 : 1;
        float[] came = values(targetChannels * targetHeight * targetWidth, share);
        float[] to = values(sourceChannels * sourceHeight * sourceWidth, 0.9);
        float[] wanted = to.clone();
        byProduct(shape, wanted, weights, came);
        back.add(to, weights, came);
        assertArrayEquals(wanted, to);
      }
    }
  }

  private static void byProduct(ConvBack.Shape s, float[] to, float[] weights, float[] came) {
    int places = s.places();
    for (int c = 0; c < s.sourceChannels(); c++) {
      float[] given = new float[s.gridHeight() * s.gridWidth()];
      for (int n = 0; n < s.kernelHeight() * s.kernelWidth(); n++) {
        for (int p = 0; p < places; p++) {
          float sum = 0;
          for (int k = 0; k < s.targetChannels(); k++) {
            float weight = weights[k * s.taps() + c * s.kernelHeight() * s.kernelWidth() + n];
            sum = Math.fma(weight, came[k * places + p], sum);
          }
          int y = n / s.kernelWidth() + p / s.targetWidth();
          int x = n % s.kernelWidth() + p % s.targetWidth();
          given[y * s.gridWidth() + x] += sum;
        }
      }
      for (int y = 0; y < s.sourceHeight(); y++) {
        for (int x = 0; x < s.sourceWidth(); x++) {
          to[(c * s.sourceHeight() + y) * s.sourceWidth() + x] +=
              given[(y + s.paddingY()) * s.gridWidth() + x + s.paddingX()];
        }
      }
    }
  }

  /// @param share of values other than 0
  private float[] values(int count, double share) {
    float[] all = new float[count];
    for (int k = 0; k < count; k++) {
      all[k] = random.nextDouble() < share ? (float) random.nextGaussian() : k % 2 == 0 ? 0f : -0f;
    }
    return all;
  }

  /// Processors use the one or the other.
  @Test
  void fourVectorsAreSummedAsTheFirstOfEight() {
    int rows = 9;
    int targets = 3;
    long memory = OffHeap.allocate((long) rows * ConvBackVector.BYTES);
    float[] weights = values(rows * ConvBackVector.COLUMNS, 1);
    for (int k = 0; k < weights.length; k++) {
      OffHeap.MEMORY.set(JAVA_FLOAT, memory + (long) k * Float.BYTES, weights[k]);
    }
    float[] factors = values(12, 1);
    int[] places =
        IntStream.of(0, 3, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0)
            .map(k -> k * ConvBackVector.BYTES)
            .toArray();
    int[] ends = {3, 3, 12};
    int[] lines =
        IntStream.range(0, targets).map(k -> k * ConvBackVector.LINE + ConvBackVector.L).toArray();
    float[] eight = new float[targets * ConvBackVector.LINE + ConvBackVector.LINE];
    float[] four = eight.clone();
    ConvBackVector.eightListed(eight, lines, memory, factors, places, ends, 0, targets);
    ConvBackVector.fourListed(four, lines, memory, factors, places, ends, 0, targets);
    for (int line : lines) {
      int end = line + 4 * ConvBackVector.L;
      assertArrayEquals(Arrays.copyOfRange(eight, line, end), Arrays.copyOfRange(four, line, end));
    }
    float first = factors[0] * weights[0];
    first = Math.fma(factors[1], weights[3 * ConvBackVector.COLUMNS], first);
    first = Math.fma(factors[2], weights[8 * ConvBackVector.COLUMNS], first);
    assertEquals(first, four[lines[0]]);
  }

  /// One channel of three columns would leave most of each vector empty.
  @Test
  void narrowLinesDoNotSuit() {
    assertFalse(new ConvBack.Shape(1, 9, 9, 16, 7, 7, 3, 3, 0, 0, 9, 9).suits());
    assertTrue(new ConvBack.Shape(64, 9, 9, 64, 7, 7, 3, 3, 0, 0, 9, 9).suits());
  }
}
