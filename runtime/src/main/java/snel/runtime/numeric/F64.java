package snel.runtime.numeric;

/// Functions of double precision: fdlibm, as in `StrictMath` (semantics.md §11), and what is built
/// from it as in `f32`.
public final class F64 {
  private F64() {}

  public static double exp(double x) {
    return StrictMath.exp(x);
  }

  public static double expm1(double x) {
    return StrictMath.expm1(x);
  }

  public static double log(double x) {
    return StrictMath.log(x);
  }

  public static double log1p(double x) {
    return StrictMath.log1p(x);
  }

  public static double pow(double x, double y) {
    return StrictMath.pow(x, y);
  }

  public static double sin(double x) {
    return StrictMath.sin(x);
  }

  public static double cos(double x) {
    return StrictMath.cos(x);
  }

  public static double tan(double x) {
    return StrictMath.tan(x);
  }

  public static double asin(double x) {
    return StrictMath.asin(x);
  }

  public static double acos(double x) {
    return StrictMath.acos(x);
  }

  public static double atan(double x) {
    return StrictMath.atan(x);
  }

  public static double atan2(double y, double x) {
    return StrictMath.atan2(y, x);
  }

  public static double sinh(double x) {
    return StrictMath.sinh(x);
  }

  public static double cosh(double x) {
    return StrictMath.cosh(x);
  }

  public static double tanh(double x) {
    return StrictMath.tanh(x);
  }

  public static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /// (e^x - 1) / x, which is 1 at 0.
  public static double exprel(double x) {
    return x == 0 ? 1 : StrictMath.expm1(x) / x;
  }

  /// x^n by binary powering from the top bit of |n|, then `1 / …` for negative n.
  public static double power(double x, long n) {
    if (n == 0) {
      return 1;
    }
    long magnitude = Math.abs(n);
    double y = x;
    for (int bit = 62 - Long.numberOfLeadingZeros(magnitude); bit >= 0; bit--) {
      y *= y;
      if ((magnitude >> bit & 1) != 0) {
        y *= x;
      }
    }
    return n < 0 ? 1 / y : y;
  }

  /// Uniform in [0, 1) of a random word: `w · 2^-32`.
  public static double uniform(int word) {
    return (word & 0xFFFFFFFFL) * 0x1p-32;
  }

  /// A standard normal number by inversion of all 32 bits of a random word, at the middle of each
  /// of 2^32 equal slices of probability: `sqrt(2) · erfinv((2w + 1) · 2^-32 - 1)` with the
  /// double-precision polynomials of Giles (as [F32#normal]); within ±6.3379.
  public static double normal(int word) {
    double u = ((word & 0xFFFFFFFFL) << 1 | 1) * 0x1p-32 - 1;
    double v = -StrictMath.log((1 - u) * (1 + u));
    double p;
    if (v < 6.25) {
      p = centre(v - 3.125);
    } else if (v < 16) {
      p = shoulder(Math.sqrt(v) - 3.25);
    } else {
      p = tail(Math.sqrt(v) - 5);
    }
    return 0x1.6a09e667f3bcdp0 * (p * u);
  }

  private static double centre(double v) {
    double p = -3.6444120640178196996e-21;
    p = Math.fma(p, v, -1.685059138182016589e-19);
    p = Math.fma(p, v, 1.2858480715256400167e-18);
    p = Math.fma(p, v, 1.115787767802518096e-17);
    p = Math.fma(p, v, -1.333171662854620906e-16);
    p = Math.fma(p, v, 2.0972767875968561637e-17);
    p = Math.fma(p, v, 6.6376381343583238325e-15);
    p = Math.fma(p, v, -4.0545662729752068639e-14);
    p = Math.fma(p, v, -8.1519341976054721522e-14);
    p = Math.fma(p, v, 2.6335093153082322977e-12);
    p = Math.fma(p, v, -1.2975133253453532498e-11);
    p = Math.fma(p, v, -5.4154120542946279317e-11);
    p = Math.fma(p, v, 1.051212273321532285e-09);
    p = Math.fma(p, v, -4.1126339803469836976e-09);
    p = Math.fma(p, v, -2.9070369957882005086e-08);
    p = Math.fma(p, v, 4.2347877827932403518e-07);
    p = Math.fma(p, v, -1.3654692000834678645e-06);
    p = Math.fma(p, v, -1.3882523362786468719e-05);
    p = Math.fma(p, v, 0.0001867342080340571352);
    p = Math.fma(p, v, -0.00074070253416626697512);
    p = Math.fma(p, v, -0.0060336708714301490533);
    p = Math.fma(p, v, 0.24015818242558961693);
    return Math.fma(p, v, 1.6536545626831027356);
  }

  private static double shoulder(double v) {
    double p = 2.2137376921775787049e-09;
    p = Math.fma(p, v, 9.0756561938885390979e-08);
    p = Math.fma(p, v, -2.7517406297064545428e-07);
    p = Math.fma(p, v, 1.8239629214389227755e-08);
    p = Math.fma(p, v, 1.5027403968909827627e-06);
    p = Math.fma(p, v, -4.013867526981545969e-06);
    p = Math.fma(p, v, 2.9234449089955446044e-06);
    p = Math.fma(p, v, 1.2475304481671778723e-05);
    p = Math.fma(p, v, -4.7318229009055733981e-05);
    p = Math.fma(p, v, 6.8284851459573175448e-05);
    p = Math.fma(p, v, 2.4031110387097893999e-05);
    p = Math.fma(p, v, -0.0003550375203628474796);
    p = Math.fma(p, v, 0.00095328937973738049703);
    p = Math.fma(p, v, -0.0016882755560235047313);
    p = Math.fma(p, v, 0.0024914420961078508066);
    p = Math.fma(p, v, -0.0037512085075692412107);
    p = Math.fma(p, v, 0.005370914553590063617);
    p = Math.fma(p, v, 1.0052589676941592334);
    return Math.fma(p, v, 3.0838856104922207635);
  }

  private static double tail(double v) {
    double p = -2.7109920616438573243e-11;
    p = Math.fma(p, v, -2.5556418169965252055e-10);
    p = Math.fma(p, v, 1.5076572693500548083e-09);
    p = Math.fma(p, v, -3.7894654401267369937e-09);
    p = Math.fma(p, v, 7.6157012080783393804e-09);
    p = Math.fma(p, v, -1.4960026627149240478e-08);
    p = Math.fma(p, v, 2.9147953450901080826e-08);
    p = Math.fma(p, v, -6.7711997758452339498e-08);
    p = Math.fma(p, v, 2.2900482228026654717e-07);
    p = Math.fma(p, v, -9.9298272942317002539e-07);
    p = Math.fma(p, v, 4.5260625972231537039e-06);
    p = Math.fma(p, v, -1.9681778105531670567e-05);
    p = Math.fma(p, v, 7.5995277030017761139e-05);
    p = Math.fma(p, v, -0.00021503011930044477347);
    p = Math.fma(p, v, -0.00013871931833623122026);
    p = Math.fma(p, v, 1.0103004648645343977);
    return Math.fma(p, v, 4.8499064014085844221);
  }
}
