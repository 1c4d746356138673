package snel.runtime.connect;

import snel.runtime.rng.SynapseDraws;

/// Reads numbers of a long u64 sequence, those of [Numbers#startLong] from one up to another, of
/// which many are drawn at once.
final class ManyNumbers {
  /// Blocks that are drawn at once, at most: their words stay in the nearest cache.
  private static final int MOST_BLOCKS = 512;

  private static final int WORDS_PER_BLOCK = 4;
  private static final int WORDS_PER_NUMBER = 2;

  /// Where counter c0 is full.
  private static final long MOST_NUMBERS = 1L << 33;

  private final int seed;
  private final int stream;
  private final long[] counters;
  private final int[] words;
  private long block;
  private int at;

  /// @param first number, from 0
  /// @param end behind the last, at most 2^33
  ManyNumbers(int seed, int stream, long first, long end) {
    if (end > MOST_NUMBERS) {
      throw new IllegalArgumentException(end + " numbers");
    }
    this.seed = seed;
    this.stream = stream;
    this.block = first >> 1;
    long blocks = (end + 1) / 2 - block;
    int together = SynapseDraws.TOGETHER;
    int wanted = Math.clamp(blocks, 1, MOST_BLOCKS);
    this.counters = new long[(wanted + together - 1) / together * together];
    this.words = new int[WORDS_PER_BLOCK * counters.length];
    draw();
    this.at = (int) (first & 1) * WORDS_PER_NUMBER;
  }

  long next() {
    if (at == words.length) {
      draw();
    }
    long number = (long) words[at] << Integer.SIZE | words[at + 1] & 0xFFFFFFFFL;
    at += WORDS_PER_NUMBER;
    return number;
  }

  private void draw() {
    for (int k = 0; k < counters.length; k++) {
      counters[k] = block + k;
    }
    block += counters.length;
    SynapseDraws.blocks(counters, seed, stream, words);
    at = 0;
  }
}
