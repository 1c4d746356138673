package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.protocol.Action;
import snel.ir.protocol.Action.Learning;
import snel.ir.protocol.Function;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.source.Span;
import snel.syntax.Expression;

/// `for batch in stream | batch(count)`.
record Batches(Expression stream, Expression count, Span span) {
  static Optional<Batches> of(Expression values) {
    return values instanceof Expression.Pipe(var stream, var stage, var span)
            && stage.ungrouped()
                instanceof Expression.Call(Expression.Variable(var name, _), var arguments, _)
            && name.text().equals("batch")
            && arguments.size() == 1
        ? Optional.of(new Batches(stream, arguments.getFirst().value(), span))
        : Optional.empty();
  }

  /// The loop over the samples of all batches; where nothing is trained they are but samples.
  List<Action> lowered(Action.ForEach samples, Term size, Work work, Place place) {
    boolean learns = minimises(samples.body());
    if (!learns && !work.lesson().isTraining()) {
      return List.of(samples);
    }
    check(samples, learns, work.lesson());
    if (!learns) {
      return List.of(
          new Action.Learn(Learning.REST, place), samples, new Action.Learn(Learning.WATCH, place));
    }
    Action point = point(work, place);
    List<Action> body = new ArrayList<>(samples.body());
    List<Action> afterBatch = List.of(new Action.Learn(Learning.UPDATE, place), point);
    body.add(new Action.EveryPasses(samples.loop(), size, afterBatch, place));
    return pass(samples, body, point, work, place);
  }

  /// A loop over single samples, each of which changes the weights: its mean loss is told too.
  static List<Action> curved(List<Action> loop, Work work, Place place) {
    if (loop.size() != 1
        || !(loop.getFirst() instanceof Action.ForEach samples)
        || samples.body().stream().noneMatch(Batches::minimisesInside)) {
      return loop;
    }
    Action point = point(work, place);
    List<Action> body = new ArrayList<>(samples.body());
    body.add(point);
    return pass(samples, body, point, work, place);
  }

  private static List<Action> pass(
      Action.ForEach samples, List<Action> body, Action point, Work work, Place place) {
    Term loss = new Term.Call(Function.LOSS, List.of(), Type.REAL);
    return List.of(
        new Action.ForEach(samples.loop(), samples.slots(), samples.elements(), body, place),
        new Action.Learn(Learning.END_PASS, place),
        point,
        new Action.Report(
            List.of(new Action.Item(work.nextItem(), "loss", loss, Unit.NONE)), place));
  }

  private static boolean minimises(List<Action> body) {
    return body.stream()
        .anyMatch(a -> a instanceof Action.Learn(var what, _, _) && what == Learning.MINIMISE);
  }

  /// Also in a branch or a repetition; a loop within, over samples of its own, tells its own loss.
  private static boolean minimisesInside(Action action) {
    return minimises(List.of(action))
        || !(action instanceof Action.ForEach)
            && Parts.inside(action).stream().anyMatch(Batches::minimisesInside);
  }

  /// Another point of the curve of the loss, if one is due.
  private static Action point(Work work, Place place) {
    Term isDue = new Term.Call(Function.LOSS_IS_DUE, List.of(), Type.TRUTH);
    Term loss = new Term.Call(Function.RECENT_LOSS, List.of(), Type.REAL);
    Term overTime = new Term.Call(Function.OVER_TIME, List.of(loss), new Type.Figure());
    List<Action> told =
        List.of(
            new Action.Learn(Learning.TELL, place),
            new Action.Report(
                List.of(new Action.Item(work.nextItem(), "loss", overTime, Unit.NONE)), place));
    return new Action.If(isDue, told, List.of(), place);
  }

  /// Only what is the same for each sample by itself may stand in a batch.
  private void check(Action.ForEach samples, boolean learns, Lesson lesson) {
    List<Action> body = samples.body();
    int firstOwn = samples.slots().getFirst();
    boolean isTold = learns && body.stream().noneMatch(Batches::resets); // at `minimise`
    boolean reset = isTold;
    for (Action action : body) {
      Span at = lesson.written(action).orElse(span);
      switch (action) {
        case Action.Reset _ -> reset |= resets(action);
        case Action.Present _, Action.Rest _, Action.Run _ -> {
          if (!reset) {
            lesson.doubt(at, "batches whose samples do not begin with `reset all`");
            reset = true;
          }
        }
        case Action.Define(int slot, var name, _, _) when slot < firstOwn ->
            lesson.doubt(
                at,
                unknown(action),
                "it would be done once a sample: assign `"
                    + name
                    + "` before or after the loop, or count in the loop around it");
        case Action.Define _, Action.Score _, Action.Fit _ -> {}
        case Action.Learn _, Action.BeginTally _ -> {}
        default -> lesson.doubt(at, unknown(action));
      }
    }
    if (Parts.inside(new Action.RepeatTimes(0, new Term.Whole(1), body, new Place("", 0, "")))
        .isEmpty()) {
      lesson.doubt(span, "an empty loop over batches");
    }
  }

  private static boolean resets(Action action) {
    return action instanceof Action.Reset(boolean all, var but, _) && all && but.isEmpty();
  }

  private static String unknown(Action action) {
    return "`"
        + action.place().text()
        + "` in a loop over batches; it knows presentations, `minimise`, `score` and `fit` there";
  }
}
