package snel.lower;

import java.util.List;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;

/// Whether a handler says nothing more of a variable once it has assigned it. Then it makes no
/// difference whether the variable is clipped at the assignment or after the handler.
final class LastMention {
  private LastMention() {}

  static boolean isAssignment(List<Action> body, String name) {
    return after(body, name, State.NOT_ASSIGNED) != State.MENTIONED_AGAIN;
  }

  private enum State {
    NOT_ASSIGNED,
    ASSIGNED,
    MENTIONED_AGAIN;

    State or(State other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  private static State after(List<Action> body, String name, State before) {
    State state = before;
    for (Action action : body) {
      state = after(action, name, state);
    }
    return state;
  }

  private static State after(Action action, String name, State state) {
    return switch (action) {
      case Action.Assign(var target, var value, _) -> {
        boolean own = target.name().equals(name);
        State read = reading(value, name, state);
        if (!own) {
          yield read;
        }
        yield state == State.NOT_ASSIGNED ? State.ASSIGNED : State.MENTIONED_AGAIN;
      }
      case Action.Let(_, var value) -> reading(value, name, state);
      case Action.Deliver(var value, _) -> reading(value, name, state);
      case Action.If(var condition, var then, var otherwise) -> {
        State tested = reading(condition, name, state);
        yield after(then, name, tested).or(after(otherwise, name, tested));
      }
    };
  }

  private static State reading(Expr value, String name, State state) {
    boolean again = state != State.NOT_ASSIGNED && Walk.mentions(value, Owner.SELF, name);
    return again ? State.MENTIONED_AGAIN : state;
  }
}
