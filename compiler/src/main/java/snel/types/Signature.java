package snel.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.units.Dimension;

/// The types of a function's parameters and of its result. Dimension variables in it stand for any
/// dimension, a new one at each call.
public record Signature(String name, List<Parameter> parameters, Type result) {
  /// @param optional it may be left out at a call
  public record Parameter(String name, Type type, boolean optional) {}

  public Signature {
    parameters = List.copyOf(parameters);
  }

  /// This signature for one call, with variables of its own.
  public Signature instantiated(Unification unification) {
    var renamed = new HashMap<DimensionVariable, DimensionVariable>();
    var fresh = new ArrayList<Parameter>();
    for (Parameter p : parameters) {
      fresh.add(new Parameter(p.name, renamed(p.type, renamed, unification), p.optional));
    }
    return new Signature(name, fresh, renamed(result, renamed, unification));
  }

  private static Type renamed(
      Type type, Map<DimensionVariable, DimensionVariable> names, Unification unification) {
    return switch (type) {
      case Type.Real(var dimension) -> new Type.Real(renamed(dimension, names, unification));
      case Type.Fixed(int i, int f, var dimension) ->
          new Type.Fixed(i, f, renamed(dimension, names, unification));
      case Type.Array(var element, var shape) ->
          new Type.Array(renamed(element, names, unification), shape);
      case Type.Tuple(var parts) ->
          new Type.Tuple(parts.stream().map(part -> renamed(part, names, unification)).toList());
      case Type.Sequence(var element) -> new Type.Sequence(renamed(element, names, unification));
      case Type.Stream(var element) -> new Type.Stream(renamed(element, names, unification));
      case Type.Sample _, Type.Int _, Type.Bool _, Type.Text _, Type.Spikes _ -> type;
      case Type.Thing _, Type.Unknown _ -> type;
    };
  }

  private static DimensionTerm renamed(
      DimensionTerm term,
      Map<DimensionVariable, DimensionVariable> names,
      Unification unification) {
    DimensionTerm result = DimensionTerm.of(term.known());
    for (var entry : term.powers().entrySet()) {
      DimensionVariable fresh =
          names.computeIfAbsent(entry.getKey(), old -> unification.fresh(old.name()));
      result = result.times(DimensionTerm.of(fresh).power(entry.getValue()));
    }
    return result;
  }

  /// `exp(x : real) : real`.
  @Override
  public String toString() {
    var parts = parameters.stream().map(p -> p.name + " : " + p.type).toList();
    return name + "(" + String.join(", ", parts) + ") : " + result;
  }

  /// How many arguments a call must give at least.
  public int required() {
    return (int) parameters.stream().filter(p -> !p.optional).count();
  }

  /// A function of plain numbers that gives a plain number.
  static Signature plain(String name, String... parameters) {
    var list = new ArrayList<Parameter>();
    for (String parameter : parameters) {
      list.add(new Parameter(parameter, Type.of(Dimension.PLAIN), false));
    }
    return new Signature(name, list, Type.of(Dimension.PLAIN));
  }
}
