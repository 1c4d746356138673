package snel.runtime.schedule;

import snel.runtime.numeric.F64;
import snel.runtime.rng.Philox;
import snel.runtime.rng.Shuffle;
import snel.runtime.rng.Words;

/// Random numbers of protocols. Element i of evaluation q uses word `i & 3` of the counter (i >> 2,
/// 0, q, 0).
public final class Draws {
  private Draws() {}

  /// Parameters: (low, high), (mean, sd), (probability), (mean, sd), (mean, sd), (mean).
  public enum Distribution {
    UNIFORM,
    NORMAL,
    BERNOULLI,
    LOGNORMAL,
    EXPONENTIAL
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
      int word = Philox.word(seed, stream, i >> 2, 0, evaluation, 0, i & 3);
      drawn[i] = one(distribution, parameters, word);
    }
    if (shape.length > 0) {
      return new Value.Array(shape, drawn);
    }
    return distribution == Distribution.BERNOULLI
        ? Value.of(drawn[0] != 0)
        : new Value.Real(drawn[0]);
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
    };
  }

  /// A stream or list in the order of this epoch.
  public static Value shuffled(Value stream, int seed, int random, int epoch) {
    int[] places = new int[stream.size()];
    Shuffle.fill(seed, random, epoch, places);
    return Library.picked(stream, places);
  }
}
