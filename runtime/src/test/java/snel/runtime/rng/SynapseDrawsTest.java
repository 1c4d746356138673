package snel.runtime.rng;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.runtime.numeric.F32;

/// What synapses of a row draw, together and each by itself.
class SynapseDrawsTest {
  private final Random random = new Random(21);

  @Test
  void wordsAreThoseOfEachSynapse() {
    for (int round = 0; round < 200; round++) {
      int seed = random.nextInt();
      int stream = random.nextInt();
      int row = random.nextInt(100_000);
      int again = random.nextInt(3);
      int size = random.nextInt(120);
      int from = size == 0 ? 0 : random.nextInt(size);
      int[] targets = random.ints(size, 0, round % 2 == 0 ? 1 << 16 : 1 << 30).toArray();
      int[] repeats = random.ints(size, 0, 4).toArray();
      int[] same = SynapseDraws.counters(targets, from, size);
      SynapseDraws.words(same, seed, stream, row, again, 7);
      int[] own = SynapseDraws.counters(targets, from, size);
      SynapseDraws.words(own, seed, stream, row, repeats, from, 7);
      for (int s = from; s < size; s++) {
        int word = Philox.word(seed, stream, targets[s], row, again, 7, 0);
        assertEquals(word, same[s - from]);
        word = Philox.word(seed, stream, targets[s], row, repeats[s], 7, 0);
        assertEquals(word, own[s - from]);
      }
      SynapseDraws.normals(same);
      for (int s = from; s < size; s++) {
        float normal = F32.normal(Philox.word(seed, stream, targets[s], row, again, 7, 0));
        assertEquals(normal, Float.intBitsToFloat(same[s - from]));
      }
    }
  }

  @Test
  void targetsAreCountersInWhateverFormTheyAre() {
    assertArrayEquals(new int[] {8, 9, 10}, Arrays.copyOf(SynapseDraws.counters(8, 11), 3));
    char[] narrow = {4, 60_000, 2, 65_535};
    int[] wide = {4, 60_000, 2, 65_535};
    assertArrayEquals(SynapseDraws.counters(wide, 1, 4), SynapseDraws.counters(narrow, 1, 4));
    assertEquals(0, SynapseDraws.counters(narrow, 4, 4).length);
  }

  @Test
  void vectorsGiveTheSameWords() {
    for (int round = 0; round < 100; round++) {
      int count = SynapseDraws.TOGETHER * random.nextInt(6);
      long[] keys = Philox.keys(random.nextInt(), random.nextInt());
      int[] counters = random.ints(count).toArray();
      int[] third = random.ints(count).toArray();
      int second = random.nextInt();
      int last = random.nextInt();
      int[] expected = new int[count];
      for (int k = 0; k < count; k++) {
        expected[k] =
            Philox.word((int) keys[0], (int) keys[1], counters[k], second, third[k], last, 0);
      }
      SynapseDrawsVector.words(keys, counters, second, third, last, 0, count);
      assertArrayEquals(expected, counters);
    }
  }
}
