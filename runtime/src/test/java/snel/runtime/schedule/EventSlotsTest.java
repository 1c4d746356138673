package snel.runtime.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import snel.runtime.data.AddressEvents;
import snel.runtime.data.CameraEvents;
import snel.runtime.data.DataProblem;
import snel.runtime.data.Numbers;

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

  private static double[][] trains(EventSlots.Rule rule, double[] times, int... units) {
    var events = new AddressEvents("list", new Numbers.Doubles(times), new Numbers.Ints(units));
    return new EventSlots(1, rule, new int[] {2, 2}).trains(events, 1000).rows();
  }

  @Test
  void unitsHaveTheirPlaces() {
    double[] times = {0.0029, 0.0005, 0.002, 0.002};
    double[][] before = {{}, {0}, {}, {2}};
    assertArrayEquals(before, trains(EventSlots.Rule.FLOOR, times, 3, 1, 3, 3));
    double[][] nearest = {{}, {1}, {}, {2, 3}};
    assertArrayEquals(nearest, trains(EventSlots.Rule.ROUND, times, 3, 1, 3, 3));
    assertArrayEquals(nearest, trains(EventSlots.Rule.CEIL, times, 3, 1, 3, 3));
  }

  @Test
  void unitsAndTimesThatCannotBeAreTold() {
    told("list: expected units 0 to 3; found unit 4 (event 1)", 0, 4);
    told("list: expected units 0 to 3; found unit -1 (event 0)", -1, 0);
    told("list: there are 2 times, but 3 units", 0, 1, 2);
    var problem =
        assertThrows(
            DataProblem.class, () -> trains(EventSlots.Rule.FLOOR, new double[] {Double.NaN}, 0));
    assertEquals(
        "list: expected times within a century; found not a number (event 0)",
        problem.getMessage());
  }

  private static void told(String expected, int... units) {
    var problem =
        assertThrows(DataProblem.class, () -> trains(EventSlots.Rule.FLOOR, new double[2], units));
    assertEquals(expected, problem.getMessage());
  }
}
