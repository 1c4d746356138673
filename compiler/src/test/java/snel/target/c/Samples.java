package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/// Arguments that tell two implementations of a function apart, and the comparison of results.
final class Samples {
  /// Whether the long forms of tests were asked for.
  static final boolean FULL = Boolean.getBoolean("snel.full");

  static final int COUNT = FULL ? 1_000_000 : 100_000;

  static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    3,
    -3,
    1.5,
    1e-300,
    -1e-300,
    1e300,
    -1e300,
    1e16,
    -1e16,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    Math.PI,
    709.782712893384,
    709.7827128933841,
    -745.1332191019411,
    -745.1332191019412,
    710.4758600739439,
    710.475860073944,
    22,
    0x1.fffffffffffffp-1,
    0x1.0000000000001p0,
    0x1p31,
    0x1p53,
    0x1p-1030,
  };

  private Samples() {}

  /// Any bits, or a number within ±range, or one near a power of two.
  static double number(Random random, double range) {
    return switch (random.nextInt(4)) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> Math.scalb(1 + random.nextInt(64) * 0x1p-52, random.nextInt(64) - 40);
      default -> (2 * random.nextDouble() - 1) * range;
    };
  }

  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static void assertSameFloat(float java, float c, String what) {
    if (Float.floatToIntBits(java) != Float.floatToIntBits(c)) {
      assertEquals(Float.toHexString(java), Float.toHexString(c), what);
    }
  }

  static void assertSameDouble(double java, double c, String what) {
    if (Double.doubleToLongBits(java) != Double.doubleToLongBits(c)) {
      assertEquals(Double.toHexString(java), Double.toHexString(c), what);
    }
  }
}
