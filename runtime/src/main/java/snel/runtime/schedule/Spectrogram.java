package snel.runtime.schedule;

import snel.runtime.kernel.ProblemKind;

/// The logarithm of the energy of a sound in bands of equal width on the mel scale, frame by frame
/// (Davis & Mermelstein 1980, doi:10.1109/TASSP.1980.1163420). Times are in ms, rates in kHz.
public final class Spectrogram {
  private static final double LEAST = 1e-6;

  private final int window;
  private final int size;
  private final double[] hann;
  private final double[] cosines;
  private final double[] sines;
  private final double[] real;
  private final double[] imaginary;

  private Spectrogram(int window) {
    this.window = window;
    int power = 1;
    while (power < window) {
      power *= 2;
    }
    size = power;
    hann = new double[window];
    for (int k = 0; k < window; k++) {
      hann[k] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * (k + 0.5) / window);
    }
    cosines = new double[size / 2];
    sines = new double[size / 2];
    for (int k = 0; k < size / 2; k++) {
      cosines[k] = StrictMath.cos(2 * Math.PI * k / size);
      sines[k] = StrictMath.sin(2 * Math.PI * k / size);
    }
    real = new double[size];
    imaginary = new double[size];
  }

  /// [frames, bands]; frame k is centred in the k-th hop.
  public static Value of(
      double[] sound, double rate, double window, double hop, int bands, double low, double high) {
    int samples = (int) Grid.nearest(window, 1 / rate);
    int step = (int) Grid.nearest(hop, 1 / rate);
    if (samples < 1 || step < 1 || bands < 1 || !(low >= 0 && low < high)) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "`spectrogram` wants a window and a hop of a sample at least, one band at least, and `low`"
              + " below `high`");
    }
    if (high > rate / 2) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "`spectrogram` wants `high` to be half of `rate` at most: a sound at "
              + NumberText.of(rate)
              + " kHz holds nothing above "
              + NumberText.of(rate / 2)
              + " kHz");
    }
    Spectrogram transform = new Spectrogram(samples);
    double[][] weights = transform.bands(rate, bands, low, high);
    int frames = sound.length / step;
    double[] out = new double[frames * bands];
    for (int f = 0; f < frames; f++) {
      transform.frame(sound, Math.floorDiv((2 * f + 1) * step - samples, 2));
      for (int b = 0; b < bands; b++) {
        double energy = 0;
        for (int k = 0; k < weights[b].length; k++) {
          if (weights[b][k] == 0) {
            continue;
          }
          double square =
              transform.real[k] * transform.real[k]
                  + transform.imaginary[k] * transform.imaginary[k];
          energy += weights[b][k] * square;
        }
        double share = energy / ((double) samples * samples);
        out[f * bands + b] = StrictMath.log(LEAST + share) / StrictMath.log(10);
      }
    }
    return new Value.Array(new int[] {frames, bands}, out);
  }

  private static double mel(double frequency) {
    return StrictMath.log(1 + frequency / 0.7);
  }

  /// For each band the weights of the frequencies 0 .. size / 2: a triangle between the middles of
  /// its neighbours.
  private double[][] bands(double rate, int bands, double low, double high) {
    double from = mel(low);
    double width = (mel(high) - from) / (bands + 1);
    double[][] weights = new double[bands][size / 2 + 1];
    for (int b = 0; b < bands; b++) {
      for (int k = 0; k < weights[b].length; k++) {
        double off = (mel(k * rate / size) - from) / width - (b + 1);
        weights[b][k] = Math.max(0, 1 - Math.abs(off));
      }
    }
    return weights;
  }

  /// Leaves in `real` and `imaginary` the transform of the frame that begins at this sample.
  private void frame(double[] sound, int begin) {
    boolean silent = true;
    for (int k = 0; k < size; k++) {
      int place = reversed(k);
      int sample = begin + k;
      boolean inside = k < window && sample >= 0 && sample < sound.length;
      real[place] = inside ? sound[sample] * hann[k] : 0;
      imaginary[place] = 0;
      silent &= real[place] == 0;
    }
    if (silent) {
      return;
    }
    for (int half = 1; half < size; half *= 2) {
      for (int start = 0; start < size; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          butterfly(start + k, start + k + half, k * (size / (2 * half)));
        }
      }
    }
  }

  private void butterfly(int a, int b, int turn) {
    double re = real[b] * cosines[turn] + imaginary[b] * sines[turn];
    double im = imaginary[b] * cosines[turn] - real[b] * sines[turn];
    real[b] = real[a] - re;
    imaginary[b] = imaginary[a] - im;
    real[a] += re;
    imaginary[a] += im;
  }

  private int reversed(int k) {
    int place = 0;
    for (int bit = 1; bit < size; bit *= 2) {
      place = 2 * place + ((k & bit) == 0 ? 0 : 1);
    }
    return place;
  }
}
