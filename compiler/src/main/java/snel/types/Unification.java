package snel.types;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.types.Agreement.UnlikeDimensions;
import snel.types.Agreement.UnlikeKinds;
import snel.types.Agreement.UnlikeShapes;
import snel.types.Agreement.WholeNumberWanted;
import snel.units.Rational;

/// Finds what dimension variables stand for, one question of agreement after the other.
///
/// Dimensions form a vector space over the rationals, so that solving one equation for one variable
/// is always possible and gives the most general answer (Kennedy, "Dimension types", ESOP 1994, has
/// the harder case of whole exponents).
public final class Unification {
  private final Map<DimensionVariable, DimensionTerm> found = new HashMap<>();
  private int variables;

  /// A variable to be found out; `name` is for messages and may be empty.
  public DimensionVariable fresh(String name) {
    return new DimensionVariable(name, variables++, false);
  }

  /// A variable that equals only itself: the dimension of `weight w : any` inside its declaration.
  public DimensionVariable rigid(String name) {
    return new DimensionVariable(name, variables++, true);
  }

  /// The type of `0` and `infinity`, which fit every dimension.
  public Type anyDimension() {
    return new Type.Real(DimensionTerm.of(fresh("")));
  }

  /// Whether both dimensions can be made equal; if so they are from now on.
  public boolean unify(DimensionTerm a, DimensionTerm b) {
    DimensionTerm rest = resolved(a).dividedBy(resolved(b));
    if (rest.isPlain()) {
      return true;
    }
    for (var entry : rest.powers().entrySet()) {
      DimensionVariable variable = entry.getKey();
      if (!variable.rigid()) {
        DimensionTerm others = rest.with(variable, DimensionTerm.PLAIN);
        bind(variable, others.power(Rational.of(-1).dividedBy(entry.getValue())));
        return true;
      }
    }
    return false;
  }

  private void bind(DimensionVariable variable, DimensionTerm value) {
    found.replaceAll((other, term) -> term.with(variable, value));
    found.put(variable, value);
  }

  /// Whether the types are the same but for what is still open.
  public Agreement unify(Type a, Type b) {
    if (a instanceof Type.Unknown || b instanceof Type.Unknown) {
      return Agreement.YES;
    }
    return switch (a) {
      case Type.Real(var x) -> b instanceof Type.Real(var y) ? dimensions(x, y) : unlike(a, b);
      case Type.Fixed(int i, int f, var x) ->
          b instanceof Type.Fixed(int j, int g, var y) && i == j && f == g
              ? dimensions(x, y)
              : unlike(a, b);
      case Type.Array(var x, var shape) -> {
        if (b instanceof Type.Array(var y, var other)) {
          boolean agree = Extent.common(shape, other).isPresent();
          yield agree ? unify(x, y) : new UnlikeShapes(resolved(a), resolved(b));
        }
        yield unlike(a, b);
      }
      case Type.Tuple(var x) ->
          b instanceof Type.Tuple(var y) && x.size() == y.size() ? all(x, y) : unlike(a, b);
      case Type.Sequence(var x) -> b instanceof Type.Sequence(var y) ? unify(x, y) : unlike(a, b);
      case Type.Stream(var x) -> b instanceof Type.Stream(var y) ? unify(x, y) : unlike(a, b);
      case Type.Sample(var x) ->
          b instanceof Type.Sample(var y) && List.copyOf(x.keySet()).equals(List.copyOf(y.keySet()))
              ? all(List.copyOf(x.values()), List.copyOf(y.values()))
              : unlike(a, b);
      case Type.Int(), Type.Bool(), Type.Text(), Type.Spikes(), Type.Thing _ ->
          a.equals(b) ? Agreement.YES : unlike(a, b);
      case Type.Unknown() -> Agreement.YES;
    };
  }

  private Agreement unlike(Type a, Type b) {
    return new UnlikeKinds(resolved(a), resolved(b));
  }

  private Agreement dimensions(DimensionTerm a, DimensionTerm b) {
    return unify(a, b) ? Agreement.YES : new UnlikeDimensions(resolved(a), resolved(b));
  }

  private Agreement all(List<Type> a, List<Type> b) {
    for (int i = 0; i < a.size(); i++) {
      Agreement part = unify(a.get(i), b.get(i));
      if (!part.isYes()) {
        return part;
      }
    }
    return Agreement.YES;
  }

  /// Whether a value of type `found` may be given to something of type `wanted`: as [#unify], and a
  /// whole number serves as a plain one, a plain one as `fixed`, a single value for each element of
  /// an array.
  public Agreement fits(Type found, Type wanted) {
    if (wanted.shape().isEmpty() && !found.shape().isEmpty()
        || !found.shape().isEmpty() && Extent.common(found.shape(), wanted.shape()).isEmpty()) {
      boolean known = !(wanted instanceof Type.Unknown) && wanted.numberDimension().isPresent();
      return known ? new UnlikeShapes(resolved(found), resolved(wanted)) : unify(found, wanted);
    }
    Type value = found.single();
    Type place = wanted.single();
    if (place instanceof Type.Real(var dimension) && value instanceof Type.Int) {
      return dimensions(DimensionTerm.PLAIN, dimension);
    }
    if (place instanceof Type.Int && value instanceof Type.Real(var dimension)) {
      return unify(dimension, DimensionTerm.PLAIN)
          ? new WholeNumberWanted(resolved(found))
          : new UnlikeDimensions(resolved(dimension), DimensionTerm.PLAIN);
    }
    if (place instanceof Type.Fixed(int _, int _, var dimension)
        && (value instanceof Type.Real || value instanceof Type.Int)) {
      return dimensions(value.numberDimension().orElse(DimensionTerm.PLAIN), dimension);
    }
    return unify(value, place);
  }

  /// The shape of an element-by-element operation: both the same, or one of them single.
  public static Optional<List<Extent>> broadcast(Type a, Type b) {
    if (a.shape().isEmpty() || b.shape().isEmpty()) {
      return Optional.of(a.shape().isEmpty() ? b.shape() : a.shape());
    }
    return Extent.common(a.shape(), b.shape());
  }

  /// `term` with everything found so far put in.
  public DimensionTerm resolved(DimensionTerm term) {
    DimensionTerm result = term;
    for (DimensionVariable variable : term.powers().keySet()) {
      DimensionTerm value = found.get(variable);
      if (value != null) {
        result = result.with(variable, value);
      }
    }
    return result;
  }

  /// `type` with everything found so far put in.
  public Type resolved(Type type) {
    return switch (type) {
      case Type.Real(var dimension) -> new Type.Real(resolved(dimension));
      case Type.Fixed(int i, int f, var dimension) -> new Type.Fixed(i, f, resolved(dimension));
      case Type.Array(var element, var shape) -> new Type.Array(resolved(element), shape);
      case Type.Tuple(var parts) -> new Type.Tuple(parts.stream().map(this::resolved).toList());
      case Type.Sequence(var element) -> new Type.Sequence(resolved(element));
      case Type.Stream(var element) -> new Type.Stream(resolved(element));
      case Type.Sample(var fields) -> {
        var resolved = new LinkedHashMap<String, Type>();
        fields.forEach((name, field) -> resolved.put(name, resolved(field)));
        yield new Type.Sample(resolved);
      }
      case Type.Int(), Type.Bool(), Type.Text(), Type.Spikes() -> type;
      case Type.Thing _, Type.Unknown() -> type;
    };
  }
}
