package snel.compiler;

import java.util.List;
import snel.ir.Program;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Experiment;
import snel.lower.Explanation;
import snel.lower.Lowering;
import snel.lower.Needs;
import snel.model.Network;

/// An experiment and the program it runs.
public record Compiled(
    Experiment experiment, Program program, Network network, Needs needs, List<DataSet> dataSets) {
  public Compiled {
    dataSets = List.copyOf(dataSets);
  }

  /// What was decided for the network, and why.
  public Explanation explanation() {
    return Lowering.explain(network, needs);
  }
}
