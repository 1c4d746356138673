package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Val;
import snel.ir.Paths;
import snel.ir.Training;
import snel.ir.protocol.Function;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.math.Expr;
import snel.model.Firing;
import snel.model.Population;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.UnaryOperator;

/// What a loss reads of the network: one number for each neuron, made of all steps of a sample, and
/// multiplied by a constant.
final class LossReadings {
  /// Neurons that lie side by side, the last one left out.
  record Stretch(int from, int until) {
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

    /// Rows of so many neurons.
    Stretch times(int width) {
      return new Stretch(from * width, until * width);
    }
  }

  /// Readings of neurons that lie side by side, multiplied by a constant.
  record Scaled(Training.Reading reading, Stretch places, double scale) {
    Scaled(Training.Reading reading, double scale) {
      this(reading, new Stretch(0, reading.size()), scale);
    }

    Scaled times(double factor) {
      return new Scaled(reading, places, scale * factor);
    }

    /// Of some of them; empty where there are no such.
    Optional<Scaled> part(Stretch of) {
      return 0 <= of.from() && of.from() < of.until() && of.until() <= size()
          ? Optional.of(
              new Scaled(
                  reading,
                  new Stretch(places.from() + of.from(), places.from() + of.until()),
                  scale))
          : Optional.empty();
    }

    int size() {
      return places.size();
    }
  }

  private final Block block;
  private final Work work;
  private final int steps;

  /// @param steps of a sample
  LossReadings(Block block, int steps) {
    this.block = block;
    this.work = block.work();
    this.steps = steps;
  }

  boolean isReading(Expression expression) {
    Optional<Product> product = product(expression);
    if (product.isPresent()) {
      return isReading(product.get().inner());
    }
    return switch (work.lesson().open(expression)) {
      case Expression.Index(var owner, var indices, _) when indices.size() == 1 ->
          isReading(owner) && isKnown(indices.getFirst());
      case Expression.Call(Expression.Variable(var name, _), var arguments, _) ->
          (name.text().equals("max_over_time")
                  || name.text().equals("mean_over_time")
                  || name.text().equals("first_spike") && work.lesson().byTimes())
              && arguments.stream().noneMatch(argument -> isApart(argument.value()));
      case Expression.Member(var owner, var name, _) ->
          (name.text().equals("count") || name.text().equals("first_spike"))
              && block.reader().read(owner) instanceof Meaning.Fixed(Val.Cells _, var _)
              && !isApart(expression);
      default -> false;
    };
  }

  /// Of neurons that do not lie side by side, which is read as what is written out.
  private boolean isApart(Expression expression) {
    return block.reader().read(expression) instanceof Meaning.Live(var read, var _)
        && Parts.any(read, LossReadings::picksApart);
  }

  private static boolean picksApart(Term term) {
    return switch (term) {
      case Term.Neurons(_, var selection) -> selection instanceof Selection.Listed;
      case Term.Read(_, var selection, _) -> selection instanceof Selection.Listed;
      default -> false;
    };
  }

  private boolean isKnown(Expression index) {
    return index.ungrouped() instanceof Expression.Range
        || block.reader().term(index).flatMap(Types::whole).isPresent();
  }

  /// Something before or behind which a constant stands.
  record Product(Expression inner, double factor) {}

  Optional<Product> product(Expression expression) {
    return switch (work.lesson().open(expression)) {
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES && constant(right).isPresent() ->
          constant(right).map(factor -> new Product(left, factor));
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES ->
          constant(left).map(factor -> new Product(right, factor));
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.DIVIDE ->
          constant(right).map(factor -> new Product(left, 1 / factor));
      case Expression.Unary(UnaryOperator op, var inner, _) when op == UnaryOperator.NEGATE ->
          Optional.of(new Product(inner, -1));
      default -> Optional.empty();
    };
  }

  Optional<Scaled> reading(Expression expression) {
    Optional<Product> product = product(expression);
    if (product.isPresent()) {
      return reading(product.get().inner()).map(s -> s.times(product.get().factor()));
    }
    return switch (work.lesson().open(expression)) {
      case Expression.Call(Expression.Variable(var name, _), var arguments, var span)
          when name.text().equals("max_over_time") || name.text().equals("mean_over_time") ->
          overTime(name.text(), arguments, span);
      case Expression.Index index when isReading(index) -> part(index);
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

  /// `r[0 ..< 3]`: readings of those neurons alone, of those rows where a population has more axes.
  private Optional<Scaled> part(Expression.Index index) {
    Optional<Scaled> all = reading(index.owner());
    Optional<Term> whole = block.reader().term(index.owner());
    Optional<Term> read = block.reader().term(index);
    if (all.isEmpty() || whole.isEmpty() || read.isEmpty()) {
      return Optional.empty();
    }
    int rows = Types.choices(whole.get()).orElse(all.get().size());
    Optional<Scaled> part =
        new IndexReader(block.reader())
            .selection(index.indices().getFirst())
            .flatMap(selection -> Stretch.of(selection, rows))
            .map(chosen -> chosen.times(all.get().size() / rows))
            .filter(places -> Types.size(read.get()).orElse(places.size()) == places.size())
            .flatMap(all.get()::part);
    if (part.isEmpty()) {
      unknownReading(index.span());
    }
    return part;
  }

  /// What stays while weights change; empty where it does not.
  Optional<Term> target(Expression written) {
    return block.reader().term(written).filter(target -> !work.dependence().has(target));
  }

  /// `y.v`: what a state is in each step of the sample.
  boolean isState(Expression expression) {
    return block.reader().read(expression)
            instanceof Meaning.Live(Term.Read(String path, Selection _, var _), var _)
        && work.population(Paths.owner(path)).isPresent();
  }

  void unknownReading(Span span) {
    String counted = work.lesson().byTimes() ? "`y.first_spike`" : "`y.count`";
    work.lesson()
        .doubt(
            span,
            "`"
                + Places.text(span)
                + "` in a loss; it knows `max_over_time(y.v)`, `mean_over_time(y.v)` and "
                + counted,
            Places.text(span).contains("first_spike")
                ? LossFaults.OF_TIMES
                : "what a state is in the end is `mean_over_time(y.v, last: dt)`");
  }

  private Optional<Scaled> counts(Expression expression) {
    if (block.reader().read(expression)
            instanceof Meaning.Live(Term.Call(Function function, var arguments, _), var _)
        && arguments.getFirst() instanceof Term.Neurons(String population, var selection)) {
      boolean byTimes = work.lesson().byTimes();
      Training.How how = byTimes ? Training.How.FIRST : Training.How.COUNT;
      Training.Reading reading = ofSpikes(how, population, expression.span());
      Optional<Stretch> places = Stretch.of(selection, reading.size());
      boolean isEach = function == (byTimes ? Function.FIRST_SPIKE_EACH : Function.COUNT_EACH);
      boolean isOne =
          function == (byTimes ? Function.FIRST_SPIKE : Function.COUNT)
              && places.filter(p -> p.size() == 1).isPresent();
      if (places.isPresent() && (isEach || isOne)) {
        return Optional.of(new Scaled(reading, places.get(), 1));
      }
    }
    unknownReading(expression.span());
    return Optional.empty();
  }

  /// @param span where the loss speaks of them
  Training.Reading ofSpikes(Training.How how, String population, Span span) {
    Optional<Population> known = work.population(population);
    if (known.filter(SpikeThreshold::isNever).isPresent()) {
      neverSpikes(population, span);
    }
    int size = known.map(Population::size).orElse(1);
    return new Training.Reading(how, population, size, steps);
  }

  private void neverSpikes(String population, Span span) {
    work.context()
        .diagnostics()
        .reportOnce(
            List.of(Code.NO_GRADIENT, span),
            Diagnostic.of(
                    Code.NO_GRADIENT,
                    "`"
                        + Places.text(span)
                        + "` has no gradient: `"
                        + population
                        + "` never spikes",
                    span,
                    "made of spikes, which there are none of")
                .help(
                    "read a state, as in `max_over_time("
                        + population
                        + ".v)`, or let the neuron"
                        + " spike: `spike when …`"));
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
    int last = steps;
    Optional<Expression> given = call.expression("last", 1);
    if (given.isPresent()) {
      Optional<Term> length = new Durations(block).steps(given.get());
      if (length.isPresent() && length.get() instanceof Term.Whole(long n) && n > 0) {
        last = (int) Math.min(n, steps);
        if (n > steps && steps > 0) {
          beyond(given.get().span());
        }
      } else if (length.isPresent()) {
        unknownReading(given.get().span());
      }
    }
    Training.How how = function.equals("max_over_time") ? Training.How.MAXIMUM : Training.How.MEAN;
    Optional<Scaled> read = ofState(how, path, selection, last, span);
    if (read.isEmpty()) {
      unknownReading(span);
    }
    return read;
  }

  /// What a state is over the last steps; empty where it is none of neurons that lie side by side.
  ///
  /// @param span where the loss speaks of it
  Optional<Scaled> ofState(
      Training.How how, String path, Selection selection, int last, Span span) {
    Optional<Population> population = work.population(Paths.owner(path));
    Optional<Stretch> places = population.flatMap(p -> Stretch.of(selection, p.size()));
    if (places.isEmpty() || population.get().state(Paths.name(path)).isEmpty()) {
      return Optional.empty();
    }
    if (work.lesson().movesResets()
        && population.get().firing() instanceof Firing.When
        && !SpikeThreshold.isNever(population.get())) {
      work.lesson()
          .doubt(span, "`" + Places.text(span) + "`, a state of neurons that spike, in a loss");
    }
    work.demands().observes(path);
    var reading = new Training.Reading(how, path, population.get().size(), last);
    return Optional.of(new Scaled(reading, places.get(), 1));
  }

  /// Steps of a sample.
  int steps() {
    return steps;
  }

  /// Says that a sample has fewer steps than are asked for.
  void beyond(Span span) {
    work.context()
        .diagnostics()
        .report(
            Diagnostic.of(
                    Code.BEYOND_PRESENTATION,
                    "`last: "
                        + Places.text(span)
                        + "` is longer than what is presented, so all of it is read",
                    span,
                    "longer than the presentation")
                .help("write a shorter time, or leave `last:` out"));
  }

  Optional<Double> constant(Expression expression) {
    return block.reader().constants().isFixed(expression)
            && block.reader().constants().evaluate(expression)
                instanceof Val.Num(Expr.Num(var number), _)
        ? Optional.of(number.toDouble())
        : Optional.empty();
  }

  /// Whether it is `rate(h)`, also multiplied or divided by something.
  boolean isMeanRate(Expression expression) {
    return switch (work.lesson().open(expression)) {
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.TIMES || op == BinaryOperator.DIVIDE ->
          isMeanRate(left) || isMeanRate(right);
      case Expression.Call(Expression.Variable(var name, _), _, _) ->
          name.text().equals("rate") && !work.lesson().byTimes();
      default -> false;
    };
  }

  /// The rates whose mean is `rate(h)`, in that of a millisecond, also multiplied or divided by a
  /// constant.
  Optional<Scaled> meanRate(Expression expression) {
    Optional<Product> product = product(expression);
    if (product.isPresent()) {
      return meanRate(product.get().inner()).map(s -> s.times(product.get().factor()));
    }
    return isMeanRate(expression)
            && work.lesson().open(expression) instanceof Expression.Call(_, var arguments, var span)
        ? new Arguments(block.reader(), "rate", arguments, span)
            .neurons("of", 0)
            .flatMap(neurons ->
                neurons instanceof Term.Neurons(String population, var selection)
                    ? rates(population, selection, span)
                    : Optional.empty())
        : Optional.empty();
  }

  private Optional<Scaled> rates(String population, Selection selection, Span span) {
    Training.Reading counts = ofSpikes(Training.How.COUNT, population, span);
    return Stretch.of(selection, counts.size())
        .map(places -> new Scaled(counts, places, 1 / (steps * work.stepMs())));
  }
}
