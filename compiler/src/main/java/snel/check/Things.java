package snel.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.syntax.Declaration;
import snel.types.Type;

/// What names and expressions may stand for that is no plain value. Models are absent where they
/// are not known, or faulty.
sealed interface Things extends Type.Thing {

  /// A population, a slice of one, or a family of populations.
  record Cells(Optional<NeuronModel> model) implements Things {}

  /// `E.burst`: the events of a population.
  record Happening(Optional<NeuronModel> model, String event) implements Things {}

  /// A named connection, or a family of them.
  ///
  /// @param weight the type of its `w`, where it has no synapse model of its own
  record Wires(Optional<SynapseModel> model, Type weight) implements Things {}

  /// A network inside a network.
  record Part(Optional<NetworkModel> model) implements Things {}

  /// One neuron, or `peers`, all of its population: `word` is `pre`, `post`, `self` or `peers`.
  record End(String word, Optional<NeuronModel> model) implements Things {}

  record Readout() implements Things {}

  /// Something to look at in a report.
  record Figure() implements Things {}

  /// A table from a file: its columns are its members.
  record Table() implements Things {}

  /// `none`: what a read-out says before it has an answer.
  record Nothing() implements Things {}

  /// Numbers of no fixed set of names: `edge.contacts`, `offset.x`.
  record Numbers(String word) implements Things {}

  /// `a .. b`.
  record Interval(Type of) implements Things {}

  /// `data`: streams by name, fields of all samples.
  record Dataset(Map<String, Type> members, Type.Sample sample) implements Things {}

  /// A model, network or experiment by its name, as sweeps and measures use it.
  record Named(Declaration declaration, Scope scope) implements Things {}

  /// A file or folder that was imported as a whole.
  record Module(snel.resolve.Entity entity, Models models) implements Things {}

  Type FIGURE = new Figure();
  Type READOUT = new Readout();
  Type TABLE = new Table();
  Type NOTHING = new Nothing();

  @Override
  default String kind() {
    return switch (this) {
      case Cells _ -> "population";
      case Happening _ -> "kind of event";
      case Wires _ -> "projection";
      case Part _ -> "part of the network";
      case End _ -> "neuron";
      case Readout _ -> "read-out";
      case Figure _ -> "figure";
      case Table _ -> "table";
      case Nothing _ -> "missing answer";
      case Numbers _ -> "row of numbers";
      case Interval _ -> "range";
      case Dataset _ -> "data set";
      case Module _ -> "module";
      case Named(var declaration, _) -> kind(declaration);
    };
  }

  private static String kind(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Neuron _ -> "neuron model";
      case Declaration.Synapse _ -> "synapse model";
      case Declaration.Network _ -> "network";
      case Declaration.Experiment _ -> "experiment";
      case Declaration.Sweep _ -> "sweep";
      case Declaration.Deployment _ -> "deployment";
      case Declaration.Function _ -> "function";
      case Declaration.Data _ -> "data set";
      case Declaration.Test _ -> "test";
      case snel.syntax.Let _ -> "constant";
    };
  }

  /// An array of unknown shape.
  static Type array(Type element) {
    return new Type.Array(element.single(), List.of());
  }
}
