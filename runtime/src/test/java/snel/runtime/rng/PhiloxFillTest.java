package snel.runtime.rng;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Filling an array gives the words one by one, in scalar code and in vectors.
class PhiloxFillTest {
  private static final int SEED = 42;
  private static final int STREAM = 0x94ac09e6;

  @Test
  void everyLengthGivesTheSameWords() {
    for (int round = 0; round < 600; round++) {
      int count = round % 7 == 0 ? 4_099 : 1 + round % 300;
      int first = round % 3 == 0 ? 4 * (count / 11) : 0;
      int[] words = new int[count];
      Philox.fill(SEED, STREAM, round, -round, 7 * round, words, first, count);
      int[] vectors = new int[count];
      PhiloxVector.fill(Philox.keys(SEED, STREAM), round, -round, 7 * round, vectors, first, count);
      for (int k = 0; k < count; k++) {
        int word = Philox.word(SEED, STREAM, k >> 2, round, -round, 7 * round, k & 3);
        int expected = k < first ? 0 : word;
        assertEquals(expected, words[k], "word " + k + " of " + count);
        assertEquals(expected, vectors[k], "word " + k + " of " + count);
      }
    }
  }
}
