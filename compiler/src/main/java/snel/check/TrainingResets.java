package snel.check;

import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.ControlStatement;
import snel.syntax.Declaration;
import snel.syntax.StateStatement;
import snel.syntax.Statement;
import snel.syntax.TrainingStatement;

/// In training each sample begins from rest. W0809.
final class TrainingResets {
  private TrainingResets() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (declaration instanceof Declaration.Experiment experiment
        && experiment.body().stream().anyMatch(s -> s instanceof TrainingStatement.Train)) {
      Inside.statements(experiment.body(), statement -> loop(context, statement));
    }
  }

  private static void loop(Context context, Statement statement) {
    if (!(statement instanceof ControlStatement.For(_, _, var body, _))) {
      return;
    }
    boolean reset = false;
    for (Statement each : body) {
      reset |= each instanceof StateStatement.Reset || each instanceof Statement.Do;
      if (each instanceof Statement.Present && !reset && minimises(body)) {
        context.report(
            Diagnostic.of(
                    Code.TRAINING_WITHOUT_RESET,
                    "each sample begins in the state that the last one left",
                    each.span(),
                    "nothing is reset before this")
                .help("write `reset all` before it"));
      }
    }
  }

  private static boolean minimises(List<Statement> body) {
    return body.stream().anyMatch(s -> s instanceof TrainingStatement.Minimise);
  }
}
