/* Ridge regression, by a Cholesky factor: what a sum adds up is in the order of EJML, which solves
 * it on the JVM, so that the weights have the same bits. */
#include <math.h>

#include "snel_readout.h"

/* From so many rows on a matrix is worked on in blocks of rows, and solved in groups of them. */
enum { LARGE = 1000, BLOCK = 60, GROUP = 4 };

void snel_ridge_fit(snel_readout *readout, const double *features, int32_t label) {
  double *row = readout->learnt[SNEL_PRODUCTS].at;
  double *targets = readout->learnt[SNEL_TARGETS].at;
  for (int64_t i = 0; i <= readout->inputs; i++) {
    double value = i == readout->inputs ? 1 : features[i];
    for (int64_t j = 0; j < i; j++) {
      row[j] += value * features[j];
    }
    row[i] += value * value;
    row += i + 1;
    targets[i * readout->classes + label] += value;
  }
  snel_readout_unsolved(readout);
}

/* A row of a lower triangle. */
static double *row_of(double *triangle, int64_t row) { return triangle + row * (row + 1) / 2; }

/* What the products of two rows leave of a value: those of a whole group are summed before they are
 * taken off, others are taken off one by one. */
static double less(double value, const double *one, const double *other, int64_t count,
                   int64_t group) {
  int64_t k = 0;
  while (k + group <= count) {
    double sum = 0;
    for (int64_t end = k + group; k < end; k++) {
      sum += one[k] * other[k];
    }
    value -= sum;
  }
  for (; k < count; k++) {
    value -= one[k] * other[k];
  }
  return value;
}

/* Puts the Cholesky factor in place of the matrix. False if features depend on one another: the
 * square of a diagonal element is what those before it leave unexplained. */
static bool factored(double *matrix, int64_t n, int64_t block) {
  for (int64_t i = 0; i < n; i++) {
    double *row = row_of(matrix, i), own = row[i];
    for (int64_t j = 0; j < i; j++) {
      const double *above = row_of(matrix, j);
      double rest = less(row[j], row, above, j, block);
      row[j] = i / block == j / block ? rest * (1 / above[j]) : rest / above[j];
    }
    double rest = less(own, row, row, i, block);
    row[i] = sqrt(rest);
    if (rest <= 0 || row[i] * row[i] < 1e-13 * own) {
      return false;
    }
  }
  return true;
}

/* Puts the solution of L L' x = b in place of b. */
static void solve(double *factor, int64_t n, int64_t block, int64_t group, double *b) {
  double *column = snel_room(n, sizeof *column);
  for (int64_t i = 0; i < n; i++) {
    const double *row = row_of(factor, i);
    b[i] = less(b[i], row, b, i, group) / row[i];
  }
  for (int64_t i = n - 1; i >= 0; i--) {
    for (int64_t k = i; k < n; k++) {
      column[k] = row_of(factor, k)[i];
    }
    int64_t end = snel_min_i64(n, (i / block + 1) * block);
    double value = b[i];
    for (int64_t k = end; k < n; k += block) {
      int64_t count = snel_min_i64(block, n - k);
      value = less(value, column + k, b + k, count, count);
    }
    b[i] = less(value, column + i + 1, b + i + 1, end - i - 1, group) / column[i];
  }
}

/* The weights, feature by feature one a class, the constant's last. The penalty is a part of the
 * mean squared feature times the examples; the constant costs nothing. */
static double *weights(const snel_readout *readout) {
  const snel_learnt *products = &readout->learnt[SNEL_PRODUCTS];
  if (products->at[products->count - 1] == 0) {
    snel_problem("a ridge read-out was scored before anything was fitted");
  }
  int64_t features = readout->inputs, classes = readout->classes, n = features + 1;
  int64_t block = n < LARGE ? n : BLOCK, group = n < LARGE ? n : GROUP;
  double *matrix = snel_room(products->count, sizeof *matrix), trace = 0;
  memcpy(matrix, products->at, (size_t)products->count * sizeof *matrix);
  for (int64_t i = 0; i < features; i++) {
    trace += row_of(matrix, i)[i];
  }
  double scale = trace == 0 ? 1 : trace / (double)features;
  for (int64_t i = 0; i < features; i++) {
    row_of(matrix, i)[i] += readout->penalty * scale;
  }
  if (!factored(matrix, n, block)) {
    snel_problem("the features of a ridge read-out depend on one another: a larger penalty makes "
                 "the solution unique");
  }
  double *solved = snel_allocate((size_t)(n * classes), sizeof *solved);
  double *column = snel_room(n, sizeof *column);
  const double *targets = readout->learnt[SNEL_TARGETS].at;
  for (int64_t c = 0; c < classes; c++) {
    for (int64_t i = 0; i < n; i++) {
      column[i] = targets[i * classes + c];
    }
    solve(matrix, n, block, group, column);
    for (int64_t i = 0; i < n; i++) {
      solved[i * classes + c] = column[i];
    }
  }
  return solved;
}

int32_t snel_ridge_answer(snel_readout *readout, const double *features) {
  if (readout->solved == NULL) {
    readout->solved = weights(readout);
  }
  double *sum = snel_room(readout->classes, sizeof *sum);
  const double *weight = readout->solved;
  for (int64_t i = 0; i <= readout->inputs; i++) {
    double value = i == readout->inputs ? 1 : features[i];
    for (int32_t c = 0; c < readout->classes; c++) {
      sum[c] += value * *weight++;
    }
  }
  return snel_largest(sum, readout->classes);
}
