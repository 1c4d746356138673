package snel.ir.protocol;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What actions and terms are made of, for those who look for something in a protocol.
public final class Parts {
  private Parts() {}

  /// How many steps an action shows the network what its inputs have: a `present`, or a `run` that
  /// nothing ends early.
  public static Optional<Term> shown(Action action) {
    return switch (action) {
      case Action.Present(_, var steps, _) -> Optional.of(steps);
      case Action.Run(var steps, var until, _) when until.isEmpty() -> Optional.of(steps);
      default -> Optional.empty();
    };
  }

  /// The terms directly inside a term, that of a selection among them.
  public static List<Term> of(Term term) {
    List<Term> parts = new ArrayList<>();
    with(
        term,
        part -> {
          parts.add(part);
          return part;
        });
    return parts;
  }

  /// The term with what is directly inside it replaced, in selections too.
  public static Term with(Term term, UnaryOperator<Term> change) {
    return switch (term) {
      case Term.Text(var parts) -> new Term.Text(all(parts, change));
      case Term.Shown(var value, var unit) -> new Term.Shown(change.apply(value), unit);
      case Term.Negate(var operand) -> new Term.Negate(change.apply(operand));
      case Term.Not(var operand) -> new Term.Not(change.apply(operand));
      case Term.Arithmetic(var operator, var left, var right, var type) ->
          new Term.Arithmetic(operator, change.apply(left), change.apply(right), type);
      case Term.Compare(var comparison, var left, var right, var type) ->
          new Term.Compare(comparison, change.apply(left), change.apply(right), type);
      case Term.And(var left, var right) -> new Term.And(change.apply(left), change.apply(right));
      case Term.Or(var left, var right) -> new Term.Or(change.apply(left), change.apply(right));
      case Term.Inside(var value, var low, var high, boolean upperOpen, var type) ->
          new Term.Inside(
              change.apply(value), change.apply(low), change.apply(high), upperOpen, type);
      case Term.Choose(var condition, var yes, var no, var type) ->
          new Term.Choose(change.apply(condition), change.apply(yes), change.apply(no), type);
      case Term.Let(var variable, var value, var in) ->
          new Term.Let(variable, change.apply(value), change.apply(in));
      case Term.Call(var function, var arguments, var type) ->
          new Term.Call(function, all(arguments, change), type);
      case Term.Draw draw ->
          new Term.Draw(
              draw.distribution(),
              all(draw.parameters(), change),
              draw.bounds()
                  .map(bounds ->
                      new Term.Bounds(change.apply(bounds.low()), change.apply(bounds.high()))),
              draw.stream(),
              draw.counterSlot(),
              draw.shape(),
              draw.type());
      case Term.Read(String path, var selection, var type) ->
          new Term.Read(path, with(selection, change), type);
      case Term.ReadSynapses(String path, String projection, var pre, var post, var dense, var t) ->
          new Term.ReadSynapses(path, projection, with(pre, change), with(post, change), dense, t);
      case Term.Neurons(String population, var selection) ->
          new Term.Neurons(population, with(selection, change));
      case Term.Spikes(String population, var selection) ->
          new Term.Spikes(population, with(selection, change));
      case Term.Recorded(String path, String projection, var selection, var post) ->
          new Term.Recorded(path, projection, with(selection, change), with(post, change));
      case Term.Listing(var elements, var type) -> new Term.Listing(all(elements, change), type);
      case Term.Tuple(var elements, var type) -> new Term.Tuple(all(elements, change), type);
      case Term.Element(var of, var index, var type) ->
          new Term.Element(change.apply(of), change.apply(index), type);
      case Term.Part(var of, var axes, var type) ->
          new Term.Part(
              change.apply(of),
              axes.stream()
                  .map(axis -> new Term.Axis(axis.picks(), all(axis.terms(), change)))
                  .toList(),
              type);
      case Term.Field(var sample, String field, var type) ->
          new Term.Field(change.apply(sample), field, type);
      case Term.FieldOfAll(var stream, String field, var type) ->
          new Term.FieldOfAll(change.apply(stream), field, type);
      case Term.Staged(var stream, var stage, var argument, int random, int epoch, var type) ->
          new Term.Staged(change.apply(stream), stage, change.apply(argument), random, epoch, type);
      case Term.Column(var which, var type) -> new Term.Column(change.apply(which), type);
      case Term.Number _,
          Term.Whole _,
          Term.Truth _,
          Term.Word _,
          Term.None _,
          Term.Numbers _,
          Term.SpikeTimes _,
          Term.Variable _,
          Term.Time _,
          Term.Projection _,
          Term.ReadOut _,
          Term.Label _,
          Term.Data _,
          Term.ResultOf _ ->
          term;
    };
  }

  private static List<Term> all(List<Term> terms, UnaryOperator<Term> change) {
    return terms.stream().map(change).toList();
  }

  private static Selection with(Selection selection, UnaryOperator<Term> change) {
    return selection instanceof Selection.At(Term index)
        ? new Selection.At(change.apply(index))
        : selection;
  }

  public static List<Term> of(Selection selection) {
    return selection instanceof Selection.At(Term index) ? List.of(index) : List.of();
  }

  /// The terms of an action, without those of the actions inside it.
  public static List<Term> of(Action action) {
    return switch (action) {
      case Action.Run(var steps, var until, _) -> both(List.of(steps), until);
      case Action.Present(var bindings, var steps, _) ->
          both(bindings.stream().flatMap(binding -> of(binding).stream()).toList(), List.of(steps));
      case Action.Rest(var steps, _) -> List.of(steps);
      case Action.Send(_, var selection, var arguments, var after, _) ->
          both(both(of(selection), arguments), List.of(after));
      case Action.Assign(_, var selection, var value, _) -> both(of(selection), List.of(value));
      case Action.AssignSynapses(_, _, var pre, var post, var value, _) ->
          both(both(of(pre), of(post)), List.of(value));
      case Action.Define(_, _, var value, _) -> List.of(value);
      case Action.If(var condition, _, _, _) -> List.of(condition);
      case Action.ForRange range -> List.of(range.from(), range.to());
      case Action.ForEach(_, _, var elements, _, _) -> List.of(elements);
      case Action.RepeatTimes(_, var times, _, _) -> List.of(times);
      case Action.RepeatUntil(_, var condition, _, _) -> List.of(condition);
      case Action.EveryPasses(_, var passes, _, _) -> List.of(passes);
      case Action.EveryTime(_, var steps, _, _) -> List.of(steps);
      case Action.After(_, var steps, _, _, _) -> List.of(steps);
      case Action.StopWhen(_, var condition, _) -> List.of(condition);
      case Action.Record(var targets, _) ->
          targets.stream().flatMap(target -> of(target).stream()).toList();
      case Action.Report(var items, _) ->
          items.stream().flatMap(item -> Stream.of(item.name(), item.value())).toList();
      case Action.Expect(var claim, _) -> of(claim);
      case Action.Save(var file, _) -> List.of(file);
      case Action.Load(var file, _) -> List.of(file);
      case Action.Convert(var conversion, _) ->
          both(List.of(conversion.file()), conversion.samples().stream().toList());
      case Action.Fit(_, var label, _) -> List.of(label);
      case Action.Score(_, var label, var sample, _) ->
          both(List.of(label), sample.stream().toList());
      case Action.Learn(_, var targets, _) -> targets;
      case Action.Freeze _,
          Action.Unfreeze _,
          Action.Reset _,
          Action.Checkpoint _,
          Action.Bounded _,
          Action.BeginTally _,
          Action.RunExperiment _ ->
          List.of();
    };
  }

  private static List<Term> of(Action.Binding binding) {
    return switch (binding) {
      case Action.Binding.Hold(_, var selection, var value) -> both(of(selection), List.of(value));
      case Action.Binding.Vary(_, var selection, var value) -> both(of(selection), List.of(value));
      case Action.Binding.Play(_, var selection, var trains) ->
          both(of(selection), List.of(trains));
    };
  }

  public static List<Term> of(Action.Target target) {
    return switch (target) {
      case Action.Target.Spikes(_, var selection) -> of(selection);
      case Action.Target.Samples samples ->
          both(both(of(samples.selection()), of(samples.post())), List.of(samples.everySteps()));
    };
  }

  private static List<Term> of(Action.Claim claim) {
    return switch (claim) {
      case Action.Claim.Holds(var condition) -> List.of(condition);
      case Action.Claim.Compares(_, var left, var right, var tolerance, _, _) ->
          List.of(left, right, tolerance);
      case Action.Claim.Lies(var value, var low, var high, _, _) -> List.of(value, low, high);
    };
  }

  private static List<Term> both(List<Term> first, List<Term> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /// The actions directly inside an action.
  public static List<Action> inside(Action action) {
    return switch (action) {
      case Action.If(_, var then, var otherwise, _) -> {
        List<Action> all = new ArrayList<>(then);
        all.addAll(otherwise);
        yield all;
      }
      case Action.ForRange range -> range.body();
      case Action.ForEach(_, _, _, var body, _) -> body;
      case Action.RepeatTimes(_, _, var body, _) -> body;
      case Action.RepeatUntil(_, _, var body, _) -> body;
      case Action.EveryPasses(_, _, var body, _) -> body;
      case Action.EveryTime(_, _, var body, _) -> body;
      case Action.After(_, _, _, var body, _) -> body;
      case Action.Run _,
          Action.Present _,
          Action.Rest _,
          Action.Send _,
          Action.Assign _,
          Action.AssignSynapses _,
          Action.Define _,
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
          List.of();
    };
  }

  /// Every action of a body, and those inside them.
  public static void eachAction(List<Action> body, Consumer<Action> visitor) {
    for (Action action : body) {
      visitor.accept(action);
      eachAction(inside(action), visitor);
    }
  }

  /// Whether a term, or one inside it, is such.
  public static boolean any(Term term, Predicate<Term> wanted) {
    return wanted.test(term) || of(term).stream().anyMatch(part -> any(part, wanted));
  }

  /// A term and every term inside it.
  public static void eachTerm(Term term, Consumer<Term> visitor) {
    visitor.accept(term);
    of(term).forEach(part -> eachTerm(part, visitor));
  }

  /// Every term that an experiment evaluates, with the statement or read-out it stands in.
  public static void eachTerm(Experiment experiment, BiConsumer<Term, Place> visitor) {
    eachAction(
        experiment.body(), action -> of(action).forEach(term -> at(action.place(), term, visitor)));
    for (Action.Target.Samples samples : experiment.episodeSamples()) {
      of(samples).forEach(term -> at(experiment.place(), term, visitor));
    }
    for (ReadOut readOut : experiment.readOuts()) {
      readOut.terms().forEach(term -> at(readOut.place(), term, visitor));
    }
  }

  /// States whose samples of the latest episode an experiment asks for.
  public static Set<String> sampled(Experiment experiment) {
    Set<String> paths = new HashSet<>();
    eachTerm(
        experiment,
        (term, _) -> {
          if (term instanceof Term.Recorded recorded) {
            paths.add(recorded.path());
          }
        });
    return paths;
  }

  private static void at(Place place, Term term, BiConsumer<Term, Place> visitor) {
    eachTerm(term, part -> visitor.accept(part, place));
  }
}
