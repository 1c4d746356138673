package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sums of rows of bits are what counting bit by bit gives, in words and in vectors.
class BitRowsTest {
  private static final int ROUNDS = 20;
  private static final int MARGIN = 3;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "3, 7, 2",
    "40, 64, 9",
    "40, 65, 127",
    "30, 511, 128",
    "200, 512, 127",
    "200, 513, 300",
    "100, 1300, 8",
    "17, 2049, 700",
    "64, 1000, 0"
  })
  void sumsAreCounts(int sources, int targets, int most) {
    Random random = new Random(31L * sources + targets);
    for (int round = 0; round < ROUNDS; round++) {
      check(random, sources, targets, most);
    }
  }

  private static void check(Random random, int sources, int targets, int most) {
    int words = BitRows.words(targets);
    assertEquals(0, words % 8);
    assertTrue(64 * words >= targets);
    long[] rows = new long[(int) BitRows.words(sources, targets)];
    double density = random.nextDouble();
    for (int i = 0; i < sources; i++) {
      for (int j = 0; j < targets; j++) {
        if (random.nextDouble() < density) {
          rows[i * words + j / 64] |= 1L << j % 64;
        }
      }
    }
    int first = random.nextInt(5);
    int count = most == 0 ? 0 : random.nextInt(most) + 1;
    int[] list = new int[most + 1];
    for (int k = 0; k < list.length; k++) {
      list[k] = random.nextInt(sources + 4) + first - 2;
    }
    int from = random.nextBoolean() ? 0 : 512 * random.nextInt(targets / 512 + 1);
    int to = Math.min(targets, from + 512 * random.nextInt(5));
    to = random.nextBoolean() ? targets : to;
    int[] expected = random.ints(targets + 2 * MARGIN, 0, 50_000).toArray();
    int[] counts = expected.clone();
    int[] countsOfVectors = expected.clone();
    char[] narrow = narrow(expected);
    char[] narrowOfVectors = narrow(expected);
    for (int k = 0; k < count; k++) {
      int source = list[k] - first;
      for (int j = from; j < to && source >= 0 && source < sources; j++) {
        expected[MARGIN + j] += (int) (rows[source * words + j / 64] >>> j % 64 & 1);
      }
    }
    int[] offsets = new int[BitRows.OFFSETS];
    long[] planes = new long[BitRows.DIGITS];
    BitRows.add(
        counts, MARGIN, rows, targets, from, to, list, count, first, sources, offsets, planes);
    BitRows.add(
        narrow, MARGIN, rows, targets, from, to, list, count, first, sources, offsets, planes);
    assertArrayEquals(expected, counts);
    assertArrayEquals(narrow(expected), narrow);
    BitRowsVector.add(
        countsOfVectors,
        MARGIN,
        rows,
        targets,
        from,
        to,
        list,
        count,
        first,
        sources,
        offsets,
        planes);
    BitRowsVector.add(
        narrowOfVectors,
        MARGIN,
        rows,
        targets,
        from,
        to,
        list,
        count,
        first,
        sources,
        offsets,
        planes);
    assertArrayEquals(expected, countsOfVectors);
    assertArrayEquals(narrow(expected), narrowOfVectors);
  }

  private static char[] narrow(int[] counts) {
    char[] narrow = new char[counts.length];
    for (int j = 0; j < counts.length; j++) {
      narrow[j] = (char) counts[j];
    }
    return narrow;
  }
}
