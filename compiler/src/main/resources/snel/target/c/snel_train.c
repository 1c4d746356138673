/* Measures of spike trains in a window (0, duration], as the papers define them. An input may
 * spike at 0 too. */
#include "snel_f64.h"
#include "snel_measure.h"

static double plain_mean(snel_row values) {
  double sum = 0;
  for (int64_t k = 0; k < values.count; k++) {
    sum += values.at[k];
  }
  return sum / (double)values.count;
}

/* Standard deviation, divided by n. */
static double plain_deviation(snel_row values) {
  double mean = plain_mean(values), sum = 0;
  for (int64_t k = 0; k < values.count; k++) {
    sum += (values.at[k] - mean) * (values.at[k] - mean);
  }
  return sqrt(sum / (double)values.count);
}

/* Coefficient of variation of each neuron that has two intervals or more. */
snel_value snel_cv_isi(snel_value trains) {
  double *values = snel_room(trains.as.trains.rows, sizeof *values);
  int64_t count = 0;
  for (int32_t i = 0; i < trains.as.trains.rows; i++) {
    snel_row row = trains.as.trains.row[i];
    if (row.count < 3) {
      continue;
    }
    double *intervals = snel_room(row.count - 1, sizeof *intervals);
    for (int64_t k = 0; k + 1 < row.count; k++) {
      intervals[k] = row.at[k + 1] - row.at[k];
    }
    snel_row all = {row.count - 1, intervals};
    values[count++] = plain_deviation(all) / plain_mean(all);
  }
  return snel_array_row(count, values);
}

/* Equal bins (k width, (k + 1) width], the first with its beginning; quotients this close to a
 * whole number are taken for it. */
static double snapped(double quotient) {
  double nearest = rint(quotient);
  return fabs(quotient - nearest) <= 1e-9 * snel_f_max(1, fabs(nearest)) ? nearest : quotient;
}

static int32_t bin_count(double duration, double width) {
  if (!(width > 0)) {
    snel_problem("a bin of width %s", snel_number_text(width));
  }
  return snel_i32_from_f64(floor(snapped(duration / width)));
}

static void count_bins(snel_row row, double width, int32_t bins, double *counts) {
  for (int64_t k = 0; k < row.count; k++) {
    int32_t end = snel_i32_from_f64(ceil(snapped(row.at[k] / width)));
    int32_t at = end > 0 ? end - 1 : 0;
    if (at < bins) {
      counts[at]++;
    }
  }
}

/* Variance by mean of the population's spike count in bins. */
double snel_fano_factor(snel_value trains, double duration, double bin) {
  int32_t bins = bin_count(duration, bin);
  double *counts = snel_room(bins, sizeof *counts);
  for (int32_t i = 0; i < trains.as.trains.rows; i++) {
    count_bins(trains.as.trains.row[i], bin, bins, counts);
  }
  snel_row all = {bins, counts};
  double deviation = plain_deviation(all);
  return deviation * deviation / plain_mean(all);
}

/* Mean over all pairs of the correlation of counts in bins; neurons whose count never varies
 * are in no pair. */
double snel_correlation(snel_value trains, double duration, double bin) {
  int32_t bins = bin_count(duration, bin), neurons = 0;
  double *together = snel_room(bins, sizeof *together), shift = 0;
  for (int32_t i = 0; i < trains.as.trains.rows; i++) {
    double *counts = snel_room(bins, sizeof *counts), mean = 0, square = 0;
    count_bins(trains.as.trains.row[i], bin, bins, counts);
    for (int32_t b = 0; b < bins; b++) {
      mean += counts[b];
      square += counts[b] * counts[b];
    }
    mean /= bins;
    double variance = square / bins - mean * mean;
    if (variance > 0) {
      double deviation = sqrt(variance);
      for (int32_t b = 0; b < bins; b++) {
        together[b] += counts[b] / deviation;
      }
      shift += mean / deviation;
      neurons++;
    }
  }
  double power = 0;
  for (int32_t b = 0; b < bins; b++) {
    power += (together[b] - shift) * (together[b] - shift) / bins;
  }
  return neurons < 2 ? (double)NAN : (power - neurons) / ((double)neurons * (neurons - 1));
}

static void check_pairs(snel_value first, snel_value second) {
  if (first.as.trains.rows != second.as.trains.rows) {
    snel_problem("%d trains against %d", (int)first.as.trains.rows, (int)second.as.trains.rows);
  }
}

static double squared(snel_row first, snel_row second, double tau) {
  double before = 0, pairs = 0, last = 0;
  int64_t a = 0, b = 0;
  while (a < first.count || b < second.count) {
    bool of_first = b == second.count || (a < first.count && first.at[a] <= second.at[b]);
    double time = of_first ? first.at[a++] : second.at[b++];
    int sign = of_first ? 1 : -1;
    before *= snel_exp_f64((last - time) / tau);
    pairs += sign * before;
    before += sign;
    last = time;
  }
  return snel_f_max(0, (double)(first.count + second.count) / 2.0 + pairs);
}

double snel_van_rossum(snel_value one, snel_value other, double tau) {
  snel_value first = snel_to_trains(one), second = snel_to_trains(other);
  check_pairs(first, second);
  double sum = 0;
  for (int32_t i = 0; i < first.as.trains.rows; i++) {
    sum += squared(first.as.trains.row[i], second.as.trains.row[i], tau);
  }
  return sqrt(sum);
}

static double edited(snel_row first, snel_row second, double tau_q) {
  double *row = snel_room(second.count + 1, sizeof *row);
  for (int64_t j = 0; j <= second.count; j++) {
    row[j] = (double)j;
  }
  for (int64_t i = 1; i <= first.count; i++) {
    double diagonal = row[0];
    row[0] = (double)i;
    for (int64_t j = 1; j <= second.count; j++) {
      double moved = diagonal + fabs(first.at[i - 1] - second.at[j - 1]) / tau_q;
      diagonal = row[j];
      row[j] = snel_f_min(moved, 1 + snel_f_min(row[j], row[j - 1]));
    }
  }
  return row[second.count];
}

double snel_victor_purpura(snel_value one, snel_value other, double tau_q) {
  snel_value first = snel_to_trains(one), second = snel_to_trains(other);
  check_pairs(first, second);
  double sum = 0;
  for (int32_t i = 0; i < first.as.trains.rows; i++) {
    sum += edited(first.as.trains.row[i], second.as.trains.row[i], tau_q);
  }
  return sum;
}

/* Each spike adds 1, which decays with tau: the values at the end of the episode. */
snel_value snel_filtered(snel_value trains, double duration, double tau, int64_t samples) {
  int32_t rows = trains.as.trains.rows;
  double *state = snel_room(rows * samples, sizeof *state);
  for (int32_t i = 0; i < rows; i++) {
    snel_row row = trains.as.trains.row[i];
    double value = 0, last = 0;
    int64_t k = 0;
    for (int64_t s = 0; s < samples; s++) {
      double time = duration * (double)(s + 1) / (double)samples;
      for (; k < row.count && row.at[k] <= time; k++) {
        value = value * snel_exp_f64((last - row.at[k]) / tau) + 1;
        last = row.at[k];
      }
      state[s * rows + i] = value * snel_exp_f64((last - time) / tau);
    }
  }
  return snel_array_row((int32_t)(rows * samples), state);
}
