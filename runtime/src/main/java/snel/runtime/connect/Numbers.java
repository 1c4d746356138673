package snel.runtime.connect;

import snel.runtime.rng.Philox;

/// Reads a u64 sequence from its start: each block of four words gives two numbers.
final class Numbers {
  private final int seed;
  private final int stream;
  private final int[] words = new int[4];
  private int q;
  private long block;
  private boolean second;

  Numbers(int seed, int stream) {
    this.seed = seed;
    this.stream = stream;
  }

  /// Starts the sequence of element q: counter c1 is q.
  void start(int element) {
    q = element;
    block = 0;
    second = false;
  }

  /// Starts a sequence that may be longer than 2^33: counter c1 counts on where c0 is full.
  void startLong() {
    start(0);
  }

  long next() {
    if (second) {
      second = false;
      return number(2);
    }
    Philox.words(seed, stream, (int) block, q + (int) (block >>> 32), 0, 0, words, 0);
    block++;
    second = true;
    return number(0);
  }

  private long number(int at) {
    return (long) words[at] << 32 | words[at + 1] & 0xFFFFFFFFL;
  }
}
