package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Interval;
import snel.source.Span;
import snel.syntax.Binding;
import snel.syntax.Expression;

/// What is given to a parameter lies in the range that it is declared with. E0216.
public final class GivenRange {
  private GivenRange() {}

  /// Reports constants, alone or in a list, that lie outside the range of `binding`, and what is
  /// drawn if no draw can lie in it.
  ///
  /// @param env where the ends of the range are read
  /// @param span of what gives the value
  public static void check(Context context, Env env, Binding binding, Val value, Span span) {
    Expression.Range range = binding.bounds();
    if (range == null) {
      return;
    }
    Optional<Exact> low = end(context, env, range.lower());
    Optional<Exact> high = end(context, env, range.upper());
    for (Exact number : numbers(value)) {
      boolean below = low.filter(end -> number.compareTo(end) < 0).isPresent();
      boolean above =
          high.filter(end -> number.compareTo(end) > (range.closed() ? 0 : -1)).isPresent();
      if (below || above) {
        report(context, binding, range, below, span);
        return;
      }
    }
    for (Interval all : intervals(value)) {
      boolean below = low.filter(end -> all.high() < end.toDouble()).isPresent();
      boolean above =
          high.map(Exact::toDouble)
              .filter(end -> range.closed() ? all.low() > end : all.low() >= end)
              .isPresent();
      if (below || above) {
        report(context, binding, range, below, span);
        return;
      }
    }
  }

  private static void report(
      Context context, Binding binding, Expression.Range range, boolean below, Span span) {
    context.fault(
        Diagnostic.of(
                Code.OUT_OF_RANGE,
                "the value of `%s` lies outside its range `%s`"
                    .formatted(binding.name().text(), range.span().text()),
                span,
                below ? "too small" : "too large")
            .label(range.span(), "the range"));
  }

  /// Where what is drawn can lie.
  private static List<Interval> intervals(Val value) {
    return switch (value) {
      case Val.Num(var known, _) when ModelParts.isConstant(known) -> List.of();
      case Val.Num(var drawn, _) -> List.of(Interval.of(drawn, _ -> Interval.UNKNOWN));
      case Val.Items(var items) ->
          items.stream().flatMap(item -> intervals(item).stream()).toList();
      default -> List.of();
    };
  }

  private static Optional<Exact> end(Context context, Env env, Expression end) {
    return new Evaluator(context, env)
        .scalar(end)
        .flatMap(e -> e instanceof Expr.Num(var number) ? Optional.of(number) : Optional.empty());
  }

  private static List<Exact> numbers(Val value) {
    return switch (value) {
      case Val.Num(Expr.Num(var number), _) -> List.of(number);
      case Val.Num(Expr.Table(_, var numbers, _), _) -> numbers;
      case Val.Items(var items) -> items.stream().flatMap(item -> numbers(item).stream()).toList();
      default -> List.of();
    };
  }
}
