package snel.check;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.resolve.FileScope;
import snel.syntax.Assign;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// What the connections and experiments of a program give values or events to, as
/// `projection.input`.
final class Driving {
  private record Target(String owner, String member) {}

  private final Set<Target> targets = new HashSet<>();

  private Driving() {}

  static Driving of(Collection<FileScope> files) {
    var driving = new Driving();
    for (FileScope file : files) {
      file.file().declarations().forEach(driving::declaration);
    }
    return driving;
  }

  /// @param owner the name of a projection, without the index of a family
  boolean reaches(String owner, String member) {
    return targets.contains(new Target(owner, member));
  }

  private void declaration(Declaration declaration) {
    switch (declaration) {
      case Declaration.Network network -> network.items().forEach(this::item);
      case Declaration.Experiment experiment -> body(experiment.body());
      case Declaration.Test test -> {
        test.body().stream()
            .filter(item -> item instanceof Connect)
            .forEach(item -> targets(((Connect) item).targets()));
        body(test.body());
      }
      case Declaration.Sweep sweep -> body(sweep.body());
      case Declaration.Neuron _, Declaration.Synapse _, Declaration.Data _ -> {}
      case Declaration.Function _, Declaration.Deployment _, snel.syntax.Let _ -> {}
    }
  }

  private void item(NetworkItem item) {
    switch (item) {
      case Connect connect -> targets(connect.targets());
      case NetworkItem.For loop -> loop.body().forEach(this::item);
      case NetworkItem.If(_, var then, var otherwise, _) -> {
        then.forEach(this::item);
        otherwise.forEach(this::item);
      }
      case NetworkItem.Protocol protocol -> body(protocol.body());
      default -> {}
    }
  }

  private void body(List<? extends TestItem> body) {
    Inside.statements(
        body,
        statement -> {
          switch (statement) {
            case Assign assign -> target(assign.target());
            case Statement.Send send -> target(send.port());
            case Statement.Present present ->
                present.inputs().forEach(driven -> target(driven.input()));
            default -> {}
          }
        });
  }

  private void targets(List<? extends Expression> references) {
    references.forEach(this::target);
  }

  private void target(Expression reference) {
    switch (reference) {
      case Expression.Member(var owner, var name, _) -> {
        String base = base(owner);
        if (!base.isEmpty()) {
          targets.add(new Target(base, name.text()));
        }
      }
      case Expression.Index(var owner, _, _) -> target(owner);
      default -> {}
    }
  }

  /// `learn` of `learn`, `learn[k]` and `column[2].learn`.
  private static String base(Expression owner) {
    return switch (owner) {
      case Expression.Variable(var name, _) -> name.text();
      case Expression.Member(_, var name, _) -> name.text();
      case Expression.Index(var indexed, _, _) -> base(indexed);
      default -> "";
    };
  }
}
