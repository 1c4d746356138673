/* Double precision: asin, acos, atan and atan2.
 *
 * The method and its constants are those of fdlibm 5.3, whose notice is:
 *   Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 *   Developed at SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and
 *   distribute this software is freely granted, provided that this notice is preserved. */
#include "snel_f64.h"

static const double pi = 0x1.921fb54442d18p1, pi_low = 0x1.1a62633145c07p-53;
static const double half_pi = 0x1.921fb54442d18p0, half_pi_low = 0x1.1a62633145c07p-54;
static const double quarter_pi = 0x1.921fb54442d18p-1;

/* (asin(x) - x) / x^3 as a rational function of x^2. */
static double arc_ratio(double t) {
  double p = t * (0x1.5555555555555p-3 +
                  t * (-0x1.4d61203eb6f7dp-2 +
                       t * (0x1.9c1550e884455p-3 +
                            t * (-0x1.48228b5688f3bp-5 +
                                 t * (0x1.9efe07501b288p-11 + t * 0x1.23de10dfdf709p-15)))));
  double q = 1 + t * (-0x1.33a271c8a2d4bp1 +
                      t * (0x1.02ae59c598ac8p1 +
                           t * (-0x1.6066c1b8d0159p-1 + t * 0x1.3b8c5b12e9282p-4)));
  return p / q;
}

double snel_asin_f64(double x) {
  double size = __builtin_fabs(x);
  if (!(size < 1)) {
    return size == 1 ? x * half_pi + x * half_pi_low : __builtin_nan("");
  }
  if (size < 0.5) {
    return size < 0x1p-27 ? x : x + x * arc_ratio(x * x);
  }
  double t = (1 - size) * 0.5;
  double ratio = arc_ratio(t), s = __builtin_sqrt(t), y;
  if (snel_high(size) >= 0x3fef3333) { /* 0.975 */
    y = half_pi - (2 * (s + s * ratio) - half_pi_low);
  } else {
    double w = snel_without_low(s);
    double c = (t - w * w) / (s + w);
    double p = 2 * s * ratio - (half_pi_low - 2 * c);
    double q = quarter_pi - 2 * w;
    y = quarter_pi - (p - q);
  }
  return x > 0 ? y : -y;
}

double snel_acos_f64(double x) {
  double size = __builtin_fabs(x);
  if (!(size < 1)) {
    if (size == 1) {
      return x > 0 ? 0 : pi + 2 * half_pi_low;
    }
    return __builtin_nan("");
  }
  if (size < 0.5) {
    if (snel_high(size) <= 0x3c600000) {
      return half_pi + half_pi_low;
    }
    return half_pi - (x - (half_pi_low - x * arc_ratio(x * x)));
  }
  double z = (1 - size) * 0.5;
  double s = __builtin_sqrt(z), ratio = arc_ratio(z);
  if (x < 0) {
    double w = ratio * s - half_pi_low;
    return pi - 2 * (s + w);
  }
  double high = snel_without_low(s);
  double c = (z - high * high) / (s + high);
  return 2 * (high + (ratio * s + c));
}

double snel_atan_f64(double x) {
  static const double arc[] = {0x1.dac670561bb4fp-2, 0x1.921fb54442d18p-1, 0x1.f730bd281f69bp-1,
                               0x1.921fb54442d18p0};
  static const double arc_low[] = {0x1.a2b7f222f65e2p-56, 0x1.1a62633145c07p-55,
                                   0x1.007887af0cbbdp-56, 0x1.1a62633145c07p-54};
  bool negative = snel_high(x) < 0;
  int32_t size = snel_high(x) & 0x7fffffff;
  if (x != x) {
    return x;
  }
  if (size >= 0x44100000) { /* 2^66 */
    double y = arc[3] + arc_low[3];
    return negative ? -y : y;
  }
  int piece = -1;
  if (size < 0x3fdc0000) { /* 7/16 */
    if (size < 0x3e200000) {
      return x;
    }
  } else {
    x = __builtin_fabs(x);
    if (size < 0x3fe60000) { /* 11/16 */
      piece = 0;
      x = (2 * x - 1) / (2 + x);
    } else if (size < 0x3ff30000) { /* 19/16 */
      piece = 1;
      x = (x - 1) / (x + 1);
    } else if (size < 0x40038000) { /* 39/16 */
      piece = 2;
      x = (x - 1.5) / (1 + 1.5 * x);
    } else {
      piece = 3;
      x = -1 / x;
    }
  }
  double z = x * x, w = z * z;
  double odd = z * (0x1.555555555550dp-2 +
                    w * (0x1.24924920083ffp-3 +
                         w * (0x1.745cdc54c206ep-4 +
                              w * (0x1.10d66a0d03d51p-4 +
                                   w * (0x1.97b4b24760debp-5 + w * 0x1.0ad3ae322da11p-6)))));
  double even = w * (-0x1.999999998ebc4p-3 +
                     w * (-0x1.c71c6fe231671p-4 +
                          w * (-0x1.3b0f2af749a6dp-4 +
                               w * (-0x1.dde2d52defd9ap-5 + w * -0x1.2b4442c6a6c2fp-5))));
  if (piece < 0) {
    return x - x * (odd + even);
  }
  double y = arc[piece] - ((x * (odd + even) - arc_low[piece]) - x);
  return negative ? -y : y;
}

double snel_atan2_f64(double y, double x) {
  if (x != x || y != y) {
    return __builtin_nan("");
  }
  if (x == 1) {
    return snel_atan_f64(y);
  }
  bool below = snel_high(y) < 0, left = snel_high(x) < 0;
  double size; /* |angle| */
  if (y == 0) {
    if (!left) {
      return y;
    }
    size = pi;
  } else if (x == 0) {
    size = half_pi;
  } else if (__builtin_fabs(x) == __builtin_inf()) {
    if (__builtin_fabs(y) == __builtin_inf()) {
      size = left ? 3 * quarter_pi : quarter_pi;
    } else {
      size = left ? pi : 0;
    }
  } else if (__builtin_fabs(y) == __builtin_inf()) {
    size = half_pi;
  } else {
    int32_t steepness = ((snel_high(y) & 0x7fffffff) - (snel_high(x) & 0x7fffffff)) >> 20;
    double z;
    if (steepness > 60) {
      z = half_pi + 0.5 * pi_low;
    } else if (left && steepness < -60) {
      z = 0;
    } else {
      z = snel_atan_f64(__builtin_fabs(y / x));
    }
    size = left ? pi - (z - pi_low) : z;
  }
  return below ? -size : size;
}
