package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DueListTest {
  @Test
  void listsTheElementsOfRowsInTheirOrder() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int most = random.nextInt(6) == 0 ? 300 : 40;
      int[] ends = new int[2 * random.nextInt(100)];
      int elements = 0;
      for (int row = 0; row < ends.length / 2; row++) {
        int length = random.nextInt(4) == 0 ? 0 : random.nextInt(most);
        if (elements + length + row > DueList.MOST) {
          length = 0;
        }
        ends[2 * row] = random.nextInt(1_000_000);
        ends[2 * row + 1] = ends[2 * row] + length;
        elements += length;
      }
      int from = random.nextInt(ends.length / 2 + 1);
      int[] expected =
          IntStream.range(from, ends.length / 2)
              .flatMap(row -> IntStream.range(ends[2 * row], ends[2 * row + 1]))
              .toArray();
      int[] scalar = new int[DueList.MOST + DueList.SPARE];
      int[] vector = new int[DueList.MOST + DueList.SPARE];
      assertEquals(expected.length, DueList.list(scalar, ends, from, ends.length / 2));
      assertEquals(expected.length, DueListVector.list(vector, ends, from, ends.length / 2));
      assertArrayEquals(expected, Arrays.copyOf(scalar, expected.length));
      assertArrayEquals(expected, Arrays.copyOf(vector, expected.length));
    }
  }
}
