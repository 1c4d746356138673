package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.ControlStatement;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.OutcomeStatement;
import snel.syntax.Statement;

/// A read-out is not scored on the samples that gave it its labels. W0807.
final class LabelsApart {
  /// Something done with a read-out in a loop over samples.
  private record Judged(String readout, String samples, Span span) {}

  private final List<Judged> fitted = new ArrayList<>();
  private final List<Judged> scored = new ArrayList<>();

  private LabelsApart() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Experiment experiment)) {
      return;
    }
    var own = new LabelsApart();
    own.body(experiment.body(), "");
    var all = new LabelsApart();
    all.chain(experiment, file, 0);
    for (Judged score : own.scored) {
      all.fitted.stream()
          .filter(f -> f.readout.equals(score.readout) && f.samples.equals(score.samples))
          .findFirst()
          .ifPresent(f ->
              context.report(
                  Diagnostic.of(
                          Code.LABELS_FROM_TEST_DATA,
                          "labels fitted on `" + score.samples + "`, which is scored as well",
                          f.span,
                          "fitted here")
                      .label(score.span, "scored here")
                      .help("fit on one split and score on another")));
    }
  }

  private void chain(Declaration.Experiment experiment, FileScope file, int depth) {
    body(experiment.body(), "");
    Optional<Entity.Declared> origin = FromChains.of(experiment.from(), file);
    if (origin.isPresent() && depth < 100) {
      chain((Declaration.Experiment) origin.get().declaration(), origin.get().scope(), depth + 1);
    }
  }

  private void body(List<Statement> body, String samples) {
    for (Statement statement : body) {
      switch (statement) {
        case ControlStatement.For(_, var values, var inner, _) ->
            body(inner, stream(values).map(e -> Wording.text(e.span())).orElse(samples));
        case OutcomeStatement.Fit fit -> add(fitted, fit.readout(), samples, fit.span());
        case OutcomeStatement.Score score -> add(scored, score.readout(), samples, score.span());
        default -> body(Inside.nested(statement), samples);
      }
    }
  }

  private static void add(List<Judged> list, Expression readout, String samples, Span span) {
    if (!samples.isEmpty()) {
      list.add(new Judged(Wording.text(readout.span()), samples, span));
    }
  }

  /// The data set behind the stages, unless these pick different samples of it.
  private static Optional<Expression> stream(Expression values) {
    return switch (values) {
      case Expression.Pipe(var stream, var stage, _) -> {
        boolean picks =
            stage instanceof Expression.Call(Expression.Variable(var name, _), _, _)
                && (name.text().equals("take") || name.text().equals("last"));
        yield picks ? Optional.of(values) : stream(stream);
      }
      case Expression.Member member -> Optional.of(member);
      default -> Optional.empty();
    };
  }
}
