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

  /// The odds that all else here was made of.
  private long[] given = {};

  private int blocks;

  /// Numbers of the blocks that are drawn, one that is not behind them.
  private long[] counters = {};

  /// Odds of the sources in these blocks, 0 behind them.
  private long[] odds = {};

  /// The same, for signed comparisons; the most there is where a source spikes for sure.
  private int[] limits = {};

  /// Which words belong to sources that spike for sure.
  private int[] sure = {};

  private int surely;

  private int[] words = {};

  /// Which neuron each word belongs to.
  private int[] neurons = {};

  /// The neurons whose words are below their odds, before they are listed.
  private int[] found = {};

  private long[] keys = {};
  private int keySeed;
  private int keyStream;

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
    if (found.length == 0) {
      found = new int[words.length + AwakeVector.SPARE];
    }
    if (keys.length == 0 || keySeed != seed || keyStream != stream) {
      keys = Philox.keys(seed, stream);
      keySeed = seed;
      keyStream = stream;
    }
    PhiloxVector.fillAt(keys, counters, c2, c3, words, 0, TOGETHER * blocks);
    for (int k = 0; k < surely; k++) {
      words[sure[k]] = 0;
    }
    int more = AwakeVector.reached(words, limits, neurons, found, 0, TOGETHER * blocks);
    System.arraycopy(found, 0, spikes, count, more);
    return count + more;
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
    if (Arrays.equals(all, given)) {
      return;
    }
    if (counters.length == 0) {
      given = new long[all.length];
      int most = Math.ceilDiv(all.length, TOGETHER) + SPARE;
      counters = new long[most];
      odds = new long[TOGETHER * most];
      limits = new int[TOGETHER * most];
      words = new int[TOGETHER * most];
      sure = new int[TOGETHER * most];
      neurons = new int[TOGETHER * most];
    }
    System.arraycopy(all, 0, given, 0, all.length);
    blocks = 0;
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
        blocks++;
      }
    }
    Arrays.fill(odds, TOGETHER * blocks, odds.length, 0);
    surely = 0;
    for (int k = 0; k < odds.length; k++) {
      limits[k] = (int) Math.min(odds[k], WORD) ^ Integer.MIN_VALUE;
      if (odds[k] > WORD) {
        sure[surely++] = k;
      }
      neurons[k] = TOGETHER * (int) counters[k / TOGETHER] + k % TOGETHER;
    }
  }
}
