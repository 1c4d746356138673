package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskRowsTest {
  /// Rows at random.
  private record Rows(int[] start, char[] target, float[] weight, int targets) {
    static Rows of(Random random, int rows, int targets) {
      int[] start = new int[rows + 1];
      char[] target = new char[rows * targets];
      float[] weight = new float[rows * targets];
      int at = 0;
      for (int row = 0; row < rows; row++) {
        start[row] = at;
        double density = random.nextInt(4) == 0 ? 0 : Math.pow(random.nextDouble(), 2);
        for (int j = 0; j < targets; j++) {
          if (random.nextDouble() < density) {
            target[at] = (char) j;
            weight[at++] = random.nextInt(9) == 0 ? -0.0f : random.nextFloat() - 0.5f;
          }
        }
      }
      start[rows] = at;
      return new Rows(start, Arrays.copyOf(target, at), Arrays.copyOf(weight, at), targets);
    }

    int count() {
      return start.length - 1;
    }

    /// Where in each row the targets from `least` on begin.
    int[] from(int least) {
      int[] limits = new int[count()];
      for (int row = 0; row < count(); row++) {
        int s = start[row];
        while (s < start[row + 1] && target[s] < least) {
          s++;
        }
        limits[row] = s;
      }
      return limits;
    }
  }

  @Test
  void addsWhatListsOfTargetsAdd() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      Rows rows = Rows.of(random, 1 + random.nextInt(40), 1 + random.nextInt(700));
      MaskRows masks = MaskRows.of(rows.start, rows.target, rows.targets).orElseThrow();
      int[] list = random.ints(random.nextInt(30), 0, rows.count()).toArray();
      int at = random.nextInt(70);
      float[] expected = new float[at + rows.targets];
      for (int j = 0; j < expected.length; j++) {
        expected[j] = random.nextBoolean() ? -0.0f : random.nextFloat();
      }
      float[] found = expected.clone();
      for (int row : list) {
        for (int s = rows.start[row]; s < rows.start[row + 1]; s++) {
          expected[at + rows.target[s]] += rows.weight[s];
        }
      }
      int[] places = new int[MaskRowsVector.PLACES];
      int parts = 1 + random.nextInt(3);
      int[] cuts = random.ints(parts + 1, 0, rows.targets + 1).sorted().toArray();
      cuts[0] = 0;
      cuts[parts] = rows.targets;
      for (int part = parts - 1; part >= 0; part--) {
        MaskRowsVector.add(
            found,
            at,
            rows.weight,
            list,
            list.length,
            masks,
            rows.from(cuts[part]),
            cuts[part],
            cuts[part + 1],
            places);
      }
      assertArrayEquals(bits(expected), bits(found), "seed " + seed);
    }
  }

  @Test
  void touchesOnlyTheTargetsOfAPart() {
    Rows rows = Rows.of(new Random(1), 20, 300);
    MaskRows masks = MaskRows.of(rows.start, rows.target, rows.targets).orElseThrow();
    float[] sums = new float[300];
    int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    MaskRowsVector.add(sums, 0, rows.weight, all, 10, masks, rows.from(70), 70, 201, new int[12]);
    for (int j = 0; j < 300; j++) {
      assertTrue(j >= 70 && j < 201 || sums[j] == 0, "target " + j);
    }
  }

  @Test
  void refusesRowsInWhichTargetsDoNotRise() {
    assertTrue(MaskRows.of(new int[] {0, 2}, new int[] {3, 3}, 4).isEmpty());
    assertTrue(MaskRows.of(new int[] {0, 2}, new int[] {3, 2}, 4).isEmpty());
    assertTrue(MaskRows.of(new int[] {0, 1, 2}, new int[] {3, 2}, 4).isPresent());
  }

  @Test
  void takesABitForEachTarget() {
    MaskRows rows = MaskRows.of(new int[] {0, 1, 2}, new char[] {64, 2}, 65).orElseThrow();
    assertEquals(2 * 2 * 8, rows.bytes());
    assertArrayEquals(new long[] {0, 1, 4, 0}, rows.masks);
  }

  private static int[] bits(float[] numbers) {
    int[] bits = new int[numbers.length];
    Arrays.setAll(bits, k -> Float.floatToRawIntBits(numbers[k]));
    return bits;
  }
}
