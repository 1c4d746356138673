/* Calls one function of the run-time library on every record of a file, for comparison with Java:
 *   numerics NAME IN OUT     numerics hash NAME STRIDE */
#include <stdio.h>
#include <stdlib.h>

#include "numerics.h"
#include "snel_rt.h"

typedef float F1(float), F2(float, float), F3(float, float, float), FP(float, int64_t), FW(uint32_t);
typedef double D1(double), D2(double, double), D3(double, double, double), DP(double, int64_t),
    DW(uint32_t);

typedef enum { F_1, F_2, F_3, F_POWER, F_WORD, D_1, D_2, D_3, D_POWER, D_WORD } Kind;

typedef struct {
  const char *name;
  Kind kind;
  void (*function)(void);
} Entry;

#define FLOAT(name) {#name "_f32", F_1, (void (*)(void))snel_##name##_f32}
#define DOUBLE(name) {#name "_f64", D_1, (void (*)(void))snel_##name##_f64}
#define BOTH(name) FLOAT(name), DOUBLE(name)

static const Entry entries[] = {
    BOTH(exp), BOTH(expm1), BOTH(log), BOTH(log1p), BOTH(sin), BOTH(cos), BOTH(tan), BOTH(asin),
    BOTH(acos), BOTH(atan), BOTH(sinh), BOTH(cosh), BOTH(tanh), BOTH(sigmoid), BOTH(exprel),
    {"pow_f32", F_2, (void (*)(void))snel_pow_f32},
    {"pow_f64", D_2, (void (*)(void))snel_pow_f64},
    {"atan2_f32", F_2, (void (*)(void))snel_atan2_f32},
    {"atan2_f64", D_2, (void (*)(void))snel_atan2_f64},
    {"fma_f32", F_3, (void (*)(void))snel_fma_f32},
    {"fma_f64", D_3, (void (*)(void))snel_fma_f64},
    {"fma_f32_software", F_3, (void (*)(void))snel_fma_f32_software},
    {"fma_f64_software", D_3, (void (*)(void))snel_fma_f64_software},
    {"power_f32", F_POWER, (void (*)(void))snel_power_f32},
    {"power_f64", D_POWER, (void (*)(void))snel_power_f64},
    {"normal_f32", F_WORD, (void (*)(void))snel_normal_f32},
    {"normal_f64", D_WORD, (void (*)(void))snel_normal_f64},
    {"uniform_f32", F_WORD, (void (*)(void))snel_uniform_f32},
    {"uniform_f64", D_WORD, (void (*)(void))snel_uniform_f64},
};

static const Entry *entry(const char *name) {
  for (size_t k = 0; k < sizeof entries / sizeof entries[0]; k++) {
    if (strcmp(entries[k].name, name) == 0) {
      return &entries[k];
    }
  }
  fprintf(stderr, "no function %s\n", name);
  exit(2);
}

static void get(void *into, size_t size, FILE *in) {
  if (fread(into, size, 1, in) != 1) {
    exit(0);
  }
}

static void map(const Entry *e, FILE *in, FILE *out) {
  for (;;) {
    float x[3];
    double y[3];
    int32_t n;
    bool single = e->kind <= F_WORD;
    switch (e->kind) {
      case F_1:
        get(x, 4, in);
        x[0] = ((F1 *)e->function)(x[0]);
        break;
      case F_2:
        get(x, 8, in);
        x[0] = ((F2 *)e->function)(x[0], x[1]);
        break;
      case F_3:
        get(x, 12, in);
        x[0] = ((F3 *)e->function)(x[0], x[1], x[2]);
        break;
      case F_POWER:
        get(x, 4, in);
        get(&n, 4, in);
        x[0] = ((FP *)e->function)(x[0], n);
        break;
      case F_WORD:
        get(&n, 4, in);
        x[0] = ((FW *)e->function)((uint32_t)n);
        break;
      case D_1:
        get(y, 8, in);
        y[0] = ((D1 *)e->function)(y[0]);
        break;
      case D_2:
        get(y, 16, in);
        y[0] = ((D2 *)e->function)(y[0], y[1]);
        break;
      case D_3:
        get(y, 24, in);
        y[0] = ((D3 *)e->function)(y[0], y[1], y[2]);
        break;
      case D_POWER:
        get(y, 8, in);
        get(&n, 4, in);
        y[0] = ((DP *)e->function)(y[0], n);
        break;
      case D_WORD:
        get(&n, 4, in);
        y[0] = ((DW *)e->function)((uint32_t)n);
        break;
    }
    if (single) {
      fwrite(x, 4, 1, out);
    } else {
      fwrite(y, 8, 1, out);
    }
  }
}

/* The hash of semantics.md over inputs 0, stride, 2 stride, ... below 2^32. One loop a function, so
 * that the compiler may inline and vectorise it. */
#define HASH_LOOP(call)                                        \
  for (uint64_t start = 0; start <= UINT32_MAX;) {             \
    float block[1024];                                         \
    int count = 0;                                             \
    for (int k = 0; k < 1024; k++) {                           \
      uint32_t bits = (uint32_t)(start + (uint64_t)k * stride); \
      block[k] = call;                                         \
    }                                                          \
    for (; count < 1024 && start <= UINT32_MAX; count++) {     \
      float y = block[count];                                  \
      uint32_t result = y != y ? 0x7fc00000u : snel_bits_f32(y); \
      h = h * 0x9E3779B97F4A7C15u + result + 1;                \
      start += stride;                                         \
    }                                                          \
  }

static uint64_t hash(const char *name, uint64_t stride) {
  uint64_t h = 0;
  if (strcmp(name, "exp_f32") == 0) {
    HASH_LOOP(snel_exp_f32(snel_f32_bits(bits)))
  } else if (strcmp(name, "log_f32") == 0) {
    HASH_LOOP(snel_log_f32(snel_f32_bits(bits)))
  } else if (strcmp(name, "expm1_f32") == 0) {
    HASH_LOOP(snel_expm1_f32(snel_f32_bits(bits)))
  } else if (strcmp(name, "normal_f32") == 0) {
    HASH_LOOP(snel_normal_f32(bits))
  } else if (strcmp(name, "tanh_f32") == 0) {
    HASH_LOOP(snel_tanh_f32(snel_f32_bits(bits)))
  } else if (strcmp(name, "sigmoid_f32") == 0) {
    HASH_LOOP(snel_sigmoid_f32(snel_f32_bits(bits)))
  } else if (strcmp(name, "exprel_f32") == 0) {
    HASH_LOOP(snel_exprel_f32(snel_f32_bits(bits)))
  } else {
    fprintf(stderr, "no hash of %s\n", name);
    exit(2);
  }
  return h;
}

int main(int argc, char **argv) {
  if (argc != 4) {
    return 2;
  }
  if (strcmp(argv[1], "hash") == 0) {
    printf("%016llx\n", (unsigned long long)hash(argv[2], strtoull(argv[3], NULL, 10)));
    return 0;
  }
  FILE *in = fopen(argv[2], "rb"), *out = fopen(argv[3], "wb");
  if (!in || !out) {
    return 2;
  }
  if (strcmp(argv[1], "connect") == 0) {
    map_connect(in, out);
  } else if (strncmp(argv[1], "draw ", 5) == 0) {
    return map_draws(argv[1] + 5, in, out) ? 0 : 2;
  } else if (strncmp(argv[1], "reduce ", 7) == 0) {
    return map_reduce(argv[1] + 7, in, out) ? 0 : 2;
  } else if (strncmp(argv[1], "readout ", 8) == 0) {
    return map_readout(argv[1] + 8, in, out) ? 0 : 2;
  } else if (strncmp(argv[1], "integers ", 9) == 0) {
    return map_integers(argv[1] + 9, in, out) ? 0 : 2;
  } else {
    map(entry(argv[1]), in, out);
  }
}
