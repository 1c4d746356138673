package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.types.DimensionTerm;
import snel.types.Type;
import snel.units.Rational;

/// `*` and `/` combine dimensions. A division by a constant zero is E0220, a constant that beside a
/// fixed-point number is none W0825.
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
    rounded(left, binary.right());
    if (!divides) {
      rounded(right, binary.left());
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

  /// A constant is rounded to the bits of the number that it stands beside, half to even.
  private void rounded(Type beside, Expression factor) {
    if (!(beside.single() instanceof Type.Fixed(int i, int f, _))) {
      return;
    }
    Rational half = Rational.ONE.dividedBy(Rational.of(2).power(f + 1));
    Constants.SURE
        .value(factor, expressions.scope())
        .filter(value -> value.signum() != 0)
        .filter(value -> value.compareTo(half) <= 0 && value.negated().compareTo(half) <= 0)
        .ifPresent(_ ->
            context.report(
                Diagnostic.of(
                        Code.ROUNDED_AWAY,
                        "`%s` is 0 beside a number of type `fixed(%d, %d)`, to whose bits it is rounded"
                            .formatted(Wording.text(factor.span()), i, f),
                        factor.span(),
                        "rounds to 0")
                    .help("give the number more bits behind the point")));
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
