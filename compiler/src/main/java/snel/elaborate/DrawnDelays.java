package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Walk;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;

/// A delay is not drawn from a distribution that goes below zero: the run would end at the first
/// such draw. E0303.
final class DrawnDelays {
  /// Standard deviations within which normal draws are taken to lie: one in 700 is less than the
  /// mean by more. A few synapses may do without any below zero; of others the run tells.
  private static final int LIKELY = 3;

  private DrawnDelays() {}

  /// Told of what is drawn alone: beside what differs between neurons it may be long enough.
  static void check(Context context, Expr delay, Expression written) {
    boolean isDrawn = Walk.any(delay, e -> e instanceof Expr.Draw);
    boolean differs = Walk.any(delay, e -> e instanceof Expr.Ref);
    Expr likely = Walk.rebuild(delay, DrawnDelays::likely);
    double least = Interval.of(likely, _ -> Interval.UNKNOWN).low();
    // the nearest step is 0 where it is half a step below
    if (!isDrawn || differs || least >= -context.step().toDouble() / 2) {
      return;
    }
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.NEGATIVE_TIME,
            "a delay must not be negative, but one that is drawn here may be",
            written.span(),
            "may be negative");
    context.fault(
        unbounded(written)
            .map(draw -> bounded(diagnostic, draw.span()))
            .orElseGet(
                () -> diagnostic.help("bound it: `max(0 ms, …)`, or `min: 0 ms` in the draw")));
  }

  private static Expr likely(Expr expr) {
    if (!(expr instanceof Expr.Draw draw) || !draw.distribution().equals("normal")) {
      return expr;
    }
    double mean = Interval.of(draw.parameters().get(0), _ -> Interval.UNKNOWN).low();
    double span = LIKELY * Interval.of(draw.parameters().get(1), _ -> Interval.UNKNOWN).high();
    return Double.isFinite(mean) && Double.isFinite(span)
        ? new Expr.Draw(
            "uniform",
            List.of(Expr.num(mean - span), Expr.num(mean + span)),
            draw.redraw(),
            draw.ordinal())
        : draw;
  }

  private static Diagnostic bounded(Diagnostic diagnostic, Span draw) {
    String bounded = draw.text().replaceFirst("\\s*\\)$", ", min: 0 ms)");
    return diagnostic.fix(
        "write `" + bounded + "`: what is negative is drawn again", draw, bounded);
  }

  /// The draw that is all that is written, where it has no lower bound.
  private static Optional<Expression.Call> unbounded(Expression written) {
    if (!(written.ungrouped() instanceof Expression.Call call)
        || !(call.callee() instanceof Expression.Variable function)) {
      return Optional.empty();
    }
    List<Argument> arguments = call.arguments();
    if (function.name().text().equals("to_step") && arguments.size() == 1) {
      return unbounded(arguments.get(0).value());
    }
    boolean isBounded =
        arguments.stream().anyMatch(a -> a.name() != null && a.name().text().equals("min"));
    return Expr.Draw.DISTRIBUTIONS.contains(function.name().text()) && !isBounded
        ? Optional.of(call)
        : Optional.empty();
  }
}
