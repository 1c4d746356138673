package snel.runtime.rng;

/// Fisher–Yates shuffles of an index list, a new one each epoch.
public final class Shuffle {
  private Shuffle() {}

  /// Fills `out` with the numbers 0 to `out.length` - 1 in the order of this epoch: for m from the
  /// last place down, swap with place `mulhi64(u_d, m + 1)`.
  public static void fill(int seed, int stream, int epoch, int[] out) {
    int n = out.length;
    for (int k = 0; k < n; k++) {
      out[k] = k;
    }
    long d = 0;
    for (int m = n - 1; m >= 1; m--) {
      long number = Philox.sequence(seed, stream, d++, 0, epoch, 0);
      int other = (int) Words.below(number, m + 1L);
      int kept = out[m];
      out[m] = out[other];
      out[other] = kept;
    }
  }
}
