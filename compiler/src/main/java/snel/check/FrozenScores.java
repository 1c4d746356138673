package snel.check;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.OutcomeStatement;
import snel.syntax.StateStatement;
import snel.syntax.Statement;

/// Scores are taken while nothing learns. W0806.
final class FrozenScores {
  private FrozenScores() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Experiment experiment)) {
      return;
    }
    FreeToLearn free = FreeToLearn.in(context, experiment, file);
    List<Statement> inTurn = new ArrayList<>();
    Inside.statements(experiment.body(), inTurn::add);
    for (Statement statement : inTurn) {
      switch (statement) {
        case StateStatement.Freeze(var what, _) -> free.freeze(what);
        case StateStatement.Unfreeze(var what, _) -> free.unfreeze(what);
        case OutcomeStatement.Score score when free.learns() -> {
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
        default -> {}
      }
    }
  }
}
