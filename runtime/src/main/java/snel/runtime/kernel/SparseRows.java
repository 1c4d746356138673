package snel.runtime.kernel;

/// Adds the weights of a row of synapses to the sums of its targets, one by one.
///
/// As a method of the library it is compiled before the first spikes: kernels are compiled while a
/// network runs.
public final class SparseRows {
  /// The loops that [#warmUp] knows: targets of 16 and of 32 bits.
  public static final int NARROW = 0;

  public static final int WIDE = 1;

  /// Rows shorter than this are not worth a call.
  public static final int LEAST = 64;

  private static final int WARM_LENGTH = 128;
  private static final float[] WARM_SUMS = new float[WARM_LENGTH];
  private static final float[] WARM_WEIGHTS = new float[WARM_LENGTH];
  private static final char[] WARM_NARROW = new char[WARM_LENGTH];
  private static final int[] WARM_WIDE = new int[WARM_LENGTH];

  private SparseRows() {}

  /// `sums[target[s]] += weights[s]` for the synapses from one up to another.
  public static void add(float[] sums, float[] weights, char[] target, int from, int to) {
    int s = from;
    while (s > to) {
      s--;
    }
    if (s == to) {
      return;
    }
    for (; s < to; s++) {
      sums[target[s]] += weights[s];
    }
  }

  /// The same for targets of 32 bits.
  public static void add(float[] sums, float[] weights, int[] target, int from, int to) {
    int s = from;
    while (s > to) {
      s--;
    }
    if (s == to) {
      return;
    }
    for (; s < to; s++) {
      sums[target[s]] += weights[s];
    }
  }

  /// What [VectorLoops#warmUp] is to do for a method. A loop that had only been gone through twice
  /// would be compiled as a short one.
  public static void warmUp(int method, int from, int to) {
    int end = from < to ? WARM_LENGTH : to;
    if (method == NARROW) {
      add(WARM_SUMS, WARM_WEIGHTS, WARM_NARROW, from, end);
    } else {
      add(WARM_SUMS, WARM_WEIGHTS, WARM_WIDE, from, end);
    }
  }
}
