package snel.check;

import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Type;
import snel.units.Rational;

/// A size, an index or a count is a whole number without dimension. Whether it is whole and fits is
/// found where values are known. E0211.
final class Sizes {
  private Sizes() {}

  static void check(Context context, Scope scope, List<Expression> sizes) {
    sizes.forEach(size -> check(context, scope, size));
  }

  static void check(Context context, Scope scope, Expression size) {
    check(context, context.in(scope).type(size), size, "a size");
  }

  /// @param what "a size", "an index"
  static void check(Context context, Type type, Expression written, String what) {
    Type resolved = context.resolved(type);
    if (Wording.isOpen(resolved)) {
      return;
    }
    if (!Wording.isNumber(resolved) || !context.sameDimension(resolved, Type.PLAIN)) {
      context.report(
          Diagnostic.of(
              Code.WHOLE_NUMBER_WANTED,
              what + " is a whole number, but this is " + Wording.described(resolved),
              written.span(),
              "this is " + Wording.described(resolved)));
    }
  }

  /// How often something happens.
  static void counted(Context context, Scope scope, Expression count, String what, int least) {
    check(context, context.in(scope).type(count), count, what);
    Constants.BY_DEFAULT
        .value(count, scope)
        .filter(value -> !value.isWhole() || value.compareTo(Rational.of(least)) < 0)
        .ifPresent(_ ->
            context.report(
                Diagnostic.of(
                    Code.WHOLE_NUMBER_WANTED,
                    what + " is a whole number from " + least + " on",
                    count.span(),
                    "no such number")));
  }

  static void seed(Context context, Scope scope, Expression number) {
    check(context, context.in(scope).type(number), number, "a seed");
    Constants.BY_DEFAULT
        .value(number, scope)
        .filter(value -> !value.isWhole())
        .ifPresent(value ->
            context.report(
                Diagnostic.of(
                    Code.WHOLE_NUMBER_WANTED,
                    "the seed must be whole, but this is " + value.toDouble(),
                    number.span())));
  }

  /// Indices of a family are whole numbers or texts.
  static void checkIndices(Context context, Scope scope, List<Expression> indices) {
    for (Expression index : indices) {
      Type type = context.in(scope).resolved(index);
      if (!(type instanceof Type.Text)) {
        check(context, type, index, "an index");
      }
    }
  }
}
