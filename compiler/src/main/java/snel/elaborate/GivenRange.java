package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Exact;
import snel.math.Expr;
import snel.source.Span;
import snel.syntax.Binding;
import snel.syntax.Expression;

/// What is given to a parameter lies in the range that it is declared with. E0216.
public final class GivenRange {
  private GivenRange() {}

  /// Reports constants, alone or in a list, that lie outside the range of `binding`.
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
        context.fault(
            Diagnostic.of(
                    Code.OUT_OF_RANGE,
                    "the value of `%s` lies outside its range `%s`"
                        .formatted(binding.name().text(), range.span().text()),
                    span,
                    below ? "too small" : "too large")
                .label(range.span(), "the range"));
        return;
      }
    }
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
