package snel.runtime.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.runtime.rng.Philox;
import snel.runtime.rng.Stream;

class F32Test {
  private static final boolean FULL = Boolean.getBoolean("snel.full");

  interface FloatOperator {
    float apply(float x);
  }

  @Test
  void referenceValues() {
    assertEquals(0x3ebc5ab2, Float.floatToIntBits(F32.exp(-1)));
    assertEquals(0x402df854, Float.floatToIntBits(F32.exp(1)));
    assertEquals(0x40135d8e, Float.floatToIntBits(F32.log(10)));
    assertEquals(0xc23834f1, Float.floatToIntBits(F32.log(1e-20f)));
  }

  @Test
  void theEndsOfExp() {
    float last = 0x1.62e42ep6f;
    assertTrue(Float.isFinite(F32.exp(last)));
    assertEquals(Float.POSITIVE_INFINITY, F32.exp(Math.nextUp(last)));
    float first = -0x1.5d589ep6f;
    assertTrue(F32.exp(first) >= Float.MIN_NORMAL);
    assertEquals(0, F32.exp(Math.nextDown(first)));
    assertEquals(0, F32.exp(Float.NEGATIVE_INFINITY));
    assertEquals(Float.POSITIVE_INFINITY, F32.exp(Float.POSITIVE_INFINITY));
    assertEquals(Float.NaN, F32.exp(Float.NaN));
    assertEquals(1, F32.exp(-0f));
  }

  @Test
  void expNeverDecreasesOnNegativeArguments() {
    float before = 1;
    int stride = FULL ? 1 : 997;
    for (int bits = 0x80000000; bits <= 0xc2b00000; bits += stride) {
      float y = F32.exp(Float.intBitsToFloat(bits));
      assertTrue(y <= before, "at " + Float.intBitsToFloat(bits));
      before = y;
    }
  }

  @Test
  void theEndsOfTheOthers() {
    assertEquals(-1, F32.expm1(-18));
    assertEquals(Float.POSITIVE_INFINITY, F32.expm1(89));
    assertEquals(Float.NaN, F32.expm1(Float.NaN));
    assertEquals(1e-30f, F32.expm1(1e-30f));
    assertEquals(Float.NEGATIVE_INFINITY, F32.log(-0f));
    assertEquals(Float.NaN, F32.log(-1));
    assertEquals(Float.NaN, F32.log(Float.NaN));
    assertEquals(Float.POSITIVE_INFINITY, F32.log(Float.POSITIVE_INFINITY));
    assertEquals(0, F32.log(1));
    assertEquals(1, F32.tanh(20));
    assertEquals(-1, F32.tanh(-20));
    assertEquals(Float.NaN, F32.tanh(Float.NaN));
    assertEquals(1, F32.exprel(0));
    assertEquals(0.5f, F32.sigmoid(0));
  }

  @Test
  void powers() {
    assertEquals(1, F32.pow(0, 0));
    assertEquals(0, F32.pow(0, 2.5f));
    assertEquals(Float.POSITIVE_INFINITY, F32.pow(0, -1));
    assertEquals(Float.NaN, F32.pow(-2, 2));
    assertEquals(Float.NaN, F32.pow(Float.NaN, 1));
    assertEquals(Float.NaN, F32.pow(0, Float.NaN));
    assertEquals(StrictMath.pow(3, 1.5), F32.pow(3, 1.5f), 1e-6);
    assertEquals(1, F32.power(7, 0));
    assertEquals(-243, F32.power(-3, 5));
    assertEquals(1 / 1024f, F32.power(2, -10));
    // x^5 from the top bit is ((x^2)^2) x, each rounded.
    float x = 1.1f;
    float square = x * x;
    assertEquals(square * square * x, F32.power(x, 5));
    assertEquals(0, F32.power(2, Integer.MIN_VALUE));
  }

  /// semantics.md §12 over all 2^32 inputs (full); always over a stride, whose hashes were taken
  /// from the same run.
  @ParameterizedTest
  @CsvSource({
    "exp, 9c933111916510ba, acfc1e31b13f44c7",
    "log, c35c583e42c68478, fc03b1077addab56",
    "expm1, 6284dadceccc50d2, 7a3dbe86432b5d90",
    "normal, d6f5c7eb23e5f800, 9b3d21afb6db0e7a"
  })
  void hashesOverAllInputs(String name, String all, String strided) {
    assertEquals(strided, hash(name, 1021));
    if (FULL) {
      assertEquals(all, hash(name, 1));
    }
  }

  private static String hash(String name, long stride) {
    long hash = 0;
    for (long bits = 0; bits < 1L << 32; bits += stride) {
      float x = Float.intBitsToFloat((int) bits);
      float y =
          switch (name) {
            case "exp" -> F32.exp(x);
            case "log" -> F32.log(x);
            case "expm1" -> F32.expm1(x);
            default -> F32.normal((int) bits);
          };
      hash = hash * 0x9E3779B97F4A7C15L + Integer.toUnsignedLong(Float.floatToIntBits(y)) + 1;
    }
    return String.format("%016x", hash);
  }

  @Test
  void errorsAreAsSmallAsPromised() {
    within(1.013, F32::exp, StrictMath::exp);
    within(0.923, F32::log, StrictMath::log);
    within(1.462, F32::expm1, StrictMath::expm1);
    within(2.6, F32::tanh, StrictMath::tanh);
    within(2.5, F32::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)));
    // Beyond 88.7 the numerator overflows.
    within(1.9, F32::exprel, x -> x > 88.7 ? Double.NaN : StrictMath.expm1(x) / x);
    within(0.5001, F32::sin, StrictMath::sin);
    within(0.5001, F32::cos, StrictMath::cos);
    within(0.5001, F32::log1p, StrictMath::log1p);
  }

  private static void within(double ulps, FloatOperator single, DoubleUnaryOperator exact) {
    double worst = 0;
    for (long bits = 0; bits < 1L << 32; bits += FULL ? 61 : 40_961) {
      float x = Float.intBitsToFloat((int) bits);
      double reference = exact.applyAsDouble(x);
      float rounded = (float) reference;
      if (Float.isFinite(rounded) && Math.abs(rounded) >= Float.MIN_NORMAL) {
        double error = Math.abs(single.apply(x) - reference) / Math.ulp(rounded);
        worst = Math.max(worst, error);
      }
    }
    assertTrue(worst <= ulps, "error of " + worst + " ulp");
    assertTrue(worst > ulps / 4, "only " + worst + " ulp: nothing was compared");
  }

  @Test
  void noiseOfExample15() {
    int stream = Stream.of("E.xi:noise");
    int[] bits = {0x3f783739, 0xbfe80fbc, 0xbf3b52e9, 0x400fa616};
    for (int i = 0; i < 4; i++) {
      float z = F32.normal(Philox.word(42, stream, 0, 0, 0, 0, i));
      assertEquals(bits[i], Float.floatToIntBits(z));
    }
  }

  @Test
  void ornsteinUhlenbeckOfExample15() {
    float p = (float) Math.exp(-0.1 / 10);
    float s = (float) Math.sqrt(-Math.expm1(-2 * 0.1 / 10));
    assertEquals(0x3f7d73e8, Float.floatToIntBits(p));
    assertEquals(0x3e10182b, Float.floatToIntBits(s));
    int stream = Stream.of("E.xi:noise");
    int[] bits = {0x3e0bb67f, 0x3e825b87, 0x3e9b5fc3};
    float x = 0;
    for (int step = 0; step < 3; step++) {
      x = Math.fma(s, F32.normal(Philox.word(42, stream, 0, 0, step, 0, 0)), p * x);
      assertEquals(bits[step], Float.floatToIntBits(x));
    }
  }

  @Test
  void uniformNumbersAreMultiplesOfTwoToMinus24() {
    assertEquals(0x0.ffffffp0f, F32.uniform(-1));
    assertEquals(0x1p-24f, F32.uniform(0x1ff));
  }
}
