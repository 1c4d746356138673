package snel.lower.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.protocol.Action;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Recallable;
import snel.ir.protocol.Term;
import snel.model.Network;
import snel.model.Population;

/// Whether an experiment shows samples again, so that spikes are worth keeping.
final class ShownAgain {
  private final Map<Term.Data, Integer> shown = new HashMap<>();

  private ShownAgain() {}

  static Recallable recallable(Network network, List<Action> body) {
    if (!showsAgain(body)) {
      return Recallable.NONE;
    }
    Set<String> populations = new LinkedHashSet<>();
    for (Population population : network.populations()) {
      if (!population.isInput() && population.events().isEmpty()) {
        populations.add(population.path());
      }
    }
    List<Recallable.Hold> holds = new ArrayList<>();
    Parts.eachAction(
        body,
        action -> {
          if (action instanceof Action.Freeze(var all, var paths, _)) {
            holds.add(new Recallable.Hold(all, paths, true));
          } else if (action instanceof Action.Unfreeze(var all, var paths, _)) {
            holds.add(new Recallable.Hold(all, paths, false));
          }
        });
    return new Recallable(populations, holds);
  }

  /// Whether some data set is gone through twice, as far as the program tells.
  private static boolean showsAgain(List<Action> body) {
    var counted = new ShownAgain();
    counted.count(body, 1);
    return counted.shown.values().stream().anyMatch(times -> times > 1);
  }

  private void count(List<Action> body, int times) {
    for (Action action : body) {
      if (action instanceof Action.ForEach(_, _, var elements, var inside, _) && presents(inside)) {
        Parts.eachTerm(
            elements,
            term -> {
              if (term instanceof Term.Data data) {
                shown.merge(data, times, Integer::sum);
              }
            });
      }
      count(Parts.inside(action), times * passes(action));
    }
  }

  /// How often an action does what is inside it: 1 or more often.
  private static int passes(Action action) {
    return switch (action) {
      case Action.RepeatTimes(_, Term.Whole(var number), _, _) when number <= 1 -> 1;
      case Action.ForRange(_, _, Term.Whole(var from), Term.Whole(var to), _, _) when to <= from ->
          1;
      case Action.RepeatTimes _,
          Action.RepeatUntil _,
          Action.ForRange _,
          Action.ForEach _,
          Action.EveryTime _ ->
          2;
      default -> 1;
    };
  }

  private static boolean presents(List<Action> body) {
    boolean[] found = new boolean[1];
    Parts.eachAction(body, action -> found[0] |= action instanceof Action.Present);
    return found[0];
  }
}
