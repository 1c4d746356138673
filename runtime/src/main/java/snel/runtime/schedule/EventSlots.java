package snel.runtime.schedule;

import java.util.Arrays;
import snel.runtime.data.CameraEvents;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// Turns what an event camera saw into spike trains of a field, one for each pixel and, where the
/// field has room for both, polarity: falls first, then rises. Events of one pixel in one slot of
/// time are one spike, at the beginning of the slot.
///
/// @param widthMs of a slot
/// @param rule where an event between the beginnings of two slots goes
/// @param shape `[2, rows, columns]`, or `[rows, columns]` for events of both polarities
public record EventSlots(double widthMs, Rule rule, int[] shape) {
  private static final int PER_MS = 1_000_000;
  private static final int PER_MICROSECOND = 1_000;
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
    long width = Math.round(widthMs * PER_MS);
    if (width <= 0) {
      throw new DataProblem(
          ProblemKind.BAD_VALUE,
          "`binned` wants slots of a nanosecond at least, not " + widthMs + " ms");
    }
    int[] places = new int[events.count()];
    int[] counts = new int[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
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
      counts[places[k]]++;
    }
    double[][] trains = new double[counts.length][];
    for (int place = 0; place < trains.length; place++) {
      trains[place] = counts[place] == 0 ? SILENT : new double[counts[place]];
    }
    Arrays.fill(counts, 0);
    for (int k = 0; k < places.length; k++) {
      trains[places[k]][counts[places[k]]++] = slot(events.times()[k], width);
    }
    for (int place = 0; place < trains.length; place++) {
      trains[place] = started(trains[place]);
    }
    return new Value.Trains(trains);
  }

  private double slot(long microseconds, long width) {
    long time = microseconds * PER_MICROSECOND;
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
