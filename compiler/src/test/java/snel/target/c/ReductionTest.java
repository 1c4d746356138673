package snel.target.c;

import static snel.target.c.Samples.assertSameDouble;
import static snel.target.c.Samples.buffer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.runtime.numeric.Reduce;

/// Sums over vectors: Java against C.
class ReductionTest {
  private final List<CompiledLibrary> libraries = CompiledLibrary.all();

  @Test
  void vectorsOfSeveralLengths() {
    Random random = new Random(41);
    for (int n : new int[] {0, 1, 15, 16, 17, 100, 2_000}) {
      float[] x = new float[n];
      float[] y = new float[n];
      double[] wideX = new double[n];
      double[] wideY = new double[n];
      ByteBuffer single = buffer(8 * n);
      ByteBuffer wide = buffer(16 * n);
      for (int k = 0; k < n; k++) {
        x[k] = (float) Math.scalb(random.nextGaussian(), random.nextInt(20));
        y[k] = (float) random.nextGaussian();
        wideX[k] = Math.scalb(random.nextGaussian(), random.nextInt(40));
        wideY[k] = random.nextGaussian();
        single.putFloat(4 * k, x[k]).putFloat(4 * (n + k), y[k]);
        wide.putDouble(8 * k, wideX[k]).putDouble(8 * (n + k), wideY[k]);
      }
      for (CompiledLibrary library : libraries) {
        assertSameSum(library, "sum_f32", single, Reduce.sum(x, 0, n));
        assertSameSum(library, "dot_f32", single, Reduce.dot(x, y, 0, n));
        assertSameSum(library, "norm_f32", single, Reduce.norm(x, 0, n));
        assertSameSum(library, "sum_f64", wide, Reduce.sum(wideX, 0, n));
        assertSameSum(library, "dot_f64", wide, Reduce.dot(wideX, wideY, 0, n));
        assertSameSum(library, "norm_f64", wide, Reduce.norm(wideX, 0, n));
      }
    }
  }

  private static void assertSameSum(
      CompiledLibrary library, String name, ByteBuffer input, double java) {
    assertSameDouble(java, library.map("reduce " + name, input.duplicate()).getDouble(), name);
  }
}
