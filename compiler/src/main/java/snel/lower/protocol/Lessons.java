package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import snel.check.Inside;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.ir.Paths;
import snel.ir.protocol.Action;
import snel.ir.protocol.Action.Learning;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.model.Network;
import snel.model.Projection;
import snel.model.Synapse;
import snel.model.Variable;
import snel.source.Span;
import snel.syntax.Statement;
import snel.syntax.TrainingStatement;

/// What training adds to the body of an experiment once it is lowered.
final class Lessons {
  private Lessons() {}

  static List<Action> complete(Work work, List<Action> body, ExperimentLowering.Source source) {
    Lesson lesson = work.lesson();
    Place place = work.place(source.span());
    List<Action> all = new ArrayList<>();
    if (lesson.isTraining()) {
      all.add(new Action.Learn(Learning.WATCH, place));
      held(work, body, source.span());
      Trainable.changing(work);
      Trainable.exact(work);
      if (!lesson.minimises() && !isRefused(work, source)) {
        nothingMinimised(work);
      }
    }
    all.addAll(body);
    if (lesson.keepsBest()) {
      endings(lesson, body, source.span());
      all.addAll(KeptBest.atEnd(work, place));
    }
    return all;
  }

  /// Whether what is minimised stands where something else was refused.
  private static boolean isRefused(Work work, ExperimentLowering.Source source) {
    List<Statement> minimised = new ArrayList<>();
    Inside.statements(
        source.body(),
        statement -> {
          if (statement instanceof TrainingStatement.Minimise) {
            minimised.add(statement);
          }
        });
    return work.context().diagnostics().hasErrors() && !minimised.isEmpty();
  }

  private static void nothingMinimised(Work work) {
    Span by = work.lesson().trains().orElseThrow();
    work.fault(
        Diagnostic.of(
                Code.MINIMISE_WITHOUT_TRAIN,
                "`train by` without `minimise` after it",
                by,
                "nothing says what should become small")
            .help(
                "present something and write `minimise LOSS` after it, or leave `train by`"
                    + " out"));
  }

  /// What is frozen at the beginning does not learn.
  private static void held(Work work, List<Action> body, Span span) {
    Lesson lesson = work.lesson();
    for (Action action : body) {
      if (action instanceof Action.Freeze(boolean all, var paths, _)) {
        lesson.hold(all ? others(work.elaborated().network(), paths) : paths);
      }
    }
    Parts.eachAction(
        body,
        action -> {
          boolean whole =
              action instanceof Action.Freeze(boolean all, var paths, _) && all && paths.isEmpty();
          boolean later = action instanceof Action.Freeze && !body.contains(action);
          if (action instanceof Action.Unfreeze || whole || later) {
            lesson.doubt(
                lesson.written(action).orElse(span),
                "`freeze` and `unfreeze` while it trains, but for `freeze NAME` and `freeze all except"
                    + " NAME`",
                whole
                    ? "something has to learn: write `freeze all except NAME`"
                    : "what learns is the same from the beginning to the end: write `freeze` outside"
                        + " loops and conditions, or train in two experiments, one `from` the other");
          }
        });
  }

  /// All that could learn but what is spared.
  private static List<String> others(Network network, List<String> spared) {
    List<String> all = new ArrayList<>();
    for (Projection projection : network.projections()) {
      Synapse synapse = projection.synapse();
      all.add(projection.path() + "." + synapse.weightName());
      synapse.delay().ifPresent(delay -> all.add(projection.path() + "." + delay.name()));
      plastic(projection.path() + ".", synapse.states(), all);
    }
    network
        .populations()
        .forEach(population -> plastic(population.path() + ".", population.states(), all));
    plastic("", network.states(), all);
    all.removeIf(path -> Paths.isUnder(path, spared));
    return all;
  }

  private static void plastic(String before, List<Variable> states, List<String> all) {
    states.stream().filter(Variable::plastic).forEach(state -> all.add(before + state.name()));
  }

  private static void endings(Lesson lesson, List<Action> body, Span span) {
    Parts.eachAction(
        body,
        action -> {
          if (action instanceof Action.StopWhen(int loop, Term _, _) && loop < 0) {
            lesson.doubt(span, "`stop when` outside a loop beside `keep best`");
          }
        });
  }
}
