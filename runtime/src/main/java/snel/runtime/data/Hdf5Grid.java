package snel.runtime.data;

/// The chunks of an array, counted.
///
/// @param axes of the array, the fastest last
/// @param lengths of the array; the one of the first of `axes` is not looked at
/// @param chunk the lengths of a chunk
record Hdf5Grid(int[] axes, long[] lengths, int[] chunk) {
  private long count(int axis) {
    return Math.ceilDiv(lengths[axis], chunk[axis]);
  }

  /// How many there are.
  long size() {
    long size = 1;
    for (int axis : axes) {
      size = Math.multiplyExact(size, count(axis));
    }
    return size;
  }

  /// Where chunk number `index` begins.
  long[] offset(long index) {
    long[] offset = new long[axes.length];
    long rest = index;
    for (int k = axes.length - 1; k > 0; k--) {
      long count = count(axes[k]);
      offset[axes[k]] = rest % count * chunk[axes[k]];
      rest /= count;
    }
    offset[axes[0]] = Math.multiplyExact(rest, (long) chunk[axes[0]]);
    return offset;
  }

  /// The number of the chunk that begins at `offset`.
  long index(long[] offset) {
    long index = offset[axes[0]] / chunk[axes[0]];
    for (int k = 1; k < axes.length; k++) {
      index =
          Math.addExact(
              Math.multiplyExact(index, count(axes[k])), offset[axes[k]] / chunk[axes[k]]);
    }
    return index;
  }
}
