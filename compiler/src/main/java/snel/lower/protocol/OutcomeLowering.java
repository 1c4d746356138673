package snel.lower.protocol;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Place;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.model.Readout;
import snel.source.Span;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.OutcomeStatement;
import snel.syntax.Reference;
import snel.units.Rational;

/// Lowers `record`, `report`, `expect`, `fit`, `score`.
final class OutcomeLowering {
  private final Block block;
  private static final Set<String> ANSWERING_AT_ONCE =
      Set.of("MaxCount", "FirstSpike", "MaxPotential");

  private final Work work;

  OutcomeLowering(Block block) {
    this.block = block;
    this.work = block.work();
  }

  Optional<Action> lower(OutcomeStatement statement, Place place) {
    return switch (statement) {
      case OutcomeStatement.Recording recording -> record(recording, place);
      case OutcomeStatement.Report(var items, _) -> report(items, place);
      case OutcomeStatement.Expect(var condition, var within, _) ->
          claim(condition, within).map(claim -> new Action.Expect(claim, place));
      case OutcomeStatement.Fit(var readout, var label, _) -> {
        Optional<String> name = readOut(readout).filter(known -> canBeFitted(known, readout));
        Optional<Term> term = block.reader().term(label);
        yield name.isPresent() && term.isPresent()
            ? Optional.of(new Action.Fit(name.get(), term.get(), place))
            : Optional.empty();
      }
      case OutcomeStatement.Score(var readout, var label, _) -> {
        Optional<String> name = readOut(readout);
        Optional<Term> term = block.reader().term(label);
        yield name.isPresent() && term.isPresent()
            ? Optional.of(
                new Action.Score(
                    name.get(), term.get(), new ScoredSample(block).behind(term.get()), place))
            : Optional.empty();
      }
    };
  }

  private boolean canBeFitted(String name, Reference reference) {
    String kind = work.readOut(name).map(Readout::kind).orElse("");
    boolean answersAtOnce = ANSWERING_AT_ONCE.contains(kind);
    if (answersAtOnce) {
      work.fault(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  "`" + kind + "` answers without having been fitted",
                  reference.span(),
                  "there is nothing to fit")
              .help("leave `fit` out, or use `ResponseLabels`, `Ridge` or `LinearSvm`"));
    }
    return !answersAtOnce;
  }

  private Optional<String> readOut(Reference reference) {
    Meaning meaning = block.reader().read(reference);
    if (meaning instanceof Meaning.Fixed(Val.Reading(String name), _)) {
      return Optional.of(name);
    }
    if (!(meaning instanceof Meaning.Faulty)
        && !(meaning instanceof Meaning.Fixed(Val.Bad _, var _))) {
      work.fault(Code.WRONG_KIND, "a read-out is wanted here", reference.span());
    }
    return Optional.empty();
  }

  // record

  private Optional<Action> record(OutcomeStatement.Recording recording, Place place) {
    Optional<Term> every =
        recording.every() == null
            ? Optional.of(new Term.Whole(1))
            : new Durations(block).period(recording.every());
    if (every.isEmpty()) {
      return Optional.empty();
    }
    Map<Action.Target, Span> targets = new LinkedHashMap<>();
    for (Reference reference : recording.what()) {
      target(reference, every.get(), recording.atDeliver())
          .ifPresent(target -> addTo(targets, target, reference.span()));
    }
    targets.forEach((target, span) -> {
      if (target instanceof Action.Target.Samples samples) {
        work.demands()
            .recordedOtherwise(samples)
            .ifPresent(known -> work.fault(twice(known, samples, span)));
        work.demands().records(samples);
      }
    });
    return Optional.of(new Action.Record(List.copyOf(targets.keySet()), place));
  }

  /// What is named element by element is recorded together.
  private static void addTo(Map<Action.Target, Span> targets, Action.Target target, Span span) {
    if (target instanceof Action.Target.Samples samples) {
      for (Action.Target before : List.copyOf(targets.keySet())) {
        Optional<Action.Target.Samples> both =
            before instanceof Action.Target.Samples known ? both(known, samples) : Optional.empty();
        if (both.isPresent()) {
          Span first = targets.remove(before);
          targets.put(both.get(), first);
          return;
        }
      }
    }
    targets.put(target, span);
  }

  private static Optional<Action.Target.Samples> both(
      Action.Target.Samples one, Action.Target.Samples other) {
    return one.path().equals(other.path()) && one.post().equals(other.post())
        ? Selections.both(one.selection(), other.selection())
            .map(selection ->
                new Action.Target.Samples(
                    one.path(),
                    one.buffer(),
                    one.projection(),
                    selection,
                    one.post(),
                    one.everySteps(),
                    one.atDeliver(),
                    one.unit()))
        : Optional.empty();
  }

  private Optional<Action.Target> target(Reference reference, Term every, boolean atDeliver) {
    if (reference instanceof Expression.Member(var owner, var name, _)
        && name.text().equals("spikes")
        && block.reader().read(owner)
            instanceof Meaning.Fixed(Val.Cells(var slice, String event), _)
        && event.isEmpty()) {
      return Optional.of(new Action.Target.Spikes(slice.population(), Selections.of(slice)));
    }
    Meaning meaning = block.reader().read(reference);
    Unit unit = ExpressionReader.unit(meaning);
    return switch (meaning) {
      case Meaning.Fixed(Val.Cells(var slice, String event), var _) ->
          Optional.of(
              new Action.Target.Spikes(Selections.path(slice, event), Selections.of(slice)));
      case Meaning.Live(Term.Read(String path, Selection selection, Type _), var _) ->
          Optional.of(samples(path, "", selection, Selection.ALL, every, atDeliver, unit));
      case Meaning.Live(Term.ReadSynapses read, var _) -> {
        FixedPairs.check(work, read, reference.span());
        yield Optional.of(
            samples(
                read.path(), read.projection(), read.pre(), read.post(), every, atDeliver, unit));
      }
      case Meaning.Faulty _, Meaning.Fixed(Val.Bad _, var _) -> Optional.empty();
      default -> {
        work.fault(
            Code.WRONG_KIND, "only spikes, events and states can be recorded", reference.span());
        yield Optional.empty();
      }
    };
  }

  private Action.Target samples(
      String path,
      String projection,
      Selection selection,
      Selection post,
      Term every,
      boolean atDeliver,
      Unit unit) {
    if (atDeliver) {
      work.demands().samplesAtDeliver(path);
    }
    String buffer = atDeliver ? path + "@deliver" : work.recorded(path);
    return new Action.Target.Samples(
        path, buffer, projection, selection, post, every, atDeliver, unit);
  }

  private Diagnostic twice(Action.Target.Samples known, Action.Target.Samples samples, Span span) {
    String path = samples.path();
    String elements = samples.projection().isEmpty() ? "neurons" : "synapses";
    return Diagnostic.of(
            Code.TWO_RULES_FOR_ONE,
            "`" + path + "` is recorded already, of other " + elements + " or at other times",
            span,
            "recorded a second time")
        .help(
            "record it once, of all that is wanted: `record %s%s%s`"
                .formatted(
                    path, bothTimes(known, samples), samples.atDeliver() ? " at deliver" : ""));
  }

  /// The longest period that has the samples of both.
  private String bothTimes(Action.Target.Samples one, Action.Target.Samples other) {
    if (!(one.everySteps() instanceof Term.Whole(long first)
        && other.everySteps() instanceof Term.Whole(long second))) {
      return "";
    }
    BigInteger steps = BigInteger.valueOf(first).gcd(BigInteger.valueOf(second));
    return steps.equals(BigInteger.ONE)
        ? ""
        : " every " + work.context().step().times(Rational.of(steps)) + " ms";
  }

  // report

  private Optional<Action> report(List<OutcomeStatement.Reported> items, Place place) {
    List<Action.Item> lowered = new ArrayList<>();
    Iterator<Term> names = work.reportNames().of(items, block).iterator();
    for (OutcomeStatement.Reported item : items) {
      Meaning meaning = work.courses().read(item.value(), block);
      Term name = names.next();
      block
          .reader()
          .term(meaning, item.value().span())
          .ifPresent(term -> {
            work.reportNames().take(name, item, term, block);
            int number = work.reportNames().number(item, block);
            lowered.add(new Action.Item(number, name, term, ExpressionReader.unit(meaning)));
          });
    }
    return Optional.of(new Action.Report(lowered, place));
  }

  // expect

  private Optional<Action.Claim> claim(Expression condition, @Nullable Expression within) {
    if (condition.ungrouped() instanceof Expression.Binary(var operator, var left, var right, _)) {
      if (operator == BinaryOperator.IN
          && right.ungrouped() instanceof Expression.Range(var low, var high, boolean closed, _)) {
        return lies(left, low, high, !closed);
      }
      Optional<Term.Comparison> comparison = comparison(operator);
      if (comparison.isPresent()) {
        return compares(comparison.get(), left, right, within);
      }
    }
    return block.reader().term(condition).map(Action.Claim.Holds::new);
  }

  private Optional<Action.Claim> lies(
      Expression value, Expression low, Expression high, boolean open) {
    Meaning meaning = block.reader().read(value);
    Meaning bound = block.reader().read(high);
    Optional<Term> term = measured(meaning, value.span());
    Optional<Term> least = block.reader().term(low);
    Optional<Term> most = block.reader().term(bound, high.span());
    if (term.isEmpty() || least.isEmpty() || most.isEmpty()) {
      return Optional.empty();
    }
    Term lower = work.precision().beside(least.get(), term.get());
    Term upper = work.precision().beside(most.get(), term.get());
    return Optional.of(new Action.Claim.Lies(term.get(), lower, upper, open, unit(bound, meaning)));
  }

  private static Unit unit(Meaning first, Meaning second) {
    Unit unit = ExpressionReader.unit(first);
    return unit.text().isEmpty() ? ExpressionReader.unit(second) : unit;
  }

  private Optional<Action.Claim> compares(
      Term.Comparison comparison, Expression left, Expression right, @Nullable Expression within) {
    Meaning first = block.reader().read(left);
    Meaning second = block.reader().read(right);
    Optional<Term> a = measured(first, left.span());
    Optional<Term> b = block.reader().term(second, right.span());
    boolean relative =
        within != null
            && within.ungrouped() instanceof Expression.Quantity(_, var unit, _)
            && unit.text().equals("%");
    Optional<Term> tolerance =
        within == null ? Optional.of(new Term.Number(0)) : block.reader().term(within);
    if (a.isEmpty() || b.isEmpty() || tolerance.isEmpty()) {
      return Optional.empty();
    }
    Term x = work.precision().beside(a.get(), b.get());
    Term y = work.precision().beside(b.get(), a.get());
    return Optional.of(
        new Action.Claim.Compares(
            comparison, x, y, tolerance.get(), relative, unit(second, first)));
  }

  private Optional<Term> measured(Meaning meaning, Span span) {
    return block.reader().term(meaning, span);
  }

  private static Optional<Term.Comparison> comparison(BinaryOperator operator) {
    return switch (operator) {
      case LESS -> Optional.of(Term.Comparison.LESS);
      case LESS_OR_EQUAL -> Optional.of(Term.Comparison.AT_MOST);
      case GREATER -> Optional.of(Term.Comparison.GREATER);
      case GREATER_OR_EQUAL -> Optional.of(Term.Comparison.AT_LEAST);
      case EQUAL -> Optional.of(Term.Comparison.EQUAL);
      case NOT_EQUAL -> Optional.of(Term.Comparison.UNEQUAL);
      case POWER, TIMES, DIVIDE, PLUS, MINUS, IN, AND, OR -> Optional.empty();
    };
  }
}
