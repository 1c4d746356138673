package snel.target.c;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Function;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Place;
import snel.ir.protocol.ReadOut;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.target.Refusal;

/// Finds what experiments ask for that a C program cannot do.
public final class CRefusals {
  private final List<Refusal> found = new ArrayList<>();

  private CRefusals() {}

  /// What stands against translating an experiment; empty if nothing does.
  public static List<Refusal> of(Experiment experiment) {
    CRefusals refusals = new CRefusals();
    refusals.experiment(experiment);
    return List.copyOf(refusals.found);
  }

  private void experiment(Experiment experiment) {
    Parts.eachAction(experiment.body(), this::action);
    Set<String> machines =
        experiment.readOuts().stream()
            .filter(each -> each.kind() == ReadOut.Kind.LINEAR_SVM)
            .map(ReadOut::name)
            .collect(Collectors.toSet());
    Parts.eachAction(
        experiment.body(),
        action -> {
          if (action instanceof Action.Fit(var name, _, var place) && machines.contains(name)) {
            refuse("fits no support vector machines", place, true);
          }
        });
  }

  private void action(Action action) {
    Place place = action.place();
    if (action instanceof Action.Load) {
      refuse("reads no archives of weights", place, true);
    } else if (action instanceof Action.Convert) {
      refuse("converts no networks", place, true);
    } else if (action instanceof Action.Learn) {
      refuse("does not train by gradients, nor keeps the best weights", place, true);
    } else if (action instanceof Action.RunExperiment) {
      refuse("runs no sweeps", place, false);
    } else if (action instanceof Action.Report(var items, _)) {
      items.forEach(item -> reported(item, place));
    }
  }

  /// Of what is drawn, accuracies are results that a reader counts on.
  private void reported(Action.Item item, Place place) {
    if (isFigure(item)
        && item.value() instanceof Term.Call call
        && call.function() == Function.ACCURACY_BY) {
      refuse("tells no accuracy of groups", place, false);
    }
  }

  /// Figures are left out.
  static boolean isFigure(Action.Item item) {
    return item.value().type() instanceof Type.Figure;
  }

  private void refuse(String what, Place place, boolean elsewhere) {
    Refusal refusal = new Refusal(what, place, elsewhere);
    if (!found.contains(refusal)) {
      found.add(refusal);
    }
  }
}
