package snel.check;

import java.util.Optional;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Expression;
import snel.types.Type;
import snel.units.Dimension;

/// The advice to write a unit behind a bare number: "write `20 mV`".
record UnitAdvice(Span span, String replacement) {

  /// The advice for `odd`, if it is a bare number and an amount like `wanted` should stand there.
  ///
  /// @param near an expression with the unit that the author uses
  static Optional<UnitAdvice> of(
      Context context,
      Scope scope,
      Expression odd,
      Type found,
      Type wanted,
      Optional<Expression> near) {
    Optional<Dimension> dimension = Wording.dimension(context.resolved(wanted));
    boolean bare = isBareNumber(odd) && Wording.isPlain(context.resolved(found));
    return dimension
        .filter(d -> bare && !d.isPlain())
        .map(d -> AuthorUnits.of(d, near, scope))
        .filter(unit -> !unit.isEmpty())
        .map(unit -> new UnitAdvice(odd.span(), Wording.text(odd.span()) + " " + unit));
  }

  private static boolean isBareNumber(Expression expression) {
    return switch (expression) {
      case Expression.Number _ -> true;
      case Expression.Unary(_, Expression.Number _, _) -> true;
      default -> false;
    };
  }

  Diagnostic addTo(Diagnostic diagnostic) {
    return diagnostic.fix("write `" + replacement + "`", span, replacement);
  }
}
