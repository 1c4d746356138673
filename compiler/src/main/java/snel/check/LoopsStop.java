package snel.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Assign;
import snel.syntax.ControlStatement;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.Statement;

/// `repeat until` waits for something that the loop can bring about. W0815.
final class LoopsStop {
  private LoopsStop() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (declaration instanceof Declaration.Experiment experiment) {
      var variables = new HashSet<String>();
      Inside.statements(
          experiment.body(),
          statement -> {
            if (statement instanceof Statement.Var variable) {
              variables.add(variable.name().text());
            }
          });
      Inside.statements(experiment.body(), statement -> loop(context, statement, variables));
    }
  }

  private static void loop(Context context, Statement statement, Set<String> variables) {
    if (!(statement instanceof ControlStatement.RepeatUntil(var condition, var body, _))) {
      return;
    }
    Optional<List<String>> names = names(condition);
    if (names.isEmpty()
        || names.get().isEmpty()
        || !variables.containsAll(names.get())
        || changes(body, names.get())) {
      return;
    }
    Span at = condition.span();
    context.report(
        Diagnostic.of(
                Code.NEVER_STOPS,
                "nothing in the loop changes `" + String.join("`, `", names.get()) + "`",
                at,
                "stays as it is")
            .help("change it in the loop, or wait for something that the network does"));
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
