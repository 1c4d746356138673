package snel.elaborate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.math.Expr;
import snel.source.Span;

/// A draw with bounds is repeated 64 times at most, then clipped (semantics.md §10). Where the
/// bounds leave so little of the distribution that more than one draw in a thousand is clipped,
/// they are not meant so (W0813).
public final class NarrowDraws {
  private static final int TRIES = 64;
  private static final double CLIPPED = 1e-3;

  /// Beyond so many deviations a normal distribution has nothing that matters here.
  private static final double TAIL = 9;

  private static final int PANELS = 2000;

  private NarrowDraws() {}

  /// Bounds as far as they are known before anything runs; infinite where there is none.
  public record Between(OptionalDouble low, OptionalDouble high) {}

  static void check(Expr.Draw draw, Span span, Diagnostics diagnostics) {
    if (!draw.redraw().isNone()) {
      check(
          draw.distribution(),
          draw.parameters().stream().map(NarrowDraws::number).toList(),
          new Between(
              bound(draw.redraw().lower(), Double.NEGATIVE_INFINITY),
              bound(draw.redraw().upper(), Double.POSITIVE_INFINITY)),
          span,
          diagnostics);
    }
  }

  /// @param parameters those that are known
  public static void check(
      String distribution,
      List<OptionalDouble> parameters,
      Between bounds,
      Span span,
      Diagnostics diagnostics) {
    OptionalDouble inside = inside(distribution, parameters, bounds);
    if (inside.isEmpty() || Math.pow(1 - inside.getAsDouble(), TRIES) <= CLIPPED) {
      return;
    }
    double share = 100 * Math.max(0, inside.getAsDouble());
    diagnostics.report(
        Diagnostic.of(
                Code.NARROW_DRAW,
                "of `%s` only %.2g %% lies within the bounds".formatted(distribution, share),
                span,
                "after 64 trials a draw is clipped to the bound")
            .help("correct the bound or the distribution"));
  }

  /// The share of the distribution within the bounds, if all of it is constant.
  private static OptionalDouble inside(
      String distribution, List<OptionalDouble> parameters, Between bounds) {
    boolean isKnown =
        parameters.stream().allMatch(OptionalDouble::isPresent)
            && bounds.low().isPresent()
            && bounds.high().isPresent();
    if (!isKnown) {
      return OptionalDouble.empty();
    }
    double[] p = parameters.stream().mapToDouble(OptionalDouble::getAsDouble).toArray();
    double from = bounds.low().getAsDouble();
    double to = bounds.high().getAsDouble();
    return switch (distribution) {
      case "uniform" -> uniform(p[0], p[1], from, to);
      case "normal" -> normal((from - p[0]) / p[1], (to - p[0]) / p[1], p[1]);
      case "lognormal" -> lognormal(p[0], p[1], from, to);
      case "exponential" ->
          p[0] > 0
              ? OptionalDouble.of(
                  Math.exp(-Math.max(0, from) / p[0]) - Math.exp(-Math.max(0, to) / p[0]))
              : OptionalDouble.empty();
      default -> OptionalDouble.empty();
    };
  }

  private static OptionalDouble lognormal(double mean, double sd, double from, double to) {
    double variance = Math.log1p(sd / mean * (sd / mean));
    double middle = Math.log(mean) - variance / 2;
    double spread = Math.sqrt(variance);
    return normal(
        (Math.log(Math.max(0, from)) - middle) / spread,
        (Math.log(Math.max(0, to)) - middle) / spread,
        spread);
  }

  private static OptionalDouble uniform(double a, double b, double from, double to) {
    double width = b - a;
    return width > 0
        ? OptionalDouble.of(Math.max(0, Math.min(b, to) - Math.max(a, from)) / width)
        : OptionalDouble.empty();
  }

  /// The share between two numbers of deviations from the mean, by Simpson's rule.
  private static OptionalDouble normal(double from, double to, double deviation) {
    if (!(deviation > 0)) {
      return OptionalDouble.empty();
    }
    double a = Math.clamp(from, -TAIL, TAIL);
    double b = Math.clamp(to, -TAIL, TAIL);
    double width = (b - a) / PANELS;
    double sum = density(a) + density(b);
    for (int k = 1; k < PANELS; k++) {
      sum += (k % 2 == 0 ? 2 : 4) * density(a + k * width);
    }
    return OptionalDouble.of(sum * width / 3);
  }

  private static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  private static OptionalDouble bound(Optional<Expr> bound, double none) {
    return bound.isEmpty() ? OptionalDouble.of(none) : number(bound.get());
  }

  /// What is known of a value before anything runs.
  static OptionalDouble number(Expr expression) {
    return expression instanceof Expr.Num(var value)
        ? OptionalDouble.of(value.toDouble())
        : OptionalDouble.empty();
  }
}
