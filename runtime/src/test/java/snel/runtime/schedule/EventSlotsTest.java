package snel.runtime.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import snel.runtime.data.CameraEvents;
import snel.runtime.data.DataProblem;

final class EventSlotsTest {
  /// Of two columns and one row: times in microseconds, columns, polarities.
  private static final CameraEvents EVENTS =
      new CameraEvents(
          "film",
          new long[] {999, 1_000, 1_499, 1_500, 2_000, 1_200},
          new int[] {0, 0, 1, 1, 1, 0},
          new int[6],
          new boolean[] {true, false, true, true, true, true});

  private static double[][] trains(double widthMs, EventSlots.Rule rule, int... shape) {
    return new EventSlots(widthMs, rule, shape).trains(EVENTS).rows();
  }

  @Test
  void eventsOfOneSlotAreOneSpike() {
    double[][] falls = {{1}, {}, {0, 1}, {1, 2}};
    assertArrayEquals(falls, trains(1, EventSlots.Rule.FLOOR, 2, 1, 2));
    double[][] both = {{0, 1}, {1, 2}};
    assertArrayEquals(both, trains(1, EventSlots.Rule.FLOOR, 1, 2));
  }

  @Test
  void theSlotIsThatOfTheRule() {
    assertArrayEquals(new double[][] {{1}, {1, 2}}, trains(1, EventSlots.Rule.ROUND, 1, 2));
    assertArrayEquals(new double[][] {{1, 2}, {2}}, trains(1, EventSlots.Rule.CEIL, 1, 2));
    assertArrayEquals(new double[][] {{0}, {0, 2}}, trains(2, EventSlots.Rule.FLOOR, 1, 2));
  }

  @Test
  void whatLiesOutsideIsTold() {
    var problem = assertThrows(DataProblem.class, () -> trains(1, EventSlots.Rule.FLOOR, 1, 1));
    assertEquals(
        "film: expected events in 1 columns and 1 rows; found one in column 1, row 0 (counted"
            + " from 0)",
        problem.getMessage());
  }
}
