package snel.elaborate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Lattice;
import snel.math.Walk;
import snel.model.Variable;
import snel.source.Span;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Unit;
import snel.units.UnitReading;
import snel.units.Units;

/// Times on the grid of the step.
public final class Times {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
  private static final Pattern QUANTITY = Pattern.compile("[0-9] +([a-z]+)\\b");

  /// Up to here whole numbers of steps are exact as doubles.
  private static final long MOST_STEPS = 1L << 53;

  /// Rings of arrivals have places for a power of two of steps, which are counted by an `int`.
  private static final long LONGEST_DELAY = 1L << 29;

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
        return areCountable(context, nearest, MOST_STEPS, "a time", span)
            ? Optional.of((long) nearest)
            : Optional.empty();
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
    if (!areCountable(context, steps.toDouble(), MOST_STEPS, "a time", span)) {
      return Optional.empty();
    }
    return steps.isWhole() ? steps.toLong() : offGrid(context, value, span);
  }

  /// Whether a delay of up to so many ms has few enough steps for a ring, which is reported if not.
  static boolean fitsIntoRing(Context context, double ms, Span span) {
    double steps = ms / context.step().toDouble();
    return areCountable(context, steps, LONGEST_DELAY, "a delay", span);
  }

  private static boolean areCountable(
      Context context, double steps, long most, String what, Span span) {
    if (steps <= most) {
      return true;
    }
    context.fault(
        Diagnostic.of(
                Code.OUT_OF_RANGE,
                String.format(
                    Locale.ROOT, "%s has at most %d steps, but this has %.3g", what, most, steps),
                span)
            .help("shorten it, or take a longer step"));
    return false;
  }

  /// Whether a time is longer than zero, which is reported if not.
  ///
  /// @param what "a period"
  public static boolean isLong(Context context, String what, Exact ms, Span span) {
    double value = ms.toDouble();
    boolean isLong = value > 0;
    if (!isLong) {
      String found =
          Double.isFinite(value)
              ? written(span).show(Rational.ofShortest(value))
              : "`" + span.text() + "`";
      context.fault(
          Diagnostic.of(
              Code.NEGATIVE_TIME,
              what + " is longer than zero, but this is " + found,
              span,
              "not longer than zero"));
    }
    return isLong;
  }

  private static Optional<Long> offGrid(Context context, Rational ms, Span span) {
    Rational step = context.step();
    Rational below = ms.dividedBy(step).floor().times(step);
    Rational above = below.plus(step);
    Unit unit = written(span);
    boolean isNamed = NAME.matcher(span.text()).matches();
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.OFF_THE_GRID,
            (isNamed ? "`" + span.text() + "` is " + unit.show(ms) + ", which" : unit.show(ms))
                + " is not a multiple of the step "
                + unit.show(step),
            span,
            below.signum() > 0
                ? unit.show(below) + " or " + unit.show(above) + "?"
                : unit.show(above) + "?");
    String nearest = "to_step(" + unit.show(ms) + ")";
    boolean ofModel =
        isNamed
            && context
                .instance()
                .filter(instance -> !instance.file().equals(span.file()))
                .isPresent();
    context.fault(
        ofModel
            ? diagnostic.help(
                "give `" + span.text() + ": " + nearest + "` here, which is the nearest step")
            : diagnostic.help("write `" + nearest + "` for the nearest step"));
    return Optional.empty();
  }

  /// Requires that a time which is not the same everywhere is on the grid everywhere.
  ///
  /// @param what is so long: `delay`
  static void onGrid(
      Context context,
      String what,
      Expr ms,
      Function<Expr.Ref, Optional<Lattice>> references,
      Span span) {
    Rational step = context.step();
    Optional<Lattice> values = Lattice.of(ms, step, references);
    if (values.filter(v -> v.isWithin(step)).isPresent()) {
      return;
    }
    Unit unit = written(span);
    boolean isDrawn = Walk.any(ms, e -> e instanceof Expr.Draw);
    String found =
        values.isPresent()
            ? "this %s is a multiple of %s, but not everywhere one of the step %s"
                .formatted(what, unit.show(values.get().unit()), unit.show(step))
            : isDrawn
                ? "a drawn %s is hardly ever a multiple of the step".formatted(what)
                : "nothing says that this %s is everywhere a multiple of the step %s"
                    .formatted(what, unit.show(step));
    context.fault(
        Diagnostic.of(Code.OFF_THE_GRID, found, span).help("write `to_step(…)` around it"));
  }

  /// Where a variable of a neuron lies: places are whole numbers, parameters are what they begin
  /// with.
  static Optional<Lattice> grid(Context context, List<Variable> parameters, Expr.Ref ref) {
    if (ref.name().equals("index") || ref.name().startsWith("position.")) {
      return Optional.of(Lattice.WHOLE);
    }
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(ref.name()))
        .findFirst()
        .flatMap(parameter ->
            Lattice.of(
                parameter.initial(), context.step(), inner -> grid(context, parameters, inner)));
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
