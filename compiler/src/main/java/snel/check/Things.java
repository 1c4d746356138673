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
  record Cells(Optional<NeuronModel> model) implements Things {
    @Override
    public String kind() {
      return "population";
    }
  }

  /// `E.burst`: the events of a population.
  record Happening(Optional<NeuronModel> model, String event) implements Things {
    @Override
    public String kind() {
      return "kind of event";
    }
  }

  /// A named connection, or a family of them.
  ///
  /// @param weight the type of its `w`, where it has no synapse model of its own
  record Wires(Optional<SynapseModel> model, Type weight) implements Things {
    @Override
    public String kind() {
      return "projection";
    }
  }

  /// A network inside a network.
  record Part(Optional<NetworkModel> model) implements Things {
    @Override
    public String kind() {
      return "part of the network";
    }
  }

  /// One neuron, or `peers`, all of its population: `word` is `pre`, `post`, `self` or `peers`.
  record End(String word, Optional<NeuronModel> model) implements Things {
    @Override
    public String kind() {
      return "neuron";
    }
  }

  record Readout() implements Things {
    @Override
    public String kind() {
      return "read-out";
    }
  }

  /// Something to look at in a report.
  record Figure() implements Things {
    @Override
    public String kind() {
      return "figure";
    }
  }

  /// A table from a file: its columns are its members.
  record Table() implements Things {
    @Override
    public String kind() {
      return "table";
    }
  }

  /// `none`: what a read-out says before it has an answer.
  record Nothing() implements Things {
    @Override
    public String kind() {
      return "missing answer";
    }
  }

  /// Numbers of no fixed set of names: `edge.contacts`, `offset.x`.
  record Numbers(String word) implements Things {
    @Override
    public String kind() {
      return "row of numbers";
    }
  }

  /// `a .. b`.
  record Interval(Type of) implements Things {
    @Override
    public String kind() {
      return "range";
    }
  }

  /// `data`: streams by name, fields of all samples.
  record Dataset(Map<String, Type> members, Type.Sample sample) implements Things {
    @Override
    public String kind() {
      return "data set";
    }
  }

  /// A model, network or experiment by its name, as sweeps and measures use it.
  record Named(Declaration declaration, Scope scope) implements Things {
    @Override
    public String kind() {
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
  }

  /// A file or folder that was imported as a whole.
  record Module(snel.resolve.Entity entity) implements Things {
    @Override
    public String kind() {
      return "module";
    }
  }

  Type FIGURE = new Figure();
  Type READOUT = new Readout();
  Type TABLE = new Table();
  Type NOTHING = new Nothing();

  /// An array of unknown shape.
  static Type array(Type element) {
    return new Type.Array(element.single(), List.of());
  }
}
