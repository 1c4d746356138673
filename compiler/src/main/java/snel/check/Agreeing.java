package snel.check;

import java.util.List;
import java.util.Optional;
import snel.types.DimensionTerm;
import snel.types.Extent;
import snel.types.Type;
import snel.types.Unification;

/// What two values have in common, when each may stand for the other. An array whose shape is
/// written without lengths has an unknown shape, which agrees with every shape and single value.
record Agreeing(Context context) {

  /// The type of either, if they agree in kind and dimension. Shapes are not looked at.
  Optional<Type> common(Type left, Type right) {
    Type a = context.resolved(left);
    Type b = context.resolved(right);
    if (Wording.isOpen(a) && Wording.isOpen(b)) {
      return Optional.of(a);
    }
    if (a.single() instanceof Type.Unknown || b.single() instanceof Type.Unknown) {
      return Optional.of(Type.UNKNOWN);
    }
    if (Wording.isNumber(a) && Wording.isNumber(b)) {
      return number(a, b);
    }
    if (Wording.isOpen(a)) {
      return Optional.of(b);
    }
    if (Wording.isOpen(b)) {
      return Optional.of(a);
    }
    return other(a, b);
  }

  private Optional<Type> number(Type a, Type b) {
    boolean whole =
        a.single() instanceof Type.Int && (b.single() instanceof Type.Int || Wording.fitsAll(b))
            || b.single() instanceof Type.Int && Wording.fitsAll(a);
    DimensionTerm dimension = a.numberDimension().orElse(DimensionTerm.PLAIN);
    if (!context.sameDimension(a, b)) {
      return Optional.empty();
    }
    Type element =
        whole
            ? Type.INT
            : a.single() instanceof Type.Fixed
                ? a.single()
                : b.single() instanceof Type.Fixed ? b.single() : new Type.Real(dimension);
    return Optional.of(like(element, a, b));
  }

  /// `element` in the shape that an operation of `a` and `b` has.
  static Type like(Type element, Type a, Type b) {
    if (!(a instanceof Type.Array) && !(b instanceof Type.Array)) {
      return element;
    }
    List<Extent> shape = Unification.broadcast(a, b).orElse(List.of());
    return new Type.Array(element.single(), shape);
  }

  private Optional<Type> other(Type a, Type b) {
    if (a instanceof Type.Tuple(var x) && b instanceof Type.Tuple(var y)) {
      return tuple(x, y);
    }
    if (a instanceof Type.Sequence(var x) && b instanceof Type.Sequence(var y)) {
      return common(x, y).map(Type.Sequence::new);
    }
    if (a instanceof Things.Interval(var x) && b instanceof Things.Interval(var y)) {
      return common(x, y).map(Things.Interval::new);
    }
    if (a instanceof Things.Cells x && b instanceof Things.Cells y) {
      return Optional.of(x.equals(y) ? x : new Things.Cells(Optional.empty()));
    }
    if (a instanceof Things.Wires x && b instanceof Things.Wires y) {
      return Optional.of(x.equals(y) ? x : new Things.Wires(Optional.empty(), Type.UNKNOWN));
    }
    if (a.single().equals(b.single())) {
      return Optional.of(like(a.single(), a, b));
    }
    if (a instanceof Things.Nothing || b instanceof Things.Nothing) {
      return Optional.of(a instanceof Things.Nothing ? b : a);
    }
    return Optional.empty();
  }

  private Optional<Type> tuple(List<Type> x, List<Type> y) {
    if (x.size() != y.size()) {
      return Optional.empty();
    }
    var parts = new java.util.ArrayList<Type>();
    for (int k = 0; k < x.size(); k++) {
      Optional<Type> part = common(x.get(k), y.get(k));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(new Type.Tuple(parts));
  }

  /// Whether the shapes can be those of one operation.
  boolean shapesAgree(Type a, Type b) {
    Type x = context.resolved(a);
    Type y = context.resolved(b);
    return x.shape().isEmpty() || y.shape().isEmpty() || Unification.broadcast(x, y).isPresent();
  }
}
