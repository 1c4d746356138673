package snel.runtime.report;

import java.util.Arrays;

/// The unit of a horizontal axis of time, for numbers that are short.
///
/// @param ms how many make one
record TimeAxis(String unit, double ms) {
  private static final TimeAxis MILLISECONDS = new TimeAxis("ms", 1);
  private static final TimeAxis SECONDS = new TimeAxis("s", 1_000);
  private static final TimeAxis MINUTES = new TimeAxis("min", 60_000);

  private static final double MANY_MS = 10_000;
  private static final double MANY_S = 3_600_000;

  static TimeAxis upTo(double endMs) {
    return endMs <= MANY_MS ? MILLISECONDS : endMs <= MANY_S ? SECONDS : MINUTES;
  }

  /// `812 ms`.
  static String told(double timeMs) {
    TimeAxis axis = upTo(timeMs);
    return Html.number(axis.of(timeMs)) + " " + axis.unit();
  }

  double of(double timeMs) {
    return timeMs / ms;
  }

  double[] of(double[] timesMs) {
    return Arrays.stream(timesMs).map(this::of).toArray();
  }

  /// `time (s)`.
  String label(String what) {
    return Titles.axis(what, unit);
  }
}
