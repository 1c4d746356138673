package snel.lower.protocol;

import java.util.Map;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.model.Readout;

/// The numbers that a read-out is given, each in its range.
final class ReadOutOptions {
  private static final Map<String, Range> RANGES =
      Map.of(
          "classes", Range.COUNT,
          "group", Range.COUNT,
          "samples", Range.COUNT,
          "C", Range.PRICE,
          "penalty", Range.PENALTY,
          "tau", Range.TIME,
          "last", Range.TIME);

  private enum Range {
    COUNT("a whole number above 0", "", "10"),
    PRICE("a finite number above 0", "", "1"),
    PENALTY("a finite number that is not below 0", "", "0.001"),
    TIME("a time above 0", " ms", "20");

    private final String wanted;
    private final String unit;
    private final String example;

    Range(String wanted, String unit, String example) {
      this.wanted = wanted;
      this.unit = unit;
      this.example = example;
    }

    boolean holds(double number) {
      return switch (this) {
        case COUNT -> number >= 1 && number <= Integer.MAX_VALUE && number == Math.rint(number);
        case PRICE -> number > 0 && Double.isFinite(number);
        case PENALTY -> number >= 0 && Double.isFinite(number);
        case TIME -> number > 0;
      };
    }
  }

  private final Work work;
  private final Readout readout;

  ReadOutOptions(Work work, Readout readout) {
    this.work = work;
    this.readout = readout;
  }

  /// Reports every number that is out of its range.
  ///
  /// @return whether there is none
  boolean areInRange() {
    boolean all = true;
    for (Map.Entry<String, Double> given : readout.numbers().entrySet()) {
      Range range = RANGES.get(given.getKey());
      if (range != null && !range.holds(given.getValue())) {
        refuse(given.getKey(), range, given.getValue());
        all = false;
      }
    }
    return all;
  }

  private void refuse(String option, Range range, double given) {
    work.fault(
        Diagnostic.of(
                Code.OUT_OF_RANGE,
                "`%s` of `%s` is %s, not %s%s"
                    .formatted(
                        option, readout.kind(), range.wanted, PlainNumber.of(given), range.unit),
                readout.span())
            .help("write `%s: %s%s`, for example".formatted(option, range.example, range.unit)));
  }

  /// Whether what a read-out learns of so many features and classes fits into arrays; reported if
  /// it does not.
  boolean fit(long features, int classes) {
    if ((features + 1.0) * classes <= Integer.MAX_VALUE) {
      return true;
    }
    work.fault(
        Diagnostic.of(
                Code.OUT_OF_RANGE,
                "`%s` of %d features and %d classes is too large"
                    .formatted(readout.kind(), features, classes),
                readout.span())
            .help("features times classes are %d at most".formatted(Integer.MAX_VALUE)));
    return false;
  }
}
