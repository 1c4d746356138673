package snel.compiler;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import snel.ir.Program;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Experiment;
import snel.lower.Explanation;
import snel.lower.Level;
import snel.lower.Lowering;
import snel.lower.Needs;
import snel.model.Network;
import snel.source.LineMap;
import snel.source.SourceFile;

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

  /// Where the connection is written of which a fault tells: `net.snn:12`.
  ///
  /// @param place its path, or one of something that it has
  public Optional<String> position(String place) {
    return network.projections().stream()
        .filter(projection -> (place + ".").startsWith(projection.path() + "."))
        .findFirst()
        .map(projection -> {
          SourceFile file = projection.span().file();
          return file.name() + ":" + new LineMap(file.text()).line(projection.span().start());
        });
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
