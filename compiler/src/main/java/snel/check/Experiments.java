package snel.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import snel.syntax.Argument;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Instance;
import snel.syntax.NetworkItem;
import snel.syntax.Statement;
import snel.syntax.TestItem;
import snel.types.Type;

/// Kinds and dimensions in experiments, sweeps and tests.
final class Experiments {
  private final Context context;
  private final Scope root;

  Experiments(Context context, Scope root) {
    this.context = context;
    this.root = root;
  }

  void check(Declaration.Experiment experiment) {
    Optional<NetworkModel> network = network(experiment.network());
    Scope scope = network.isPresent() ? names(network) : root.incomplete();
    new Statements(context, network).body(experiment.body(), scope);
  }

  void check(Declaration.Sweep sweep) {
    Scope scope = root.inner(Place.EXPERIMENT);
    for (Declaration.Axis axis : sweep.axes()) {
      Type parameter = context.in(scope).resolved(axis.parameter());
      Type values = context.in(scope).resolved(axis.values());
      Type each =
          switch (values) {
            case Things.Interval(var of) -> of;
            case Type.Array array -> array.single();
            case Type.Sequence(var of) -> of;
            default -> values;
          };
      new Fits(context, scope)
          .check(
              parameter,
              context.resolved(each),
              axis.values(),
              "`" + Wording.text(axis.parameter().span()) + "`",
              Optional.empty());
    }
    new Statements(context, Optional.empty()).body(SweepBodies.sound(context, sweep), scope);
  }

  void check(Declaration.Test test) {
    Instance on = test.network();
    Optional<NetworkModel> network = on == null ? Optional.empty() : network(on);
    boolean known = on == null || network.isPresent();
    Scope scope = known ? names(network).inner() : root.incomplete();
    var names = new NetworkNames(context, scope, new LinkedHashMap<>());
    var checks = new NetworkCheck(context, new LinkedHashMap<>());
    for (TestItem item : test.body()) {
      switch (item) {
        case NetworkItem.Population population -> names.population(population, scope);
        case NetworkItem.Part part -> names.part(part, scope);
        case NetworkItem.Readout readout -> names.readout(readout, scope);
        case Connect connect -> names.connect(connect, scope);
        case NetworkItem.Drive _, TestItem.ExpectError _, Statement _ -> {}
      }
    }
    var statements = new Statements(context, network);
    for (TestItem item : test.body()) {
      switch (item) {
        case NetworkItem.Population population -> checks.population(population, scope);
        case NetworkItem.Part part -> checks.part(part, scope);
        case NetworkItem.Readout readout -> checks.readout(readout, scope);
        case Connect connect -> new ConnectCheck(context, scope).check(connect);
        case NetworkItem.Drive drive -> new ConnectCheck(context, scope).drive(drive);
        case TestItem.ExpectError expected -> ExpectedCodes.check(context, expected);
        case Statement statement -> statements.check(statement, scope);
      }
    }
  }

  /// The network that something is `on`, whose arguments are checked.
  private Optional<NetworkModel> network(Instance on) {
    KnownModels.NETWORK.check(context, root, on.model());
    Optional<NetworkModel> network = NetworkNames.network(context, on.model(), root.file());
    List<Argument> arguments = on.arguments();
    if (network.isPresent()) {
      new Instances(context, root).check(network.get(), arguments);
    } else {
      context.in(root).all(arguments);
    }
    return network;
  }

  /// The names of the network, over those of the file.
  private Scope names(Optional<NetworkModel> network) {
    var members = new LinkedHashMap<String, Symbol>();
    network.ifPresent(n -> members.putAll(n.members()));
    return root.sharing(members, Place.EXPERIMENT);
  }
}
