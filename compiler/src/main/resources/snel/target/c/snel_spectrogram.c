/* The logarithm of the energy of a sound in mel bands, frame by frame. Times in ms, rates in kHz. */
#include "snel_f64.h"
#include "snel_machine.h"
#include "snel_term.h"

static const double pi = 3.141592653589793, least = 1e-6;

static double mel(double frequency) { return snel_log_f64(1 + frequency / 0.7); }

/* The transform of a frame, whose samples stand in bit-reversed places. */
static void transform(double *real, double *imaginary, int64_t size, const double *cosines,
                      const double *sines) {
  for (int64_t half = 1; half < size; half *= 2) {
    for (int64_t start = 0; start < size; start += 2 * half) {
      for (int64_t k = 0; k < half; k++) {
        int64_t a = start + k, b = a + half, turn = k * (size / (2 * half));
        double re = real[b] * cosines[turn] + imaginary[b] * sines[turn];
        double im = imaginary[b] * cosines[turn] - real[b] * sines[turn];
        real[b] = real[a] - re;
        imaginary[b] = imaginary[a] - im;
        real[a] += re;
        imaginary[a] += im;
      }
    }
  }
}

snel_value snel_spectrogram(snel_row sound, double rate, double window, double hop, int64_t bands,
                            double low, double high) {
  int64_t samples = snel_nearest_step(window, 1 / rate), step = snel_nearest_step(hop, 1 / rate);
  if (samples < 1 || step < 1 || bands < 1 || !(low >= 0 && low < high)) {
    snel_problem("`spectrogram` wants a window and a hop of a sample at least, one band at least, and "
                 "`low` below `high`");
  }
  if (high > rate / 2) {
    snel_problem("`spectrogram` wants `high` to be half of `rate` at most");
  }
  int64_t size = 1, frames = sound.count / step;
  while (size < samples) {
    size *= 2;
  }
  double *hann = snel_room(samples, sizeof *hann);
  for (int64_t k = 0; k < samples; k++) {
    hann[k] = 0.5 - 0.5 * snel_cos_f64(2 * pi * ((double)k + 0.5) / (double)samples);
  }
  double *cosines = snel_room(size, sizeof *cosines), *sines = snel_room(size, sizeof *sines);
  for (int64_t k = 0; k < size / 2; k++) {
    cosines[k] = snel_cos_f64(2 * pi * (double)k / (double)size);
    sines[k] = snel_sin_f64(2 * pi * (double)k / (double)size);
  }
  double from = mel(low), width = (mel(high) - from) / (double)(bands + 1);
  double *place = snel_room(size / 2 + 1, sizeof *place);
  for (int64_t k = 0; k <= size / 2; k++) {
    place[k] = (mel((double)k * rate / (double)size) - from) / width;
  }
  double *real = snel_room(size, sizeof *real), *imaginary = snel_room(size, sizeof *imaginary);
  double *out = snel_room(frames * bands, sizeof *out);
  for (int64_t f = 0; f < frames; f++) {
    int64_t twice = (2 * f + 1) * step - samples;
    int64_t begin = twice >= 0 ? twice / 2 : -((1 - twice) / 2);
    for (int64_t k = 0; k < size; k++) {
      int64_t reversed = 0, sample = begin + k;
      for (int64_t bit = 1; bit < size; bit *= 2) {
        reversed = 2 * reversed + ((k & bit) == 0 ? 0 : 1);
      }
      bool inside = k < samples && sample >= 0 && sample < sound.count;
      real[reversed] = inside ? sound.at[sample] * hann[k] : 0;
      imaginary[reversed] = 0;
    }
    transform(real, imaginary, size, cosines, sines);
    for (int64_t b = 0; b < bands; b++) {
      double energy = 0;
      for (int64_t k = 0; k <= size / 2; k++) {
        double off = fabs(place[k] - (double)(b + 1));
        energy += (off < 1 ? 1 - off : 0) * (real[k] * real[k] + imaginary[k] * imaginary[k]);
      }
      double share = energy / ((double)samples * (double)samples);
      out[f * bands + b] = snel_log_f64(least + share) / snel_log_f64(10);
    }
  }
  int32_t *shape = snel_room(2, sizeof *shape);
  shape[0] = (int32_t)frames;
  shape[1] = (int32_t)bands;
  return snel_array_of(2, shape, out);
}
