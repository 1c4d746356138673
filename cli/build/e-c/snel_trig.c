/* Double precision: sin, cos and tan.
 *
 * The method and its constants are those of fdlibm 5.3, whose notice is:
 *   Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 *   Developed at SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and
 *   distribute this software is freely granted, provided that this notice is preserved. */
#include "snel_f64.h"

/* The integers of 24 bits that are the binary digits of 2/pi after the point. */
static const int32_t two_over_pi[] = {
    0xA2F983, 0x6E4E44, 0x1529FC, 0x2757D1, 0xF534DD, 0xC0DB62, 0x95993C, 0x439041, 0xFE5163,
    0xABDEBB, 0xC561B7, 0x246E3A, 0x424DD2, 0xE00649, 0x2EEA09, 0xD1921C, 0xFE1DEB, 0x1CB129,
    0xA73EE8, 0x8235F5, 0x2EBB44, 0x84E99C, 0x7026B4, 0x5F7E41, 0x3991D6, 0x398353, 0x39F49C,
    0x845F8B, 0xBDF928, 0x3B1FF8, 0x97FFDE, 0x05980F, 0xEF2F11, 0x8B5A0A, 0x6D1F6D, 0x367ECF,
    0x27CB09, 0xB74F46, 0x3F669E, 0x5FEA2D, 0x7527BA, 0xC7EBE5, 0xF17B3D, 0x0739F7, 0x8A5292,
    0xEA6BFB, 0x5FB11F, 0x8D5D08, 0x560330, 0x46FC7B, 0x6BABF0, 0xCFBC20, 0x9AF436, 0x1DA9E3,
    0x91615E, 0xE61B08, 0x659985, 0x5F14A0, 0x68408D, 0xFFD880, 0x4D7327, 0x310606, 0x1556CA,
    0x73A8C9, 0x60E27B, 0xC08C6B,
};

/* pi/2 in pieces of 24 bits. */
static const double half_pi_pieces[] = {
    0x1.921fb4p0,   0x1.4442dp-24,   0x1.846988p-48,  0x1.8cc516p-72,
    0x1.01b838p-96, 0x1.a25204p-120, 0x1.382228p-145, 0x1.9f31dp-169,
};

/* High words of n pi/2, n = 1 ... 32. */
static const int32_t half_pi_multiples[] = {
    0x3FF921FB, 0x400921FB, 0x4012D97C, 0x401921FB, 0x401F6A7A, 0x4022D97C, 0x4025FDBB, 0x402921FB,
    0x402C463A, 0x402F6A7A, 0x4031475C, 0x4032D97C, 0x40346B9C, 0x4035FDBB, 0x40378FDB, 0x403921FB,
    0x403AB41B, 0x403C463A, 0x403DD85A, 0x403F6A7A, 0x40407E4C, 0x4041475C, 0x4042106C, 0x4042D97C,
    0x4043A28C, 0x40446B9C, 0x404534AC, 0x4045FDBB, 0x4046C6CB, 0x40478FDB, 0x404858EB, 0x404921FB,
};

/* A number as a sum of two, and the number of quarter turns that were taken off. */
typedef struct {
  double high, low;
  int turns;
} Angle;

enum { PIECES = 4, ROOM = 20 };

/* Payne and Hanek's reduction of x[0] + x[1] + x[2], pieces of 24 bits of a number whose first piece
 * has unit 2^e0: multiply by as many digits of 2/pi as matter, keep the last three bits of the integer
 * part, and multiply the fraction by pi/2 again. */
static Angle reduced_by_digits(const double *x, int e0, int count) {
  double f[ROOM], q[ROOM], products[ROOM] = {0};
  int32_t iq[ROOM];
  int last = count - 1;
  int skipped = (e0 - 3) / 24;
  if (skipped < 0) {
    skipped = 0;
  }
  int q0 = e0 - 24 * (skipped + 1);
  for (int i = 0, j = skipped - last; i <= last + PIECES; i++, j++) {
    f[i] = j < 0 ? 0 : two_over_pi[j];
  }
  for (int i = 0; i <= PIECES; i++) {
    q[i] = 0;
    for (int j = 0; j <= last; j++) {
      q[i] += x[j] * f[last + i - j];
    }
  }
  int jz = PIECES, turns, half;
  double z;
  for (;;) {
    z = q[jz];
    for (int i = 0, j = jz; j > 0; i++, j--) {
      double carried = (double)(int32_t)(0x1p-24 * z);
      iq[i] = (int32_t)(z - 0x1p24 * carried);
      z = q[j - 1] + carried;
    }
    z = __builtin_ldexp(z, q0);
    z -= 8 * __builtin_floor(z * 0.125);
    turns = (int)z;
    z -= turns;
    half = 0;
    if (q0 > 0) {
      int i = iq[jz - 1] >> (24 - q0);
      turns += i;
      iq[jz - 1] -= i << (24 - q0);
      half = iq[jz - 1] >> (23 - q0);
    } else if (q0 == 0) {
      half = iq[jz - 1] >> 23;
    } else if (z >= 0.5) {
      half = 2;
    }
    if (half > 0) { /* the fraction is above 1/2: take it from the next quarter turn */
      turns++;
      bool carry = false;
      for (int i = 0; i < jz; i++) {
        if (carry) {
          iq[i] = 0xFFFFFF - iq[i];
        } else if (iq[i] != 0) {
          carry = true;
          iq[i] = 0x1000000 - iq[i];
        }
      }
      if (q0 == 1) {
        iq[jz - 1] &= 0x7FFFFF;
      } else if (q0 == 2) {
        iq[jz - 1] &= 0x3FFFFF;
      }
      if (half == 2) {
        z = 1 - z;
        if (carry) {
          z -= __builtin_ldexp(1, q0);
        }
      }
    }
    if (z != 0) {
      break;
    }
    int32_t rest = 0;
    for (int i = jz - 1; i >= PIECES; i--) {
      rest |= iq[i];
    }
    if (rest != 0) {
      break;
    }
    int more = 1; /* all digits cancelled: take more of them */
    while (iq[PIECES - more] == 0) {
      more++;
    }
    for (int i = jz + 1; i <= jz + more; i++) {
      f[last + i] = two_over_pi[skipped + i];
      q[i] = 0;
      for (int j = 0; j <= last; j++) {
        q[i] += x[j] * f[last + i - j];
      }
    }
    jz += more;
  }
  if (z == 0) {
    jz--;
    q0 -= 24;
    while (iq[jz] == 0) {
      jz--;
      q0 -= 24;
    }
  } else {
    z = __builtin_ldexp(z, -q0);
    if (z >= 0x1p24) {
      double carried = (double)(int32_t)(0x1p-24 * z);
      iq[jz] = (int32_t)(z - 0x1p24 * carried);
      jz++;
      q0 += 24;
      iq[jz] = (int32_t)carried;
    } else {
      iq[jz] = (int32_t)z;
    }
  }
  double unit = __builtin_ldexp(1, q0);
  for (int i = jz; i >= 0; i--) {
    q[i] = unit * iq[i];
    unit *= 0x1p-24;
  }
  for (int i = jz; i >= 0; i--) {
    double sum = 0;
    for (int k = 0; k <= PIECES && k <= jz - i; k++) {
      sum += half_pi_pieces[k] * q[i + k];
    }
    products[jz - i] = sum;
  }
  double sum = 0;
  for (int i = jz; i >= 0; i--) {
    sum += products[i];
  }
  double rest = products[0] - sum;
  for (int i = 1; i <= jz; i++) {
    rest += products[i];
  }
  return half == 0 ? (Angle){sum, rest, turns & 7} : (Angle){-sum, -rest, turns & 7};
}

/* A positive x below 2^19 pi/2 less the nearest multiple of pi/2, in up to three rounds. */
static Angle reduced_by_parts(double x) {
  int32_t size = snel_high(x);
  int n = (int)(x * 0x1.45f306dc9c883p-1 + 0.5);
  double multiple = n;
  double r = x - multiple * 0x1.921fb544p0;
  double w = multiple * 0x1.0b4611a626331p-34;
  double high = r - w;
  if (n >= 32 || size == half_pi_multiples[n - 1]) {
    int exponent = size >> 20;
    if (exponent - (snel_high(high) >> 20 & 0x7ff) > 16) {
      double t = r;
      w = multiple * 0x1.0b4611a6p-34;
      r = t - w;
      w = multiple * 0x1.3198a2e037073p-69 - ((t - r) - w);
      high = r - w;
      if (exponent - (snel_high(high) >> 20 & 0x7ff) > 49) {
        t = r;
        w = multiple * 0x1.3198a2ep-69;
        r = t - w;
        w = multiple * 0x1.b839a252049c1p-104 - ((t - r) - w);
        high = r - w;
      }
    }
  }
  return (Angle){high, (r - high) - w, n};
}

/* A finite positive x, above pi/4, less a multiple of pi/2. */
static Angle reduced_positive(double x) {
  int32_t size = snel_high(x);
  if (size < 0x4002d97c) { /* below 3 pi/4 */
    double z = x - 0x1.921fb544p0;
    double tail = 0x1.0b4611a626331p-34;
    if (size == 0x3ff921fb) { /* near pi/2 */
      z -= 0x1.0b4611a6p-34;
      tail = 0x1.3198a2e037073p-69;
    }
    double high = z - tail;
    return (Angle){high, (z - high) - tail, 1};
  }
  if (size <= 0x413921fb) {
    return reduced_by_parts(x);
  }
  int e0 = (size >> 20) - 1046;
  double z = snel_with_high(x, (uint32_t)(size - (e0 << 20)));
  double pieces[3];
  for (int i = 0; i < 2; i++) {
    pieces[i] = (int32_t)z;
    z = (z - pieces[i]) * 0x1p24;
  }
  pieces[2] = z;
  int count = 3;
  while (pieces[count - 1] == 0) {
    count--;
  }
  return reduced_by_digits(pieces, e0, count);
}

static Angle reduced(double x) {
  if (x > 0) {
    return reduced_positive(x);
  }
  Angle a = reduced_positive(-x);
  return (Angle){-a.high, -a.low, -a.turns};
}

/* sin, cos and tan of high + low on [-pi/4, pi/4]. */
static double kernel_sin(double x, double low, bool has_low) {
  if ((snel_high(x) & 0x7fffffff) < 0x3e400000) {
    return x;
  }
  double z = x * x, v = z * x;
  double r = 0x1.111111110f8a6p-7 +
             z * (-0x1.a01a019c161d5p-13 +
                  z * (0x1.71de357b1fe7dp-19 +
                       z * (-0x1.ae5e68a2b9cebp-26 + z * 0x1.5d93a5acfd57cp-33)));
  if (!has_low) {
    return x + v * (-0x1.5555555555549p-3 + z * r);
  }
  return x - ((z * (0.5 * low - v * r) - low) - v * -0x1.5555555555549p-3);
}

static double kernel_cos(double x, double low) {
  int32_t size = snel_high(x) & 0x7fffffff;
  if (size < 0x3e400000) {
    return 1;
  }
  double z = x * x;
  double r =
      z * (0x1.555555555554cp-5 +
           z * (-0x1.6c16c16c15177p-10 +
                z * (0x1.a01a019cb159p-16 +
                     z * (-0x1.27e4f809c52adp-22 +
                          z * (0x1.1ee9ebdb4b1c4p-29 + z * -0x1.8fae9be8838d4p-37)))));
  if (size < 0x3fd33333) {
    return 1 - (0.5 * z - (z * r - x * low));
  }
  double part = size > 0x3fe90000 ? 0.28125 : snel_with_high(0, (uint32_t)(size - 0x00200000));
  double half = 0.5 * z - part, a = 1 - part;
  return a - (half - (z * r - x * low));
}

/* -1 / (w), where w is the rounded sum of x and r. */
static double minus_reciprocal(double w, double x, double r) {
  double z = snel_without_low(w);
  double v = r - (z - x);
  double a = -1 / w;
  double t = snel_without_low(a);
  double s = 1 + t * z;
  return t + a * (s + t * v);
}

static double kernel_tan(double x, double low, bool odd) {
  int32_t high = snel_high(x), size = high & 0x7fffffff;
  if (size < 0x3e300000) {
    if (!odd) {
      return x;
    }
    return x == 0 ? 1 / __builtin_fabs(x) : minus_reciprocal(x + low, x, low);
  }
  bool large = size >= 0x3fe59428; /* 0.6744 */
  if (large) {
    if (high < 0) {
      x = -x;
      low = -low;
    }
    x = (0x1.921fb54442d18p-1 - x) + (0x1.1a62633145c07p-55 - low);
    low = 0;
  }
  double z = x * x, w = z * z;
  double r = 0x1.111111110fe7ap-3 +
             w * (0x1.664f48406d637p-6 +
                  w * (0x1.d6d22c9560328p-9 +
                       w * (0x1.344d8f2f26501p-11 +
                            w * (0x1.47e88a03792a6p-14 + w * -0x1.375cbdb605373p-16))));
  double v = z * (0x1.ba1ba1bb341fep-5 +
                  w * (0x1.226e3e96e8493p-7 +
                       w * (0x1.7dbc8fee08315p-10 +
                            w * (0x1.026f71a8d1068p-12 +
                                 w * (0x1.2b80f32f0a7e9p-14 + w * 0x1.b2a7074bf7ad4p-16)))));
  double s = z * x;
  r = low + z * (s * (r + v) + low);
  r += 0x1.5555555555563p-2 * s;
  w = x + r;
  if (large) {
    v = odd ? -1 : 1;
    double y = v - 2 * (x - (w * w / (w + v) - r));
    return high < 0 ? -y : y;
  }
  return odd ? minus_reciprocal(w, x, r) : w;
}

static bool within_quarter(double x) { return (snel_high(x) & 0x7fffffff) <= 0x3fe921fb; }

double snel_sin_f64(double x) {
  if (within_quarter(x)) {
    return kernel_sin(x, 0, false);
  }
  if (x - x != 0) {
    return __builtin_nan("");
  }
  Angle a = reduced(x);
  double y = a.turns & 1 ? kernel_cos(a.high, a.low) : kernel_sin(a.high, a.low, true);
  return a.turns & 2 ? -y : y;
}

double snel_cos_f64(double x) {
  if (within_quarter(x)) {
    return kernel_cos(x, 0);
  }
  if (x - x != 0) {
    return __builtin_nan("");
  }
  Angle a = reduced(x);
  double y = a.turns & 1 ? kernel_sin(a.high, a.low, true) : kernel_cos(a.high, a.low);
  return (a.turns + 1) & 2 ? -y : y;
}

double snel_tan_f64(double x) {
  if (within_quarter(x)) {
    return kernel_tan(x, 0, false);
  }
  if (x - x != 0) {
    return __builtin_nan("");
  }
  Angle a = reduced(x);
  return kernel_tan(a.high, a.low, a.turns & 1);
}
