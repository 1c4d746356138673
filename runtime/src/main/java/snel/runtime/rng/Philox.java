package snel.runtime.rng;

/// Philox4x32-10 (Salmon, Moraes, Dror & Shaw, SC'11, doi:10.1145/2063384.2063405): a bijection of
/// 128-bit counters under a 64-bit key, here (seed, stream).
public final class Philox {
  static final long MULTIPLIER_0 = 0xD2511F53L;
  static final long MULTIPLIER_1 = 0xCD9E8D57L;
  static final int WEYL_0 = 0x9E3779B9;
  static final int WEYL_1 = 0xBB67AE85;
  static final int ROUNDS = 10;
  private static final long LOW = 0xFFFFFFFFL;

  private Philox() {}

  /// The two keys of each round, each in both halves of a long.
  public static long[] keys(int seed, int stream) {
    long[] keys = new long[2 * ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      keys[2 * round] = twice(seed + round * WEYL_0);
      keys[2 * round + 1] = twice(stream + round * WEYL_1);
    }
    return keys;
  }

  private static long twice(int key) {
    return (long) key << 32 | key & LOW;
  }

  /// Word number `word & 3` of the block at counter (c0, c1, c2, c3).
  public static int word(int seed, int stream, int c0, int c1, int c2, int c3, int word) {
    long pair = pair(seed, stream, c0, c1, c2, c3, (word >> 1) & 1);
    return (int) (pair >>> (32 - ((word & 1) << 5)));
  }

  /// The u64 `w[0] << 32 | w[1]` (half 0) or `w[2] << 32 | w[3]` (half 1) of a block.
  public static long pair(int seed, int stream, int c0, int c1, int c2, int c3, int half) {
    int k0 = seed;
    int k1 = stream;
    int x0 = c0;
    int x1 = c1;
    int x2 = c2;
    int x3 = c3;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (x0 & LOW);
      long product1 = MULTIPLIER_1 * (x2 & LOW);
      x0 = (int) (product1 >>> 32) ^ x1 ^ k0;
      x1 = (int) product1;
      x2 = (int) (product0 >>> 32) ^ x3 ^ k1;
      x3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return half == 0 ? (long) x0 << 32 | x1 & LOW : (long) x2 << 32 | x3 & LOW;
  }

  /// All four words of a block, to `out[at] … out[at + 3]`.
  public static void words(
      int seed, int stream, int c0, int c1, int c2, int c3, int[] out, int at) {
    int k0 = seed;
    int k1 = stream;
    int x0 = c0;
    int x1 = c1;
    int x2 = c2;
    int x3 = c3;
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = MULTIPLIER_0 * (x0 & LOW);
      long product1 = MULTIPLIER_1 * (x2 & LOW);
      x0 = (int) (product1 >>> 32) ^ x1 ^ k0;
      x1 = (int) product1;
      x2 = (int) (product0 >>> 32) ^ x3 ^ k1;
      x3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    out[at] = x0;
    out[at + 1] = x1;
    out[at + 2] = x2;
    out[at + 3] = x3;
  }

  /// Fills `out[i]`, i in `from ..< count`, with word i & 3 of the block at counter (i >> 2, c1,
  /// c2, c3); `from` is the beginning of a block.
  public static void fill(
      int seed, int stream, int c1, int c2, int c3, int[] out, int from, int count) {
    int done = from;
    for (; done + 4 <= count; done += 4) {
      words(seed, stream, done >> 2, c1, c2, c3, out, done);
    }
    for (; done < count; done++) {
      out[done] = word(seed, stream, done >> 2, c1, c2, c3, done);
    }
  }

  /// Number d of the u64 sequence of element q.
  public static long sequence(int seed, int stream, long d, int q, int c2, int c3) {
    return pair(seed, stream, (int) (d >>> 1), q, c2, c3, (int) d & 1);
  }
}
