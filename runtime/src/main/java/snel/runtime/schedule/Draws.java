package snel.runtime.schedule;

import snel.runtime.numeric.F64;
import snel.runtime.rng.Distributions;
import snel.runtime.rng.Philox;
import snel.runtime.rng.Shuffle;
import snel.runtime.rng.Words;

/// Random numbers of protocols. Element i of evaluation q uses word `i & 3` of the counter (i >> 2,
/// 0, q, 0); a distribution that needs a sequence that of element i with c2 = q.
public final class Draws {
  private Draws() {}

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
      drawn[i] =
          switch (distribution) {
            case GAMMA -> gamma(parameters[0], parameters[1], seed, stream, i, evaluation);
            case BINOMIAL ->
                Distributions.binomial(
                    seed, stream, i, evaluation, 0, parameters[0], parameters[1]);
            case UNIFORM, NORMAL, BERNOULLI, LOGNORMAL, EXPONENTIAL ->
                one(
                    distribution,
                    parameters,
                    Philox.word(seed, stream, i >> 2, 0, evaluation, 0, i & 3));
          };
    }
    if (shape.length > 0) {
      return new Value.Array(shape, drawn);
    }
    return distribution == Distribution.BERNOULLI
        ? Value.of(drawn[0] != 0)
        : new Value.Real(drawn[0]);
  }

  private static double gamma(double mean, double sd, int seed, int stream, int i, int evaluation) {
    double ratio = mean / sd;
    return Distributions.gamma(seed, stream, i, evaluation, 0, ratio * ratio) * (sd / ratio);
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
