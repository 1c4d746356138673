package snel.runtime.kernel;

/// Sums of rows of bits: how many of some rows have each bit set. A projection of equal synapses is
/// such a matrix, a row a source; the sum is how many spikes reach each target.
///
/// Rows are added 64 targets at once, with full adders on words: a plane holds one binary digit of
/// every sum. At most [#MOST] rows are added so before the digits are put together and go into the
/// counts.
public final class BitRows {
  /// Rows of one pass: as many as seven digits can count.
  static final int MOST = 127;

  /// Rows that are added at once: their sum has its carries in place.
  static final int GROUP = 8;

  /// Length of the array `offsets` that callers lend.
  public static final int OFFSETS = MOST + 1;

  /// Length of the array `planes` that callers lend: enough for the widest vectors.
  public static final int DIGITS = 64;

  /// Words of a row are a multiple of this, so that vectors need no end of their own.
  private static final int WORDS_TOGETHER = 8;

  /// Every byte with each bit in a byte of its own.
  private static final long[] SPREAD = spread();

  private BitRows() {}

  private static long[] spread() {
    long[] spread = new long[256];
    for (int bits = 0; bits < spread.length; bits++) {
      for (int bit = 0; bit < 8; bit++) {
        spread[bits] |= (long) (bits >> bit & 1) << 8 * bit;
      }
    }
    return spread;
  }

  /// Words of a row of so many bits.
  public static int words(int targets) {
    return (targets + 64 * WORDS_TOGETHER - 1) / (64 * WORDS_TOGETHER) * WORDS_TOGETHER;
  }

  /// Words of a matrix: a row of zeros follows the rows, which fills up groups.
  public static long words(int sources, int targets) {
    return (sources + 1L) * words(targets);
  }

  /// Adds to `counts[at + j]`, for j in `from ..< to` (`from` a multiple of 512), how many of the
  /// rows `list[k] - first`, k in 0 ..< `count`, have bit j set. What lies outside 0 ..< `sources`
  /// has no row.
  public static void add(
      int[] counts,
      int at,
      long[] rows,
      int targets,
      int from,
      int to,
      int[] list,
      int count,
      int first,
      int sources,
      int[] offsets,
      long[] planes) {
    int words = words(targets);
    for (int done = 0; done < count; ) {
      done = chosen(list, done, count, first, sources, words, offsets);
      int chosen = offsets[MOST];
      int depth = Integer.SIZE - Integer.numberOfLeadingZeros(chosen);
      for (int word = from / 64; 64 * word < to && chosen > 0; word++) {
        sum(rows, offsets, chosen, word, planes);
        int end = Math.min(64 * word + 64, to);
        for (int eight = 64 * word; eight < end; eight += 8) {
          long sums = digits(planes, depth, eight);
          for (int j = eight; j < Math.min(eight + 8, end); j++) {
            counts[at + j] += (int) (sums & 0xFF);
            sums >>>= 8;
          }
        }
      }
    }
  }

  /// The same for narrow counts.
  public static void add(
      char[] counts,
      int at,
      long[] rows,
      int targets,
      int from,
      int to,
      int[] list,
      int count,
      int first,
      int sources,
      int[] offsets,
      long[] planes) {
    int words = words(targets);
    for (int done = 0; done < count; ) {
      done = chosen(list, done, count, first, sources, words, offsets);
      int chosen = offsets[MOST];
      int depth = Integer.SIZE - Integer.numberOfLeadingZeros(chosen);
      for (int word = from / 64; 64 * word < to && chosen > 0; word++) {
        sum(rows, offsets, chosen, word, planes);
        int end = Math.min(64 * word + 64, to);
        for (int eight = 64 * word; eight < end; eight += 8) {
          long sums = digits(planes, depth, eight);
          for (int j = eight; j < Math.min(eight + 8, end); j++) {
            counts[at + j] += (char) (sums & 0xFF);
            sums >>>= 8;
          }
        }
      }
    }
  }

  /// Notes where the rows of the next sources begin, with rows of zeros up to a whole group, and
  /// their number without those in the last element.
  ///
  /// @return how much of the list is done with
  static int chosen(
      int[] list, int done, int count, int first, int sources, int words, int[] offsets) {
    int chosen = 0;
    int next = done;
    while (next < count && chosen < MOST) {
      int source = list[next++] - first;
      if (source >= 0 && source < sources) {
        offsets[chosen++] = source * words;
      }
    }
    int end = chosen;
    while (end % GROUP != 0 && end < MOST) {
      offsets[end++] = sources * words;
    }
    offsets[MOST] = chosen;
    return next;
  }

  /// The digits of the sums of one word of the rows.
  private static void sum(long[] rows, int[] offsets, int count, int word, long[] planes) {
    long ones = 0;
    long twos = 0;
    long fours = 0;
    long eights = 0;
    long sixteens = 0;
    long thirtyTwos = 0;
    long sixtyFours = 0;
    int row = 0;
    for (; row + 4 <= count; row += 4) {
      long a = rows[offsets[row] + word];
      long b = rows[offsets[row + 1] + word];
      long twoA = ones & a | b & (ones | a);
      ones ^= a ^ b;
      a = rows[offsets[row + 2] + word];
      b = rows[offsets[row + 3] + word];
      long twoB = ones & a | b & (ones | a);
      ones ^= a ^ b;
      long carry = twos & twoA | twoB & (twos | twoA);
      twos ^= twoA ^ twoB;
      long next = fours & carry;
      fours ^= carry;
      carry = eights & next;
      eights ^= next;
      next = sixteens & carry;
      sixteens ^= carry;
      carry = thirtyTwos & next;
      thirtyTwos ^= next;
      sixtyFours ^= carry;
    }
    for (; row < count; row++) {
      long carry = rows[offsets[row] + word];
      long next = ones & carry;
      ones ^= carry;
      carry = twos & next;
      twos ^= next;
      next = fours & carry;
      fours ^= carry;
      carry = eights & next;
      eights ^= next;
      next = sixteens & carry;
      sixteens ^= carry;
      carry = thirtyTwos & next;
      thirtyTwos ^= next;
      sixtyFours ^= carry;
    }
    planes[0] = ones;
    planes[1] = twos;
    planes[2] = fours;
    planes[3] = eights;
    planes[4] = sixteens;
    planes[5] = thirtyTwos;
    planes[6] = sixtyFours;
  }

  /// The sums of eight targets of a word, a byte each.
  private static long digits(long[] planes, int depth, int from) {
    long sums = 0;
    for (int plane = depth - 1; plane >= 0; plane--) {
      sums = 2 * sums + SPREAD[(int) (planes[plane] >>> from & 0xFF)];
    }
    return sums;
  }
}
