package snel.runtime.rng;

import java.util.Arrays;

/// The Poisson sources of a population that may spike. Words of the generator are drawn only for
/// the blocks that have such a source: a word depends on its counter alone, so that what is left
/// out changes no other.
public final class AwakeSources {
  private static final int TOGETHER = 4;
  private static final long WORD = 0xFFFFFFFFL;

  /// Blocks behind the last that vectors may draw as well.
  private static final int SPARE = 16;

  private final long[] epoch;
  private long now = -1;
  private int blocks;

  /// Numbers of the blocks that are drawn, one that is not behind them.
  private long[] counters = {};

  /// Odds of the sources in these blocks, 0 behind them.
  private long[] odds = {};

  /// The same, for signed comparisons.
  private int[] limits = {};

  private int[] words = {};

  /// Which neuron each word belongs to.
  private int[] neurons = {};

  /// Whether some source spikes for sure.
  private boolean isSure;

  /// @param epoch counted up by whoever may have changed the odds
  public AwakeSources(long[] epoch) {
    this.epoch = epoch;
  }

  /// Appends the sources i whose word, i & 3 of the block at counter (i >> 2, 0, c2, c3), is below
  /// `all[i]`, and returns how many the list has then.
  public int collect(long[] all, int seed, int stream, int c2, int c3, int[] spikes, int count) {
    refresh(all);
    for (int block = 0; block < blocks; block++) {
      Philox.words(seed, stream, (int) counters[block], 0, c2, c3, words, TOGETHER * block);
    }
    return reached(spikes, count);
  }

  /// The same in vectors.
  public int collectInVectors(
      long[] all, int seed, int stream, int c2, int c3, int[] spikes, int count) {
    refresh(all);
    PhiloxVector.fillAt(seed, stream, counters, c2, c3, words, 0, TOGETHER * blocks);
    return isSure
        ? reached(spikes, count)
        : AwakeVector.reached(words, limits, neurons, spikes, count, 0, TOGETHER * blocks);
  }

  private int reached(int[] spikes, int count) {
    int end = count;
    for (int k = 0; k < TOGETHER * blocks; k++) {
      if ((words[k] & WORD) < odds[k]) {
        spikes[end++] = neurons[k];
      }
    }
    return end;
  }

  private void refresh(long[] all) {
    if (now == epoch[0]) {
      return;
    }
    now = epoch[0];
    if (counters.length == 0) {
      int most = Math.ceilDiv(all.length, TOGETHER) + SPARE;
      counters = new long[most];
      odds = new long[TOGETHER * most];
      limits = new int[TOGETHER * most];
      words = new int[TOGETHER * most];
      neurons = new int[TOGETHER * most];
    }
    blocks = 0;
    isSure = false;
    for (int first = 0; first < all.length; first += TOGETHER) {
      int end = Math.min(all.length, first + TOGETHER);
      long some = 0;
      for (int i = first; i < end; i++) {
        some |= all[i];
      }
      if (some != 0) {
        counters[blocks] = first / TOGETHER;
        Arrays.fill(odds, TOGETHER * blocks, TOGETHER * (blocks + 1), 0);
        System.arraycopy(all, first, odds, TOGETHER * blocks, end - first);
        isSure |= some > WORD;
        blocks++;
      }
    }
    Arrays.fill(odds, TOGETHER * blocks, odds.length, 0);
    for (int k = 0; k < odds.length; k++) {
      limits[k] = (int) odds[k] ^ Integer.MIN_VALUE;
      neurons[k] = TOGETHER * (int) counters[k / TOGETHER] + k % TOGETHER;
    }
  }
}
