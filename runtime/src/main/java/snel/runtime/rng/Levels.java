package snel.runtime.rng;

/// Random words become draws from a distribution of whole numbers: how many of the thresholds,
/// which are its cumulative probabilities, a word has reached.
public final class Levels {
  private Levels() {}

  /// Replaces `words[i]`, i in `from ..< to`, by the number of thresholds, rising and unsigned,
  /// that are not above it.
  public static void reach(int[] words, int from, int to, int[] thresholds) {
    for (int i = from; i < to; i++) {
      words[i] = reached(words[i], thresholds);
    }
  }

  static int reached(int word, int[] thresholds) {
    int low = 0;
    int high = thresholds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.compareUnsigned(word, thresholds[middle]) >= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
