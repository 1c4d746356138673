package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Val;
import snel.ir.Training;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Expr;
import snel.model.Firing;
import snel.model.Population;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.UnaryOperator;

/// Takes a loss apart: a sum of cross-entropies, squared differences and penalties, each with a
/// constant factor.
final class LossReader {
  /// Neurons that lie side by side, the last one left out.
  private record Stretch(int from, int until) {
    static Optional<Stretch> of(Selection selection, int size) {
      return switch (selection) {
        case Selection.All _ -> Optional.of(new Stretch(0, size));
        case Selection.Range(int from, int until) -> Optional.of(new Stretch(from, until));
        case Selection.At(Term.Whole(long at)) -> Optional.of(new Stretch((int) at, (int) at + 1));
        case Selection.Listed _, Selection.At _ -> Optional.empty();
      };
    }

    int size() {
      return until - from;
    }
  }

  private record Scaled(Training.Reading reading, Stretch places, double scale) {
    Scaled(Training.Reading reading, double scale) {
      this(reading, new Stretch(0, reading.size()), scale);
    }

    Scaled times(double factor) {
      return new Scaled(reading, places, scale * factor);
    }

    int size() {
      return places.size();
    }
  }

  private final Block block;
  private final Work work;
  private final int steps;
  private final List<Training.Part> parts = new ArrayList<>();
  private final List<Term> targets = new ArrayList<>();

  /// @param steps of a sample
  LossReader(Block block, int steps) {
    this.block = block;
    this.work = block.work();
    this.steps = steps;
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
          when op == BinaryOperator.TIMES && constant(left).isPresent() ->
          read(right, factor * constant(left).get());
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES && constant(right).isPresent() ->
          read(left, factor * constant(right).get());
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.DIVIDE && constant(right).isPresent() ->
          read(left, factor / constant(right).get());
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES || op == BinaryOperator.DIVIDE ->
          factorInTheRun(op == BinaryOperator.TIMES && isPart(right) ? left : right);
      case Expression.Call(Expression.Variable(var name, _), var arguments, var span) ->
          call(name.text(), arguments, span, factor);
      case Expression.Binary(BinaryOperator op, var base, var exponent, var span)
          when op == BinaryOperator.POWER && constant(exponent).filter(n -> n == 2).isPresent() ->
          square(base, factor, span);
      default -> {
        if (constant(loss).isPresent()) {
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
      default -> isReading(expression);
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

  private void unknown(Span span) {
    work.lesson()
        .doubt(
            span,
            "`"
                + Places.text(span)
                + "` as a loss; it knows sums and differences of `cross_entropy(…)`,"
                + " `mean((… - target)^2)`, `mean(…)`, `sum(…)` and `rate_outside(…)`, each with a"
                + " constant factor");
  }

  private void call(String function, List<Argument> arguments, Span span, double factor) {
    var call = new Arguments(block.reader(), function, arguments, span);
    switch (function) {
      case "cross_entropy" -> {
        Optional<Scaled> scores = call.expression("scores", 0).flatMap(this::reading);
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
        if (inner.isPresent()
            && inner.get()
                instanceof Expression.Binary(BinaryOperator power, var base, var exponent, _)
            && power == BinaryOperator.POWER
            && constant(exponent).filter(two -> two == 2).isPresent()
            && work.lesson().open(base)
                instanceof Expression.Binary(BinaryOperator minus, var left, var right, _)
            && minus == BinaryOperator.MINUS) {
          squares(left, right, function.equals("mean"), factor, span);
        } else if (inner.isPresent() && isReading(inner.get())) {
          reading(inner.get())
              .ifPresent(scaled ->
                  add(
                      new Training.Kind.Total(function.equals("mean")),
                      scaled,
                      factor,
                      new Term.Number(0)));
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

  /// The squared difference of one reading, also divided by a constant.
  private void square(Expression base, double factor, Span span) {
    switch (work.lesson().open(base)) {
      case Expression.Binary(BinaryOperator op, var inner, var by, _)
          when op == BinaryOperator.DIVIDE && constant(by).isPresent() ->
          square(inner, factor / (constant(by).get() * constant(by).get()), span);
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.MINUS
              && (isReading(left)
                  || isReading(right)
                  || meanRate(left).isPresent()
                  || meanRate(right).isPresent()) ->
          squares(left, right, false, factor, span);
      default -> unknown(span);
    }
  }

  private void squares(Expression left, Expression right, boolean mean, double factor, Span span) {
    if (meanRate(left).isPresent() || meanRate(right).isPresent()) {
      ofMeanRate(left, right, factor, span);
      return;
    }
    if (isReading(left) && isReading(right)) {
      between(left, right, mean, factor, span);
      return;
    }
    boolean first = isReading(left);
    Expression read = first ? left : right;
    Optional<Scaled> reading = isReading(read) ? reading(read) : Optional.empty();
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
    Optional<Scaled> rate = meanRate(left);
    Optional<Term> target = block.reader().term(rate.isPresent() ? right : left);
    if (rate.isEmpty()) {
      rate = meanRate(right);
    } else if (meanRate(right).isPresent()) {
      unknown(span);
      return;
    }
    if (target.isPresent() && !Types.isMany(target.get().type())) {
      add(new Training.Kind.MeanSquare(), rate.orElseThrow(), factor, target.get());
    } else if (target.isPresent()) {
      unknown(span);
    }
  }

  /// The rates whose mean is `rate(h)`, in that of a millisecond, also multiplied or divided by a
  /// constant.
  private Optional<Scaled> meanRate(Expression expression) {
    return switch (work.lesson().open(expression)) {
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES && constant(right).isPresent() ->
          meanRate(left).map(s -> s.times(constant(right).get()));
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES && constant(left).isPresent() ->
          meanRate(right).map(s -> s.times(constant(left).get()));
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.DIVIDE && constant(right).isPresent() ->
          meanRate(left).map(s -> s.times(1 / constant(right).get()));
      case Expression.Call(Expression.Variable(var name, _), var arguments, var span)
          when name.text().equals("rate") && !work.lesson().byTimes() ->
          new Arguments(block.reader(), "rate", arguments, span)
              .neurons("of", 0)
              .flatMap(neurons ->
                  neurons instanceof Term.Neurons(String population, var selection)
                      ? rates(population, selection)
                      : Optional.empty());
      default -> Optional.empty();
    };
  }

  private Optional<Scaled> rates(String population, Selection selection) {
    Training.Reading counts = ofSpikes(Training.How.COUNT, population);
    return Stretch.of(selection, counts.size())
        .map(places -> new Scaled(counts, places, 1 / (steps * work.stepMs())));
  }

  /// Of two readings each is the target of the other.
  private void between(Expression left, Expression right, boolean mean, double factor, Span span) {
    Optional<Scaled> a = reading(left);
    Optional<Scaled> b = reading(right);
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
    var reading = new Scaled(ofSpikes(Training.How.COUNT, population), 1);
    add(new Training.Kind.Trains(steps), reading, factor, target);
  }

  private void outside(Arguments call, double factor, Span span) {
    Optional<Term> neurons = call.neurons("of", 0);
    Optional<Expression> range = call.expression("range", 1).map(Expression::ungrouped);
    if (neurons.isPresent()
        && neurons.get() instanceof Term.Neurons(String population, var selection)
        && Stretch.of(selection, 0).isPresent()
        && range.isPresent()
        && range.get() instanceof Expression.Range(var low, var high, _, _)
        && constant(low).isPresent()
        && constant(high).isPresent()) {
      if (constant(low).get() > constant(high).get()) {
        reversed(range.get().span());
        return;
      }
      double perSecond = 1000 / (steps * work.stepMs());
      Training.Reading counts = ofSpikes(Training.How.COUNT, population);
      add(
          new Training.Kind.Outside(constant(low).get() * 1000, constant(high).get() * 1000),
          new Scaled(counts, Stretch.of(selection, counts.size()).get(), perSecond),
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

  private void add(Training.Kind kind, Scaled scaled, double factor, Term target) {
    parts.add(
        new Training.Part(
            kind, scaled.reading, scaled.places.from(), scaled.size(), factor, scaled.scale));
    targets.add(target);
  }

  // What is read of the network.

  private boolean isReading(Expression expression) {
    return switch (work.lesson().open(expression)) {
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES || op == BinaryOperator.DIVIDE ->
          isReading(left) || isReading(right);
      case Expression.Unary(UnaryOperator op, var inner, _) when op == UnaryOperator.NEGATE ->
          isReading(inner);
      case Expression.Call(Expression.Variable(var name, _), _, _) ->
          name.text().equals("max_over_time")
              || name.text().equals("mean_over_time")
              || name.text().equals("first_spike") && work.lesson().byTimes();
      case Expression.Member(var owner, var name, _) ->
          (name.text().equals("count") || name.text().equals("first_spike"))
              && block.reader().read(owner) instanceof Meaning.Fixed(Val.Cells _, var _);
      default -> false;
    };
  }

  private Optional<Scaled> reading(Expression expression) {
    return switch (work.lesson().open(expression)) {
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES && constant(right).isPresent() ->
          reading(left).map(s -> s.times(constant(right).get()));
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES && constant(left).isPresent() ->
          reading(right).map(s -> s.times(constant(left).get()));
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.DIVIDE && constant(right).isPresent() ->
          reading(left).map(s -> s.times(1 / constant(right).get()));
      case Expression.Unary(UnaryOperator op, var inner, _) when op == UnaryOperator.NEGATE ->
          reading(inner).map(s -> s.times(-1));
      case Expression.Call(Expression.Variable(var name, _), var arguments, var span)
          when name.text().equals("max_over_time") || name.text().equals("mean_over_time") ->
          overTime(name.text(), arguments, span);
      case Expression.Member member -> counts(member);
      case Expression.Call call
          when call.callee() instanceof Expression.Variable(var name, _)
              && name.text().equals("first_spike") ->
          counts(call);
      default -> {
        unknownReading(expression.span());
        yield Optional.empty();
      }
    };
  }

  private void unknownReading(Span span) {
    String counted = work.lesson().byTimes() ? "`y.first_spike`" : "`y.count`";
    work.lesson()
        .doubt(
            span,
            "`"
                + Places.text(span)
                + "` in a loss; it knows `max_over_time(y.v)`, `mean_over_time(y.v)` and "
                + counted);
  }

  private Optional<Scaled> counts(Expression expression) {
    if (block.reader().read(expression)
            instanceof Meaning.Live(Term.Call(Function function, var arguments, _), var _)
        && arguments.getFirst() instanceof Term.Neurons(String population, var selection)) {
      boolean byTimes = work.lesson().byTimes();
      Training.Reading first = ofSpikes(Training.How.FIRST, population);
      boolean single = function == Function.FIRST_SPIKE && first.size() == 1;
      boolean all = selection instanceof Selection.All;
      if (byTimes && all && (single || function == Function.FIRST_SPIKE_EACH)) {
        return Optional.of(new Scaled(first, 1));
      }
      Training.Reading counts = ofSpikes(Training.How.COUNT, population);
      Optional<Stretch> places = Stretch.of(selection, counts.size());
      boolean one = function == Function.COUNT && places.filter(p -> p.size() == 1).isPresent();
      if (!byTimes && (one || function == Function.COUNT_EACH && places.isPresent())) {
        return Optional.of(new Scaled(counts, places.get(), 1));
      }
    }
    unknownReading(expression.span());
    return Optional.empty();
  }

  private Training.Reading ofSpikes(Training.How how, String population) {
    int size = work.population(population).map(Population::size).orElse(1);
    return new Training.Reading(how, population, size, steps);
  }

  private Optional<Scaled> overTime(String function, List<Argument> arguments, Span span) {
    var call = new Arguments(block.reader(), function, arguments, span);
    Optional<Expression> series = call.expression("series", 0);
    if (series.isEmpty()
        || !(block.reader().read(series.get())
            instanceof Meaning.Live(Term.Read(String path, Selection selection, _), var _))) {
      unknownReading(span);
      return Optional.empty();
    }
    Optional<Population> population =
        work.population(path.substring(0, Math.max(0, path.lastIndexOf('.'))));
    Optional<Stretch> places = population.flatMap(p -> Stretch.of(selection, p.size()));
    if (places.isEmpty()
        || population.get().state(path.substring(path.lastIndexOf('.') + 1)).isEmpty()) {
      unknownReading(span);
      return Optional.empty();
    }
    if (work.lesson().movesResets() && population.get().firing() instanceof Firing.When) {
      work.lesson()
          .doubt(span, "`" + Places.text(span) + "`, a state of neurons that spike, in a loss");
      return Optional.empty();
    }
    int last = steps;
    Optional<Expression> given = call.expression("last", 1);
    if (given.isPresent()) {
      Optional<Term> length = new Durations(block).steps(given.get());
      if (length.isPresent() && length.get() instanceof Term.Whole(long n) && n > 0) {
        last = (int) Math.min(n, steps);
      } else {
        unknownReading(given.get().span());
      }
    }
    work.demands().observes(path);
    Training.How how = function.equals("max_over_time") ? Training.How.MAXIMUM : Training.How.MEAN;
    var reading = new Training.Reading(how, path, population.get().size(), last);
    return Optional.of(new Scaled(reading, places.get(), 1));
  }

  private Optional<Double> constant(Expression expression) {
    return block.reader().constants().isFixed(expression)
            && block.reader().constants().evaluate(expression)
                instanceof Val.Num(Expr.Num(var number), _)
        ? Optional.of(number.toDouble())
        : Optional.empty();
  }
}
