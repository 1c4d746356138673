package snel.check;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.TestItem;
import snel.syntax.TrainingStatement;

/// `minimise` says what, `train by` says how. E0602.
final class MinimiseWithTraining {
  private MinimiseWithTraining() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (declaration instanceof Declaration.Experiment experiment) {
      body(context, file, experiment.body(), experiment.span());
    }
    if (declaration instanceof Declaration.Test test) {
      body(context, file, test.body(), test.span());
    }
  }

  private static void body(
      Context context, FileScope file, List<? extends TestItem> body, Span whole) {
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
    if (methods.isEmpty() && !minimised.isEmpty() && !isMisread(file, whole)) {
      context.report(
          Diagnostic.of(
                  Code.MINIMISE_WITHOUT_TRAIN,
                  "`minimise` without `train by`",
                  minimised.getFirst().span(),
                  "nothing says how")
              .note("a learning rule that is written in a synapse needs neither"));
    }
  }

  /// Whether a `train` in it could not be read, which has been told.
  private static boolean isMisread(FileScope file, Span whole) {
    return file.file().skipped().stream()
        .filter(span -> span.start() >= whole.start() && span.end() <= whole.end())
        .anyMatch(span -> Words.contains(span, "train"));
  }
}
