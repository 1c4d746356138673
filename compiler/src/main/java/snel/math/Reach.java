package snel.math;

/// Which states of a linear system act on which others in time.
public final class Reach {
  private Reach() {}

  /// True at (i, j) where i is j or a chain of true elements of `direct` leads from i to j.
  public static boolean[][] of(boolean[][] direct) {
    int size = direct.length;
    boolean[][] reach = new boolean[size][];
    for (int i = 0; i < size; i++) {
      reach[i] = direct[i].clone();
      reach[i][i] = true;
    }
    for (int k = 0; k < size; k++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          reach[i][j] |= reach[i][k] && reach[k][j];
        }
      }
    }
    return reach;
  }
}
