package snel.compiler;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import snel.ir.Program;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Experiment;
import snel.lower.Explanation;
import snel.lower.Level;
import snel.lower.Lowering;
import snel.lower.Needs;
import snel.model.Network;

/// An experiment and the program it runs.
public record Compiled(
    Experiment experiment, Program program, Network network, Needs needs, List<DataSet> dataSets) {
  public Compiled {
    dataSets = List.copyOf(dataSets);
  }

  /// Its number type and whether bits are kept, as `numerics` says it.
  public String numerics() {
    String type = program.real().name().toLowerCase(Locale.ROOT);
    return type + (network.fast() ? ", fast" : ", strict");
  }

  /// How equal its results are on all targets.
  public Level level() {
    return Level.of(network);
  }

  /// The method chosen for each block of equations, and why, by the paths of its states.
  public Map<String, String> integrators() {
    return Lowering.integrators(network, needs);
  }

  /// What was decided for the network, and why.
  public Explanation explanation() {
    Explanation rows =
        AheadPlan.with(RowPlan.with(Lowering.explain(network, needs), program), program);
    return TrainingPlan.with(RecallPlan.with(rows, experiment.recalled()), program);
  }
}
