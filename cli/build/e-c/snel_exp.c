/* Double precision: exp, expm1 and the hyperbolic functions.
 *
 * The method and its constants are those of fdlibm 5.3, whose notice is:
 *   Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 *   Developed at SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and
 *   distribute this software is freely granted, provided that this notice is preserved. */
#include "snel_f64.h"

static const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;
static const double log2_e = 0x1.71547652b82fep0;

/* High words of |x| where the methods change. */
enum {
  HALF_LN2 = 0x3fd62e42,
  THREE_HALVES_LN2 = 0x3ff0a2b2,
  OVERFLOWING = 0x40862e42,
  INFINITE = 0x7ff00000
};

double snel_exp_f64(double x) {
  int32_t size = snel_high(x) & 0x7fffffff;
  bool negative = snel_high(x) < 0;
  if (size >= OVERFLOWING) {
    if (x != x) {
      return x;
    }
    if (x > 0x1.62e42fefa39efp9) {
      return __builtin_inf();
    }
    if (x < -0x1.74910d52d3051p9) {
      return 0;
    }
  }
  int k = 0;
  double high = 0, low = 0;
  if (size > HALF_LN2) {
    if (size < THREE_HALVES_LN2) {
      k = negative ? -1 : 1;
    } else {
      k = (int)(log2_e * x + (negative ? -0.5 : 0.5));
    }
    high = x - k * ln2_high;
    low = k * ln2_low;
    x = high - low;
  } else if (size < 0x3e300000) {
    return 1 + x;
  }
  double t = x * x;
  double c = x - t * (0x1.555555555553ep-3 +
                      t * (-0x1.6c16c16bebd93p-9 +
                           t * (0x1.1566aaf25de2cp-14 +
                                t * (-0x1.bbd41c5d26bf1p-20 + t * 0x1.6376972bea4d0p-25))));
  if (k == 0) {
    return 1 - ((x * c) / (c - 2) - x);
  }
  double y = 1 - ((low - (x * c) / (2 - c)) - high);
  return k >= -1021 ? snel_exponent_raised(y, k) : snel_exponent_raised(y, k + 1000) * 0x1p-1000;
}

double snel_expm1_f64(double x) {
  int32_t size = snel_high(x) & 0x7fffffff;
  bool negative = snel_high(x) < 0;
  if (size >= 0x4043687a) { /* |x| >= 56 ln 2 */
    if (x != x) {
      return x;
    }
    if (x > 0x1.62e42fefa39efp9) {
      return __builtin_inf();
    }
    if (negative) {
      return -1;
    }
  }
  int k = 0;
  double correction = 0;
  if (size > HALF_LN2) {
    if (size < THREE_HALVES_LN2) {
      k = negative ? -1 : 1;
    } else {
      k = (int)(log2_e * x + (negative ? -0.5 : 0.5));
    }
    double high = x - k * ln2_high, low = k * ln2_low;
    x = high - low;
    correction = (high - x) - low;
  } else if (size < 0x3c900000) { /* |x| < 2^-54 */
    return x;
  }
  double half = 0.5 * x, square = x * half;
  double r = 1 + square * (-0x1.11111111110f4p-5 +
                           square * (0x1.a01a019fe5585p-10 +
                                     square * (-0x1.4ce199eaadbb7p-14 +
                                               square * (0x1.0cfca86e65239p-18 +
                                                         square * -0x1.afdb76e09c32dp-23))));
  double t = 3 - r * half;
  double e = square * ((r - t) / (6 - x * t));
  if (k == 0) {
    return x - (x * e - square);
  }
  e = x * (e - correction) - correction;
  e -= square;
  if (k == -1) {
    return 0.5 * (x - e) - 0.5;
  }
  if (k == 1) {
    return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
  }
  if (k <= -2 || k > 56) {
    return snel_exponent_raised(1 - (e - x), k) - 1;
  }
  if (k < 20) {
    double rest = snel_with_high(0, 0x3ff00000u - (0x200000u >> k)); /* 1 - 2^-k */
    return snel_exponent_raised(rest - (e - x), k);
  }
  double part = snel_with_high(0, (uint32_t)(0x3ff - k) << 20); /* 2^-k */
  double y = x - (e + part);
  return snel_exponent_raised(y + 1, k);
}

/* 0.5 e^|x| where e^|x| itself may overflow; infinite from `limit` on. */
static double half_exp(double magnitude, double limit) {
  if ((snel_high(magnitude) & 0x7fffffff) < OVERFLOWING) {
    return 0.5 * snel_exp_f64(magnitude);
  }
  if (magnitude <= limit) {
    double root = snel_exp_f64(0.5 * magnitude);
    return 0.5 * root * root;
  }
  return __builtin_inf();
}

static const double hyperbolic_limit = 0x1.633ce8fb9f87dp9;

double snel_sinh_f64(double x) {
  int32_t size = snel_high(x) & 0x7fffffff;
  if (size >= INFINITE || size < 0x3e300000) { /* |x| < 2^-28, or not finite */
    return x;
  }
  double magnitude = __builtin_fabs(x), half = x < 0 ? -0.5 : 0.5;
  if (size >= 0x40360000) { /* |x| >= 22 */
    double y = half_exp(magnitude, hyperbolic_limit);
    return x < 0 ? -y : y;
  }
  double t = snel_expm1_f64(magnitude);
  if (size < 0x3ff00000) {
    return half * (2 * t - t * t / (t + 1));
  }
  return half * (t + t / (t + 1));
}

double snel_cosh_f64(double x) {
  int32_t size = snel_high(x) & 0x7fffffff;
  if (size >= INFINITE) {
    return x * x;
  }
  double magnitude = __builtin_fabs(x);
  if (size < 0x3fd62e43) { /* |x| < 0.5 ln 2 */
    double t = snel_expm1_f64(magnitude), w = 1 + t;
    return size < 0x3c800000 ? w : 1 + (t * t) / (w + w);
  }
  if (size < 0x40360000) { /* |x| < 22 */
    double t = snel_exp_f64(magnitude);
    return 0.5 * t + 0.5 / t;
  }
  return half_exp(magnitude, hyperbolic_limit);
}

double snel_tanh_f64(double x) {
  int32_t size = snel_high(x) & 0x7fffffff;
  bool negative = snel_high(x) < 0;
  if (x != x) {
    return x;
  }
  double y = 1;
  if (size < 0x40360000) { /* |x| < 22 */
    if (size < 0x3c800000) {
      return x * (1 + x);
    }
    if (size >= 0x3ff00000) {
      y = 1 - 2 / (snel_expm1_f64(2 * __builtin_fabs(x)) + 2);
    } else {
      double t = snel_expm1_f64(-2 * __builtin_fabs(x));
      y = -t / (t + 2);
    }
  }
  return negative ? -y : y;
}
