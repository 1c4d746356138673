package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.ir.Training;
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
/// constant factor.
final class LossReader {
  private final Block block;
  private final Work work;
  private final int steps;
  private final LossReadings readings;
  private final List<Training.Part> parts = new ArrayList<>();
  private final List<Term> targets = new ArrayList<>();

  /// @param steps of a sample
  LossReader(Block block, int steps) {
    this.block = block;
    this.work = block.work();
    this.steps = steps;
    this.readings = new LossReadings(block, steps);
  }

  List<Training.Part> parts() {
    return parts;
  }

  /// One for each part.
  List<Term> targets() {
    return targets;
  }

  void read(Expression loss, double factor) {
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
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES || op == BinaryOperator.DIVIDE ->
          factorInTheRun(op == BinaryOperator.TIMES && isPart(right) ? left : right);
      case Expression.Call call when block.frame().function(call.callee()).isPresent() ->
          ofOnesOwn(call);
      case Expression.Call(Expression.Variable(var name, _), var arguments, var span) ->
          call(name.text(), arguments, span, factor);
      case Expression.Binary(BinaryOperator op, var base, var exponent, var span)
          when op == BinaryOperator.POWER
              && readings.constant(exponent).filter(n -> n == 2).isPresent() ->
          square(base, false, factor, span);
      default -> {
        if (readings.constant(loss).isPresent()) {
          work.lesson()
              .doubt(
                  loss.span(),
                  "the number `"
                      + Places.text(loss.span())
                      + "` as a part of a loss, which has no gradient: leave it out");
        } else {
          unknown(loss.span());
        }
      }
    }
  }

  /// Whether something may be a part of a loss, and not only a number before one.
  private boolean isPart(Expression expression) {
    return switch (work.lesson().open(expression)) {
      case Expression.Binary(_, var left, var right, _) -> isPart(left) || isPart(right);
      case Expression.Unary(_, var inner, _) -> isPart(inner);
      case Expression.Call(Expression.Variable(var name, _), _, _) -> PARTS.contains(name.text());
      default -> readings.isReading(expression);
    };
  }

  private void factorInTheRun(Expression factor) {
    work.lesson()
        .doubt(
            factor.span(),
            "`"
                + Places.text(factor.span())
                + "` as a factor in a loss; a factor is a number that is known when compiled, such"
                + " as `0.1 * mean(y.count)`");
  }

  /// Functions that a loss is made of.
  private static final Set<String> PARTS =
      Set.of("cross_entropy", "mean", "sum", "rate_outside", "victor_purpura");

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

  private void noGradient(Span span) {
    work.context()
        .diagnostics()
        .report(
            Diagnostic.of(
                    Code.NO_GRADIENT,
                    "`" + Places.text(span) + "` has no gradient",
                    span,
                    "changes in steps, or not at all")
                .help(
                    work.lesson().byTimes()
                        ? "use `sum((y.first_spike - …)^2)`, in plain numbers"
                        : "use `cross_entropy(max_over_time(y.v), …)`, `mean((y.count - …)^2)` or"
                            + " `rate_outside(h, 1 Hz .. 50 Hz)`"));
  }

  private void ofOnesOwn(Expression.Call call) {
    work.lesson()
        .doubt(
            call.span(),
            "`" + Places.text(call.span()) + "`, a function of one's own, as a loss",
            "write what `" + Places.text(call.callee().span()) + "` computes into the `minimise`");
  }

  private void unknown(Span span) {
    work.lesson()
        .doubt(
            span,
            "`"
                + Places.text(span)
                + "` as a loss; it knows sums and differences of `cross_entropy(…)`,"
                + " `mean((… - target)^2)`, `mean(…)`, `sum(…)`, `rate_outside(…)` and"
                + " `(rate(h) / 10 Hz - 1)^2`, each with a constant factor");
  }

  private void call(String function, List<Argument> arguments, Span span, double factor) {
    var call = new Arguments(block.reader(), function, arguments, span);
    switch (function) {
      case "cross_entropy" -> {
        Optional<LossReadings.Scaled> scores =
            call.expression("scores", 0).flatMap(readings::reading);
        Optional<Term> label = call.term("label", 1);
        if (label.filter(l -> isList(l.type())).isPresent()) {
          noClass(call.expression("label", 1).orElseThrow().span());
        } else if (scores.isPresent() && label.isPresent()) {
          Term classes = new Term.Whole(scores.get().size());
          Term known =
              Types.isMany(label.get().type())
                  ? label.get()
                  : new Term.Call(Function.LABEL, List.of(label.get(), classes), Type.INTEGER);
          add(new Training.Kind.CrossEntropy(), scores.get(), factor, known);
        }
      }
      case "mean", "sum" -> {
        Optional<Expression> inner = call.expression("x", 0).map(Expression::ungrouped);
        boolean mean = function.equals("mean");
        if (inner.isPresent()
            && inner.get()
                instanceof Expression.Binary(BinaryOperator power, var base, var exponent, _)
            && power == BinaryOperator.POWER
            && readings.constant(exponent).filter(two -> two == 2).isPresent()) {
          square(base, mean, factor, span);
        } else if (inner.isPresent() && readings.isReading(inner.get())) {
          readings
              .reading(inner.get())
              .ifPresent(
                  scaled -> add(new Training.Kind.Total(mean), scaled, factor, new Term.Number(0)));
        } else {
          unknown(span);
        }
      }
      case "rate_outside" -> outside(call, factor, span);
      default -> {
        if (function.equals("victor_purpura") && work.lesson().byTimes()) {
          trains(call, factor, span);
        } else if (IN_STEPS.contains(function)) {
          noGradient(span);
        } else {
          unknown(span);
        }
      }
    }
  }

  private static boolean isList(Type type) {
    return type instanceof Type.Array(var shape) && !shape.stream().allMatch(size -> size == 1);
  }

  private void noClass(Span span) {
    work.lesson()
        .doubt(
            span,
            "`"
                + Places.text(span)
                + "` as the label of `cross_entropy`, which is the number of a class; a list of"
                + " targets is for `mean((… - one_hot(label, 10))^2)`");
  }

  /// The square of a reading or of a difference, also multiplied or divided by constants.
  private void square(Expression base, boolean mean, double factor, Span span) {
    Optional<LossReadings.Product> product = readings.product(base);
    if (product.isPresent()) {
      double by = product.get().factor();
      square(product.get().inner(), mean, factor * by * by, span);
      return;
    }
    switch (work.lesson().open(base)) {
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.MINUS ->
          squares(left, right, mean, factor, span);
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.PLUS ->
          squares(left, negated(right), mean, factor, span);
      default -> ofItself(base, mean, factor, span);
    }
  }

  private static Expression negated(Expression expression) {
    return new Expression.Unary(UnaryOperator.NEGATE, expression, expression.span());
  }

  private void ofItself(Expression base, boolean mean, double factor, Span span) {
    if (readings.isMeanRate(base)) {
      readings
          .meanRate(base)
          .ifPresentOrElse(
              rate -> add(new Training.Kind.MeanSquare(), rate, factor, new Term.Number(0)),
              () -> unknown(span));
    } else if (readings.isReading(base)) {
      readings
          .reading(base)
          .ifPresent(read ->
              add(new Training.Kind.Squares(mean, 1, false), read, factor, new Term.Number(0)));
    } else {
      unknown(span);
    }
  }

  private void squares(Expression left, Expression right, boolean mean, double factor, Span span) {
    if (readings.isMeanRate(left) || readings.isMeanRate(right)) {
      ofMeanRate(left, right, factor, span);
      return;
    }
    if (readings.isReading(left) && readings.isReading(right)) {
      between(left, right, mean, factor, span);
      return;
    }
    boolean first = readings.isReading(left);
    Expression read = first ? left : right;
    Optional<LossReadings.Scaled> reading =
        readings.isReading(read) ? readings.reading(read) : Optional.empty();
    Optional<Term> target = block.reader().term(first ? right : left);
    if (reading.isEmpty()) {
      unknown(span);
      return;
    }
    if (target.isPresent()) {
      int size = reading.get().size();
      boolean single = !(target.get().type() instanceof Type.Array);
      var squares = new Training.Kind.Squares(mean, single ? 1 : size, false);
      add(squares, reading.get(), factor, target.get());
    }
  }

  /// `(rate(h) / 10 Hz - 1)^2`: one number for all neurons, so its mean and its sum are itself.
  private void ofMeanRate(Expression left, Expression right, double factor, Span span) {
    boolean first = readings.isMeanRate(left);
    boolean both = first && readings.isMeanRate(right);
    Optional<LossReadings.Scaled> rate = readings.meanRate(first ? left : right);
    Optional<Term> target = both ? Optional.empty() : block.reader().term(first ? right : left);
    if (both || rate.isEmpty() || target.filter(t -> Types.isMany(t.type())).isPresent()) {
      unknown(span);
    } else if (target.isPresent()) {
      add(new Training.Kind.MeanSquare(), rate.get(), factor, target.get());
    }
  }

  /// Of two readings each is the target of the other.
  private void between(Expression left, Expression right, boolean mean, double factor, Span span) {
    Optional<LossReadings.Scaled> a = readings.reading(left);
    Optional<LossReadings.Scaled> b = readings.reading(right);
    Optional<Term> before = block.reader().term(left);
    Optional<Term> behind = block.reader().term(right);
    if (a.isEmpty() || b.isEmpty() || before.isEmpty() || behind.isEmpty()) {
      return;
    }
    int size = a.get().size();
    if (size != b.get().size()) {
      unknown(span);
      return;
    }
    add(new Training.Kind.Squares(mean, size, false), a.get(), factor, behind.get());
    add(new Training.Kind.Squares(mean, size, true), b.get(), factor, before.get());
  }

  /// Chronotron E-learning: what has to be moved, added or removed.
  private void trains(Arguments call, double factor, Span span) {
    Optional<Term> spikes = call.term("trains", 0);
    Optional<Term> others = call.term("others", 1);
    Optional<Term> tau = call.term("tau_q", 2);
    if (spikes.isEmpty() || others.isEmpty() || tau.isEmpty()) {
      return;
    }
    if (!(spikes.get() instanceof Term.Spikes(String population, Selection.All _))) {
      unknown(span);
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
    add(new Training.Kind.Trains(steps), reading, factor, target);
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
        reversed(range.get().span());
        return;
      }
      double perSecond = 1000 / (steps * work.stepMs());
      Training.Reading counts = readings.ofSpikes(Training.How.COUNT, population, span);
      add(
          new Training.Kind.Outside(
              readings.constant(low).get() * 1000, readings.constant(high).get() * 1000),
          new LossReadings.Scaled(
              counts, LossReadings.Stretch.of(selection, counts.size()).get(), perSecond),
          factor,
          new Term.Number(0));
    } else if (neurons.isPresent()) {
      unknown(span);
    }
  }

  private void reversed(Span span) {
    work.context()
        .diagnostics()
        .report(
            Diagnostic.of(
                    Code.OUT_OF_RANGE,
                    "`rate_outside` wants a range that rises, but `"
                        + Places.text(span)
                        + "` falls",
                    span,
                    "no rate lies in it")
                .help("write the lower rate first: `1 Hz .. 50 Hz`"));
  }

  private void add(Training.Kind kind, LossReadings.Scaled scaled, double factor, Term target) {
    parts.add(
        new Training.Part(
            kind, scaled.reading(), scaled.places().from(), scaled.size(), factor, scaled.scale()));
    targets.add(target);
  }
}
