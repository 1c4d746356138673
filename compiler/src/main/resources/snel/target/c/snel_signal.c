/* Spike trains and signals that are computed. */
#include "snel_f64.h"
#include "snel_term.h"

static bool is_nested(snel_value times) {
  if (times.kind == SNEL_TRAINS || times.kind == SNEL_ARRAY) {
    return times.kind == SNEL_TRAINS || times.as.array.rank > 1;
  }
  int64_t count = times.kind == SNEL_LIST ? snel_size(times) : 0;
  for (int64_t k = 0; k < count; k++) {
    snel_kind kind = snel_element(times, k).kind;
    if (kind != SNEL_REAL && kind != SNEL_WHOLE) {
      return true;
    }
  }
  return false;
}

/* One spike a train, or of lists within the list a train for each. */
snel_value snel_at_times(snel_value times) {
  if (is_nested(times)) {
    return snel_to_trains(times);
  }
  snel_row numbers = snel_to_numbers(times);
  snel_row *rows = snel_room(numbers.count, sizeof *rows);
  for (int64_t k = 0; k < numbers.count; k++) {
    rows[k] = (snel_row){1, numbers.at + k};
  }
  return snel_trains_of((int32_t)numbers.count, rows);
}

snel_value snel_regular_train(double rate, double from, int64_t spikes) {
  snel_want_positive("regular_train", "rate", rate);
  snel_want_least("regular_train", "spikes", 0, spikes);
  double *times = snel_room(spikes, sizeof *times);
  for (int64_t k = 0; k < spikes; k++) {
    times[k] = from + (double)k / rate;
  }
  snel_row *row = snel_room(1, sizeof *row);
  *row = (snel_row){spikes, times};
  return snel_trains_of(1, row);
}

snel_value snel_positive(snel_value number, const char *function, const char *argument) {
  snel_want_positive(function, argument, snel_to_real(number));
  return number;
}

/* Of [n, channels] each channel is a signal. */
snel_value snel_signal(snel_value samples, double rate) {
  snel_row all = snel_to_numbers(samples);
  bool table = samples.kind == SNEL_ARRAY && samples.as.array.rank == 2;
  int32_t channels = table ? samples.as.array.shape[1] : 1;
  int64_t count = all.count / channels;
  double *times = snel_room(count, sizeof *times);
  for (int64_t k = 0; k < count; k++) {
    times[k] = (double)k / rate;
  }
  snel_row *rows = snel_room(channels, sizeof *rows);
  for (int32_t r = 0; r < channels; r++) {
    double *row = snel_room(count, sizeof *row);
    for (int64_t k = 0; k < count; k++) {
      row[k] = all.at[k * channels + r];
    }
    rows[r] = (snel_row){count, row};
  }
  return snel_series_of((snel_row){count, times}, channels, rows);
}

/* Its last sample not after the time; 0 before the first. */
snel_value snel_sampled_at(snel_value series, double time) {
  if (series.kind != SNEL_SERIES) {
    return series;
  }
  snel_row times = series.as.trains.times;
  int64_t low = 0, high = times.count;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (times.at[middle] <= time + 1e-9) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  int32_t rows = series.as.trains.rows;
  double *now = snel_room(rows, sizeof *now);
  for (int32_t r = 0; r < rows; r++) {
    now[r] = low == 0 ? 0 : series.as.trains.row[r].at[low - 1];
  }
  return rows == 1 ? snel_real(now[0]) : snel_array_row(rows, now);
}

/* The values of all local maxima: a sample, or a run of equal ones, that the signal rises to and
 * falls from. */
static snel_row peaks(snel_row signal) {
  double *found = snel_room(signal.count, sizeof *found);
  int64_t count = 0;
  bool rising = false;
  for (int64_t t = 1; t < signal.count; t++) {
    if (signal.at[t] > signal.at[t - 1]) {
      rising = true;
    } else if (signal.at[t] < signal.at[t - 1]) {
      if (rising) {
        found[count++] = signal.at[t - 1];
      }
      rising = false;
    }
  }
  return (snel_row){count, found};
}

snel_value snel_peak(snel_value series, int64_t which) {
  snel_row signal = snel_to_numbers(series);
  if (which < 0) {
    return snel_real(snel_greatest(signal));
  }
  snel_row found = peaks(signal);
  return snel_element_at(snel_array_row(found.count, found.at), which);
}

static snel_value each_row(snel_value series, double (*measure)(snel_row)) {
  if (series.kind != SNEL_SERIES) {
    snel_problem("expected a recording, found %s", snel_shown(series));
  }
  int32_t rows = series.as.trains.rows;
  double *numbers = snel_room(rows, sizeof *numbers);
  for (int32_t r = 0; r < rows; r++) {
    numbers[r] = measure(series.as.trains.row[r]);
  }
  return rows == 1 ? snel_real(numbers[0]) : snel_array_row(rows, numbers);
}

snel_value snel_max_over_time(snel_value series) { return each_row(series, snel_greatest); }

snel_value snel_mean_over_time(snel_value series) { return each_row(series, snel_mean); }

snel_value snel_of_each_sample(snel_value series, double (*measure)(snel_row)) {
  snel_row times = series.as.trains.times;
  int32_t rows = series.as.trains.rows;
  double *numbers = snel_room(times.count, sizeof *numbers);
  double *sample = snel_room(rows, sizeof *sample);
  for (int64_t k = 0; k < times.count; k++) {
    for (int32_t r = 0; r < rows; r++) {
      sample[r] = series.as.trains.row[r].at[k];
    }
    numbers[k] = measure((snel_row){rows, sample});
  }
  snel_row *row = snel_room(1, sizeof *row);
  row[0] = (snel_row){times.count, numbers};
  return snel_series_of(times, 1, row);
}

snel_value snel_threshold_crossing(snel_value values, int64_t levels, int64_t cue) {
  snel_want_least("threshold_crossing", "levels", 1, levels);
  snel_want_least("threshold_crossing", "cue", 0, cue);
  snel_row sequence = snel_to_numbers(values);
  int64_t channels = levels + (cue > 0 ? 1 : 0), steps = sequence.count + cue;
  double *out = snel_room(steps * channels, sizeof *out);
  for (int64_t n = 1; n < sequence.count; n++) {
    for (int64_t k = 0; k < levels; k++) {
      double level = ((double)k + 1) / (double)(levels + 1);
      if ((sequence.at[n - 1] < level) != (sequence.at[n] < level)) {
        out[n * channels + k] = 1;
      }
    }
  }
  for (int64_t n = sequence.count; n < steps; n++) {
    out[n * channels + levels] = 1;
  }
  int32_t *shape = snel_room(2, sizeof *shape);
  shape[0] = (int32_t)steps;
  shape[1] = (int32_t)channels;
  return snel_array_of(2, shape, out);
}

/* The means of square blocks. */
snel_value snel_averaged(snel_value picture, int64_t side) {
  snel_value image = snel_to_array(picture);
  if (image.as.array.rank != 2 || side < 1 || image.as.array.shape[0] % side != 0 ||
      image.as.array.shape[1] % side != 0) {
    snel_problem("`averaged` wants a picture of two dimensions whose sides are multiples of the "
                 "block's");
  }
  int64_t width = image.as.array.shape[1];
  int64_t rows = image.as.array.shape[0] / side, columns = width / side;
  double *out = snel_room(rows * columns, sizeof *out);
  for (int64_t y = 0; y < rows; y++) {
    for (int64_t x = 0; x < columns; x++) {
      double sum = 0;
      for (int64_t k = 0; k < side * side; k++) {
        sum += image.as.array.elements[(y * side + k / side) * width + x * side + k % side];
      }
      out[y * columns + x] = sum / (double)(side * side);
    }
  }
  int32_t *shape = snel_room(2, sizeof *shape);
  shape[0] = (int32_t)rows;
  shape[1] = (int32_t)columns;
  return snel_array_of(2, shape, out);
}

/* A pixel of a picture, 0 outside its frame. */
static double pixel(snel_value image, double y, double x) {
  int64_t height = image.as.array.shape[0], width = image.as.array.shape[1];
  return y >= 0 && y < (double)height && x >= 0 && x < (double)width
             ? image.as.array.elements[(int64_t)y * width + (int64_t)x]
             : 0;
}

/* A picture moved, turned and scaled about its middle, between pixels by straight lines. */
snel_value snel_moved(snel_value picture, double down, double right, double angle, double scale) {
  snel_value image = snel_to_array(picture);
  if (image.as.array.rank != 2) {
    snel_problem("`moved` wants a picture of two dimensions");
  }
  snel_want_positive("moved", "scale", scale);
  int64_t height = image.as.array.shape[0], width = image.as.array.shape[1];
  double middle_y = (double)(height - 1) / 2, middle_x = (double)(width - 1) / 2;
  double cosine = snel_cos_f64(angle) / scale, sine = snel_sin_f64(angle) / scale;
  double *out = snel_room(height * width, sizeof *out);
  for (int64_t y = 0; y < height; y++) {
    for (int64_t x = 0; x < width; x++) {
      double by = (double)y - down - middle_y, bx = (double)x - right - middle_x;
      double from_y = cosine * by + sine * bx + middle_y;
      double from_x = cosine * bx - sine * by + middle_x;
      double top = floor(from_y), left = floor(from_x);
      double lower = from_y - top, later = from_x - left;
      double upper = (1 - later) * pixel(image, top, left) + later * pixel(image, top, left + 1);
      double below =
          (1 - later) * pixel(image, top + 1, left) + later * pixel(image, top + 1, left + 1);
      out[y * width + x] = (1 - lower) * upper + lower * below;
    }
  }
  return snel_array_of(2, image.as.array.shape, out);
}

/* Centre minus surround, of mean 0 and largest absolute value 1. */
static double gauss(double square, double sigma) {
  double variance = sigma * sigma;
  return snel_exp_f64(-square / (2 * variance)) / variance;
}

static const double *kernel(int32_t size, double centre, double surround) {
  int64_t places = (int64_t)size * size;
  double *weights = snel_room(places, sizeof *weights);
  double mean = 0, largest = 0;
  for (int32_t y = 0; y < size; y++) {
    for (int32_t x = 0; x < size; x++) {
      double dy = y - (size - 1) / 2.0, dx = x - (size - 1) / 2.0, square = dy * dy + dx * dx;
      double value = gauss(square, centre) - gauss(square, surround);
      weights[y * size + x] = value;
      mean += value / (double)places;
    }
  }
  for (int64_t k = 0; k < places; k++) {
    weights[k] -= mean;
    largest = fabs(weights[k]) > largest ? fabs(weights[k]) : largest;
  }
  for (int64_t k = 0; k < places && largest > 0; k++) {
    weights[k] /= largest;
  }
  return weights;
}

static void filter(const double *image, int32_t height, int32_t width, const double *weights,
                   int32_t size, double *out) {
  int32_t reach = size / 2;
  for (int32_t y = 0; y < height; y++) {
    for (int32_t x = 0; x < width; x++) {
      double sum = 0;
      for (int32_t ky = 0; ky < size; ky++) {
        for (int32_t kx = 0; kx < size; kx++) {
          int32_t row = y + ky - reach, column = x + kx - reach;
          if (row >= 0 && row < height && column >= 0 && column < width) {
            sum += weights[ky * size + kx] * image[row * width + column];
          }
        }
      }
      out[y * width + x] = sum;
    }
  }
}

/* Divides each place by the mean of the square around it. */
static void normalise(double *map, int32_t height, int32_t width, int32_t radius) {
  double *out = snel_room((int64_t)height * width, sizeof *out);
  for (int32_t y = 0; y < height; y++) {
    for (int32_t x = 0; x < width; x++) {
      double sum = 0;
      int32_t count = 0;
      for (int32_t row = y > radius ? y - radius : 0; row < height && row <= y + radius; row++) {
        for (int32_t c = x > radius ? x - radius : 0; c < width && c <= x + radius; c++) {
          sum += map[row * width + c];
          count++;
        }
      }
      out[y * width + x] = sum == 0 ? 0 : map[y * width + x] * count / sum;
    }
  }
  memcpy(map, out, (size_t)height * (size_t)width * sizeof *map);
}

snel_value snel_difference_of_gaussians(snel_value picture, snel_row sizes, snel_row sigmas,
                                        double threshold, int64_t radius) {
  snel_value image = snel_to_array(picture);
  if (image.as.array.rank != 2) {
    snel_problem("`difference_of_gaussians` wants a picture of two dimensions");
  }
  for (int64_t s = 0; s < sizes.count; s++) {
    if (sizes.at[s] < 1 || fmod(sizes.at[s], 2) != 1) {
      snel_problem("`difference_of_gaussians` wants odd sizes, in pixels");
    }
  }
  bool given = !(sigmas.count == 1 && sigmas.at[0] == 0);
  if (given && (sigmas.count != 2 || !(sigmas.at[0] > 0 && sigmas.at[1] > 0))) {
    snel_problem("`difference_of_gaussians` wants two widths above 0 as `sigma`: [centre, "
                 "surround]");
  }
  snel_want_least("difference_of_gaussians", "normalise_radius", 0, radius);
  int32_t height = image.as.array.shape[0], width = image.as.array.shape[1];
  int64_t places = (int64_t)height * width;
  double *out = snel_room(2 * sizes.count * places, sizeof *out);
  double *contrast = snel_room(places, sizeof *contrast);
  for (int64_t s = 0; s < sizes.count; s++) {
    int32_t size = snel_i32_from_f64(sizes.at[s]);
    double centre = given ? sigmas.at[0] : size / 9.0;
    double surround = given ? sigmas.at[1] : 2 * size / 9.0;
    filter(image.as.array.elements, height, width, kernel(size, centre, surround), size, contrast);
    for (int sign = 0; sign < 2; sign++) {
      double *map = out + (2 * s + sign) * places;
      for (int64_t k = 0; k < places; k++) {
        double value = sign == 0 ? contrast[k] : -contrast[k];
        map[k] = value > 0 && value >= threshold ? value : 0;
      }
      if (radius > 0) {
        normalise(map, height, width, (int32_t)radius);
      }
    }
  }
  int32_t *shape = snel_room(3, sizeof *shape);
  shape[0] = (int32_t)(2 * sizes.count);
  shape[1] = height;
  shape[2] = width;
  return snel_array_of(3, shape, out);
}
