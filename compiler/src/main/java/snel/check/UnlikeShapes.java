package snel.check;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Extent;
import snel.types.Type;

/// Arithmetic works element by element, so both sides have one shape or one of them is a single
/// value. E0410.
final class UnlikeShapes {
  private UnlikeShapes() {}

  static boolean hold(Context context, Expression.Binary binary, Type left, Type right) {
    if (new Agreeing(context).shapesAgree(left, right)) {
      return true;
    }
    String first = Extent.written(context.resolved(left).shape());
    String second = Extent.written(context.resolved(right).shape());
    context.report(
        Diagnostic.of(
                Code.UNLIKE_SHAPES,
                "the shapes " + first + " and " + second + " do not agree",
                binary.right().span(),
                "this is " + second)
            .label(binary.left().span(), "this is " + first));
    return false;
  }
}
