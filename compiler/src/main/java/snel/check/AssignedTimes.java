package snel.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Assign;
import snel.syntax.ControlStatement;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Node;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// What an experiment assigns once has the value of that moment: it does not follow `t`. E0505.
final class AssignedTimes {
  private final Context context;
  private final Set<String> variables = new HashSet<>();

  private AssignedTimes(Context context) {
    this.context = context;
  }

  static void check(Context context, FileScope file, Declaration declaration) {
    switch (declaration) {
      case Declaration.Experiment experiment -> body(context, experiment.body());
      case Declaration.Test test -> body(context, test.body());
      case Declaration.Network network -> {
        for (Node item : network.items()) {
          if (item instanceof NetworkItem.Protocol protocol) {
            body(context, protocol.body());
          }
        }
      }
      default -> {}
    }
  }

  private static void body(Context context, List<? extends TestItem> body) {
    var times = new AssignedTimes(context);
    Inside.statements(
        body,
        statement -> {
          if (statement instanceof Statement.Var variable) {
            times.variables.add(variable.name().text());
          }
        });
    times.once(body);
  }

  /// Statements of `every` and `after` run at their own times, those of loops at one for each pass:
  /// a value that rises from run to run.
  private void once(List<? extends TestItem> body) {
    for (TestItem item : body) {
      switch (item) {
        case ControlStatement.EveryPeriod _,
            ControlStatement.EveryPasses _,
            ControlStatement.After _,
            ControlStatement.For _,
            ControlStatement.RepeatUntil _,
            ControlStatement.RepeatTimes _ -> {}
        case Assign assign when !isVariable(assign.target()) && readsTime(assign.value()) ->
            context.report(standing(assign));
        case Statement statement -> once(Inside.nested(statement));
        default -> {}
      }
    }
  }

  private boolean isVariable(Expression target) {
    return switch (target) {
      case Expression.Variable(var name, _) -> variables.contains(name.text());
      case Expression.Index(var owner, _, _) -> isVariable(owner);
      default -> false;
    };
  }

  private static boolean readsTime(Expression value) {
    return Parts.any(
        value, part -> part instanceof Expression.Variable(var name, _) && name.text().equals("t"));
  }

  private static Diagnostic standing(Assign assign) {
    String target = Wording.text(assign.target().span());
    return Diagnostic.of(
            Code.PARAMETER_FOLLOWS_INPUT,
            "`" + target + "` is assigned once, where this stands, and does not follow `t`",
            assign.value().span(),
            "would stand still")
        .help(
            "write `every dt { "
                + Wording.text(assign.span())
                + " }` before the `run`; if the value of that moment is meant, give it to a `var`");
  }
}
