package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.OutcomeStatement;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// Something runs after a `record`, from which on it records, and before a `report` of spikes.
/// W0827.
final class IdleResults {
  /// What counts or shows spikes, of which there are none before anything runs.
  private static final Set<String> OF_SPIKES =
      Set.of(
          "count",
          "rate",
          "first_spike",
          "cv_isi",
          "correlation",
          "synchrony",
          "fano_factor",
          "raster",
          "filtered",
          "synaptic_operations");

  private IdleResults() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    switch (declaration) {
      case Declaration.Experiment experiment -> {
        records(context, experiment.body());
        if (experiment.from() == null) {
          reports(context, experiment.body());
        }
      }
      case Declaration.Test test -> {
        records(context, test.body());
        reports(context, test.body());
      }
      default -> {}
    }
  }

  /// Only the outermost statements: a loop comes back to those within.
  private static void records(Context context, List<? extends TestItem> body) {
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

  private static void reports(Context context, List<? extends TestItem> body) {
    List<Span> early = new ArrayList<>();
    for (TestItem item : body) {
      if (runs(item)) {
        early.forEach(span -> early(context, span));
        return;
      }
      if (item instanceof OutcomeStatement.Report report) {
        for (OutcomeStatement.Reported reported : report.items()) {
          Parts.each(
              reported.value(),
              part -> {
                if (part instanceof Expression.Call call
                    && OF_SPIKES.contains(call.callee().span().text())) {
                  early.add(call.span());
                }
              });
        }
      }
    }
  }

  private static void early(Context context, Span span) {
    context.report(
        Diagnostic.of(
                Code.ACTS_ON_NOTHING,
                "no spike is reported: this stands before all that runs",
                span,
                "too early")
            .help("write it behind the `run` whose spikes are wanted"));
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
