package snel.runtime.connect;

import java.util.Arrays;

/// The target of each synapse, in 16 bits where that is enough.
public final class Targets {
  /// Populations up to this size have indices of 16 bits.
  private static final int MOST_NARROW = 1 << 16;

  private static final char[] NO_CHARS = {};
  private static final int[] NO_INTS = {};

  private final boolean isNarrow;
  private final char[] narrow;
  private final int[] wide;

  private Targets(boolean isNarrow, char[] narrow, int[] wide) {
    this.isNarrow = isNarrow;
    this.narrow = narrow;
    this.wide = wide;
  }

  /// Room for a number of synapses onto so many targets, checked.
  static Targets room(long synapses, int targets) {
    if (synapses > Csr.MOST) {
      throw new IllegalArgumentException(synapses + " synapses: more than one projection holds");
    }
    return targets <= MOST_NARROW
        ? new Targets(true, new char[(int) synapses], NO_INTS)
        : new Targets(false, NO_CHARS, new int[(int) synapses]);
  }

  /// The first `count` of these.
  static Targets of(int[] target, int count, int targets) {
    Targets made = room(count, targets);
    made.setRow(0, target, count);
    return made;
  }

  public int length() {
    return isNarrow ? narrow.length : wide.length;
  }

  public int get(int synapse) {
    return isNarrow ? narrow[synapse] : wide[synapse];
  }

  void set(int synapse, int target) {
    if (isNarrow) {
      narrow[synapse] = (char) target;
    } else {
      wide[synapse] = target;
    }
  }

  /// Sets the synapses from `start` on to the first `count` of these.
  void setRow(int start, int[] row, int count) {
    if (isNarrow) {
      for (int k = 0; k < count; k++) {
        narrow[start + k] = (char) row[k];
      }
    } else {
      System.arraycopy(row, 0, wide, start, count);
    }
  }

  /// Sorts the synapses in `from ..< to`.
  void sort(int from, int to, RowSort sort) {
    if (sort.suits(to - from)) {
      for (int s = from; s < to; s++) {
        sort.add(get(s));
      }
      sort.take(from, this);
    } else if (isNarrow) {
      Arrays.sort(narrow, from, to);
    } else {
      Arrays.sort(wide, from, to);
    }
  }

  /// `char[]` or `int[]`, not a copy.
  public Object array() {
    return isNarrow ? narrow : wide;
  }

  public int[] toArray() {
    int[] all = new int[length()];
    Arrays.setAll(all, this::get);
    return all;
  }
}
