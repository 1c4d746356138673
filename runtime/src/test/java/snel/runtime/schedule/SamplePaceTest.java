package snel.runtime.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SamplePaceTest {
  private static final long MILLISECOND = 1_000_000;

  /// The first sample of each batch is shown alone, the others together.
  @Test
  void whatIsSharedInAnyCaseStaysSharedInLongStretches() {
    var pace = new SamplePace(true);
    int least = Integer.MAX_VALUE;
    for (int batch = 0; batch < 200; batch++) {
      pace.alone(MILLISECOND);
      for (int left = 99; left > 0; ) {
        int count = pace.next(left, 2);
        pace.together(count, count * MILLISECOND / 2);
        least = Math.min(least, batch > 0 && left == 99 ? count : least);
        left -= Math.max(1, count);
      }
    }
    assertEquals(99, least);
  }

  @Test
  void stretchesAreShortEnoughToBeStoppedBetween() {
    var pace = new SamplePace(true);
    pace.alone(10 * MILLISECOND);
    assertTrue(pace.next(1_000, 2) <= 30);
  }

  @Test
  void shortLoopsAreNotShared() {
    var pace = new SamplePace(false);
    for (int sample = 0; sample < 20; sample++) {
      pace.alone(MILLISECOND);
    }
    assertEquals(0, pace.next(50, 2));
    assertTrue(pace.next(10_000, 2) > 2);
  }

  /// While the program warms up a sample takes four milliseconds; later a tenth of one alone, and
  /// more where two share.
  @Test
  void whatASampleTakesAloneWhenWarmDecides() {
    var pace = new SamplePace(false);
    int[] shared = {0};
    for (int sample = 0; sample < 20_000; ) {
      int count = pace.next(20_000 - sample, 2);
      if (count == 0) {
        pace.alone(sample < 100 ? 4 * MILLISECOND : MILLISECOND / 10);
        sample++;
      } else {
        pace.together(count, count * MILLISECOND / 5);
        shared[0] += count;
        sample += count;
      }
    }
    assertTrue(shared[0] > 0);
    assertTrue(shared[0] < 4_000, () -> "shared: " + shared[0]);
  }
}
