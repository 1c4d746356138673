package snel.elaborate;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Bounds;
import snel.math.Expr;
import snel.source.Span;
import snel.syntax.Expression;

/// The ranges that variables are declared with, which rise. E0216.
final class Ranges {
  private Ranges() {}

  /// @param place where the value of an end is written
  static Bounds read(
      Context context,
      Evaluator evaluator,
      Expression.@Nullable Range range,
      Function<Expression, Span> place) {
    if (range == null) {
      return Bounds.NONE;
    }
    Optional<Expr> low = evaluator.scalar(range.lower());
    Optional<Expr> high = evaluator.scalar(range.upper());
    if (low.orElse(null) instanceof Expr.Num(var least)
        && high.orElse(null) instanceof Expr.Num(var most)
        && least.compareTo(most) > (range.closed() ? 0 : -1)) {
      context.fault(empty(range, least.compareTo(most) > 0, place));
    }
    return new Bounds(finite(low), finite(high), range.closed());
  }

  private static Diagnostic empty(
      Expression.Range range, boolean falls, Function<Expression, Span> place) {
    String text = range.span().text();
    Optional<Span> given =
        Stream.of(range.upper(), range.lower())
            .filter(end -> !place.apply(end).equals(end.span()))
            .map(place)
            .findFirst();
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.OUT_OF_RANGE,
            falls
                ? "a range rises, but `" + text + "` falls"
                : "there is no value in `" + text + "`",
            given.orElse(range.span()),
            "no value lies in the range");
    if (given.isPresent()) {
      return diagnostic.label(range.span(), "the range");
    }
    String turned = range.upper().span().text() + " .. " + range.lower().span().text();
    return falls ? diagnostic.fix("write `" + turned + "`", range.span(), turned) : diagnostic;
  }

  private static Optional<Expr> finite(Optional<Expr> end) {
    return end.filter(e -> !(e instanceof Expr.Num(var n) && Double.isInfinite(n.toDouble())));
  }
}
