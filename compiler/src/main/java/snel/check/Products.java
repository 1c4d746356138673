package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.types.DimensionTerm;
import snel.types.Type;

/// `*` and `/` combine dimensions. A division by a constant zero is E0220.
final class Products {
  private final Expressions expressions;
  private final Context context;

  Products(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type type(Expression.Binary binary) {
    Type left = expressions.resolved(binary.left());
    Type right = expressions.resolved(binary.right());
    if (!NumbersOnly.hold(context, left, binary.left(), right, binary.right())
        || !UnlikeShapes.hold(context, binary, left, right)) {
      return Type.UNKNOWN;
    }
    if (left.single() instanceof Type.Unknown || right.single() instanceof Type.Unknown) {
      return Type.UNKNOWN;
    }
    boolean divides = binary.operator() == BinaryOperator.DIVIDE;
    if (divides && isZero(binary.right())) {
      return context.faulty(byZero(binary));
    }
    DimensionTerm x = left.numberDimension().orElse(DimensionTerm.PLAIN);
    DimensionTerm y = right.numberDimension().orElse(DimensionTerm.PLAIN);
    DimensionTerm dimension = divides ? x.dividedBy(y) : x.times(y);
    return Agreeing.like(element(left.single(), right.single(), dimension, divides), left, right);
  }

  private static Type element(Type left, Type right, DimensionTerm dimension, boolean divides) {
    if (left instanceof Type.Int && right instanceof Type.Int && !divides) {
      return Type.INT;
    }
    if (left instanceof Type.Fixed(int i, int f, _)) {
      return new Type.Fixed(i, f, dimension);
    }
    if (right instanceof Type.Fixed(int i, int f, _)) {
      return new Type.Fixed(i, f, dimension);
    }
    return new Type.Real(dimension);
  }

  private boolean isZero(Expression divisor) {
    return Constants.SURE
        .value(divisor, expressions.scope())
        .filter(v -> v.signum() == 0)
        .isPresent();
  }

  private Diagnostic byZero(Expression.Binary binary) {
    var diagnostic =
        Diagnostic.of(
            Code.DIVISION_BY_ZERO,
            "`" + Wording.text(binary.span()) + "` divides by zero",
            binary.right().span(),
            "this is 0");
    Optional<Symbol> named =
        binary.right().ungrouped() instanceof Expression.Variable(var name, _)
            ? expressions.scope().find(name.text())
            : Optional.empty();
    return named.map(s -> diagnostic.label(s.span(), "`" + s.name() + "` is 0")).orElse(diagnostic);
  }
}
