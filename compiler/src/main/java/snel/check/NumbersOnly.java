package snel.check;

import snel.syntax.Expression;
import snel.types.Type;

/// Arithmetic is done with numbers.
final class NumbersOnly {
  private NumbersOnly() {}

  static boolean hold(
      Context context, Type left, Expression leftText, Type right, Expression rightText) {
    boolean first = holds(context, left, leftText);
    return holds(context, right, rightText) && first;
  }

  private static boolean holds(Context context, Type type, Expression text) {
    if (Wording.isOpen(type) || Wording.isNumber(type)) {
      return true;
    }
    WrongKind.report(context, type, text.span(), "a number");
    return false;
  }
}
