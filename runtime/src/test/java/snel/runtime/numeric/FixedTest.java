package snel.runtime.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class FixedTest {
  @Test
  void decaysOfExample16() {
    long factor = 4055;
    assertArrayEquals(new long[] {2534, 2508, 2482, 2457}, iterate(v -> Fixed.decay(v, factor)));
    assertArrayEquals(
        new long[] {2534, 2508, 2482, 2457}, iterate(v -> Fixed.floor(v * factor, 12)));
    assertArrayEquals(
        new long[] {2534, 2509, 2484, 2459}, iterate(v -> Fixed.nearest(v * factor, 12)));
  }

  private static long[] iterate(LongUnaryOperator step) {
    long[] values = new long[4];
    long v = 2560;
    for (int k = 0; k < 4; k++) {
      v = step.applyAsLong(v);
      values[k] = v;
    }
    return values;
  }

  @Test
  void onlyTowardsZeroDoesADecayEnd() {
    long down = -2560;
    long near = -2560;
    long zero = -2560;
    for (int k = 0; k < 2_000; k++) {
      down = Fixed.floor(down * 4055, 12);
      near = Fixed.nearest(near * 4055, 12);
      zero = Fixed.decay(zero, 4055);
    }
    assertEquals(-99, down);
    assertEquals(-49, near);
    assertEquals(0, zero);
  }

  @Test
  void operationsOfExample16() {
    assertEquals(32767, Fixed.saturate(33000, 16));
    assertEquals(-32536, Fixed.wrap(33000, 16));
    assertEquals(-2, Fixed.floor(-384, 8));
    assertEquals(-1, Fixed.nearest(-384, 8));
    assertEquals(-1, Fixed.zero(-384, 8));
    assertEquals(-896, Fixed.divide(-7 << 8, 2 << 8, 8, 16));
    assertEquals(-85, Fixed.divide(-1 << 8, 3 << 8, 8, 16));
    assertEquals(32767, Fixed.divide(5, 0, 8, 16));
    assertEquals(-32768, Fixed.divide(-5, 0, 8, 16));
    assertEquals(6028, Fixed.exp(-256, 8));
    assertEquals(9938, Fixed.exp(-128, 8));
    assertEquals(1727, Fixed.exp(-576, 8));
  }

  @Test
  void lavaOfExample16() {
    long[] v = new long[8];
    long u = 0;
    long last = 0;
    for (int k = 0; k < 8; k++) {
      u = Fixed.wrap(Fixed.decay(u, 4096 - 1) + (k == 0 ? 128 << 6 : 0), 24);
      last = Fixed.saturate(Fixed.decay(last, 4096 - 2048) + u, 24);
      v[k] = last;
    }
    assertArrayEquals(new long[] {8192, 12286, 14331, 15351, 15859, 16111, 16235, 16295}, v);
  }

  @Test
  void lavaWrapsOneValueOff() {
    assertEquals(1 << 23, Fixed.wrapLava(1 << 23, 24));
    assertEquals(1 << 23, Fixed.wrapLava(-(1 << 23), 24));
    assertEquals(-(1 << 23) + 1, Fixed.wrapLava((1 << 23) + 1, 24));
    assertEquals(-(1 << 23), Fixed.wrap(1 << 23, 24));
  }

  @Test
  void expIsWithinItsErrorAndEndsAtZero() {
    double worst = 0;
    for (int raw = 0; raw > -12 * 4096; raw--) {
      double error = Math.abs(Fixed.exp(raw, 12) / 16384.0 - Math.exp(raw / 4096.0));
      worst = Math.max(worst, error);
    }
    assertTrue(worst < 7e-5, "error " + worst);
    assertTrue(worst > 1e-5);
    assertEquals(16384, Fixed.exp(0, 12));
    assertEquals(0, Fixed.exp(-12 * 4096, 12));
    assertEquals(0, Fixed.exp(Integer.MIN_VALUE, 8));
    assertEquals(Math.E, Fixed.exp(4096, 12) / 16384.0, 4e-4);
  }

  @Test
  void roundingModesAreThoseOfRationals() {
    Random random = new Random(4);
    for (int trial = 0; trial < 10_000; trial++) {
      long product = random.nextLong() >> (2 + random.nextInt(50));
      int f = 1 + random.nextInt(16);
      BigDecimal exact = new BigDecimal(product).divide(new BigDecimal(1L << f));
      assertEquals(round(exact, RoundingMode.FLOOR), Fixed.floor(product, f));
      assertEquals(round(exact, RoundingMode.DOWN), Fixed.zero(product, f));
      assertEquals(
          round(exact.add(new BigDecimal("0.5")), RoundingMode.FLOOR), Fixed.nearest(product, f));
      long draw = Fixed.stochastic(product, f, random.nextInt());
      assertTrue(draw == Fixed.floor(product, f) || draw == round(exact, RoundingMode.CEILING));
    }
  }

  @Test
  void stochasticRoundingHasTheMeanOfItsArgument() {
    long product = 5 * 256 + 64;
    long sum = 0;
    for (int word = 0; word < 256; word++) {
      sum += Fixed.stochastic(product, 8, word << 8 | word);
    }
    assertEquals(product, sum);
  }

  @Test
  void literalsAreNearestWithHalvesToEven() {
    BigInteger two = BigInteger.TWO;
    assertEquals(2, Fixed.literal(BigInteger.valueOf(3), two.pow(9), 8, 16));
    assertEquals(2, Fixed.literal(BigInteger.valueOf(5), two.pow(9), 8, 16));
    assertEquals(-2, Fixed.literal(BigInteger.valueOf(-5), two.pow(9), 8, 16));
    assertEquals(32767, Fixed.literal(BigInteger.valueOf(1000), BigInteger.ONE, 8, 16));
    assertEquals(-32768, Fixed.literal(BigInteger.valueOf(-1000), BigInteger.ONE, 8, 16));
    assertEquals(4055, Fixed.literal(Math.exp(-0.01), 12, 16));
    assertEquals(2, Fixed.literal(5.0 / 512, 8, 16));
    assertEquals(32767, Fixed.literal(1e30, 8, 16));
    assertEquals(-9.90234375, Fixed.toDouble(-2535, 8));
    assertEquals(-40, Fixed.rescale(-10, 8, 10));
    assertEquals(-2, Fixed.rescale(-10, 10, 8));
  }

  @Test
  void sumsAndProductsSaturate() {
    assertEquals(32767, Fixed.add(32000, 1000, 16));
    assertEquals(-32768, Fixed.subtract(-32000, 1000, 16));
    assertEquals(384, Fixed.multiply(128, 768, 8, 16));
    assertEquals(32767, Fixed.multiply(-32768, -32768, 8, 16));
  }

  private static long round(BigDecimal value, RoundingMode mode) {
    return value.setScale(0, mode).longValueExact();
  }
}
