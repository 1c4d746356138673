/* Double precision: log, log1p and pow.
 *
 * The method and its constants are those of fdlibm 5.3, whose notice is:
 *   Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 *   Developed at SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and
 *   distribute this software is freely granted, provided that this notice is preserved. */
#include "snel_f64.h"

static const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;

double snel_log_f64(double x) {
  if (x == 0) {
    return -__builtin_inf();
  }
  if (x < 0 || x != x) {
    return __builtin_nan("");
  }
  int k = 0;
  if (x < 0x1p-1022) {
    k = -54;
    x *= 0x1p54;
  }
  int32_t high = snel_high(x);
  if (high >= 0x7ff00000) {
    return x + x;
  }
  k += (high >> 20) - 1023;
  high &= 0xfffff;
  int32_t i = (high + 0x95f64) & 0x100000;
  x = snel_with_high(x, (uint32_t)(high | (i ^ 0x3ff00000)));
  k += i >> 20;
  double f = x - 1, n = k;
  if ((0xfffff & (2 + high)) < 3) { /* |f| < 2^-20 */
    if (f == 0) {
      return k == 0 ? 0 : n * ln2_high + n * ln2_low;
    }
    double r = f * f * (0.5 - 0.33333333333333333 * f);
    return k == 0 ? f - r : n * ln2_high - ((r - n * ln2_low) - f);
  }
  double s = f / (2 + f), z = s * s, w = z * z;
  double even = w * (0x1.999999997fa04p-2 + w * (0x1.c71c51d8e78afp-3 + w * 0x1.39a09d078c69fp-3));
  double odd = z * (0x1.5555555555593p-1 +
                    w * (0x1.2492494229359p-2 +
                         w * (0x1.7466496cb03dep-3 + w * 0x1.2f112df3e5244p-3)));
  double r = odd + even;
  if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
    double half_square = 0.5 * f * f;
    if (k == 0) {
      return f - (half_square - s * (half_square + r));
    }
    return n * ln2_high - ((half_square - (s * (half_square + r) + n * ln2_low)) - f);
  }
  if (k == 0) {
    return f - s * (f - r);
  }
  return n * ln2_high - ((s * (f - r) - n * ln2_low) - f);
}

double snel_log1p_f64(double x) {
  int32_t high = snel_high(x), size = high & 0x7fffffff;
  if (x == -1) {
    return -__builtin_inf();
  }
  if (x < -1) {
    return __builtin_nan("");
  }
  if (high >= 0x7ff00000 || size >= 0x7ff00000) { /* +Inf or NaN */
    return x + x;
  }
  int k = 1;
  int32_t fraction = 1;
  double f = 0, correction = 0;
  if (high < 0x3fda827a) { /* x < 0.41422 */
    if (size < 0x3e200000) {
      return size < 0x3c900000 ? x : x - x * x * 0.5;
    }
    if (high > 0 || high <= (int32_t)0xbfd2bec3) { /* -0.2929 < x */
      k = 0;
      f = x;
    }
  }
  if (k != 0) {
    double u = x;
    if (high < 0x43400000) {
      u = 1 + x;
      k = (snel_high(u) >> 20) - 1023;
      correction = k > 0 ? 1 - (u - x) : x - (u - 1);
      correction /= u;
    } else {
      k = (snel_high(u) >> 20) - 1023;
    }
    fraction = snel_high(u) & 0xfffff;
    if (fraction < 0x6a09e) {
      u = snel_with_high(u, (uint32_t)fraction | 0x3ff00000u);
    } else {
      k++;
      u = snel_with_high(u, (uint32_t)fraction | 0x3fe00000u);
      fraction = (0x100000 - fraction) >> 2;
    }
    f = u - 1;
  }
  double half_square = 0.5 * f * f;
  if (fraction == 0) { /* |f| < 2^-20 */
    if (f == 0) {
      return k == 0 ? 0 : k * ln2_high + (correction + k * ln2_low);
    }
    double r = half_square * (1 - 0.66666666666666666 * f);
    return k == 0 ? f - r : k * ln2_high - ((r - (k * ln2_low + correction)) - f);
  }
  double s = f / (2 + f), z = s * s;
  double r = z * (0x1.5555555555593p-1 +
                  z * (0x1.999999997fa04p-2 +
                       z * (0x1.2492494229359p-2 +
                            z * (0x1.c71c51d8e78afp-3 +
                                 z * (0x1.7466496cb03dep-3 +
                                      z * (0x1.39a09d078c69fp-3 + z * 0x1.2f112df3e5244p-3))))));
  if (k == 0) {
    return f - (half_square - s * (half_square + r));
  }
  return k * ln2_high - ((half_square - (s * (half_square + r) + (k * ln2_low + correction))) - f);
}

/* A number in two parts, the first with its low word zero. */
typedef struct {
  double high, low;
} Split;

/* log2 of an |x| within 2^-20 of 1. */
static Split log2_near_one(double x) {
  double t = x - 1;
  double w = (t * t) * (0.5 - t * (0.3333333333333333333333 - t * 0.25));
  double u = 0x1.715476p0 * t;
  double v = t * 0x1.4ae0bf85ddf44p-26 - w * 0x1.71547652b82fep0;
  double high = snel_without_low(u + v);
  return (Split){high, v - (high - u)};
}

/* log2 of a positive x to some 70 bits: log2(x) = n + log2(b) + 2/(3 ln 2) * (s + ...) with b 1 or
 * 1.5 and s = (x - b)/(x + b). */
static Split log2_split(double x) {
  static const double base[] = {1, 1.5};
  static const double base_high[] = {0, 0x1.2b8034p-1}, base_low[] = {0, 0x1.cfdeb43cfd006p-27};
  int n = 0;
  if (snel_high(x) < 0x00100000) {
    x *= 0x1p53;
    n = -53;
  }
  int32_t high = snel_high(x);
  n += (high >> 20) - 0x3ff;
  int32_t fraction = high & 0xfffff;
  high = fraction | 0x3ff00000;
  int k = 0;
  if (fraction > 0x3988e) {
    if (fraction < 0xbb67a) {
      k = 1;
    } else {
      n++;
      high -= 0x00100000;
    }
  }
  x = snel_with_high(x, (uint32_t)high);
  double u = x - base[k], v = 1 / (x + base[k]);
  double s = u * v, s_high = snel_without_low(s);
  double t_high =
      snel_with_high(0, (uint32_t)(((high >> 1) | 0x20000000) + 0x00080000 + (k << 18)));
  double t_low = x - (t_high - base[k]);
  double s_low = v * ((u - s_high * t_high) - s_high * t_low);
  double z = s * s;
  double r = z * z *
             (0x1.3333333333303p-1 +
              z * (0x1.b6db6db6fabffp-2 +
                   z * (0x1.55555518f264dp-2 +
                        z * (0x1.17460a91d4101p-2 +
                             z * (0x1.d864a93c9db65p-3 + z * 0x1.a7e284a454eefp-3)))));
  r += s_low * (s_high + s);
  z = s_high * s_high;
  t_high = snel_without_low(3 + z + r);
  t_low = r - ((t_high - 3) - z);
  u = s_high * t_high;
  v = s_low * t_high + t_low * s;
  double p_high = snel_without_low(u + v);
  double p_low = v - (p_high - u);
  double z_high = 0x1.ec709ep-1 * p_high;
  double z_low = -0x1.e2fe0145b01f5p-28 * p_high + p_low * 0x1.ec709dc3a03fdp-1 + base_low[k];
  double t = n;
  double log_high = snel_without_low(((z_high + z_low) + base_high[k]) + t);
  return (Split){log_high, z_low - (((log_high - t) - base_high[k]) - z_high)};
}

/* sign * 2^(high + low). */
static double exp2_split(double high, double low, double sign) {
  double z = low + high;
  int32_t j = snel_high(z);
  if (j >= 0x40900000) { /* z >= 1024 */
    if (z > 1024 || low + 8.0085662595372944372e-0017 > z - high) {
      return sign * __builtin_inf();
    }
  } else if ((j & 0x7fffffff) >= 0x4090cc00) { /* z <= -1075 */
    if (z < -1075 || low <= z - high) {
      return sign * 0.0;
    }
  }
  int32_t i = j & 0x7fffffff;
  int32_t n = 0;
  if (i > 0x3fe00000) { /* |z| > 0.5: n is the nearest integer */
    int k = (i >> 20) - 0x3ff;
    n = j + (0x00100000 >> (k + 1));
    k = ((n & 0x7fffffff) >> 20) - 0x3ff;
    high -= snel_with_high(0, (uint32_t)(n & ~(0xfffff >> k)));
    n = ((n & 0xfffff) | 0x00100000) >> (20 - k);
    if (j < 0) {
      n = -n;
    }
  }
  double t = snel_without_low(low + high);
  double u = t * 0x1.62e43p-1;
  double v = (low - (t - high)) * 0x1.62e42fefa39efp-1 + t * -0x1.05c610ca86c39p-29;
  z = u + v;
  double w = v - (z - u);
  t = z * z;
  double c = z - t * (0x1.555555555553ep-3 +
                      t * (-0x1.6c16c16bebd93p-9 +
                           t * (0x1.1566aaf25de2cp-14 +
                                t * (-0x1.bbd41c5d26bf1p-20 + t * 0x1.6376972bea4d0p-25))));
  double r = (z * c) / (c - 2) - (w + z * w);
  z = 1 - (r - z);
  if ((snel_high(z) >> 20) + n <= 0) {
    return sign * __builtin_ldexp(z, n);
  }
  return sign * snel_exponent_raised(z, n);
}

/* Whether a finite y is an odd or an even integer, or none. */
typedef enum { FRACTION, ODD, EVEN } Parity;

static Parity parity(double y) {
  double size = __builtin_fabs(y);
  if (size >= 0x1p53) {
    return EVEN;
  }
  uint64_t whole = (uint64_t)size;
  if (size < 1 || (double)whole != size) {
    return FRACTION;
  }
  return whole & 1 ? ODD : EVEN;
}

double snel_pow_f64(double x, double y) {
  if (y == 0) {
    return 1;
  }
  if (x != x || y != y) {
    return x + y;
  }
  double size = __builtin_fabs(x), exponent = __builtin_fabs(y);
  if (y == 2) {
    return x * x;
  }
  if (y == 0.5 && x > -__builtin_inf()) {
    return __builtin_sqrt(x + 0.0);
  }
  if (exponent == 1) {
    return y == 1 ? x : 1 / x;
  }
  if (exponent == __builtin_inf()) {
    if (size == 1) {
      return __builtin_nan("");
    }
    return (size > 1) == (y > 0) ? exponent : 0;
  }
  bool negative = snel_high(x) < 0;
  Parity whole = negative ? parity(y) : EVEN;
  if (size == 0 || size == __builtin_inf() || size == 1) {
    double z = y < 0 ? 1 / size : size;
    if (size == 1 && whole == FRACTION) {
      return __builtin_nan("");
    }
    return whole == ODD ? -z : z;
  }
  if (whole == FRACTION) {
    return __builtin_nan("");
  }
  double sign = whole == ODD ? -1 : 1;
  Split log2;
  if (exponent > 0x1.00000ffffffffp31) {
    if (size < 0x1.fffff00000000p-1) {
      return y < 0 ? sign * __builtin_inf() : sign * 0.0;
    }
    if (size > 0x1.00000ffffffffp0) {
      return y > 0 ? sign * __builtin_inf() : sign * 0.0;
    }
    log2 = log2_near_one(size);
  } else {
    log2 = log2_split(size);
  }
  double y_high = snel_without_low(y);
  double low = (y - y_high) * log2.high + y * log2.low;
  return exp2_split(y_high * log2.high, low, sign);
}
