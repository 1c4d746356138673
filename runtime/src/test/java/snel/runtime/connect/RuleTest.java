package snel.runtime.connect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static snel.runtime.connect.WorkedExampleTest.column;
import static snel.runtime.connect.WorkedExampleTest.row;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.rng.Philox;
import snel.runtime.rng.Words;

class RuleTest {
  @Test
  void allJoinsEveryPairButSelves() {
    assertEquals(12, Simple.all(Ends.of(3, 4)).count());
    Csr rows = Simple.all(Ends.of(3, 4).withoutSelf(1));
    assertArrayEquals(new int[] {0, 2, 3}, row(rows, 0));
    assertArrayEquals(new int[] {0, 1, 2}, row(rows, 2));
    assertEquals(9, rows.count());
    assertEquals(9, Ends.of(3, 4).withoutSelf(1).pairs());
    assertEquals(12, Simple.all(Ends.of(3, 4).withoutSelf(-7)).count());
  }

  @Test
  void oneToOneNeedsEqualSizes() {
    assertArrayEquals(new int[] {0, 1, 2}, Simple.oneToOne(Ends.of(3, 3)).target().toArray());
    assertEquals(0, Simple.oneToOne(Ends.of(3, 3).withoutSelf(0)).count());
    assertThrows(IllegalArgumentException.class, () -> Simple.oneToOne(Ends.of(3, 4)));
  }

  @Test
  void listedPairsAreSortedAndRememberTheirRow() {
    int[] sources = {2, 0, 2, 0, 2, 1};
    int[] targets = {1, 3, 0, 0, 1, 1};
    Csr rows = Simple.pairs(Ends.of(3, 4), sources, targets);
    assertArrayEquals(new int[] {0, 2, 3, 6}, rows.rowStart());
    assertArrayEquals(new int[] {0, 3, 1, 0, 1, 1}, rows.target().toArray());
    assertArrayEquals(new int[] {3, 1, 5, 2, 0, 4}, rows.shared());
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 1}, rows.multapse());
    Csr others = Simple.pairs(Ends.of(3, 4).withoutSelf(0), sources, targets);
    assertArrayEquals(new int[] {1, 2, 0, 4}, others.shared());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-5, 0.004, 0.3, 0.97, 1})
  void hopsOfATableEqualItsDefinition(double p) {
    SkipTable table = SkipTable.of(p);
    Csr rows = Bernoulli.of(5, 6, Ends.of(20, 700).withoutSelf(3), table);
    for (int i = 0; i < 20; i++) {
      TreeSet<Integer> hits = new TreeSet<>();
      long position = -1;
      for (int d = 0; position < 700; d++) {
        long word = Integer.toUnsignedLong(Philox.word(5, 6, d >> 2, i, 0, 0, d & 3));
        int k = 1;
        while (k <= table.size() && word >= table.entries()[k - 1]) {
          k++;
        }
        position += Math.min(k, table.size());
        if (k <= table.size() && position < 700 && position != i + 3) {
          hits.add((int) position);
        }
      }
      assertArrayEquals(hits.stream().mapToInt(j -> j).toArray(), row(rows, i));
    }
  }

  @Test
  void tablesHaveTheirSize() {
    assertEquals(4, SkipTable.of(1).size());
    assertEquals(8, SkipTable.of(0.5).size());
    assertEquals(16, SkipTable.of(0.499).size());
    assertEquals(4096, SkipTable.of(0.0001).size());
    assertEquals(4096, SkipTable.of(0).size());
    assertEquals(1L << 32, SkipTable.of(1).entries()[0]);
    assertThrows(IllegalArgumentException.class, () -> SkipTable.of(1.5));
    BigInteger three = BigInteger.valueOf(3);
    assertEquals((1L << 32) / 3, SkipTable.of(BigInteger.ONE, three).entries()[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 25, 26, 49, 50})
  void everyTargetHasItsSources(int k) {
    Csr rows = FixedDegree.in(9, 8, Ends.of(51, 30).withoutSelf(-10), k, false);
    for (int j = 0; j < 30; j++) {
      int[] sources = column(rows, j);
      assertEquals(k, sources.length);
      assertEquals(k, Arrays.stream(sources).distinct().count());
      int self = j + 10;
      assertTrue(Arrays.stream(sources).noneMatch(i -> i == self));
    }
    assertArrayEquals(new int[51], Arrays.copyOf(rows.multapse(), 51));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 30, 49, 50})
  void outdegreeIsIndegreeTurned(int k) {
    Csr in = FixedDegree.in(9, 8, Ends.of(51, 51).withoutSelf(0), k, false);
    Csr out = FixedDegree.out(9, 8, Ends.of(51, 51).withoutSelf(0), k, false);
    for (int q = 0; q < 51; q++) {
      assertArrayEquals(column(in, q), row(out, q));
    }
  }

  @Test
  void multapsesMayExceedTheNeurons() {
    Csr rows = FixedDegree.out(1, 1, Ends.of(4, 3), 10, true);
    assertEquals(40, rows.count());
    int[] r = rows.multapse();
    for (int i = 0; i < 4; i++) {
      for (int s = 10 * i + 1; s < 10 * i + 10; s++) {
        assertTrue(rows.target().get(s - 1) <= rows.target().get(s));
        assertEquals(rows.target().get(s - 1) == rows.target().get(s) ? r[s - 1] + 1 : 0, r[s]);
      }
    }
    assertThrows(
        IllegalArgumentException.class, () -> FixedDegree.out(1, 1, Ends.of(4, 3), 4, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> FixedDegree.in(1, 1, Ends.of(3, 3).withoutSelf(0), 3, false));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 500, 5_000, 9_900})
  void totalsAreDistinctPairs(long total) {
    Csr rows = FixedTotal.of(3, 4, Ends.of(100, 100).withoutSelf(0), total, false);
    assertEquals(total, rows.count());
    assertEquals(0, Arrays.stream(rows.multapse()).sum());
    for (int i = 0; i < 100; i++) {
      int self = i;
      assertTrue(Arrays.stream(row(rows, i)).noneMatch(j -> j == self));
    }
  }

  @Test
  void totalsInALargeSpaceEqualTheirDefinition() {
    Ends ends = Ends.of(70_000, 80_000);
    Csr rows = FixedTotal.of(3, 4, ends, 3_000, false);
    TreeSet<Long> pairs = new TreeSet<>();
    for (long s = 0; pairs.size() < 3_000; s++) {
      pairs.add(Words.below(Philox.sequence(3, 4, s, 0, 0, 0), 5_600_000_000L));
    }
    int[] targets = pairs.stream().mapToInt(pair -> (int) (pair % 80_000)).toArray();
    assertArrayEquals(targets, rows.target().toArray());
    Csr many = FixedTotal.of(3, 4, Ends.of(10, 10), 1_000, true);
    assertEquals(1_000, many.count());
    assertNotEquals(0, Arrays.stream(many.multapse()).sum());
  }

  @Test
  void noRuleNeedsNeurons() {
    Ends none = Ends.of(0, 0);
    assertEquals(0, Simple.all(none).count());
    assertEquals(0, Bernoulli.of(1, 2, none, SkipTable.of(0.5)).count());
    assertEquals(0, FixedDegree.in(1, 2, none, 0, false).count());
    assertEquals(0, FixedTotal.of(1, 2, none, 0, true).count());
    assertEquals(0, Bernoulli.of(1, 2, Ends.of(5, 0), SkipTable.of(0.5)).count());
  }

  /// So many synapses are counted first and drawn side by side; a row is the same as of a few.
  @Test
  void manyRowsAreDrawnAsFewAre() {
    SkipTable table = SkipTable.of(0.6);
    Csr many = Bernoulli.of(1, 2, Ends.of(1_400, 1_400), table);
    Csr few = Bernoulli.of(1, 2, Ends.of(10, 1_400), table);
    int count = few.count();
    assertEquals(few.rowStart()[10], many.rowStart()[10]);
    assertArrayEquals(few.target().toArray(), Arrays.copyOf(many.target().toArray(), count));
    assertTrue(many.count() > 1 << 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {70, 1_400})
  void bitsAreThoseOfTheRows(int sources) {
    SkipTable table = SkipTable.of(0.6);
    Ends ends = Ends.of(sources, 1_400).withoutSelf(5);
    int words = 22;
    long[] bits = new long[sources * words];
    int[] rowStart = new int[sources + 1];
    Csr rows = Bernoulli.of(1, 2, ends, table);
    assertEquals(rows.count(), Bernoulli.bits(1, 2, ends, table, rowStart, bits, words));
    assertArrayEquals(rows.rowStart(), rowStart);
    for (int i = 0; i < sources; i++) {
      long[] row = Arrays.copyOfRange(bits, i * words, (i + 1) * words);
      assertArrayEquals(row(rows, i), BitSet.valueOf(row).stream().toArray());
    }
  }
}
