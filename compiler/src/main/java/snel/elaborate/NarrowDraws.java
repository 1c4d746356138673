package snel.elaborate;

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
final class NarrowDraws {
  private static final int TRIES = 64;
  private static final double CLIPPED = 1e-3;

  /// Beyond so many deviations a normal distribution has nothing that matters here.
  private static final double TAIL = 9;

  private static final int PANELS = 2000;

  private NarrowDraws() {}

  static void check(Expr.Draw draw, Span span, Diagnostics diagnostics) {
    OptionalDouble inside = inside(draw);
    if (inside.isEmpty() || Math.pow(1 - inside.getAsDouble(), TRIES) <= CLIPPED) {
      return;
    }
    double share = 100 * Math.max(0, inside.getAsDouble());
    diagnostics.report(
        Diagnostic.of(
                Code.NARROW_DRAW,
                "of `%s` only %.2g %% lies within the bounds".formatted(draw.distribution(), share),
                span,
                "after 64 trials a draw is clipped to the bound")
            .help("correct the bound or the distribution"));
  }

  /// The share of the distribution within the bounds, if all of it is constant.
  private static OptionalDouble inside(Expr.Draw draw) {
    if (draw.redraw().isNone() || draw.parameters().stream().anyMatch(p -> number(p).isEmpty())) {
      return OptionalDouble.empty();
    }
    OptionalDouble low = bound(draw.redraw().lower(), Double.NEGATIVE_INFINITY);
    OptionalDouble high = bound(draw.redraw().upper(), Double.POSITIVE_INFINITY);
    if (low.isEmpty() || high.isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] p = draw.parameters().stream().mapToDouble(e -> number(e).orElseThrow()).toArray();
    double from = low.getAsDouble();
    double to = high.getAsDouble();
    return switch (draw.distribution()) {
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
