package snel.runtime.rng;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.runtime.numeric.F32;

/// Words become the normal numbers that the library makes of them one by one.
class NormalsTest {
  private static final int[] EDGES = {
    0, 1, 511, 512, -1, -512, -513, 1 << 31, (1 << 31) - 1, 0x00DD0000, 0xFF220000
  };

  @Test
  void inVectorsAndOneByOne() {
    Random random = new Random(12);
    for (int round = 0; round < 400; round++) {
      int[] words = random.ints(random.nextInt(200)).toArray();
      for (int k = 0; k < words.length / 4; k++) {
        words[random.nextInt(words.length)] = EDGES[random.nextInt(EDGES.length)];
      }
      int to = words.length - (words.length == 0 ? 0 : random.nextInt(words.length));
      int from = random.nextBoolean() ? 0 : random.nextInt(to + 1);
      int[] expected = words.clone();
      for (int k = from; k < to; k++) {
        expected[k] = Float.floatToIntBits(F32.normal(words[k]));
      }
      int[] scalar = words.clone();
      Normals.make(scalar, from, to);
      assertArrayEquals(expected, scalar);
      int[] vectors = words.clone();
      NormalsVector.make(vectors, from, to);
      assertArrayEquals(expected, vectors);
    }
  }

  /// Around where tails begin, and of every 997th word.
  @Test
  void ofWordsFromAllOverTheRange() {
    int[] words = new int[1 << 16];
    for (long first = 0; first < 1L << 32; first += 997L * words.length) {
      for (int k = 0; k < words.length; k++) {
        words[k] = (int) (first + 997L * k);
      }
      int[] expected = words.clone();
      Normals.make(expected, 0, words.length);
      NormalsVector.make(words, 0, words.length);
      assertArrayEquals(expected, words);
    }
  }
}
