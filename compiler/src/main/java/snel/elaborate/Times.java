package snel.elaborate;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Exact;
import snel.source.Span;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Units;

/// Times on the grid of the step.
public final class Times {
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
      context.fault(Code.NEGATIVE_TIME, "a time must not be negative here", span);
      return Optional.empty();
    }
    return steps.isWhole() ? steps.toLong() : offGrid(context, value, span);
  }

  private static Optional<Long> offGrid(Context context, Rational ms, Span span) {
    Rational step = context.step();
    Rational below = ms.dividedBy(step).floor().times(step);
    Rational above = below.plus(step);
    context.fault(
        Diagnostic.of(
                Code.OFF_THE_GRID,
                shown(ms) + " is not a multiple of the step " + shown(step),
                span,
                shown(below) + " or " + shown(above) + "?")
            .help("write `to_step(" + shown(ms) + ")` for the nearest step"));
    return Optional.empty();
  }

  private static String shown(Rational ms) {
    return Units.show(ms, Dimension.TIME);
  }
}
