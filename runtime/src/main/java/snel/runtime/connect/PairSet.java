package snel.runtime.connect;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// A set of numbers below a bound: one bit each where that is the smaller, else open addressing.
final class PairSet {
  static final PairSet NONE = new PairSet(new long[0], false);

  private final long[] cells;
  private final boolean bits;

  private PairSet(long[] cells, boolean bits) {
    this.cells = cells;
    this.bits = bits;
  }

  /// Room for `count` numbers below `bound`.
  static PairSet of(long bound, long count) {
    long slots = Math.max(16, Long.highestOneBit(Math.max(1, count + (count >> 1))) * 2);
    if ((bound >> 6) + 1 <= slots) {
      return new PairSet(new long[(int) ((bound >> 6) + 1)], true);
    }
    long[] cells = new long[(int) Math.min(slots, 1 << 30)];
    Arrays.fill(cells, -1);
    return new PairSet(cells, false);
  }

  /// Whether the number was not there yet.
  boolean add(long number) {
    if (bits) {
      int cell = (int) (number >> 6);
      long bit = 1L << number;
      boolean absent = (cells[cell] & bit) == 0;
      cells[cell] |= bit;
      return absent;
    }
    int mask = cells.length - 1;
    int slot = (int) ((number * 0x9E3779B97F4A7C15L) >>> 20) & mask;
    while (cells[slot] >= 0) {
      if (cells[slot] == number) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    cells[slot] = number;
    return true;
  }

  void forEach(LongConsumer action) {
    for (int cell = 0; cell < cells.length; cell++) {
      if (bits) {
        for (long rest = cells[cell]; rest != 0; rest &= rest - 1) {
          action.accept((long) cell << 6 | Long.numberOfTrailingZeros(rest));
        }
      } else if (cells[cell] >= 0) {
        action.accept(cells[cell]);
      }
    }
  }
}
