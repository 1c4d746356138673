package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Expression;
import snel.types.Type;
import snel.units.Dimension;

/// Two sides of an operator that do not agree, and how they are shown: the odd one is underlined,
/// and where the other one is a name, its declaration is shown.
final class Operands {
  private final Expressions expressions;
  private final Expression left;
  private final Expression right;
  private final Type leftType;
  private final Type rightType;

  Operands(
      Expressions expressions, Expression left, Expression right, Type leftType, Type rightType) {
    this.expressions = expressions;
    this.left = left;
    this.right = right;
    this.leftType = expressions.context().resolved(leftType);
    this.rightType = expressions.context().resolved(rightType);
  }

  String leftWords() {
    return WrongKind.described(leftType);
  }

  String rightWords() {
    return WrongKind.described(rightType);
  }

  /// A diagnostic with both places and the advice that fits.
  Diagnostic diagnostic(Code code, String message) {
    boolean leftOdd = Wording.isPlain(leftType) && !Wording.isPlain(rightType);
    Expression odd = leftOdd ? left : right;
    Expression other = leftOdd ? right : left;
    Type oddType = leftOdd ? leftType : rightType;
    Type otherType = leftOdd ? rightType : leftType;
    var diagnostic =
        Diagnostic.of(code, message, odd.span(), "this is " + WrongKind.described(oddType))
            .label(place(other), subject(other) + " is " + WrongKind.described(otherType));
    return advised(diagnostic, odd, oddType, other, otherType);
  }

  /// The declaration of a name in the author's files, else where the expression stands.
  private Span place(Expression expression) {
    return declaration(expression).orElse(expression.span());
  }

  private Optional<Span> declaration(Expression expression) {
    return expression.ungrouped() instanceof Expression.Variable(var name, var span)
        ? expressions
            .scope()
            .find(name.text())
            .filter(s -> s.role() != Role.GIVEN && s.span().file().equals(span.file()))
            .map(Symbol::span)
        : Optional.empty();
  }

  private String subject(Expression expression) {
    return declaration(expression).isPresent()
        ? "`" + Wording.text(expression.ungrouped().span()) + "`"
        : "this";
  }

  private Diagnostic advised(
      Diagnostic diagnostic, Expression odd, Type oddType, Expression other, Type otherType) {
    Context context = expressions.context();
    Optional<UnitAdvice> unit =
        UnitAdvice.of(context, expressions.scope(), odd, oddType, otherType, Optional.of(other));
    if (unit.isPresent()) {
      return unit.get().addTo(diagnostic);
    }
    return noiseAsRate(oddType, otherType)
        .or(() -> noiseAsRate(otherType, oddType))
        .or(() -> Factors.between(context, expressions.scope(), odd, oddType, otherType))
        .or(() -> Factors.between(context, expressions.scope(), other, otherType, oddType))
        .map(diagnostic::help)
        .or(() -> plain(odd, oddType, otherType).map(diagnostic::help))
        .orElse(diagnostic);
  }

  private static Optional<String> noiseAsRate(Type noise, Type rate) {
    return Wording.dimension(noise)
        .flatMap(found -> Wording.dimension(rate).map(found::dividedBy))
        .flatMap(ModelNames::noiseAsRate);
  }

  /// How to get a plain number on purpose.
  private Optional<String> plain(Expression odd, Type oddType, Type otherType) {
    boolean plainWanted = Wording.isPlain(oddType) && !(odd instanceof Expression.Number);
    Optional<Dimension> dimension = Wording.dimension(otherType);
    return dimension
        .filter(d -> plainWanted && !d.isPlain())
        .map(d -> AuthorUnits.of(d, Optional.empty(), expressions.scope()))
        .map(unit -> "to get a plain number on purpose, divide by `1 " + unit + "`");
  }
}
