package snel.runtime.kernel;

/// Lists of lanes of vectors, by bits, for processors that cannot compress vectors at once; and
/// room for lists that are written by whole vectors. Each user has one of its own.
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

  /// Lanes of the widest vector.
  private static final int WIDEST = 16;

  private int[] room = {};

  /// At least so many elements, and a vector more.
  public int[] room(int elements) {
    if (room.length < elements + WIDEST) {
      room = new int[elements + WIDEST];
    }
    return room;
  }
}
