/* Double-precision fused multiply-add in integers. */
#include "snel_fma.h"

/* A finite number other than 0 as (-1)^negative * mantissa * 2^exponent, 2^52 <= mantissa < 2^53. */
typedef struct {
  uint64_t mantissa;
  int exponent;
  bool negative;
} Parts;

static Parts parts(double x) {
  uint64_t bits = snel_bits_f64(x);
  Parts p = {bits & 0xFFFFFFFFFFFFFu, (int)(bits >> 52 & 0x7FF), bits >> 63};
  if (p.exponent == 0) {
    p.exponent = 1;
    while (!(p.mantissa >> 52)) {
      p.mantissa <<= 1;
      p.exponent--;
    }
  }
  p.mantissa |= (uint64_t)1 << 52;
  p.exponent -= 1075;
  return p;
}

typedef struct {
  uint64_t high, low;
} Wide;

static Wide shifted_left(Wide x, int count) {
  if (count >= 64) {
    return (Wide){x.low << (count - 64), 0};
  }
  return count == 0 ? x : (Wide){x.high << count | x.low >> (64 - count), x.low << count};
}

/* Shifted right; bits that fall out leave a 1 in the last place. */
static Wide jammed_right(Wide x, int count) {
  if (count == 0) {
    return x;
  }
  if (count >= 128) {
    return (Wide){0, (x.high | x.low) != 0};
  }
  if (count >= 64) {
    uint64_t lost = x.low | (count > 64 ? x.high << (128 - count) : 0);
    return (Wide){0, x.high >> (count - 64) | (lost != 0)};
  }
  uint64_t lost = x.low << (64 - count);
  return (Wide){x.high >> count, x.high << (64 - count) | x.low >> count | (lost != 0)};
}

static bool less(Wide a, Wide b) { return a.high < b.high || (a.high == b.high && a.low < b.low); }

static Wide sum(Wide a, Wide b) {
  uint64_t low = a.low + b.low;
  return (Wide){a.high + b.high + (low < a.low), low};
}

static Wide difference(Wide a, Wide b) {
  return (Wide){a.high - b.high - (a.low < b.low), a.low - b.low};
}

/* wide * 2^exponent, wide not 0, rounded to nearest, ties to even. */
static double rounded(Wide wide, int exponent, bool negative) {
  while (!(wide.high >> 63)) {
    int zeros = wide.high == 0 ? 64 : __builtin_clzll(wide.high);
    wide = shifted_left(wide, zeros);
    exponent -= zeros;
  }
  uint64_t sign = (uint64_t)negative << 63;
  int top = exponent + 127;
  if (top > 1023) {
    return snel_f64_bits(sign | (uint64_t)0x7FF << 52);
  }
  bool normal = top >= -1022;
  /* The first 53 bits are kept, fewer below the normal range; then one guard bit, and the rest. */
  Wide kept = jammed_right(wide, normal ? 73 : 73 - 1022 - top);
  uint64_t mantissa = kept.low >> 2;
  unsigned rest = kept.low & 3;
  mantissa += rest > 2 || (rest == 2 && (mantissa & 1));
  return snel_f64_bits(sign | ((normal ? (uint64_t)(top + 1022) << 52 : 0) + mantissa));
}

double snel_fma_f64_software(double a, double b, double c) {
  if (a - a != 0 || b - b != 0) {
    return a * b + c;
  }
  if (c - c != 0) {
    return c;
  }
  if (a == 0 || b == 0) {
    return a * b + c;
  }
  if (c == 0) {
    return a * b;
  }
  Parts x = parts(a), y = parts(b), z = parts(c);
  bool negative = x.negative != y.negative;
  Wide product;
  product.high = snel_product(x.mantissa, y.mantissa, &product.low);
  int exponent = x.exponent + y.exponent;
  Wide addend = {0, z.mantissa};
  int gap = z.exponent - exponent;
  /* Bring both to one exponent with the larger as far left as leaves room for a carry. */
  if (gap > 73) {
    addend = shifted_left(addend, 73);
    product = jammed_right(product, gap - 73);
    exponent = z.exponent - 73;
  } else if (gap >= 0) {
    addend = shifted_left(addend, gap);
  } else if (gap >= -20) {
    product = shifted_left(product, -gap);
    exponent = z.exponent;
  } else {
    product = shifted_left(product, 20);
    addend = jammed_right(addend, -gap - 20);
    exponent -= 20;
  }
  if (negative == z.negative) {
    return rounded(sum(product, addend), exponent, negative);
  }
  if (less(product, addend)) {
    return rounded(difference(addend, product), exponent, z.negative);
  }
  Wide rest = difference(product, addend);
  return (rest.high | rest.low) == 0 ? 0.0 : rounded(rest, exponent, negative);
}
