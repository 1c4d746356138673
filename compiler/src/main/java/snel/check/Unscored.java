package snel.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Node;
import snel.syntax.OutcomeStatement;
import snel.syntax.Statement;

/// What tells how often a read-out was right needs samples for which it was asked. W0827.
final class Unscored {
  private static final Set<String> OF_SCORES = Set.of("accuracy", "accuracy_by", "confusion");

  private Unscored() {}

  /// Read-outs of this file: for those of others their protocols may say what is right, as may the
  /// experiment that one begins with.
  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Experiment experiment) || experiment.from() != null) {
      return;
    }
    List<Statement> statements = new ArrayList<>();
    Inside.statements(experiment.body(), statements::add);
    Set<String> readouts = new HashSet<>();
    for (Declaration each : file.file().declarations()) {
      for (Node item : Inside.model(each)) {
        switch (item) {
          case NetworkItem.Protocol protocol -> Inside.statements(protocol.body(), statements::add);
          case NetworkItem.Readout readout -> readouts.add(readout.name().name().text());
          default -> {}
        }
      }
    }
    for (Statement statement : statements) {
      if (statement instanceof OutcomeStatement.Score score) {
        readouts.remove(score.readout().span().text());
      }
    }
    Inside.items(experiment.body())
        .forEach(whole ->
            Parts.each(
                whole,
                part -> {
                  if (part instanceof Expression.Call call
                      && OF_SCORES.contains(call.callee().span().text())
                      && !call.arguments().isEmpty()
                      && readouts.remove(call.arguments().getFirst().span().text())) {
                    context.report(none(call));
                  }
                }));
  }

  private static Diagnostic none(Expression.Call call) {
    String readout = call.arguments().getFirst().span().text();
    return Diagnostic.of(
            Code.ACTS_ON_NOTHING,
            "`" + call.span().text() + "` is of no samples: nothing says what is right",
            call.span(),
            "never scored")
        .help("write `score " + readout + " against sample.label` behind what presents a sample");
  }
}
