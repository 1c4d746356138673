package snel.ir.protocol;

import java.util.List;

/// How long an experiment lasts at least, as far as its text tells.
public final class Duration {
  private Duration() {}

  /// Steps of all episodes whose number of steps is a constant. Loops over data, and those that end
  /// on a condition, count for one pass; branches and timers for none.
  public static long ofSteps(List<Action> body) {
    double steps = 0;
    for (Action action : body) {
      steps += steps(action);
    }
    return (long) Math.min(steps, Long.MAX_VALUE);
  }

  private static double steps(Action action) {
    return switch (action) {
      case Action.Run(Term steps, List<Term> until, Place _) ->
          until.isEmpty() ? constant(steps) : 0;
      case Action.Present(List<Action.Binding> _, Term steps, Place _) -> constant(steps);
      case Action.Rest(Term steps, Place _) -> constant(steps);
      case Action.ForRange(int _, int _, Term from, Term to, List<Action> body, Place _) ->
          passes(from, to) * ofSteps(body);
      case Action.RepeatTimes(int _, Term times, List<Action> body, Place _) ->
          constant(times) * ofSteps(body);
      case Action.ForEach(int _, List<Integer> _, Term _, List<Action> body, Place _) ->
          ofSteps(body);
      case Action.RepeatUntil(int _, Term _, List<Action> body, Place _) -> ofSteps(body);
      case Action.Send _,
          Action.Assign _,
          Action.AssignSynapses _,
          Action.Define _,
          Action.DefineParts _,
          Action.If _,
          Action.EveryPasses _,
          Action.EveryTime _,
          Action.After _,
          Action.StopWhen _,
          Action.Freeze _,
          Action.Unfreeze _,
          Action.Reset _,
          Action.Record _,
          Action.Report _,
          Action.Expect _,
          Action.Checkpoint _,
          Action.Save _,
          Action.Load _,
          Action.Fit _,
          Action.Score _,
          Action.BeginTally _,
          Action.Learn _,
          Action.RunExperiment _ ->
          0;
    };
  }

  private static double passes(Term from, Term to) {
    return from instanceof Term.Whole(long first) && to instanceof Term.Whole(long last)
        ? Math.max(0.0, (double) last - first + 1)
        : 1;
  }

  private static double constant(Term term) {
    return term instanceof Term.Whole(long value) ? Math.max(0, value) : 0;
  }
}
