package snel.runtime.rng;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PhiloxTest {
  @Test
  void theKnownAnswersOfRandom123AreMet() {
    // kat_vectors of Random123, philox4x32 10 rounds.
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, words(0, 0, 0, 0, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, words(-1, -1, -1, -1, -1, -1));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        words(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344));
  }

  @Test
  void wordsPairsAndSequencesAreThoseOfTheBlock() {
    Random random = new Random(1);
    for (int trial = 0; trial < 1_000; trial++) {
      int seed = random.nextInt();
      int stream = random.nextInt();
      int c0 = random.nextInt();
      int c1 = random.nextInt();
      int c2 = random.nextInt();
      int c3 = random.nextInt();
      int[] block = words(seed, stream, c0, c1, c2, c3);
      for (int word = 0; word < 8; word++) {
        assertEquals(block[word & 3], Philox.word(seed, stream, c0, c1, c2, c3, word));
      }
      long first = (long) block[0] << 32 | Integer.toUnsignedLong(block[1]);
      long second = (long) block[2] << 32 | Integer.toUnsignedLong(block[3]);
      assertEquals(first, Philox.pair(seed, stream, c0, c1, c2, c3, 0));
      assertEquals(second, Philox.pair(seed, stream, c0, c1, c2, c3, 1));
      long d = Integer.toUnsignedLong(c0) << 1;
      assertEquals(first, Philox.sequence(seed, stream, d, c1, c2, c3));
      assertEquals(second, Philox.sequence(seed, stream, d + 1, c1, c2, c3));
    }
  }

  @Test
  void fillingInVectorsGivesTheSameWords() {
    for (int count : new int[] {0, 1, 5, 31, 32, 33, 64, 100, 1_000}) {
      int[] scalar = new int[count];
      int[] vector = new int[count];
      Philox.fill(-7, 0x80000001, 3, -2, count, scalar, 0, count);
      PhiloxVector.fill(Philox.keys(-7, 0x80000001), 3, -2, count, vector, 0, count);
      assertArrayEquals(scalar, vector);
      for (int i = 0; i < count; i++) {
        assertEquals(Philox.word(-7, 0x80000001, i >> 2, 3, -2, count, i & 3), scalar[i]);
      }
    }
  }

  @Test
  void poissonTrainsOfExample15() {
    assertArrayEquals(new int[] {23, 29, 35, 49, 58}, poissonSteps(0));
    assertArrayEquals(new int[] {9, 23, 31, 39, 46, 50}, poissonSteps(1));
  }

  private static int[] poissonSteps(int neuron) {
    long threshold = Words.threshold(100 * 0.001);
    int stream = Stream.of("X:poisson");
    assertEquals(429496730L, threshold);
    return java.util.stream.IntStream.range(0, 60)
        .filter(step ->
            Words.event(Philox.word(42, stream, neuron >> 2, 0, step, 0, neuron & 3), threshold))
        .toArray();
  }

  private static int[] words(int seed, int stream, int c0, int c1, int c2, int c3) {
    int[] out = new int[4];
    Philox.words(seed, stream, c0, c1, c2, c3, out, 0);
    return out;
  }
}
