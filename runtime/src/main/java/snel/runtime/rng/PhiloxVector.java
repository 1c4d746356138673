package snel.runtime.rng;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// [Philox#fill] in vectors: the same words, a fifth of the time once compiled (see
/// [snel.runtime.kernel.WarmUp]).
///
/// A lane holds one word of one block as a long, for the multiplications are 32 by 32 bits wide.
/// Two vectors of blocks go side by side, so that one is worked on while the other waits for a
/// product.
///
/// A product of longs takes several instructions and one of 32 by 32 bits a single one, which the
/// just-in-time compiler uses where both factors come straight out of a shift down by 32 bits, or
/// of an `and` with the constant [#LOW]. So words are kept in the upper halves of lanes, with
/// anything below, and shifted down when they are multiplied: their round begins with the upper
/// half of a product where it is, and the lower one is shifted up while that goes on. An `and` at
/// the beginning of each product would make it wait for one instruction more.
public final class PhiloxVector {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final int BLOCKS = SPECIES.length();
  private static final int WORDS = 8 * BLOCKS;

  /// How many blocks are done at once.
  static final int BLOCKS_TOGETHER = 2 * BLOCKS;

  /// Blocks in a row, whose counters are not looked up. It is as long as what is read of counters
  /// at once, for the just-in-time compiler moves checks of that before the loop.
  private static final long[] IN_TURN = new long[BLOCKS_TOGETHER];

  /// Methods that [#warmUp] knows: of blocks in a row, and of any.
  public static final int IN_A_ROW = 0;

  public static final int ANY = 1;

  private static final long LOW = 0xFFFFFFFFL;
  private static final long[] MULTIPLIERS = {Philox.MULTIPLIER_0, Philox.MULTIPLIER_1};

  private static final int[] WARM_UP = new int[4 * WORDS];
  private static final long[] WARM_KEYS = new long[2 * Philox.ROUNDS];
  private static final long[] WARM_COUNTERS = new long[4 * BLOCKS_TOGETHER];

  /// Which block a lane does: the first half of them in the even lanes. So words are brought to
  /// their places by changing lanes with their neighbours.
  private static final VectorShuffle<Long> BLOCK =
      VectorShuffle.fromOp(SPECIES, lane -> (lane >> 1) + (lane & 1) * BLOCKS / 2);

  private static final VectorShuffle<Long> NEIGHBOUR =
      VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1);

  private static final VectorMask<Long> ODD = VectorMask.fromLong(SPECIES, 0xAAAA);

  private PhiloxVector() {}

  /// Fills `out[i]`, i in `first ..< count`, with word i & 3 of the block at counter (i >> 2, c1,
  /// c2, c3); `first` is the beginning of a block.
  ///
  /// @param keys of all rounds, from [Philox#keys]: they are made once, not in each step
  public static void fill(long[] keys, int c1, int c2, int c3, int[] out, int first, int count) {
    int whole = first + Math.max(0, count - first) / WORDS * WORDS;
    if (whole > first) {
      fillWhole(keys, IN_TURN, c1, c2, c3, out, first, whole);
      int end = count / 4 * 4;
      if (whole < end) {
        fillWhole(keys, IN_TURN, c1, c2, c3, out, end - WORDS, end); // some of them once more
        whole = end;
      }
    }
    Philox.fill((int) keys[0], (int) keys[1], c1, c2, c3, out, whole, count);
  }

  /// Fills `out[i]`, i in `from ..< to` and up to a multiple of [#BLOCKS_TOGETHER] blocks, with
  /// word i & 3 of the block at counter (counters[i >> 2], 0, c2, c3).
  static void fillAt(long[] keys, long[] counters, int c2, int c3, int[] out, int from, int to) {
    fillWhole(keys, counters, 0, c2, c3, out, from, to);
  }

  /// What [snel.runtime.kernel.VectorLoops#warmUp] is to do for a method.
  public static void warmUp(int method, int from, int to) {
    long[] counters = method == ANY ? WARM_COUNTERS : IN_TURN;
    fillWhole(WARM_KEYS, counters, 0, 0, 0, WARM_UP, from, to * WORDS);
  }

  /// @param counters of the blocks, or [#IN_TURN]
  private static void fillWhole(
      long[] keys, long[] counters, int c1, int c2, int c3, int[] out, int from, int to) {
    int at = from;
    while (at > to) {
      at--;
    }
    if (at == to) {
      return;
    }
    LongVector lanes = LongVector.zero(SPECIES).addIndex(1).rearrange(BLOCK);
    LongVector multiplier0 = LongVector.broadcast(SPECIES, MULTIPLIERS[0]).and(LOW);
    LongVector multiplier1 = LongVector.broadcast(SPECIES, MULTIPLIERS[1]).and(LOW);
    // Of the first two rounds, half is the same for all blocks, which differ in one word only.
    long same1 = (c2 & LOW) * Philox.MULTIPLIER_1;
    long same0 = ((same1 >>> 32 ^ c1 ^ keys[0]) & LOW) * Philox.MULTIPLIER_0;
    LongVector last = LongVector.broadcast(SPECIES, (c3 ^ keys[1]) << 32);
    LongVector into0 = LongVector.broadcast(SPECIES, (same1 ^ keys[2]) << 32);
    LongVector into2 = LongVector.broadcast(SPECIES, (same0 >>> 32 ^ keys[3]) << 32);
    LongVector into3 = LongVector.broadcast(SPECIES, same0 << 32);
    for (; at < to; at += WORDS) {
      LongVector x0;
      LongVector y0;
      if (counters == IN_TURN) {
        x0 = lanes.add(at >> 2);
        y0 = x0.add(BLOCKS);
      } else {
        x0 = LongVector.fromArray(SPECIES, counters, at >> 2).rearrange(BLOCK);
        y0 = LongVector.fromArray(SPECIES, counters, (at >> 2) + BLOCKS).rearrange(BLOCK);
      }
      LongVector product0 = x0.and(LOW).mul(multiplier0);
      LongVector other0 = y0.and(LOW).mul(multiplier0);
      LongVector product1 = product0.lanewise(XOR, last).lanewise(LSHR, 32).mul(multiplier1);
      LongVector other1 = other0.lanewise(XOR, last).lanewise(LSHR, 32).mul(multiplier1);
      x0 = product1.lanewise(XOR, into0);
      y0 = other1.lanewise(XOR, into0);
      LongVector x2 = product0.lanewise(LSHL, 32).lanewise(XOR, into2);
      LongVector y2 = other0.lanewise(LSHL, 32).lanewise(XOR, into2);
      LongVector x1 = product1.lanewise(LSHL, 32);
      LongVector y1 = other1.lanewise(LSHL, 32);
      LongVector x3 = into3;
      LongVector y3 = into3;
      for (int round = 2; round < Philox.ROUNDS; round++) {
        LongVector key0 = LongVector.broadcast(SPECIES, keys[2 * round]);
        LongVector key1 = LongVector.broadcast(SPECIES, keys[2 * round + 1]);
        product0 = x0.lanewise(LSHR, 32).mul(multiplier0);
        product1 = x2.lanewise(LSHR, 32).mul(multiplier1);
        other0 = y0.lanewise(LSHR, 32).mul(multiplier0);
        other1 = y2.lanewise(LSHR, 32).mul(multiplier1);
        x0 = product1.lanewise(XOR, x1.lanewise(XOR, key0));
        x1 = product1.lanewise(LSHL, 32);
        x2 = product0.lanewise(XOR, x3.lanewise(XOR, key1));
        x3 = product0.lanewise(LSHL, 32);
        y0 = other1.lanewise(XOR, y1.lanewise(XOR, key0));
        y1 = other1.lanewise(LSHL, 32);
        y2 = other0.lanewise(XOR, y3.lanewise(XOR, key1));
        y3 = other0.lanewise(LSHL, 32);
      }
      LongVector first = x0.lanewise(LSHR, 32).lanewise(OR, x1);
      LongVector second = x2.lanewise(LSHR, 32).lanewise(OR, x3);
      LongVector apart = second.blend(first, ODD).rearrange(NEIGHBOUR);
      first.blend(apart, ODD).reinterpretAsInts().intoArray(out, at);
      apart.blend(second, ODD).reinterpretAsInts().intoArray(out, at + 2 * BLOCKS);
      first = y0.lanewise(LSHR, 32).lanewise(OR, y1);
      second = y2.lanewise(LSHR, 32).lanewise(OR, y3);
      apart = second.blend(first, ODD).rearrange(NEIGHBOUR);
      first.blend(apart, ODD).reinterpretAsInts().intoArray(out, at + 4 * BLOCKS);
      apart.blend(second, ODD).reinterpretAsInts().intoArray(out, at + 6 * BLOCKS);
    }
  }
}
