package snel.check;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Extent;
import snel.types.Type;
import snel.units.Rational;

/// A constant index into a list lies within it. E0407.
final class IndexRange {
  private IndexRange() {}

  static void check(Context context, Scope scope, Type.Array array, Expression.Index index) {
    List<Extent> shape = array.shape();
    for (int axis = 0; axis < Math.min(shape.size(), index.indices().size()); axis++) {
      Expression at = index.indices().get(axis);
      Optional<Rational> value = Constants.SURE.value(at, scope).filter(Rational::isWhole);
      if (value.isPresent() && shape.get(axis) instanceof Extent.Known(long length)) {
        boolean inside =
            value.get().signum() >= 0 && value.get().compareTo(Rational.of(length)) < 0;
        if (!inside) {
          context.report(
              Diagnostic.of(
                  Code.INDEX_OUT_OF_RANGE,
                  "there is no element "
                      + value.get().numerator()
                      + " in `"
                      + Wording.text(index.owner().span())
                      + "`: its "
                      + length
                      + " elements are 0 .. "
                      + (length - 1),
                  at.span(),
                  "out of range"));
        }
      }
    }
  }
}
