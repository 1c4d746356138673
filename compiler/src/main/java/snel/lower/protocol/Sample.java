package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import snel.ir.protocol.Action;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;
import snel.source.Span;

/// The statements between a reset and `minimise`: one presentation, or one `run` where inputs are
/// as they were assigned, or where there are none.
final class Sample {
  private final Lesson lesson;
  private final Span span;

  Sample(Lesson lesson, Span span) {
    this.lesson = lesson;
    this.span = span;
  }

  /// How many steps they take.
  int steps(List<Action> before) {
    boolean reset = false;
    boolean rests = false;
    int presented = 0;
    long steps = 0;
    for (Action action : before) {
      if (presented > 0) {
        Parts.eachAction(List.of(action), this::doubtChange);
      }
      Optional<Term> shown = Parts.shown(action);
      if (shown.isPresent()) {
        presented++;
        steps += known(shown.get());
        continue;
      }
      switch (action) {
        case Action.Reset(boolean all, var paths, _) when all && paths.isEmpty() -> {
          reset = true;
          rests = false;
          presented = 0;
          steps = 0;
        }
        case Action.Rest _ -> rests = true;
        case Action.Run _ -> lesson.doubt(span, "a `run` `until` something before `minimise`");
        default -> {}
      }
    }
    if (!reset) {
      lesson.doubt(
          span,
          "no `reset all` before the presentation, in the same body",
          "write `reset all` before what is presented");
    }
    if (rests) {
      lesson.doubt(
          span,
          "a `rest` between `reset all` and `minimise`, which is no part of what is presented: rest"
              + " before the one or after the other");
    }
    if (presented != 1) {
      lesson.doubt(
          span, "one presentation is wanted between `reset all` and `minimise`, not " + presented);
    }
    return (int) steps;
  }

  /// Whether inputs change from step to step while something is presented.
  static boolean varies(Action action) {
    return action instanceof Action.Present(var bindings, _, _)
        && bindings.stream().anyMatch(binding -> binding instanceof Action.Binding.Vary);
  }

  /// Resets of all begin another sample.
  private void doubtChange(Action action) {
    boolean isReset =
        action instanceof Action.Reset(boolean all, var but, _) && all && but.isEmpty();
    if (Lesson.changes(action) && !isReset && !lesson.isByClock(action)) {
      lesson.doubt(
          lesson.written(action).orElse(span),
          "values that are put into the network between the presentation and `minimise`: what"
              + " goes back would take them for those that were there",
          "change values before the presentation, or behind `minimise`");
    }
  }

  private long known(Term count) {
    if (count instanceof Term.Whole(long steps)) {
      return steps;
    }
    lesson.doubt(span, "a presentation whose length is known only when it runs");
    return 1;
  }
}
