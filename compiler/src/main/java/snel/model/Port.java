package snel.model;

import java.util.List;
import snel.math.Kind;
import snel.source.Span;

/// An event port and its body. `parameters` are the names it binds (none for pure events).
///
/// @param perTarget in a synapse: `receive teacher of post` reaches the synapses of one target
/// @param sum how several arrivals are added
public record Port(
    String name,
    List<String> parameters,
    List<Kind> kinds,
    boolean perTarget,
    Sum sum,
    List<Action> body,
    Span span) {
  public Port {
    kinds = List.copyOf(kinds);
    parameters = List.copyOf(parameters);
    body = List.copyOf(body);
  }

  /// Order of the sum of arrivals (semantics.md §3).
  public enum Sum {
    ORDERED,
    EXACT,
    ANY
  }
}
