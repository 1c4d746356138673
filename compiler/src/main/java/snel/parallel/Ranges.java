package snel.parallel;

import snel.ir.Stmt;

/// Which neurons of a population belong to which part: equal ranges of their numbers, whose limits
/// lie where vectors, cache lines and rows of bits begin.
///
/// @param least neurons that are worth dividing
record Ranges(int parts, int least) {
  private static final int CACHE_LINES = 64;

  /// From so many neurons on the limits suit rows of bits.
  private static final int MANY = 4 * Stmt.AddBits.TOGETHER;

  /// With fewer neurons each part would have less than a cache line of them.
  private static final int FEW = 2 * CACHE_LINES;

  boolean isDivided(long neurons) {
    return neurons >= least && neurons <= Integer.MAX_VALUE;
  }

  /// Where part `part` of so many neurons begins; part `parts` begins at their number.
  int start(int part, int neurons) {
    if (part == parts) {
      return neurons;
    }
    int unit = unit(neurons);
    long middle = (long) neurons * part / parts;
    return (int) Math.min(neurons, (middle + unit / 2) / unit * unit);
  }

  private static int unit(int neurons) {
    if (neurons >= MANY) {
      return Stmt.AddBits.TOGETHER;
    }
    return neurons >= FEW ? CACHE_LINES : Stmt.Words.TOGETHER;
  }

  int end(int part, int neurons) {
    return start(part + 1, neurons);
  }

  /// Whether the limits are such that rows of bits can be added up for each part.
  static boolean suitsBits(int neurons) {
    return neurons >= MANY;
  }
}
