package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.elaborate.Val;
import snel.ir.Training;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.UnaryOperator;

/// Takes a loss apart: a sum of cross-entropies, squared differences and penalties, each with a
/// constant factor, and of what is written out by means of arithmetic and functions.
final class LossReader {
  /// What counts, judges or compares changes in steps, so a little more weight changes nothing.
  private static final Set<String> IN_STEPS =
      Set.of(
          "count",
          "rate",
          "first_spike",
          "accuracy",
          "synchrony",
          "correlation",
          "victor_purpura",
          "van_rossum",
          "synaptic_operations");

  private final Block block;
  private final Work work;
  private final int steps;
  private final LossReadings readings;
  private final LossFaults faults;
  private final LossParts parts = new LossParts();
  private final SquaredErrors squares;

  /// @param steps of a sample
  LossReader(Block block, int steps) {
    this.block = block;
    this.work = block.work();
    this.steps = steps;
    this.readings = new LossReadings(block, steps);
    this.faults = new LossFaults(work);
    this.squares = new SquaredErrors(block, readings, parts, faults);
  }

  LossParts read(Expression loss) {
    read(loss, 1);
    return parts;
  }

  private void read(Expression loss, double factor) {
    switch (work.lesson().open(loss)) {
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.PLUS -> {
        read(left, factor);
        read(right, factor);
      }
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.MINUS -> {
        read(left, factor);
        read(right, -factor);
      }
      case Expression.Unary(UnaryOperator op, var inner, _) when op == UnaryOperator.NEGATE ->
          read(inner, -factor);
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES && readings.constant(left).isPresent() ->
          read(right, factor * readings.constant(left).get());
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES && readings.constant(right).isPresent() ->
          read(left, factor * readings.constant(right).get());
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.DIVIDE && readings.constant(right).isPresent() ->
          read(left, factor / readings.constant(right).get());
      case Expression.Call call when block.frame().function(call.callee()).isPresent() ->
          written(call, factor);
      case Expression.Call call when call.callee() instanceof Expression.Variable(var name, _) ->
          call(call, name.text(), factor);
      case Expression.Binary(BinaryOperator op, var base, var exponent, var span)
          when op == BinaryOperator.POWER
              && readings.constant(exponent).filter(n -> n == 2).isPresent() ->
          orWritten(squares.read(base, false, factor, span), loss, factor);
      default -> written(loss, factor);
    }
  }

  private void orWritten(boolean isRead, Expression loss, double factor) {
    if (!isRead) {
      written(loss, factor);
    }
  }

  /// What is none of the usual losses is differentiated as it stands there.
  private void written(Expression loss, double factor) {
    Optional<Term> term = block.reader().term(loss);
    if (term.isEmpty()) {
      return;
    }
    var nodes = new LossNodes(work, readings, loss.span());
    Optional<List<Training.Node>> made = nodes.read(term.get());
    if (made.isPresent()) {
      parts.add(made.get(), factor, nodes.given());
    } else if (nodes.numbers() > 1) {
      faults.manyNumbers(loss.span(), nodes.numbers());
    } else {
      refuse(loss);
    }
  }

  /// The part of it that has no derivative, if it can be told, else the whole.
  private void refuse(Expression loss) {
    Optional<Expression> inSteps = Statements.all(loss).filter(this::isInSteps).findFirst();
    Optional<Expression> state =
        Statements.all(loss)
            .filter(part -> part instanceof Expression.Member && !isOverTime(part, loss))
            .filter(readings::isState)
            .findFirst();
    if (inSteps.isPresent()) {
      faults.noGradient(inSteps.get().span());
    } else if (Statements.all(loss).anyMatch(this::readsWeights)) {
      faults.ofWeights(loss.span());
    } else if (state.isPresent()) {
      readings.unknownReading(state.get().span());
    } else {
      faults.unknown(loss.span());
    }
  }

  /// Whether what is read of all steps of a sample is made of it.
  private static boolean isOverTime(Expression state, Expression loss) {
    return Statements.all(loss)
        .anyMatch(part ->
            part instanceof Expression.Call(Expression.Variable(var name, _), _, _)
                && name.text().endsWith("_over_time")
                && Statements.all(part).anyMatch(state::equals));
  }

  private boolean isInSteps(Expression part) {
    return part instanceof Expression.Call(Expression.Variable(var name, _), _, _)
        && IN_STEPS.contains(name.text())
        && (work.lesson().byTimes() ? !name.text().equals("first_spike") : !isCounted(name.text()));
  }

  private static boolean isCounted(String name) {
    return name.equals("count") || name.equals("rate");
  }

  private void call(Expression.Call whole, String function, double factor) {
    List<Argument> arguments = whole.arguments();
    Span span = whole.span();
    var call = new Arguments(block.reader(), function, arguments, span);
    switch (function) {
      case "cross_entropy" -> crossEntropy(call, whole, factor);
      case "mean", "sum" -> {
        Optional<Expression> inner = call.expression("x", 0).map(Expression::ungrouped);
        boolean mean = function.equals("mean");
        if (inner.filter(this::readsWeights).isPresent()) {
          faults.ofWeights(span);
        } else if (inner.isPresent()
            && inner.get()
                instanceof Expression.Binary(BinaryOperator power, var base, var exponent, _)
            && power == BinaryOperator.POWER
            && readings.constant(exponent).filter(two -> two == 2).isPresent()) {
          orWritten(squares.read(base, mean, factor, span), whole, factor);
        } else if (inner.isPresent() && readings.isReading(inner.get())) {
          readings
              .reading(inner.get())
              .ifPresent(scaled ->
                  parts.add(new Training.Kind.Total(mean), scaled, factor, new Term.Number(0)));
        } else {
          written(whole, factor);
        }
      }
      case "rate_outside" -> {
        if (work.lesson().byTimes()) {
          faults.noGradient(span);
        } else {
          outside(call, factor, span);
        }
      }
      default -> {
        if (function.equals("victor_purpura") && work.lesson().byTimes()) {
          trains(call, factor, span);
        } else {
          written(whole, factor);
        }
      }
    }
  }

  private void crossEntropy(Arguments call, Expression whole, double factor) {
    Optional<Expression> of = call.expression("scores", 0);
    Optional<Term> label = call.term("label", 1);
    if (of.isEmpty() || label.isEmpty()) {
      return;
    }
    Span at = call.expression("label", 1).orElseThrow().span();
    if (isList(label.get())) {
      faults.noClass(at);
    } else if (readings.isReading(of.get())) {
      readings.reading(of.get()).ifPresent(scores -> crossEntropy(scores, label.get(), at, factor));
    } else {
      written(whole, factor);
    }
  }

  private void crossEntropy(LossReadings.Scaled scores, Term label, Span at, double factor) {
    int size = scores.size();
    Optional<Long> number = Types.whole(label);
    if (number.filter(n -> n < 0 || n >= size).isPresent()) {
      faults.noSuchClass(at, number.get(), size);
      return;
    }
    field(label)
        .filter(field -> largest(field) >= size)
        .ifPresent(field -> faults.fewerScores(at, field.name(), (long) largest(field), size));
    Term classes = new Term.Whole(size);
    Term known =
        Types.isMany(label.type())
            ? label
            : new Term.Call(Function.LABEL, List.of(label, classes), Type.INTEGER);
    parts.add(new Training.Kind.CrossEntropy(), scores, factor, known);
  }

  private boolean readsWeights(Expression expression) {
    return Statements.all(expression)
        .anyMatch(part ->
            part instanceof Expression.Member(var owner, _, _)
                && block.reader().read(owner) instanceof Meaning.Fixed(Val.Wires _, var _));
  }

  /// The field of a data set that a label is.
  private Optional<DataSet.Field> field(Term label) {
    return label instanceof Term.Field(Term sample, String name, _)
            && sample.type() instanceof Type.Sample(String dataSet)
        ? work.demands().dataSet(dataSet).fields().stream()
            .filter(field -> field.name().equals(name))
            .findFirst()
        : Optional.empty();
  }

  private static double largest(DataSet.Field field) {
    return field.upperOpen() ? field.high() - 1 : field.high();
  }

  private static boolean isList(Term label) {
    return Types.isMany(label.type()) && !Types.size(label).equals(Optional.of(1));
  }

  /// Chronotron E-learning: what has to be moved, added or removed.
  private void trains(Arguments call, double factor, Span span) {
    Optional<Term> spikes = call.term("trains", 0);
    Optional<Term> others = call.expression("others", 1).flatMap(readings::target);
    Optional<Term> tau = call.term("tau_q", 2);
    if (spikes.isEmpty() || others.isEmpty() || tau.isEmpty()) {
      return;
    }
    if (!(spikes.get() instanceof Term.Spikes(String population, Selection.All _))) {
      faults.unknown(span);
      return;
    }
    Term target =
        new Term.Call(
            Function.EDITS,
            List.of(
                spikes.get(),
                others.get(),
                tau.get(),
                new Term.Whole(steps),
                new Term.Number(work.stepMs())),
            Type.array(-1));
    var reading =
        new LossReadings.Scaled(readings.ofSpikes(Training.How.COUNT, population, span), 1);
    parts.add(new Training.Kind.Trains(steps), reading, factor, target);
  }

  private void outside(Arguments call, double factor, Span span) {
    Optional<Term> neurons = call.neurons("of", 0);
    Optional<Expression> range = call.expression("range", 1).map(Expression::ungrouped);
    if (neurons.isPresent()
        && neurons.get() instanceof Term.Neurons(String population, var selection)
        && LossReadings.Stretch.of(selection, 0).isPresent()
        && range.isPresent()
        && range.get() instanceof Expression.Range(var low, var high, _, _)
        && readings.constant(low).isPresent()
        && readings.constant(high).isPresent()) {
      if (readings.constant(low).get() > readings.constant(high).get()) {
        faults.reversed(range.get().span());
        return;
      }
      double perSecond = 1000 / (steps * work.stepMs());
      Training.Reading counts = readings.ofSpikes(Training.How.COUNT, population, span);
      parts.add(
          new Training.Kind.Outside(
              readings.constant(low).get() * 1000, readings.constant(high).get() * 1000),
          new LossReadings.Scaled(
              counts, LossReadings.Stretch.of(selection, counts.size()).get(), perSecond),
          factor,
          new Term.Number(0));
    } else if (neurons.isPresent()) {
      faults.unknown(span);
    }
  }
}
