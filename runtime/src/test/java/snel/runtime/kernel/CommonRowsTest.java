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
    char[] uses = new char[8 * 8];
    int[] firsts = new int[8];
    int[] ends = new int[8];
    for (int k = 0; k < 8; k++) {
      int at = firsts[k] = 8 * k;
      for (int row = 0; row < 8; row++) {
        if (row != k) {
          uses[at++] = (char) row;
        }
      }
      if (k == 3) {
        uses[at++] = 8;
      }
      ends[k] = at;
    }
    assertTrue(common.find(uses, firsts, ends, 8, 9));
    assertEquals(1, common.groups());
    assertArrayEquals(new char[] {0, 1, 2, 3, 4, 5, 6, 7}, Arrays.copyOf(common.rows(), 8));
    assertEquals(0, common.groupFirsts()[0]);
    assertEquals(8, common.groupEnds()[0]);
    for (int k = 0; k < 8; k++) {
      char[] added = Arrays.copyOfRange(common.list(), common.firsts()[k], common.added()[k]);
      assertArrayEquals(k == 3 ? new char[] {9, 8} : new char[] {9}, added);
      char[] taken = Arrays.copyOfRange(common.list(), common.added()[k], common.taken()[k]);
      assertArrayEquals(new char[] {(char) k}, taken);
    }
  }

  /// Six rows for the first sums and six for the others.
  @Test
  void rowsOfDifferentSumsAreGroupsOfTheirOwn() {
    char[] uses = new char[20 * 6];
    int[] firsts = new int[20];
    int[] ends = new int[20];
    for (int k = 0; k < 20; k++) {
      for (int n = 0; n < 6; n++) {
        uses[k * 6 + n] = (char) (n + (k < 10 ? 0 : 6));
      }
      firsts[k] = k * 6;
      ends[k] = (k + 1) * 6;
    }
    assertTrue(common.find(uses, firsts, ends, 20, 12));
    assertEquals(2, common.groups());
    assertEquals(20, common.taken()[19]);
  }

  @Test
  void rowsWithNothingInCommonAreLeftAlone() {
    char[] uses = new char[40];
    int[] firsts = new int[20];
    int[] ends = new int[20];
    for (int k = 0; k < 20; k++) {
      uses[2 * k] = (char) k;
      uses[2 * k + 1] = (char) (k + 20);
      firsts[k] = 2 * k;
      ends[k] = 2 * (k + 1);
    }
    assertFalse(common.find(uses, firsts, ends, 20, 40));
  }

  @Test
  void aRowThatASumUsesTwiceIsAddedTwice() {
    char[] uses = {0, 1, 2, 3, 3, 0, 1, 2, 3, 3};
    assertFalse(common.find(uses, new int[] {0, 5}, new int[] {5, 10}, 2, 4));
  }
}
