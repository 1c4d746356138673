package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.NetworkItem;
import snel.syntax.OutcomeStatement;
import snel.syntax.Reference;
import snel.syntax.StateStatement;
import snel.syntax.Statement;

/// Scores are taken while nothing learns. W0806.
final class FrozenScores {
  private FrozenScores() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Experiment experiment)
        || !learns(context, experiment, file)) {
      return;
    }
    List<Statement> before = new ArrayList<>();
    Inside.statements(experiment.body(), before::add);
    for (Statement statement : before) {
      if (statement instanceof StateStatement.Freeze(var what, _)
          && what.all()
          && what.references().stream().noneMatch(r -> learns(context, experiment, r, file))) {
        return;
      }
      if (statement instanceof OutcomeStatement.Score score) {
        context.report(
            Diagnostic.of(
                    Code.EVALUATING_WHILE_LEARNING,
                    "`"
                        + Wording.text(score.readout().span())
                        + "` is scored while the network learns: `freeze all`?",
                    score.span(),
                    "weights still change here")
                .help("write `freeze all` before the loop"));
        return;
      }
    }
  }

  /// A network that is not known may.
  private static boolean learns(
      Context context, Declaration.Experiment experiment, FileScope file) {
    Optional<Entity> network = file.find(experiment.network().model());
    return network.isEmpty()
        || network.get() instanceof Entity.Declared declared
            && declared.declaration() instanceof Declaration.Network items
            && Learning.inNetwork(context, items.items(), declared.scope());
  }

  /// The same of what `freeze all except` spares: what is no item of the network itself may.
  private static boolean learns(
      Context context, Declaration.Experiment experiment, Reference spared, FileScope file) {
    if (!(spared instanceof Expression.Variable(Name name, _))
        || !(file.find(experiment.network().model()).orElse(null)
            instanceof Entity.Declared(Declaration.Network network, FileScope scope))) {
      return true;
    }
    List<NetworkItem> items =
        network.items().stream().filter(item -> isCalled(item, name.text())).toList();
    return items.isEmpty() || Learning.inNetwork(context, items, scope);
  }

  private static boolean isCalled(NetworkItem item, String name) {
    return switch (item) {
      case Connect connect -> connect.alias() != null && connect.alias().name().text().equals(name);
      case NetworkItem.Population population -> population.name().name().text().equals(name);
      default -> false;
    };
  }
}
