package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.math.Expr;
import snel.math.Linear;
import snel.math.Matrix;
import snel.model.Equation;

/// Linear equations as a matrix.
final class ConstantRates {
  private ConstantRates() {}

  /// What each rate takes of each variable, if all of that is constant and there is any.
  static Optional<Matrix> of(List<Equation> equations) {
    if (equations.isEmpty()) {
      return Optional.empty();
    }
    double[][] rows = new double[equations.size()][equations.size()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        Optional<Linear> parts = Linear.in(equations.get(i).rate(), equations.get(j).variable());
        if (parts.isEmpty() || !(parts.get().coefficient() instanceof Expr.Num(var value))) {
          return Optional.empty();
        }
        rows[i][j] = value.toDouble();
      }
    }
    return Optional.of(Matrix.of(rows));
  }
}
