package snel.runtime.schedule;

import java.util.Arrays;
import snel.runtime.data.AddressEvents;
import snel.runtime.data.CameraEvents;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// Turns events into spike trains of a field: what an event camera saw, one train for each pixel
/// and, where the field has room for both, polarity: falls first, then rises; or spikes of numbered
/// units. Events of one pixel or unit in one slot of time are one spike, at the beginning of the
/// slot.
///
/// @param widthMs of a slot
/// @param rule where an event between the beginnings of two slots goes
/// @param shape `[2, rows, columns]`, or `[rows, columns]` for events of both polarities; of units
///   any
public record EventSlots(double widthMs, Rule rule, int[] shape) {
  private static final int PER_MS = 1_000_000;
  private static final int PER_MICROSECOND = 1_000;

  /// A century, of which nanoseconds fit into 63 bits.
  private static final double MOST_MS = 3.2e12;

  private static final double[] SILENT = {};

  /// To the slot before, the nearest, the one after (semantics.md, §1).
  public enum Rule {
    FLOOR,
    ROUND,
    CEIL
  }

  public Value.Trains trains(CameraEvents events) {
    int columns = shape[shape.length - 1];
    int rows = shape[shape.length - 2];
    boolean isSigned = shape.length > 2;
    int[] places = new int[events.count()];
    double[] slots = new double[places.length];
    long width = width();
    for (int k = 0; k < places.length; k++) {
      int x = events.x()[k];
      int y = events.y()[k];
      if (x < 0 || x >= columns || y < 0 || y >= rows) {
        throw DataProblem.found(
            ProblemKind.BAD_SAMPLE,
            events.file(),
            "events in %d columns and %d rows".formatted(columns, rows),
            "one in column %d, row %d (counted from 0)".formatted(x, y));
      }
      places[k] = (isSigned && events.rises()[k] ? rows + y : y) * columns + x;
      slots[k] = slot(events.times()[k] * PER_MICROSECOND, width);
    }
    return trains(places, slots);
  }

  /// Spike trains of units that are numbered from 0, each with a place of the field.
  ///
  /// @param unitMs milliseconds of a unit of time
  public Value.Trains trains(AddressEvents events, double unitMs) {
    int[] places = new int[events.count()];
    double[] slots = new double[places.length];
    long width = width();
    int size = size();
    for (int k = 0; k < places.length; k++) {
      long unit = events.units().whole(k);
      if (unit < 0 || unit >= size) {
        throw DataProblem.found(
            ProblemKind.BAD_SAMPLE,
            events.place(),
            "units 0 to " + (size - 1),
            "unit " + unit + " (event " + k + ")");
      }
      double ms = events.times().real(k) * unitMs;
      if (!(Math.abs(ms) <= MOST_MS)) {
        throw DataProblem.found(
            ProblemKind.BAD_SAMPLE,
            events.place(),
            "times within a century",
            NumberText.of(events.times().real(k)) + " (event " + k + ")");
      }
      places[k] = (int) unit;
      slots[k] = slot(Math.round(ms * PER_MS), width);
    }
    return trains(places, slots);
  }

  private Value.Trains trains(int[] places, double[] slots) {
    int[] counts = new int[size()];
    for (int place : places) {
      counts[place]++;
    }
    double[][] trains = new double[counts.length][];
    for (int place = 0; place < trains.length; place++) {
      trains[place] = counts[place] == 0 ? SILENT : new double[counts[place]];
    }
    Arrays.fill(counts, 0);
    for (int k = 0; k < places.length; k++) {
      trains[places[k]][counts[places[k]]++] = slots[k];
    }
    for (int place = 0; place < trains.length; place++) {
      trains[place] = started(trains[place]);
    }
    return new Value.Trains(trains);
  }

  private int size() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /// Nanoseconds of a slot.
  private long width() {
    long width = Math.round(widthMs * PER_MS);
    if (width <= 0) {
      throw new DataProblem(
          ProblemKind.BAD_VALUE,
          "`binned` wants slots of a nanosecond at least, not " + widthMs + " ms");
    }
    return width;
  }

  private double slot(long time, long width) {
    return switch (rule) {
      case FLOOR -> Math.floorDiv(time, width);
      case ROUND -> Math.floorDiv(2 * time + width, 2 * width);
      case CEIL -> Math.ceilDiv(time, width);
    };
  }

  /// The times at which the slots begin, each once.
  private double[] started(double[] slots) {
    return slots.length == 0
        ? slots
        : Arrays.stream(slots).sorted().distinct().map(slot -> slot * widthMs).toArray();
  }
}
