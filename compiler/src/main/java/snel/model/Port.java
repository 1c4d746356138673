package snel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Linear;
import snel.math.Owner;
import snel.math.Walk;
import snel.source.Span;

/// An event port and its body. `parameters` are the names it binds (none for pure events).
///
/// @param unit in which the first parameter is shown unless an author writes another
/// @param perTarget in a synapse: `receive teacher of post` reaches the synapses of one target
/// @param sum how several arrivals are added
public record Port(
    String name,
    List<String> parameters,
    List<Kind> kinds,
    String unit,
    boolean perTarget,
    Sum sum,
    List<Action> body,
    Span span) {
  public Port {
    kinds = List.copyOf(kinds);
    parameters = List.copyOf(parameters);
    body = List.copyOf(body);
  }

  /// The same with another body.
  public Port doing(List<Action> other) {
    return new Port(name, parameters, kinds, unit, perTarget, sum, other, span);
  }

  /// Whether running the body once with a sum equals running it for each arrival: every statement
  /// adds a multiple of the argument to a state, and no multiple depends on what is assigned or
  /// drawn.
  public boolean isLinear() {
    if (parameters.size() != 1) {
      return false;
    }
    String w = parameters.get(0);
    List<String> assigned = new ArrayList<>();
    for (Action action : body) {
      if (!(action instanceof Action.Assign(var target, _, _))) {
        return false;
      }
      assigned.add(target.name());
    }
    for (Action action : body) {
      if (!(action instanceof Action.Assign(var target, var value, _))) {
        return false;
      }
      Optional<Linear> parts = Linear.in(value, Owner.ARGUMENT, w);
      if (parts.isEmpty() || !parts.get().rest().equals(target)) {
        return false;
      }
      Expr multiple = parts.get().coefficient();
      if (Walk.hasDraw(multiple)
          || assigned.stream().anyMatch(name -> Walk.mentions(multiple, Owner.SELF, name))) {
        return false;
      }
    }
    return true;
  }

  /// Order of the sum of arrivals (semantics.md §3).
  public enum Sum {
    ORDERED,
    EXACT,
    ANY,
    /// Only the largest counts.
    LARGEST
  }
}
