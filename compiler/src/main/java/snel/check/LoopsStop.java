package snel.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Assign;
import snel.syntax.ControlStatement;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.Statement;

/// `repeat until`, `stop when` and `run … until` wait for something that can come about, and a run
/// has an end. W0815.
final class LoopsStop {
  private LoopsStop() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Experiment experiment)) {
      return;
    }
    var variables = new HashSet<String>();
    var meanwhile = new ArrayList<Statement>();
    Inside.statements(
        experiment.body(),
        statement -> {
          switch (statement) {
            case Statement.Var variable -> variables.add(variable.name().text());
            case ControlStatement.EveryPeriod(_, var body, _) -> meanwhile.addAll(body);
            case ControlStatement.After(_, var body, _) -> meanwhile.addAll(body);
            default -> {}
          }
        });
    Inside.statements(
        experiment.body(),
        statement -> {
          switch (statement) {
            case ControlStatement.RepeatUntil(var condition, var body, _) -> {
              if (!leaves(body)) {
                unchanged(context, condition, body, variables, meanwhile, "in the loop");
              }
              stops(context, body, variables, meanwhile);
            }
            case ControlStatement.RepeatTimes(_, var body, _) ->
                stops(context, body, variables, meanwhile);
            case ControlStatement.For(_, _, var body, _) ->
                stops(context, body, variables, meanwhile);
            case Statement.Run run when run.until() != null ->
                unchanged(context, run.until(), List.of(), variables, meanwhile, "during the run");
            case Statement.Run run when isForever(run) -> forever(context, run);
            default -> {}
          }
        });
  }

  private static boolean isForever(Statement.Run run) {
    return run.what() instanceof Expression.Variable(var name, _) && name.text().equals("infinity");
  }

  private static void forever(Context context, Statement.Run run) {
    context.report(
        Diagnostic.of(
                Code.NEVER_STOPS, "this run has no end", run.span(), "only an interrupt ends it")
            .help("give it a time, or a condition: `run infinity until count(…) > 100`"));
  }

  /// Whether a body has a way out of its own.
  static boolean leaves(List<Statement> body) {
    boolean[] found = {false};
    Inside.statements(
        body, statement -> found[0] |= statement instanceof ControlStatement.StopWhen);
    return found[0];
  }

  /// Each `stop when` of this loop, but not of those within it.
  private static void stops(
      Context context, List<Statement> body, Set<String> variables, List<Statement> meanwhile) {
    body.forEach(statement -> {
      if (statement instanceof ControlStatement.StopWhen(var condition, _)) {
        unchanged(context, condition, body, variables, meanwhile, "in the loop");
      }
    });
  }

  private static void unchanged(
      Context context,
      Expression condition,
      List<Statement> body,
      Set<String> variables,
      List<Statement> meanwhile,
      String where) {
    Optional<List<String>> names = names(condition);
    if (names.isEmpty()
        || names.get().isEmpty()
        || !variables.containsAll(names.get())
        || changes(body, names.get())
        || changes(meanwhile, names.get())) {
      return;
    }
    context.report(
        Diagnostic.of(
                Code.NEVER_STOPS,
                "nothing changes `" + String.join("`, `", names.get()) + "` " + where,
                condition.span(),
                "stays as it is")
            .help("change it " + where + ", or wait for something that the network does"));
  }

  /// The names of a condition that rests on nothing but variables.
  private static Optional<List<String>> names(Expression condition) {
    var names = new ArrayList<String>();
    boolean[] plain = {true};
    Parts.each(
        condition,
        part -> {
          switch (part) {
            case Expression.Variable(var name, _) -> names.add(name.text());
            case Expression.Call _, Expression.Member _, Expression.Index _ -> plain[0] = false;
            default -> {}
          }
        });
    return plain[0] ? Optional.of(names) : Optional.empty();
  }

  private static boolean changes(List<Statement> body, List<String> names) {
    boolean[] found = {false};
    Inside.statements(
        body,
        statement -> {
          switch (statement) {
            case Assign(Expression.Variable(var name, _), _, _, _) ->
                found[0] |= names.contains(name.text());
            case Let let -> found[0] |= names.contains(let.name().text());
            case Statement.Var variable -> found[0] |= names.contains(variable.name().text());
            default -> {}
          }
        });
    return found[0];
  }
}
