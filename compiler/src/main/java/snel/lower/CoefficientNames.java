package snel.lower;

import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;

/// Names of the coefficients of an exact step that are stored for each element: members of the
/// element, beside the state they belong to.
///
/// @param suffix tells one group's coefficients from those of the same states in another group
record CoefficientNames(String suffix) {
  private Expr.Ref stored(String name) {
    return new Expr.Ref(Owner.SELF, name + suffix, Kind.REAL);
  }

  Expr.Ref propagator(String row, String column) {
    return stored(row + ".propagator." + column);
  }

  Expr.Ref constant(String row) {
    return stored(row + ".constant");
  }

  /// Factor with which what moves in the equation of `column` enters `row`.
  Expr.Ref gain(String row, String column) {
    return stored(row + ".gain." + column);
  }

  Expr.Ref noise(String row, Block.Normal normal) {
    return stored(row + ".noise." + normal.text());
  }
}
