package snel.check;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.TestItem;
import snel.syntax.TrainingStatement;

/// `minimise` says what, `train by` says how. E0602.
final class MinimiseWithTraining {
  private MinimiseWithTraining() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (declaration instanceof Declaration.Experiment experiment) {
      body(context, experiment.body());
    }
    if (declaration instanceof Declaration.Test test) {
      body(context, test.body());
    }
  }

  private static void body(Context context, List<? extends TestItem> body) {
    var minimised = new ArrayList<TrainingStatement.Minimise>();
    var methods = new ArrayList<TrainingStatement.Train>();
    Inside.statements(
        body,
        statement -> {
          switch (statement) {
            case TrainingStatement.Minimise minimise -> minimised.add(minimise);
            case TrainingStatement.Train train -> methods.add(train);
            default -> {}
          }
        });
    if (methods.isEmpty() && !minimised.isEmpty()) {
      context.report(
          Diagnostic.of(
                  Code.MINIMISE_WITHOUT_TRAIN,
                  "`minimise` without `train by`",
                  minimised.getFirst().span(),
                  "nothing says how")
              .note("a learning rule that is written in a synapse needs neither"));
    }
  }
}
