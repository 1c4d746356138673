package snel.compiler;

import java.util.List;
import snel.ir.Program;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Experiment;
import snel.model.Network;

/// An experiment and the program it runs.
public record Compiled(
    Experiment experiment, Program program, Network network, List<DataSet> dataSets) {
  public Compiled {
    dataSets = List.copyOf(dataSets);
  }
}
