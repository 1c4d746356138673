package snel.runtime.schedule;

import snel.runtime.numeric.F64;
import snel.runtime.rng.Distributions;
import snel.runtime.rng.Philox;
import snel.runtime.rng.Shuffle;
import snel.runtime.rng.Words;

/// Random numbers of protocols. Element i of evaluation q uses word `i & 3` of the counter (i >> 2,
/// 0, q, 0); a distribution that needs a sequence that of element i with c2 = q. What is drawn
/// again has the number of the redraw as c3.
public final class Draws {
  private static final int TRIES = 64;

  private Draws() {}

  /// What a draw must lie between, both included; infinite where there is no bound.
  public record Bounds(double low, double high) {
    private boolean isOutside(double value) {
      return value < low || value > high;
    }

    private double clipped(double value) {
      return value > high ? high : value < low ? low : value;
    }
  }

  /// Parameters: (low, high), (mean, sd), (probability), (mean, sd), (mean, sd), (mean), (mean,
  /// sd), (number, probability).
  public enum Distribution {
    UNIFORM,
    NORMAL,
    BERNOULLI,
    LOGNORMAL,
    EXPONENTIAL,
    GAMMA,
    BINOMIAL
  }

  /// An array of this shape; one number where it is empty.
  public static Value draw(
      Distribution distribution,
      double[] parameters,
      Bounds bounds,
      int[] shape,
      int seed,
      int stream,
      int evaluation) {
    int size = 1;
    for (int length : shape) {
      size *= length;
    }
    double[] drawn = new double[size];
    for (int i = 0; i < size; i++) {
      double value = element(distribution, parameters, seed, stream, i, evaluation, 0);
      for (int redraw = 1; redraw < TRIES && bounds.isOutside(value); redraw++) {
        value = element(distribution, parameters, seed, stream, i, evaluation, redraw);
      }
      drawn[i] = bounds.clipped(value);
    }
    if (shape.length > 0) {
      return new Value.Array(shape, drawn);
    }
    return distribution == Distribution.BERNOULLI
        ? Value.of(drawn[0] != 0)
        : new Value.Real(drawn[0]);
  }

  private static double element(
      Distribution distribution,
      double[] given,
      int seed,
      int stream,
      int i,
      int evaluation,
      int redraw) {
    return switch (distribution) {
      case GAMMA -> {
        double ratio = given[0] / given[1];
        double shape = ratio * ratio;
        yield Distributions.gamma(seed, stream, i, evaluation, redraw, shape) * (given[1] / ratio);
      }
      case BINOMIAL ->
          Distributions.binomial(seed, stream, i, evaluation, redraw, given[0], given[1]);
      case UNIFORM, NORMAL, BERNOULLI, LOGNORMAL, EXPONENTIAL ->
          one(distribution, given, Philox.word(seed, stream, i >> 2, 0, evaluation, redraw, i & 3));
    };
  }

  private static double one(Distribution distribution, double[] given, int word) {
    return switch (distribution) {
      case UNIFORM -> given[0] + (given[1] - given[0]) * Words.uniformDouble(word);
      case NORMAL -> given[0] + given[1] * F64.normal(word);
      case BERNOULLI -> Words.event(word, Words.threshold(given[0])) ? 1 : 0;
      case LOGNORMAL -> {
        double spread = given[1] / given[0];
        double variance = F64.log1p(spread * spread);
        double mean = F64.log(given[0]) - variance / 2;
        yield F64.exp(mean + Math.sqrt(variance) * F64.normal(word));
      }
      case EXPONENTIAL -> -given[0] * F64.log1p(-Words.uniformDouble(word));
      case GAMMA, BINOMIAL -> throw new IllegalArgumentException("one word is not enough");
    };
  }

  /// A stream or list in the order of this epoch.
  public static Value shuffled(Value stream, int seed, int random, int epoch) {
    int[] places = new int[stream.size()];
    Shuffle.fill(seed, random, epoch, places);
    return Library.picked(stream, places);
  }
}
