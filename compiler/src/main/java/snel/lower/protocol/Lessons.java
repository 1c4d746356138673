package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.ir.protocol.Action;
import snel.ir.protocol.Action.Learning;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.source.Span;

/// What training adds to the body of an experiment once it is lowered.
final class Lessons {
  private Lessons() {}

  static List<Action> complete(Work work, List<Action> body, ExperimentLowering.Source source) {
    Lesson lesson = work.lesson();
    Place place = work.place(source.span());
    List<Action> all = new ArrayList<>();
    if (lesson.isTraining()) {
      all.add(new Action.Learn(Learning.WATCH, place));
      held(lesson, body, source.span());
      if (!lesson.minimises()) {
        nothingMinimised(work);
      }
    }
    all.addAll(body);
    if (lesson.keepsBest()) {
      endings(lesson, body, source.span());
      all.addAll(TrainingLowering.atEnd(work, place));
    }
    return all;
  }

  private static void nothingMinimised(Work work) {
    Span by = work.lesson().trains().orElseThrow();
    work.context()
        .diagnostics()
        .report(
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
  private static void held(Lesson lesson, List<Action> body, Span span) {
    for (Action action : body) {
      if (action instanceof Action.Freeze(boolean all, var paths, _) && !all) {
        lesson.hold(paths);
      }
    }
    Parts.eachAction(
        body,
        action -> {
          boolean atOnce = body.contains(action);
          if (action instanceof Action.Unfreeze
              || action instanceof Action.Freeze(boolean all, _, _) && (all || !atOnce)) {
            lesson.doubt(span, "`freeze` and `unfreeze` while it trains, but for `freeze NAME`");
          }
        });
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
