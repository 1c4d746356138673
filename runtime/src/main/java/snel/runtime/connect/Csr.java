package snel.runtime.connect;

import java.util.Arrays;

/// Synapses as compressed rows, in the order (source, target, multapse): those of source i are
/// `rowStart[i] ..< rowStart[i + 1]`.
///
/// @param rowStart one more than there are sources
/// @param target of each synapse
/// @param shared of each synapse, its place in a shared kernel or in a list of edges; empty if the
///   rule has none
public record Csr(int[] rowStart, Targets target, int[] shared) {
  private static final int[] NONE = {};

  /// What one array can hold.
  static final long MOST = Integer.MAX_VALUE - 8;

  public Csr {
    if (rowStart[rowStart.length - 1] != target.length()) {
      throw new IllegalArgumentException("rows end before their synapses");
    }
  }

  static Csr of(int[] rowStart, Targets target) {
    return new Csr(rowStart, target, NONE);
  }

  public int sources() {
    return rowStart.length - 1;
  }

  public int count() {
    return target.length();
  }

  /// r of each synapse: how many of its source and target come before it.
  public int[] multapse() {
    int[] result = new int[count()];
    for (int source = 0; source < sources(); source++) {
      for (int s = rowStart[source] + 1; s < rowStart[source + 1]; s++) {
        result[s] = target.get(s) == target.get(s - 1) ? result[s - 1] + 1 : 0;
      }
    }
    return result;
  }

  /// Turns counts at `rowStart[i + 1]` into places; returns their sum.
  public static long accumulate(int[] rowStart) {
    long sum = 0;
    for (int row = 1; row < rowStart.length; row++) {
      sum += rowStart[row];
      if (sum > MOST) {
        throw new IllegalArgumentException(sum + " synapses: more than one projection holds");
      }
      rowStart[row] = (int) sum;
    }
    return sum;
  }

  /// For filling rows in any order: the next place of each.
  static int[] cursors(int[] rowStart) {
    return Arrays.copyOf(rowStart, rowStart.length - 1);
  }
}
