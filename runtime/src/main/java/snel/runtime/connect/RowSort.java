package snel.runtime.connect;

/// Sorts rows of targets, one after the other: a bit for each target that has come, and a count for
/// those that have come again, which few have.
final class RowSort {
  /// With fewer targets in a word of bits there is more to look through than to compare.
  private static final int LEAST_PER_WORD = 1;

  private final long[] come;
  private final int[] again;

  RowSort(int targets) {
    this.come = new long[(targets + Long.SIZE - 1) / Long.SIZE];
    this.again = new int[targets];
  }

  /// Whether rows of this length are sorted so.
  boolean suits(int length) {
    return length >= LEAST_PER_WORD * come.length;
  }

  void add(int target) {
    long bit = 1L << target;
    int word = target / Long.SIZE;
    if ((come[word] & bit) != 0) {
      again[target]++;
    }
    come[word] |= bit;
  }

  /// Lists what has come from `first` on, and forgets it.
  void take(int first, Targets to) {
    int place = first;
    for (int word = 0; word < come.length; word++) {
      for (long left = come[word]; left != 0; left &= left - 1) {
        int target = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        to.set(place++, target);
        for (; again[target] > 0; again[target]--) {
          to.set(place++, target);
        }
      }
      come[word] = 0;
    }
  }
}
