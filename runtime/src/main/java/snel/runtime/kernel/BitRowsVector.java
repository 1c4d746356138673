package snel.runtime.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.UMIN;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// [BitRows] in vectors of words: the same counts.
///
/// A column of the matrix as wide as a vector is summed over all rows before the next one, its
/// digits in registers.
public final class BitRowsVector {
  private static final VectorSpecies<Long> WORDS = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final int WIDTH = WORDS.length();
  private static final int TARGETS = 64 * WIDTH;

  private static final long[] WARM_ROWS = new long[WIDTH];
  private static final int[] WARM_OFFSETS = new int[4 * BitRows.GROUP];
  private static final long[] WARM_PLANES = new long[BitRows.DIGITS];
  private static final int[] WARM_INTS = new int[TARGETS];
  private static final char[] WARM_CHARS = new char[TARGETS];

  private static int warmed;

  /// The methods that do loops in vectors, for [#warmUp].
  public static final int SUM = 0;

  public static final int COUNT = 1;
  public static final int COUNT_NARROW = 2;

  /// Without AVX-512 masks are vectors, and to make one of bits takes longer than to do without.
  private static final boolean HAS_MASKS = WORDS.vectorBitSize() == 512;

  /// In each lane the bit of its number.
  private static final IntVector INT_BITS =
      IntVector.broadcast(INTS, 1).lanewise(LSHL, IntVector.zero(INTS).addIndex(1));

  private static final ShortVector SHORT_BITS =
      ShortVector.broadcast(SHORTS, (short) 1).lanewise(LSHL, ShortVector.zero(SHORTS).addIndex(1));

  private BitRowsVector() {}

  /// See [BitRows#add].
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
    int words = BitRows.words(targets);
    for (int done = 0; done < count; ) {
      done = BitRows.chosen(list, done, count, first, sources, words, offsets);
      int chosen = offsets[BitRows.MOST];
      int depth = depth(chosen);
      int end = end(offsets, chosen, sources * words);
      for (int column = from / 64; 64 * column < to && chosen > 0; column += WIDTH) {
        sum(rows, offsets, 0, end, column, planes);
        int here = Math.min(TARGETS, to - 64 * column);
        int whole = here - here % INTS.length();
        addDigits(counts, at + 64 * column, planes, depth, 0, whole);
        for (int j = whole; j < here; j++) {
          counts[at + 64 * column + j] += digits(planes, depth, j);
        }
      }
    }
  }

  /// See [BitRows#add].
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
    int words = BitRows.words(targets);
    for (int done = 0; done < count; ) {
      done = BitRows.chosen(list, done, count, first, sources, words, offsets);
      int chosen = offsets[BitRows.MOST];
      int depth = depth(chosen);
      int end = end(offsets, chosen, sources * words);
      for (int column = from / 64; 64 * column < to && chosen > 0; column += WIDTH) {
        sum(rows, offsets, 0, end, column, planes);
        int here = Math.min(TARGETS, to - 64 * column);
        int whole = here - here % SHORTS.length();
        addDigits(counts, at + 64 * column, planes, depth, 0, whole);
        for (int j = whole; j < here; j++) {
          counts[at + 64 * column + j] += (char) digits(planes, depth, j);
        }
      }
    }
  }

  /// Digits of a sum of so many rows, or two. A loop over one of them does not go on to a second,
  /// which the just-in-time compiler would make a condition of the loop over targets around it, for
  /// as a rule it does.
  private static int depth(int rows) {
    return Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(rows));
  }

  /// Whole groups; the place of the number becomes a row of zeros like those before it.
  private static int end(int[] offsets, int chosen, int zeros) {
    offsets[BitRows.MOST] = zeros;
    return (chosen + BitRows.GROUP - 1) / BitRows.GROUP * BitRows.GROUP;
  }

  /// The digits of the sum of a column: words `column ..< column + WIDTH` of the rows at
  /// `offsets[from ..< to]`, a multiple of eight.
  private static void sum(long[] rows, int[] offsets, int from, int to, int column, long[] planes) {
    int at = from;
    while (at > to) {
      at--;
    }
    if (at == to) {
      return;
    }
    LongVector ones = LongVector.zero(WORDS);
    LongVector twos = ones;
    LongVector fours = ones;
    LongVector eights = ones;
    LongVector sixteens = ones;
    LongVector thirtyTwos = ones;
    LongVector sixtyFours = ones;
    for (; at < to; at += BitRows.GROUP) {
      LongVector a = LongVector.fromArray(WORDS, rows, offsets[at] + column);
      LongVector b = LongVector.fromArray(WORDS, rows, offsets[at + 1] + column);
      LongVector twoA = ones.lanewise(AND, a).lanewise(OR, b.lanewise(AND, ones.lanewise(OR, a)));
      ones = ones.lanewise(XOR, a).lanewise(XOR, b);
      a = LongVector.fromArray(WORDS, rows, offsets[at + 2] + column);
      b = LongVector.fromArray(WORDS, rows, offsets[at + 3] + column);
      LongVector twoB = ones.lanewise(AND, a).lanewise(OR, b.lanewise(AND, ones.lanewise(OR, a)));
      ones = ones.lanewise(XOR, a).lanewise(XOR, b);
      LongVector fourA =
          twos.lanewise(AND, twoA).lanewise(OR, twoB.lanewise(AND, twos.lanewise(OR, twoA)));
      twos = twos.lanewise(XOR, twoA).lanewise(XOR, twoB);
      a = LongVector.fromArray(WORDS, rows, offsets[at + 4] + column);
      b = LongVector.fromArray(WORDS, rows, offsets[at + 5] + column);
      twoA = ones.lanewise(AND, a).lanewise(OR, b.lanewise(AND, ones.lanewise(OR, a)));
      ones = ones.lanewise(XOR, a).lanewise(XOR, b);
      a = LongVector.fromArray(WORDS, rows, offsets[at + 6] + column);
      b = LongVector.fromArray(WORDS, rows, offsets[at + 7] + column);
      twoB = ones.lanewise(AND, a).lanewise(OR, b.lanewise(AND, ones.lanewise(OR, a)));
      ones = ones.lanewise(XOR, a).lanewise(XOR, b);
      LongVector fourB =
          twos.lanewise(AND, twoA).lanewise(OR, twoB.lanewise(AND, twos.lanewise(OR, twoA)));
      twos = twos.lanewise(XOR, twoA).lanewise(XOR, twoB);
      LongVector carry =
          fours.lanewise(AND, fourA).lanewise(OR, fourB.lanewise(AND, fours.lanewise(OR, fourA)));
      fours = fours.lanewise(XOR, fourA).lanewise(XOR, fourB);
      LongVector next = eights.lanewise(AND, carry);
      eights = eights.lanewise(XOR, carry);
      carry = sixteens.lanewise(AND, next);
      sixteens = sixteens.lanewise(XOR, next);
      next = thirtyTwos.lanewise(AND, carry);
      thirtyTwos = thirtyTwos.lanewise(XOR, carry);
      sixtyFours = sixtyFours.lanewise(XOR, next);
    }
    ones.intoArray(planes, 0);
    twos.intoArray(planes, WIDTH);
    fours.intoArray(planes, 2 * WIDTH);
    eights.intoArray(planes, 3 * WIDTH);
    sixteens.intoArray(planes, 4 * WIDTH);
    thirtyTwos.intoArray(planes, 5 * WIDTH);
    sixtyFours.intoArray(planes, 6 * WIDTH);
  }

  /// Adds the sums with these digits to `counts[at + j]`, j in `from ..< to`, a multiple of the
  /// lanes.
  private static void addDigits(int[] counts, int at, long[] planes, int depth, int from, int to) {
    int j = from;
    while (j > to) {
      j--;
    }
    if (j == to) {
      return;
    }
    IntVector one = IntVector.broadcast(INTS, 1);
    for (; j < to; j += INTS.length()) {
      IntVector sum = IntVector.zero(INTS);
      for (int plane = depth - 1; plane >= 0; plane--) {
        long bits = planes[plane * WIDTH + (j >> 6)] >>> j;
        sum = sum.lanewise(ADD, sum);
        if (HAS_MASKS) {
          sum = sum.lanewise(ADD, one, VectorMask.fromLong(INTS, bits));
        } else {
          IntVector own = IntVector.broadcast(INTS, (int) bits).lanewise(AND, INT_BITS);
          sum = sum.lanewise(ADD, own.lanewise(UMIN, one));
        }
      }
      IntVector.fromArray(INTS, counts, at + j).add(sum).intoArray(counts, at + j);
    }
  }

  private static void addDigits(char[] counts, int at, long[] planes, int depth, int from, int to) {
    int j = from;
    while (j > to) {
      j--;
    }
    if (j == to) {
      return;
    }
    ShortVector one = ShortVector.broadcast(SHORTS, (short) 1);
    for (; j < to; j += SHORTS.length()) {
      ShortVector sum = ShortVector.zero(SHORTS);
      for (int plane = depth - 1; plane >= 0; plane--) {
        long bits = planes[plane * WIDTH + (j >> 6)] >>> j;
        sum = sum.lanewise(ADD, sum);
        if (HAS_MASKS) {
          sum = sum.lanewise(ADD, one, VectorMask.fromLong(SHORTS, bits));
        } else {
          ShortVector own = ShortVector.broadcast(SHORTS, (short) bits).lanewise(AND, SHORT_BITS);
          sum = sum.lanewise(ADD, own.lanewise(UMIN, one));
        }
      }
      ShortVector.fromCharArray(SHORTS, counts, at + j).add(sum).intoCharArray(counts, at + j);
    }
  }

  private static int digits(long[] planes, int depth, int j) {
    int sum = 0;
    for (int plane = depth - 1; plane >= 0; plane--) {
      sum = 2 * sum + (int) (planes[plane * WIDTH + (j >> 6)] >>> j & 1);
    }
    return sum;
  }

  /// What [VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    switch (method) {
      case SUM -> sum(WARM_ROWS, WARM_OFFSETS, from, to * BitRows.GROUP, 0, WARM_PLANES);
      case COUNT -> addDigits(WARM_INTS, 0, WARM_PLANES, warmDepth(), from, to * INTS.length());
      default -> addDigits(WARM_CHARS, 0, WARM_PLANES, warmDepth(), from, to * SHORTS.length());
    }
  }

  /// Every depth in turn, as sums have it.
  private static int warmDepth() {
    return 2 + warmed++ % (depth(BitRows.MOST) - 1);
  }
}
