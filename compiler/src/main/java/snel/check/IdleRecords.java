package snel.check;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.OutcomeStatement;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// Something runs after a `record`, from which on it records. W0827.
final class IdleRecords {
  private IdleRecords() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    switch (declaration) {
      case Declaration.Experiment experiment -> body(context, experiment.body());
      case Declaration.Test test -> body(context, test.body());
      default -> {}
    }
  }

  /// Only the outermost statements: a loop comes back to those within.
  private static void body(Context context, List<? extends TestItem> body) {
    List<OutcomeStatement.Recording> late = new ArrayList<>();
    boolean ran = false;
    for (TestItem item : body) {
      if (item instanceof OutcomeStatement.Recording recording) {
        late.add(recording);
      } else if (runs(item)) {
        late.clear();
        ran = true;
      }
    }
    for (OutcomeStatement.Recording recording :
        ran ? late : List.<OutcomeStatement.Recording>of()) {
      context.report(
          Diagnostic.of(
                  Code.ACTS_ON_NOTHING,
                  "nothing is recorded: this stands behind all that runs",
                  recording.span(),
                  "too late")
              .help("write it before the `run` whose spikes and states are wanted"));
    }
  }

  private static boolean runs(TestItem item) {
    boolean[] found = {false};
    Inside.statements(
        List.of(item),
        statement ->
            found[0] |=
                switch (statement) {
                  case Statement.Run _, Statement.Present _, Statement.Rest _, Statement.Do _ ->
                      true;
                  default -> false;
                });
    return found[0];
  }
}
