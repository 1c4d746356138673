package snel.elaborate;

import java.util.Optional;
import java.util.regex.Pattern;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Exact;
import snel.source.Span;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Unit;
import snel.units.UnitReading;
import snel.units.Units;

/// Times on the grid of the step.
public final class Times {
  private static final Pattern QUANTITY = Pattern.compile("[0-9] +([a-z]+)\\b");

  private Times() {}

  /// `ms` in whole steps; off the grid it is an error naming the two nearest times.
  public static Optional<Long> steps(Context context, Exact ms, Span span) {
    Rational step = context.step();
    if (ms instanceof Exact.Approximate(var value)) {
      if (Double.isInfinite(value)) {
        return Optional.of(Long.MAX_VALUE);
      }
      double steps = value / step.toDouble();
      double nearest = Math.rint(steps);
      if (Math.abs(steps - nearest) <= 1e-9 * Math.max(1, Math.abs(steps))) {
        return Optional.of((long) nearest);
      }
      return offGrid(context, Rational.ofShortest(value), span);
    }
    Rational value = ((Exact.Ratio) ms).value();
    Rational steps = value.dividedBy(step);
    if (steps.signum() < 0) {
      context.fault(
          Code.NEGATIVE_TIME,
          "a time must not be negative here, but this is " + written(span).show(value),
          span);
      return Optional.empty();
    }
    return steps.isWhole() ? steps.toLong() : offGrid(context, value, span);
  }

  private static Optional<Long> offGrid(Context context, Rational ms, Span span) {
    Rational step = context.step();
    Rational below = ms.dividedBy(step).floor().times(step);
    Rational above = below.plus(step);
    Unit unit = written(span);
    context.fault(
        Diagnostic.of(
                Code.OFF_THE_GRID,
                unit.show(ms) + " is not a multiple of the step " + unit.show(step),
                span,
                below.signum() > 0
                    ? unit.show(below) + " or " + unit.show(above) + "?"
                    : unit.show(above) + "?")
            .help("write `to_step(" + unit.show(ms) + ")` for the nearest step"));
    return Optional.empty();
  }

  /// The last unit of time in the text, else the one in which times are mostly written.
  private static Unit written(Span span) {
    Unit unit = Unit.coherent(Dimension.TIME);
    String text = span.text();
    var quantity = QUANTITY.matcher(text);
    while (quantity.find()) {
      if (Units.read(quantity.group(1)) instanceof UnitReading.Known(var known)
          && known.dimension().equals(Dimension.TIME)) {
        unit = known;
      }
    }
    return unit;
  }
}
