package snel.runtime.rng;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Words reach as many thresholds as a count of them says, in whatever way that is found.
class LevelsTest {
  @Test
  void wordsReachTheThresholdsThatAreNotAbove() {
    Random random = new Random(11);
    for (int round = 0; round < 400; round++) {
      int[] thresholds = thresholds(random, random.nextInt(round % 10 == 0 ? 200 : 20) + 1);
      int[] words = random.ints(random.nextInt(400)).toArray();
      for (int k = 0; k < words.length / 3; k++) {
        int near = thresholds[random.nextInt(thresholds.length)];
        words[random.nextInt(words.length)] = near + random.nextInt(3) - 1;
      }
      int count = words.length - (words.length == 0 ? 0 : random.nextInt(words.length));
      int first = random.nextBoolean() ? 0 : random.nextInt(count + 1);
      int[] expected = words.clone();
      for (int k = first; k < count; k++) {
        int reached = 0;
        for (int threshold : thresholds) {
          reached += Integer.compareUnsigned(words[k], threshold) >= 0 ? 1 : 0;
        }
        expected[k] = reached;
      }
      int[] scalar = words.clone();
      Levels.reach(scalar, first, count, thresholds);
      assertArrayEquals(expected, scalar);
      int[] vectors = words.clone();
      LevelsVector.reach(vectors, first, count, thresholds);
      assertArrayEquals(expected, vectors);
    }
  }

  private static int[] thresholds(Random random, int size) {
    return random
        .ints(size)
        .map(word -> random.nextInt(4) == 0 ? word | 0xFFF00000 : word)
        .mapToObj(word -> word)
        .sorted(Integer::compareUnsigned)
        .mapToInt(word -> word)
        .toArray();
  }
}
