package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.types.Type;

/// `< <= > >= == != in` want equal dimensions. E0204, and E0217 where the kinds differ.
final class Comparisons {
  private final Expressions expressions;
  private final Context context;

  Comparisons(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type type(Expression.Binary binary) {
    Type left = expressions.resolved(binary.left());
    Type right = expressions.resolved(binary.right());
    boolean equality =
        binary.operator() == BinaryOperator.EQUAL || binary.operator() == BinaryOperator.NOT_EQUAL;
    if (equality && left instanceof Things.End && right instanceof Things.End) {
      return Type.BOOL;
    }
    if (!equality && !NumbersOnly.hold(context, left, binary.left(), right, binary.right())) {
      return Type.UNKNOWN;
    }
    if (new Agreeing(context).common(left, right).isEmpty()) {
      return unlike(binary.left(), left, binary.right(), right);
    }
    return UnlikeShapes.hold(context, binary, left, right)
        ? Agreeing.like(Type.BOOL, left, right)
        : Type.UNKNOWN;
  }

  private Type unlike(Expression leftText, Type left, Expression rightText, Type right) {
    var operands = new Operands(expressions, leftText, rightText, left, right);
    if (right instanceof Things.Interval) {
      String text = Wording.text(rightText.span());
      return context.faulty(
          operands
              .diagnostic(Code.WRONG_KIND, "nothing is equal to a range, it lies `in` one")
              .help("write `in " + text + "`"));
    }
    boolean numbers = Wording.isNumber(left) && Wording.isNumber(right);
    return context.faulty(
        operands.diagnostic(
            numbers ? Code.UNLIKE_COMPARISON : Code.WRONG_KIND,
            "cannot compare " + operands.leftWords() + " with " + operands.rightWords()));
  }

  /// `x in a .. b`, `x in [a, b]`.
  Type within(Expression.Binary binary) {
    Type value = expressions.resolved(binary.left());
    Type range = expressions.resolved(binary.right());
    Optional<Type> element =
        switch (range) {
          case Things.Interval(var of) -> Optional.of(of);
          case Type.Array array -> Optional.of(array.single());
          case Type.Sequence(var of) -> Optional.of(of);
          default -> Optional.empty();
        };
    if (element.isEmpty() && Wording.isNumber(range) && !Wording.isOpen(range)) {
      String text = Wording.text(binary.right().span());
      return context.faulty(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  "`in` wants a range or a list, but `" + text + "` is one value",
                  binary.right().span(),
                  "this is " + Wording.described(range))
              .help("write `== " + text + "`, or a range: `" + text + " .. …`"));
    }
    if (element.isEmpty()) {
      return WrongKind.report(context, range, binary.right().span(), "a range or a list");
    }
    if (new Agreeing(context).common(value, element.get()).isEmpty()) {
      return unlike(binary.left(), value, binary.right(), element.get());
    }
    return value instanceof Type.Array array ? new Type.Array(Type.BOOL, array.shape()) : Type.BOOL;
  }
}
