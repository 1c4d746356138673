package snel.runtime.kernel;

/// Copies of rows of a matrix that are read again and again while nothing changes them. They lie
/// where vectors want them, each at the beginning of a cache line, and side by side: rows of an
/// array on the heap take twice as long to read.
public final class RowCache {
  /// More copies than this would not stay in a cache of the processor.
  private static final int MOST_BYTES = 2 << 20;

  /// A copy read fewer times on average is not worth it.
  private static final int LEAST_USES = 4;

  /// Whether copies would be worth it is seen again after so many epochs without.
  private static final int PATIENCE = 64;

  private final long[] epoch;
  private final int width;
  private final int stride;
  private final int most;
  private long[] copied = {};
  private long[] places = {};
  private long memory;
  private long now = -1;
  private int copies;
  private long uses;
  private boolean on = true;
  private int off;

  /// @param epoch counted up by whoever may have changed a row
  /// @param width elements of a row
  public RowCache(long[] epoch, int width) {
    this.epoch = epoch;
    this.width = width;
    this.stride = (width * Float.BYTES + LineStart.LINE - 1) / LineStart.LINE * LineStart.LINE;
    this.most = MOST_BYTES / stride;
  }

  /// Replaces the places of rows in the matrix by the addresses of their copies.
  ///
  /// @return false if there are none, and `offsets` is to be used
  boolean find(float[] rows, int[] offsets, int count, long[] addresses) {
    if (now != epoch[0]) {
      begin(rows.length / width);
    }
    if (!on) {
      return false;
    }
    uses += count;
    for (int k = 0; k < count; k++) {
      int row = offsets[k] / width;
      if (row * width != offsets[k]) {
        on = false;
        return false;
      }
      if (copied[row] != now) {
        if (copies == most) {
          on = false;
          return false;
        }
        copied[row] = now;
        places[row] = memory + (long) copies++ * stride;
        OffHeap.copy(rows, offsets[k], places[row], width);
      }
      addresses[k] = places[row];
    }
    return true;
  }

  private void begin(int rows) {
    if (copied.length == 0) {
      copied = new long[rows];
      places = new long[rows];
      java.util.Arrays.fill(copied, -1);
      memory = OffHeap.allocate((long) Math.min(rows, most) * stride);
    }
    boolean worth = on && uses >= (long) LEAST_USES * copies;
    on = worth || ++off > PATIENCE;
    off = on ? 0 : off;
    now = epoch[0];
    copies = 0;
    uses = 0;
  }
}
