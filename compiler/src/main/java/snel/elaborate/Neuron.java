package snel.elaborate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import snel.diagnostics.Code;
import snel.diagnostics.Nearest;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Known;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Population;
import snel.source.Span;

/// What a neuron of one population shows to others: its variables, what its `let`s stand for, its
/// events and ports.
final class Neuron {
  private final String model;
  private final int size;
  private final Map<String, Kind> variables = new LinkedHashMap<>();
  private final Map<String, Expr> constants = new LinkedHashMap<>();
  private final Map<String, String> units = new LinkedHashMap<>();
  private final Set<String> events = new LinkedHashSet<>();
  private final Map<String, Supplier<Val>> lists = new LinkedHashMap<>();
  private final Map<String, Supplier<Optional<Expr>>> lets = new LinkedHashMap<>();

  Neuron(String model, int size) {
    this.model = model;
    this.size = size;
  }

  /// How many neurons the population has.
  int size() {
    return size;
  }

  String model() {
    return model;
  }

  void variable(String name, Kind kind) {
    variables.put(name, kind);
  }

  void constant(String name, Expr value) {
    constants.put(name, value);
  }

  void let(String name, Supplier<Optional<Expr>> value) {
    lets.put(name, value);
  }

  void list(String name, Supplier<Val> value) {
    lists.put(name, value);
  }

  /// A parameter that is a list, the whole of which all neurons have.
  Optional<Val> list(String name) {
    return Optional.ofNullable(lists.get(name)).map(Supplier::get);
  }

  /// The unit in which a parameter or `let` is shown.
  void unit(String name, String unit) {
    units.put(name, unit);
  }

  /// Empty where none is known.
  String unit(String name) {
    return units.getOrDefault(name, "");
  }

  void event(String name) {
    events.add(name);
  }

  boolean hasEvent(String name) {
    return events.contains(name) || name.equals("win");
  }

  /// @param asked what speaks of the event: `on post.peak`
  void requireEvent(Context context, String name, String asked, Span span) {
    if (!hasEvent(name)) {
      context.fault(
          Code.UNKNOWN_EVENT,
          "`"
              + asked
              + "`: `"
              + model
              + "` has no event `"
              + name
              + "`"
              + Nearest.hint(name, events),
          span);
    }
  }

  Set<String> names() {
    Set<String> all = new LinkedHashSet<>(variables.keySet());
    all.addAll(constants.keySet());
    all.addAll(lists.keySet());
    all.addAll(lets.keySet());
    all.addAll(events);
    return all;
  }

  static Kind memberKind(String name) {
    return switch (name) {
      case "index", "count", "spikes" -> Kind.INT;
      case "spiked", "won" -> Kind.BOOL;
      default -> Kind.REAL;
    };
  }

  /// The member as seen by somebody to whom the neuron is `owner`.
  Optional<Expr> member(Owner owner, String name) {
    if (Population.MEMBERS.contains(name)) {
      return Optional.of(new Expr.Ref(owner, name, memberKind(name)));
    }
    if (variables.containsKey(name)) {
      return Optional.of(new Expr.Ref(owner, name, Known.in(variables, name)));
    }
    if (constants.containsKey(name)) {
      return Optional.of(Known.in(constants, name));
    }
    if (lets.containsKey(name)) {
      return Known.in(lets, name).get().map(e -> seenBy(owner, e));
    }
    return Optional.empty();
  }

  private static Expr seenBy(Owner owner, Expr expression) {
    return Walk.rebuild(
        expression,
        e ->
            switch (e) {
              case Expr.Ref(var o, var name, var kind) when o == Owner.SELF ->
                  new Expr.Ref(owner, name, kind);
              case Expr.Since(var o, var event) when o == Owner.SELF ->
                  new Expr.Since(owner, event);
              default -> e;
            });
  }

  /// Members of the neuron itself as members of `population`, for network expressions.
  static Expr of(Expr expression, String population) {
    return Walk.rebuild(
        expression,
        e ->
            e instanceof Expr.Ref(var o, var name, var kind) && o == Owner.SELF
                ? new Expr.Ref(Owner.POPULATION, population + "." + name, kind)
                : e);
  }
}
