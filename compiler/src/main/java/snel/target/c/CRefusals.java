package snel.target.c;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Place;
import snel.ir.protocol.ReadOut;
import snel.target.Refusal;

/// Finds what experiments ask for that a C program cannot do.
public final class CRefusals {
  private final List<Refusal> found = new ArrayList<>();
  private final Set<String> machines;

  /// @param machines names of the support vector machines
  private CRefusals(Set<String> machines) {
    this.machines = machines;
  }

  /// What stands against translating an experiment; empty if nothing does.
  public static List<Refusal> of(Experiment experiment) {
    CRefusals refusals =
        new CRefusals(
            experiment.readOuts().stream()
                .filter(each -> each.kind() == ReadOut.Kind.LINEAR_SVM)
                .map(ReadOut::name)
                .collect(Collectors.toSet()));
    Parts.eachAction(experiment.body(), refusals::action);
    return List.copyOf(refusals.found);
  }

  private void action(Action action) {
    Place place = action.place();
    if (action instanceof Action.Convert) {
      refuse("converts no networks", place, true);
    } else if (action instanceof Action.Learn) {
      refuse("does not train by gradients, nor keeps the best weights", place, true);
    } else if (action instanceof Action.Fit fit && machines.contains(fit.readOut())) {
      refuse("fits no support vector machines", place, true);
    } else if (action instanceof Action.RunExperiment) {
      refuse("runs no sweeps", place, false);
    }
  }

  private void refuse(String what, Place place, boolean elsewhere) {
    Refusal refusal = new Refusal(what, place, elsewhere);
    if (!found.contains(refusal)) {
      found.add(refusal);
    }
  }
}
