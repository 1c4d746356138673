package snel.runtime.rng;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void streamsAreNamedByFnv() {
    assertEquals(0x94ac09e6, Stream.of("E->I.exc:connect"));
    // From the FNV authors' test suite.
    assertEquals(0x811c9dc5, Stream.of(""));
    assertEquals(0xe40c292c, Stream.of("a"));
    assertEquals(0xbf9cf968, Stream.of("foobar"));
  }

  @Test
  void fullNamesLeaveZerosOut() {
    assertEquals("A->B.exc:connect", Stream.name("A->B.exc", 0, "connect", 0));
    assertEquals("A->B.exc#2:weight@1", Stream.name("A->B.exc", 2, "weight", 1));
  }

  @Test
  void uniformNumbersStayBelowOne() {
    assertEquals(0f, Words.uniformFloat(255));
    assertEquals(0x0.ffffffp0f, Words.uniformFloat(-1));
    assertEquals(0x0.ffffffffp0, Words.uniformDouble(-1));
    assertEquals(0x1.fffffffffffffp-1, Words.uniformDouble(-1L));
    assertEquals(0x1p-32, Words.uniformDouble(1));
    assertEquals(0.5, Words.uniformDouble(Integer.MIN_VALUE));
  }

  @Test
  void thresholdsAreTheNearestInteger() {
    assertEquals(0, Words.threshold(0));
    assertEquals(0, Words.threshold(-0.5));
    assertEquals(0, Words.threshold(Double.NaN));
    assertEquals(1L << 32, Words.threshold(1));
    assertEquals(1L << 32, Words.threshold(1.5));
    assertEquals(0, Words.threshold(0x1p-33));
    assertEquals(2, Words.threshold(0x1.8p-32));
    Random random = new Random(2);
    BigDecimal whole = BigDecimal.valueOf(1L << 32);
    for (int trial = 0; trial < 10_000; trial++) {
      double probability = Math.scalb(random.nextDouble(), -random.nextInt(34));
      BigDecimal exact = new BigDecimal(probability).multiply(whole);
      assertEquals(
          exact.setScale(0, RoundingMode.HALF_EVEN).longValueExact(), Words.threshold(probability));
    }
  }

  @Test
  void certainEventsHappenAndImpossibleOnesDoNot() {
    assertTrue(Words.event(-1, 1L << 32));
    assertFalse(Words.event(0, 0));
    assertTrue(Words.event(-2, 0xFFFFFFFFL));
    assertFalse(Words.event(-1, 0xFFFFFFFFL));
  }

  @Test
  void integersBelowABoundAreTheHighHalf() {
    Random random = new Random(3);
    for (int trial = 0; trial < 1_000; trial++) {
      long number = random.nextLong();
      long bound = random.nextLong() >>> (1 + random.nextInt(60));
      BigInteger product =
          new BigInteger(Long.toUnsignedString(number)).multiply(BigInteger.valueOf(bound));
      assertEquals(product.shiftRight(64).longValueExact(), Words.below(number, bound));
    }
  }

  @Test
  void redrawsOfConstantsCountAndOthersKeepTheirPresentation() {
    assertEquals(5, Words.redraw(0, 5));
    assertEquals(77, Words.redraw(77, 0));
    assertNotEquals(78, Words.redraw(77, 1));
    assertEquals(77 | 0x80000000, Words.redraw(77, 1));
  }

  @Test
  void shufflesOfExample15() {
    int[] order = new int[8];
    Shuffle.fill(42, Stream.of("digits:shuffle"), 0, order);
    assertArrayEquals(new int[] {6, 5, 7, 1, 3, 2, 4, 0}, order);
    Shuffle.fill(42, Stream.of("digits:shuffle"), 1, order);
    assertArrayEquals(new int[] {1, 4, 6, 7, 5, 0, 2, 3}, order);
  }

  @Test
  void everyPermutationIsAsLikely() {
    int[] order = new int[4];
    int[] seen = new int[256];
    for (int epoch = 0; epoch < 24_000; epoch++) {
      Shuffle.fill(1, 2, epoch, order);
      seen[order[0] << 6 | order[1] << 4 | order[2] << 2 | order[3]]++;
    }
    double chiSquare = 0;
    int permutations = 0;
    for (int count : seen) {
      if (count > 0) {
        permutations++;
        chiSquare += (count - 1000.0) * (count - 1000.0) / 1000;
      }
    }
    assertEquals(24, permutations);
    // 23 degrees of freedom: 49.7 is the 99.9 % point.
    assertTrue(chiSquare < 49.7, "chi square " + chiSquare);
  }
}
