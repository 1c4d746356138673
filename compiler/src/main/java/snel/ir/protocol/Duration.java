package snel.ir.protocol;

import java.util.List;
import java.util.function.ToLongFunction;

/// How long an experiment lasts, as far as its text and the size of its data tell.
public final class Duration {
  private final ToLongFunction<Term.Data> records;

  private Duration(ToLongFunction<Term.Data> records) {
    this.records = records;
  }

  /// Steps of all episodes whose number of steps is a constant. Loops that end on a condition count
  /// for one pass; branches and timers for none.
  ///
  /// @param records how many records a data set or one of its splits has
  public static long ofSteps(List<Action> body, ToLongFunction<Term.Data> records) {
    return new Duration(records).steps(body);
  }

  private long steps(List<Action> body) {
    double steps = 0;
    for (Action action : body) {
      steps += steps(action);
    }
    return (long) Math.min(steps, Long.MAX_VALUE);
  }

  private double steps(Action action) {
    return switch (action) {
      case Action.Run(Term steps, List<Term> until, Place _) ->
          until.isEmpty() ? constant(steps) : 0;
      case Action.Present(List<Action.Binding> _, Term steps, Place _) -> constant(steps);
      case Action.Rest(Term steps, Place _) -> constant(steps);
      case Action.ForRange(int _, int _, Term from, Term to, List<Action> body, Place _) ->
          passes(from, to) * steps(body);
      case Action.RepeatTimes(int _, Term times, List<Action> body, Place _) ->
          constant(times) * steps(body);
      case Action.ForEach(int _, List<Integer> _, Term elements, List<Action> body, Place _) ->
          number(elements) * steps(body);
      case Action.RepeatUntil(int _, Term _, List<Action> body, Place _) -> steps(body);
      case Action.Send _,
          Action.Assign _,
          Action.AssignSynapses _,
          Action.Define _,
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
          Action.Bounded _,
          Action.Save _,
          Action.Load _,
          Action.Convert _,
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

  /// How many elements there are to go through; one, if only the run will tell.
  private double number(Term elements) {
    return switch (elements) {
      case Term.Data data -> records.applyAsLong(data);
      case Term.Listing(List<Term> all, Type _) -> all.size();
      case Term.Numbers(List<Integer> shape, double[] _) -> shape.isEmpty() ? 1 : shape.getFirst();
      case Term.Staged(Term stream, Term.Stage stage, Term argument, int _, int _, Type _) -> {
        double all = number(stream);
        yield stage == Term.Stage.SHUFFLE ? all : Math.min(all, constant(argument));
      }
      default -> 1;
    };
  }

  private static double constant(Term term) {
    return switch (term) {
      case Term.Whole(long value) -> Math.max(0, value);
      case Term.Number(double value) when value == Math.rint(value) -> Math.max(0, value);
      default -> 0;
    };
  }
}
