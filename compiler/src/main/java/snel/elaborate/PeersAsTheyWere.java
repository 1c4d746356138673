package snel.elaborate;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import snel.diagnostics.Code;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.source.Span;

/// Nothing that a body writes is read by it of other neurons: the result would depend on the order
/// of the neurons.
final class PeersAsTheyWere {
  private final Context context;

  PeersAsTheyWere(Context context) {
    this.context = context;
  }

  /// @param place where the body stands, for what has no place of its own
  void check(List<Action> body, Span place) {
    check(body, Action.assigned(body).collect(Collectors.toSet()), place);
  }

  private void check(List<Action> body, Set<String> written, Span place) {
    for (Action action : body) {
      switch (action) {
        case Action.Assign(_, var value, var span) -> check(value, written, span);
        case Action.Deliver(var value, var span) -> check(value, written, span);
        case Action.Let(_, var value) -> check(value, written, place);
        case Action.If(var condition, var then, var otherwise) -> {
          check(condition, written, place);
          check(then, written, place);
          check(otherwise, written, place);
        }
      }
    }
  }

  private void check(Expr value, Set<String> written, Span span) {
    for (String name : written) {
      if (Walk.mentions(value, Owner.PEER, name)) {
        context.fault(
            Code.NO_MEANING_HERE,
            "`peers."
                + name
                + "` cannot be read where each neuron assigns its own `"
                + name
                + "`: assign it in a block of its own before this one",
            span);
        return;
      }
    }
  }
}
