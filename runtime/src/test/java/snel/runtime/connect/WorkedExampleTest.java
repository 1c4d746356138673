package snel.runtime.connect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import snel.runtime.rng.Philox;
import snel.runtime.rng.Stream;
import snel.runtime.rng.Words;

/// semantics.md, Ex15: seed 42, stream `A->B.exc:connect`.
class WorkedExampleTest {
  private static final int SEED = 42;
  private static final int STREAM = Stream.of("A->B.exc:connect");

  @Test
  void theTableOfOneTenth() {
    SkipTable table = SkipTable.of(BigInteger.ONE, BigInteger.TEN);
    assertEquals(64, table.size());
    assertArrayEquals(
        new long[] {429496729, 816043786, 1163936137}, Arrays.copyOf(table.entries(), 3));
    assertArrayEquals(table.entries(), SkipTable.of(0.1).entries());
  }

  @Test
  void bernoulli() {
    Csr rows = Bernoulli.of(SEED, STREAM, Ends.of(3, 50), SkipTable.of(0.1));
    assertArrayEquals(new int[] {17, 30, 32, 37, 48}, row(rows, 0));
    assertArrayEquals(new int[] {2, 22, 27, 47}, row(rows, 1));
    assertArrayEquals(new int[] {11, 15, 24, 41, 46}, row(rows, 2));
  }

  @Test
  void fixedIndegree() {
    Csr rows = FixedDegree.in(SEED, STREAM, Ends.of(20, 2), 4, false);
    assertArrayEquals(new int[] {3, 12, 14, 15}, column(rows, 0));
    assertArrayEquals(new int[] {3, 5, 6, 16}, column(rows, 1));
  }

  @Test
  void multapses() {
    Csr rows = FixedDegree.in(SEED, STREAM, Ends.of(20, 1), 4, true);
    assertArrayEquals(new int[] {3, 13, 15, 16}, column(rows, 0));
    int[] drawn = new int[4];
    for (int d = 0; d < 4; d++) {
      drawn[d] = (int) Words.below(Philox.sequence(SEED, STREAM, d, 0, 0, 0), 20);
    }
    assertArrayEquals(new int[] {16, 3, 13, 15}, drawn);
  }

  @Test
  void fixedTotal() {
    Csr rows = FixedTotal.of(SEED, STREAM, Ends.of(3, 4), 6, false);
    assertArrayEquals(new int[] {0, 1, 3, 6}, rows.rowStart());
    assertArrayEquals(new int[] {2, 1, 2, 0, 1, 2}, rows.target().toArray());
  }

  static int[] row(Csr rows, int source) {
    return Arrays.copyOfRange(
        rows.target().toArray(), rows.rowStart()[source], rows.rowStart()[source + 1]);
  }

  static int[] column(Csr rows, int target) {
    int[] sources = new int[rows.count()];
    int count = 0;
    for (int i = 0; i < rows.sources(); i++) {
      for (int j : row(rows, i)) {
        if (j == target) {
          sources[count++] = i;
        }
      }
    }
    return Arrays.copyOf(sources, count);
  }
}
