package snel.runtime.kernel;

/// Lists of lanes of vectors, by bits: for processors that cannot compress vectors at once.
public final class LaneLists {
  /// Lanes that there are lists for.
  public static final int LANES = 8;

  /// The lanes whose bits are set in b, from `b *` [#LANES] on, and 0 behind the last of them.
  public static final int[] TABLE = new int[LANES << LANES];

  static {
    for (int bits = 0; bits < 1 << LANES; bits++) {
      int at = bits * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        if ((bits >> lane & 1) != 0) {
          TABLE[at] = lane;
          at++;
        }
      }
    }
  }

  private LaneLists() {}
}
