package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class LaneListsTest {
  @Test
  void lanesAreThoseWhoseBitsAreSet() {
    for (int bits = 0; bits < 256; bits++) {
      int[] expected = BitSet.valueOf(new long[] {bits}).stream().toArray();
      int from = bits * LaneLists.LANES;
      int[] found = Arrays.copyOfRange(LaneLists.TABLE, from, from + LaneLists.LANES);
      assertArrayEquals(Arrays.copyOf(expected, LaneLists.LANES), found);
    }
  }
}
