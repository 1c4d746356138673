package snel.runtime.connect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SynapseOrderTest {
  private final Csr rows = FixedTotal.of(3, 4, Ends.of(40, 30), 900, true);
  private final int[] sources = new int[900];
  private final byte[] delay = new byte[900];

  SynapseOrderTest() {
    Random random = new Random(1);
    for (int s = 0; s < 900; s++) {
      delay[s] = (byte) random.nextInt(5);
    }
    for (int i = 0; i < 40; i++) {
      Arrays.fill(sources, rows.rowStart()[i], rows.rowStart()[i + 1], i);
    }
  }

  @Test
  void rowsAreSortedByDelayAndCarryTheirValues() {
    int[] order =
        IntStream.range(0, 900)
            .boxed()
            .sorted(Comparator.comparing((Integer s) -> sources[s]).thenComparing(s -> delay[s]))
            .mapToInt(s -> s)
            .toArray();
    char[] target = new char[900];
    double[] weight = new double[900];
    float[] single = new float[900];
    long[] whole = new long[900];
    int[] number = new int[900];
    for (int s = 0; s < 900; s++) {
      target[s] = (char) rows.target().get(s);
      weight[s] = s;
      single[s] = s;
      whole[s] = s;
      number[s] = s;
    }
    byte[] classes = delay.clone();
    int[] classStart = new int[40 * 5 + 1];
    SynapseOrder.byDelay(
        rows.rowStart(), classes, 5, classStart, target, weight, classes, single, whole, number);
    assertArrayEquals(order, number);
    for (int s = 0; s < 900; s++) {
      assertEquals(order[s], weight[s]);
      assertEquals(order[s], single[s]);
      assertEquals(order[s], whole[s]);
      assertEquals(rows.target().get(order[s]), target[s]);
      assertEquals(delay[order[s]], classes[s]);
    }
    for (int i = 0; i < 40; i++) {
      assertEquals(rows.rowStart()[i], classStart[i * 5]);
      for (int k = 0; k < 5; k++) {
        for (int s = classStart[i * 5 + k]; s < classStart[i * 5 + k + 1]; s++) {
          assertEquals(k, classes[s]);
        }
      }
    }
    assertEquals(900, classStart[200]);
  }

  @Test
  void columnsListTheirSynapsesBySource() {
    int[] columnStart = new int[31];
    int[] synapse = new int[900];
    char[] source = new char[900];
    SynapseOrder.byTarget(
        rows.rowStart(), rows.target().array(), delay, 1, columnStart, synapse, source);
    checkColumns(columnStart, 1, synapse, s -> sources[s]);
    for (int p = 0; p < 900; p++) {
      assertEquals(sources[synapse[p]], source[p]);
    }
  }

  @Test
  void columnsMayBeSplitByDelay() {
    int[] columnStart = new int[30 * 5 + 1];
    int[] synapse = new int[900];
    int[] source = new int[900];
    SynapseOrder.byTarget(
        rows.rowStart(), rows.target().array(), delay, 5, columnStart, synapse, source);
    checkColumns(columnStart, 5, synapse, s -> sources[s]);
  }

  private void checkColumns(
      int[] columnStart, int classes, int[] synapse, java.util.function.IntUnaryOperator source) {
    boolean[] seen = new boolean[900];
    for (int column = 0; column < 30 * classes; column++) {
      for (int p = columnStart[column]; p < columnStart[column + 1]; p++) {
        int s = synapse[p];
        assertTrue(!seen[s]);
        seen[s] = true;
        assertEquals(column / classes, rows.target().get(s));
        if (classes > 1) {
          assertEquals(column % classes, delay[s]);
        }
        if (p > columnStart[column]) {
          assertTrue(source.applyAsInt(synapse[p - 1]) <= source.applyAsInt(s));
          assertTrue(synapse[p - 1] < s);
        }
      }
    }
    assertEquals(900, columnStart[30 * classes]);
  }
}
