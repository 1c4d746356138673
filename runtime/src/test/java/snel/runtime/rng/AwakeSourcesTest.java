package snel.runtime.rng;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Sources drawn for where some may spike against a word for each: the same spikes.
class AwakeSourcesTest {
  private final Random dice = new Random(4);

  private long[] odds(int size, boolean sure) {
    long[] odds = new long[size];
    for (int i = 0; i < size; i++) {
      odds[i] =
          switch (dice.nextInt(6)) {
            case 0 -> dice.nextLong(1L << 32);
            case 1 -> 1L << 31;
            case 2 -> sure ? 1L << 32 : (1L << 32) - 1;
            default -> 0;
          };
    }
    if (size > 40) {
      Arrays.fill(odds, 8, 40, 0);
    }
    return odds;
  }

  @Test
  void theSameSourcesSpike() {
    for (int size : new int[] {1, 3, 4, 64, 97, 784}) {
      long[] epoch = {0};
      var sources = new AwakeSources(epoch);
      long[] odds = odds(size, true);
      for (int round = 0; round < 12; round++) {
        if (round % 4 != 1) { // else they are as they were
          System.arraycopy(odds(size, round % 3 == 0), 0, odds, 0, size);
        }
        epoch[0]++;
        for (int step = 0; step < 20; step++) {
          int now = step;
          int presentation = round;
          int[] wanted =
              IntStream.concat(
                      IntStream.of(-7),
                      IntStream.range(0, size)
                          .filter(i ->
                              Words.event(
                                  Philox.word(5, 99, i >> 2, 0, now, presentation, i & 3),
                                  odds[i])))
                  .toArray();
          int[] list = new int[size + 1];
          list[0] = -7;
          int count = sources.collect(odds, 5, 99, step, round, list, 1);
          assertArrayEquals(wanted, Arrays.copyOf(list, count));
          count = sources.collectInVectors(odds, 5, 99, step, round, list, 1);
          assertArrayEquals(wanted, Arrays.copyOf(list, count));
        }
      }
    }
  }
}
