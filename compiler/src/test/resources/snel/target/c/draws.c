#include "numerics.h"
#include "snel_rt.h"

typedef struct {
  uint32_t seed, stream, q, c2, c3, unused;
  double a, b;
} Draw;

int map_draws(const char *name, FILE *in, FILE *out) {
  Draw d;
  while (fread(&d, sizeof d, 1, in) == 1) {
    double x;
    if (strcmp(name, "exponential") == 0) {
      x = snel_exponential(d.seed, d.stream, d.q, d.c2, d.c3);
    } else if (strcmp(name, "lognormal") == 0) {
      x = snel_lognormal(d.seed, d.stream, d.q, d.c2, d.c3, d.a, d.b);
    } else if (strcmp(name, "gamma") == 0) {
      x = snel_gamma(d.seed, d.stream, d.q, d.c2, d.c3, d.a);
    } else if (strcmp(name, "binomial") == 0) {
      x = snel_binomial(d.seed, d.stream, d.q, d.c2, d.c3, d.a, d.b);
    } else if (strcmp(name, "poisson") == 0) {
      x = snel_poisson(snel_philox_word(d.seed, d.stream, d.q, 0, d.c2, d.c3, 0), d.a);
    } else if (strcmp(name, "threshold") == 0) {
      x = (double)snel_threshold(d.a);
    } else {
      return 0;
    }
    fwrite(&x, sizeof x, 1, out);
  }
  return 1;
}

typedef struct {
  int64_t a, b;
  int32_t f, width;
  uint32_t word, unused;
} Integers;

int map_integers(const char *name, FILE *in, FILE *out) {
  Integers x;
  while (fread(&x, sizeof x, 1, in) == 1) {
    int64_t y;
    uint32_t w = x.word, u = (uint32_t)x.a, v = (uint32_t)x.b;
    if (strcmp(name, "saturate") == 0) {
      y = snel_fixed_saturate(x.a, x.width);
    } else if (strcmp(name, "wrap") == 0) {
      y = snel_fixed_wrap(x.a, x.width);
    } else if (strcmp(name, "wrap_lava") == 0) {
      y = snel_fixed_wrap_lava(x.a, x.width);
    } else if (strcmp(name, "add") == 0) {
      y = snel_fixed_add(x.a, x.b, x.width);
    } else if (strcmp(name, "subtract") == 0) {
      y = snel_fixed_subtract(x.a, x.b, x.width);
    } else if (strcmp(name, "floor") == 0) {
      y = snel_fixed_floor(x.a, x.f);
    } else if (strcmp(name, "nearest") == 0) {
      y = snel_fixed_nearest(x.a, x.f);
    } else if (strcmp(name, "zero") == 0) {
      y = snel_fixed_zero(x.a, x.f);
    } else if (strcmp(name, "stochastic") == 0) {
      y = snel_fixed_stochastic(x.a, x.f, w);
    } else if (strcmp(name, "multiply") == 0) {
      y = snel_fixed_multiply(x.a, x.b, x.f, x.width);
    } else if (strcmp(name, "decay") == 0) {
      y = snel_fixed_decay(x.a, x.b & 4095);
    } else if (strcmp(name, "divide") == 0) {
      y = snel_fixed_divide(x.a, x.b, x.f, x.width);
    } else if (strcmp(name, "exp") == 0) {
      y = snel_fixed_exp(x.a, x.f);
    } else if (strcmp(name, "rescale") == 0) {
      y = snel_fixed_rescale(x.a, x.f, x.width - x.f);
    } else if (strcmp(name, "philox") == 0) {
      y = (int64_t)snel_philox_pair(u, v, w, u ^ v, u + w, v - w, w & 1);
    } else if (strcmp(name, "word") == 0) {
      y = snel_philox_word(u, v, w, u ^ v, u + w, v - w, w);
    } else if (strcmp(name, "below") == 0) {
      y = (int64_t)snel_below((uint64_t)x.a, (uint64_t)x.b >> 1);
    } else if (strcmp(name, "redraw") == 0) {
      y = snel_redraw(u, w & 63);
    } else {
      return 0;
    }
    fwrite(&y, sizeof y, 1, out);
  }
  return 1;
}

int map_reduce(const char *name, FILE *in, FILE *out) {
  static float x[8192];
  static double y[8192];
  bool single = strstr(name, "_f32") != NULL;
  size_t n = (single ? fread(x, 4, 8192, in) : fread(y, 8, 8192, in)) / 2;
  float a = 0;
  double b = 0;
  if (strcmp(name, "sum_f32") == 0) {
    a = snel_sum_f32(x, n);
  } else if (strcmp(name, "dot_f32") == 0) {
    a = snel_dot_f32(x, x + n, n);
  } else if (strcmp(name, "norm_f32") == 0) {
    a = snel_norm_f32(x, n);
  } else if (strcmp(name, "sum_f64") == 0) {
    b = snel_sum_f64(y, n);
  } else if (strcmp(name, "dot_f64") == 0) {
    b = snel_dot_f64(y, y + n, n);
  } else if (strcmp(name, "norm_f64") == 0) {
    b = snel_norm_f64(y, n);
  } else {
    return 0;
  }
  if (single) {
    b = a;
  }
  fwrite(&b, sizeof b, 1, out);
  return 1;
}
