package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftedBlocksTest {
  /// Grids narrower than a vector, as wide, and wider; kernels of one weight and larger than maps.
  @ParameterizedTest
  @CsvSource({
    "5, 5, 8, 8, 12",
    "3, 3, 14, 14, 16",
    "5, 5, 24, 24, 30",
    "1, 1, 3, 2, 2",
    "7, 5, 2, 3, 9"
  })
  void sumsAreThoseOfAPlainLoop(
      int kernelHeight, int kernelWidth, int height, int width, int line) {
    var random = new Random(3);
    var blocks = new ShiftedBlocks();
    for (int round = 0; round < 5; round++) {
      float[] from = new float[2 + kernelHeight * kernelWidth * height * width + BlockVector.L];
      float[] before = new float[1 + (height + kernelHeight - 1) * line + BlockVector.L];
      for (int k = 0; k < from.length; k++) {
        from[k] = (float) random.nextGaussian();
      }
      for (int k = 0; k < before.length; k++) {
        before[k] = (float) random.nextGaussian();
      }
      float[] wanted = before.clone();
      for (int ky = 0; ky < kernelHeight; ky++) {
        for (int kx = 0; kx < kernelWidth; kx++) {
          for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
              wanted[1 + (y + ky) * line + x + kx] +=
                  from[2 + ((ky * kernelWidth + kx) * height + y) * width + x];
            }
          }
        }
      }
      blocks.add(before, 1, line, from, 2, kernelHeight, kernelWidth, height, width);
      assertArrayEquals(wanted, before);
      blocks.add(new float[999], 0, 3, new float[999], 0, 2, 2, 2, 2);
    }
  }
}
