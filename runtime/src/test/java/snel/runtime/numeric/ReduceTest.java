package snel.runtime.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.runtime.kernel.LaneSum;

class ReduceTest {
  @Test
  void sumsAreThoseOfSixteenLanes() {
    Random random = new Random(5);
    for (int n = 0; n < 100; n++) {
      int from = random.nextInt(20);
      float[] x = new float[from + n + 3];
      float[] y = new float[x.length];
      double[] wideX = new double[x.length];
      double[] wideY = new double[x.length];
      for (int k = 0; k < x.length; k++) {
        x[k] = (float) Math.scalb(random.nextGaussian(), random.nextInt(20));
        y[k] = (float) random.nextGaussian();
        wideX[k] = Math.scalb(random.nextGaussian(), random.nextInt(40));
        wideY[k] = random.nextGaussian();
      }
      float[] sums = new float[16];
      float[] dots = new float[16];
      double[] wideSums = new double[16];
      double[] wideDots = new double[16];
      for (int k = 0; k < n; k++) {
        int at = from + k;
        sums[k & 15] += x[at];
        dots[k & 15] = Math.fma(x[at], y[at], dots[k & 15]);
        wideSums[k & 15] += wideX[at];
        wideDots[k & 15] = Math.fma(wideX[at], wideY[at], wideDots[k & 15]);
      }
      assertEquals(LaneSum.fold(sums), Reduce.sum(x, from, from + n));
      assertEquals(LaneSum.fold(dots), Reduce.dot(x, y, from, from + n));
      assertEquals(LaneSum.fold(wideSums), Reduce.sum(wideX, from, from + n));
      assertEquals(LaneSum.fold(wideDots), Reduce.dot(wideX, wideY, from, from + n));
    }
  }

  @Test
  void normsAreRoots() {
    assertEquals(5, Reduce.norm(new float[] {3, 0, 4}, 0, 3));
    assertEquals(5, Reduce.norm(new double[] {9, 3, 0, 4}, 1, 4));
    assertEquals(0, Reduce.norm(new double[] {9}, 1, 1));
  }

  @Test
  void theOrderIsVisible() {
    float[] x = new float[17];
    x[0] = 1e8f;
    x[1] = 1;
    x[16] = -1e8f;
    float inTurn = 0;
    for (float element : x) {
      inTurn += element;
    }
    assertEquals(1, Reduce.sum(x, 0, 17));
    assertNotEquals(inTurn, Reduce.sum(x, 0, 17));
  }
}
