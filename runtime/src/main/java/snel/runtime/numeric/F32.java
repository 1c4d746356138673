package snel.runtime.numeric;

/// Functions of single precision (semantics.md §12). [#exp], [#expm1], [#log] and [#normal] are
/// polynomials in fused multiply-adds, the same on every target; what is built from them follows;
/// the rest goes through `f64` and is rounded once.
public final class F32 {
  /// Adding it rounds to an integer, which then stands in the low bits.
  private static final float ROUNDER = 0x1.8p23f;

  private static final int ROUNDER_BITS = 0x4b400000;
  private static final float LOG2_E = 0x1.715476p0f;

  /// -ln 2 in two parts; multiples of the first by integers below 2^9 are exact.
  private static final float MINUS_LN2_HIGH = -0x1.62e4p-1f;

  private static final float MINUS_LN2_LOW = -0x1.7f7d1cp-20f;

  private F32() {}

  /// e^x; 1.013 ulp at most, never decreasing on negative arguments, 0 below -0x1.5d589ep6.
  public static float exp(float x) {
    if (x < -0x1.5d589ep6f) {
      return 0;
    }
    if (x > 0x1.62e42ep6f) {
      return Float.POSITIVE_INFINITY;
    }
    if (Float.isNaN(x)) {
      return x;
    }
    float t = Math.fma(x, LOG2_E, ROUNDER);
    float n = t - ROUNDER;
    int k = Float.floatToRawIntBits(t) - ROUNDER_BITS;
    float y = expm1Reduced(x, n) + 1;
    int half = k >> 1;
    return y * powerOfTwo(half) * powerOfTwo(k - half);
  }

  /// e^x - 1; 1.462 ulp at most.
  public static float expm1(float x) {
    if (x < -17.5f) {
      return -1;
    }
    if (x > 0x1.62e42ep6f) {
      return Float.POSITIVE_INFINITY;
    }
    if (Float.isNaN(x)) {
      return x;
    }
    float t = Math.fma(x, LOG2_E, ROUNDER);
    float n = t - ROUNDER;
    int k = Float.floatToRawIntBits(t) - ROUNDER_BITS;
    float q = expm1Reduced(x, n);
    if (k == 0) {
      return q;
    }
    float scale = powerOfTwo(k - 1);
    return 2 * Math.fma(scale, q, scale - 0.5f);
  }

  /// e^(x - n ln 2) - 1 on the reduced interval.
  private static float expm1Reduced(float x, float n) {
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, x));
    float p = 0x1.6a4b36p-10f;
    p = Math.fma(p, r, 0x1.12398ep-7f);
    p = Math.fma(p, r, 0x1.5558b2p-5f);
    p = Math.fma(p, r, 0x1.555492p-3f);
    p = Math.fma(p, r, 0x1.fffffcp-2f);
    return Math.fma(r * r, p, r);
  }

  private static float powerOfTwo(int exponent) {
    return Float.intBitsToFloat((exponent + 127) << 23);
  }

  /// Natural logarithm; 0.923 ulp at most.
  public static float log(float x) {
    if (!(x > 0)) {
      return x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
    }
    if (x == Float.POSITIVE_INFINITY) {
      return x;
    }
    int extra = 0;
    if (x < Float.MIN_NORMAL) {
      x *= 0x1p25f;
      extra = -25;
    }
    int i = Float.floatToRawIntBits(x) - 0x3f3504f3;
    float n = (i >> 23) + extra;
    float f = Float.intBitsToFloat((i & 0x7fffff) + 0x3f3504f3) - 1;
    float q = -0x1.38cf2p-4f;
    q = Math.fma(q, f, 0x1.05602ep-3f);
    q = Math.fma(q, f, -0x1.0d81f2p-3f);
    q = Math.fma(q, f, 0x1.22d8f8p-3f);
    q = Math.fma(q, f, -0x1.54728cp-3f);
    q = Math.fma(q, f, 0x1.99a01ep-3f);
    q = Math.fma(q, f, -0x1.000226p-2f);
    q = Math.fma(q, f, 0x1.555554p-2f);
    float y = Math.fma(n, -MINUS_LN2_LOW, (f * f) * Math.fma(f, q, -0.5f));
    return Math.fma(n, -MINUS_LN2_HIGH, f + y);
  }

  /// A standard normal number by inversion of a random word (Giles, "Approximating the erfinv
  /// function", GPU Computing Gems 2, 2011: his single-precision polynomials); within ±5.2947.
  public static float normal(int word) {
    float u = Math.fma((float) (word >>> 9), 0x1p-22f, -0x1.fffffcp-1f);
    float v = -log((1 - u) * (1 + u));
    float p;
    if (v < 5) {
      v -= 2.5f;
      p = 2.81022636e-08f;
      p = Math.fma(p, v, 3.43273939e-07f);
      p = Math.fma(p, v, -3.5233877e-06f);
      p = Math.fma(p, v, -4.39150654e-06f);
      p = Math.fma(p, v, 0.00021858087f);
      p = Math.fma(p, v, -0.00125372503f);
      p = Math.fma(p, v, -0.00417768164f);
      p = Math.fma(p, v, 0.246640727f);
      p = Math.fma(p, v, 1.50140941f);
    } else {
      v = (float) Math.sqrt(v) - 3;
      p = -0.000200214257f;
      p = Math.fma(p, v, 0.000100950558f);
      p = Math.fma(p, v, 0.00134934322f);
      p = Math.fma(p, v, -0.00367342844f);
      p = Math.fma(p, v, 0.00573950773f);
      p = Math.fma(p, v, -0.0076224613f);
      p = Math.fma(p, v, 0.00943887047f);
      p = Math.fma(p, v, 1.00167406f);
      p = Math.fma(p, v, 2.83297682f);
    }
    return 0x1.6a09e6p0f * (p * u);
  }

  /// Uniform in [0, 1) of a random word: `(w >>> 8) · 2^-24`.
  public static float uniform(int word) {
    return (word >>> 8) * 0x1p-24f;
  }

  public static float sigmoid(float x) {
    return 1 / (1 + exp(-x));
  }

  public static float tanh(float x) {
    if (x > 9.02f) {
      return 1;
    }
    if (x < -9.02f) {
      return -1;
    }
    float e = expm1(2 * x);
    return e / (e + 2);
  }

  /// (e^x - 1) / x, which is 1 at 0.
  public static float exprel(float x) {
    return x == 0 ? 1 : expm1(x) / x;
  }

  /// x^y = e^(y log x) for x > 0. 1 where y = 0; 0^y is 0 or infinite by the sign of y; NaN for
  /// negative x (whole exponents are [#power]).
  public static float pow(float x, float y) {
    if (y == 0) {
      return 1;
    }
    if (x == 0) {
      return y > 0 ? 0 : y < 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    }
    return exp(y * log(x));
  }

  /// x^n by binary powering from the top bit of |n|, then `1 / …` for negative n.
  public static float power(float x, long n) {
    if (n == 0) {
      return 1;
    }
    long magnitude = Math.abs(n);
    float y = x;
    for (int bit = 62 - Long.numberOfLeadingZeros(magnitude); bit >= 0; bit--) {
      y *= y;
      if ((magnitude >> bit & 1) != 0) {
        y *= x;
      }
    }
    return n < 0 ? 1 / y : y;
  }

  public static float log1p(float x) {
    return (float) StrictMath.log1p(x);
  }

  public static float sin(float x) {
    return (float) StrictMath.sin(x);
  }

  public static float cos(float x) {
    return (float) StrictMath.cos(x);
  }

  public static float tan(float x) {
    return (float) StrictMath.tan(x);
  }

  public static float asin(float x) {
    return (float) StrictMath.asin(x);
  }

  public static float acos(float x) {
    return (float) StrictMath.acos(x);
  }

  public static float atan(float x) {
    return (float) StrictMath.atan(x);
  }

  public static float atan2(float y, float x) {
    return (float) StrictMath.atan2(y, x);
  }

  public static float sinh(float x) {
    return (float) StrictMath.sinh(x);
  }

  public static float cosh(float x) {
    return (float) StrictMath.cosh(x);
  }
}
