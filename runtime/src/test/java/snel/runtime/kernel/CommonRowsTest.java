package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CommonRowsTest {
  private final CommonRows common = new CommonRows();

  /// Rows 0 to 7, of which every sum lacks one, and row 8 in one of them.
  @Test
  void whatASumLacksIsTakenFromTheGroup() {
    int[] uses = new int[8 * 7 + 1];
    int[] ends = new int[8];
    int at = 0;
    for (int k = 0; k < 8; k++) {
      for (int row = 0; row < 8; row++) {
        if (row != k) {
          uses[at++] = row;
        }
      }
      if (k == 3) {
        uses[at++] = 8;
      }
      ends[k] = at;
    }
    assertTrue(common.find(uses, ends, 8, 9));
    assertEquals(1, common.groups());
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, Arrays.copyOf(common.rows(), 8));
    assertEquals(8, common.groupEnds()[0]);
    int first = 0;
    for (int k = 0; k < 8; k++) {
      int[] added = Arrays.copyOfRange(common.list(), first, common.added()[k]);
      assertArrayEquals(k == 3 ? new int[] {9, 8} : new int[] {9}, added);
      int[] taken = Arrays.copyOfRange(common.list(), common.added()[k], common.taken()[k]);
      assertArrayEquals(new int[] {k}, taken);
      first = common.taken()[k];
    }
  }

  /// Six rows for the first sums and six for the others.
  @Test
  void rowsOfDifferentSumsAreGroupsOfTheirOwn() {
    int[] uses = new int[20 * 6];
    int[] ends = new int[20];
    for (int k = 0; k < 20; k++) {
      for (int n = 0; n < 6; n++) {
        uses[k * 6 + n] = n + (k < 10 ? 0 : 6);
      }
      ends[k] = (k + 1) * 6;
    }
    assertTrue(common.find(uses, ends, 20, 12));
    assertEquals(2, common.groups());
    assertEquals(20, common.taken()[19]);
  }

  @Test
  void rowsWithNothingInCommonAreLeftAlone() {
    int[] uses = new int[40];
    int[] ends = new int[20];
    for (int k = 0; k < 20; k++) {
      uses[2 * k] = k;
      uses[2 * k + 1] = k + 20;
      ends[k] = 2 * (k + 1);
    }
    assertFalse(common.find(uses, ends, 20, 40));
  }

  @Test
  void aRowThatASumUsesTwiceIsAddedTwice() {
    int[] uses = {0, 1, 2, 3, 3, 0, 1, 2, 3, 3};
    assertFalse(common.find(uses, new int[] {5, 10}, 2, 4));
  }
}
