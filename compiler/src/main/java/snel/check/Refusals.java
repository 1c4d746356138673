package snel.check;

import snel.syntax.Expression;

/// What this version lacks is refused in one sentence a program. E0604, E0605, E0606.
final class Refusals {
  private Refusals() {}

  /// `load onnx(…)`.
  static boolean isConversion(Expression what) {
    return what instanceof Expression.Call(Expression.Variable(var name, _), _, _)
        && (name.text().equals("onnx") || name.text().equals("nir"));
  }
}
