package snel.lower.protocol;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.CompilerBug;
import snel.elaborate.Val;
import snel.ir.Training;
import snel.ir.protocol.Action;
import snel.ir.protocol.Action.Learning;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Expr;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.TrainingStatement;

/// Lowers `train by`, `minimise` and `keep best`.
final class TrainingLowering {
  /// What stands beside an optimiser for all weights.
  private static final Set<String> ONCE = Set.of("clip_norm", "warm_up", "cosine");

  /// Of the state in a millisecond, where it reaches the threshold.
  private static final double LEAST_RISE = 0.1;

  private final Block block;
  private final Work work;
  private final Lesson lesson;

  TrainingLowering(Block block) {
    this.block = block;
    this.work = block.work();
    this.lesson = work.lesson();
  }

  /// @param before what the body has done up to here
  List<Action> lower(TrainingStatement statement, List<Action> before, Place place) {
    return switch (statement) {
      case TrainingStatement.Train train -> train(train, place);
      case TrainingStatement.Minimise minimise -> minimise(minimise, before, place);
      case TrainingStatement.KeepBest keep -> keepBest(keep, place);
    };
  }

  // train by

  private List<Action> train(TrainingStatement.Train train, Place place) {
    String method = train.method().name().text();
    if (method.equals("spike_time_gradient") || method.equals("eventprop")) {
      return byTimes(train);
    }
    boolean local = method.equals("eprop");
    if (!local && !method.equals("bptt")) {
      lesson.doubt(
          train.method().span(),
          "`" + method + "`; it knows `bptt`, `eprop`, `eventprop` and `spike_time_gradient`");
      return List.of();
    }
    lesson.method(method);
    Training.Feedback.Kind feedback = Training.Feedback.Kind.SYMMETRIC;
    var surrogates = new Surrogates(block);
    Optional<snel.ir.Expr> slope = surrogates.usual(train.span());
    boolean throughReset = true;
    for (Argument argument : train.method().arguments()) {
      String name = argument.name() == null ? "surrogate" : argument.name().text();
      switch (name) {
        case "surrogate" -> slope = surrogates.of(argument.value());
        case "through_reset" -> throughReset = truth(argument.value());
        case "truncate" -> truncate(argument.value());
        case "feedback" -> feedback = feedback(argument.value());
        default -> throw unknown(name);
      }
    }
    Optional<Training.Optimiser> how = optimiser(train);
    if (slope.isPresent() && how.isPresent()) {
      var surrogate = new Training.Spikes.Surrogate(slope.get());
      lesson.train(train.span(), surrogate, throughReset, how.get());
      if (!throughReset) {
        work.demands().cutsResets();
      }
      new Trainable(work).check();
      if (local) {
        new LocalTraining(work).cut(feedback);
      }
    }
    return List.of();
  }

  /// What a spike does to its own neuron stays out of it unless it is asked for: a reset moves with
  /// the spike only where it subtracts.
  private List<Action> byTimes(TrainingStatement.Train train) {
    String method = train.method().name().text();
    boolean resets = method.equals("eventprop");
    lesson.method(method);
    List<Argument> arguments = train.method().arguments();
    var options = new Options(method, arguments, train.method().span());
    double least =
        options.within("dv_min", 0, LEAST_RISE, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
    double wake = options.within("wake", -1, resets ? 0 : 1, 0, Double.POSITIVE_INFINITY);
    boolean throughReset = false;
    for (Argument argument : arguments) {
      String name = argument.name() == null ? "dv_min" : argument.name().text();
      switch (name) {
        case "dv_min", "wake" -> {}
        case "truncate" -> truncate(argument.value());
        case "through_reset" -> throughReset = truth(argument.value());
        default -> throw unknown(name);
      }
    }
    Optional<Training.Optimiser> how = optimiser(train);
    if (how.isPresent()) {
      var times = new Training.Spikes.Times(least, wake, work.stepMs(), resets);
      lesson.train(train.span(), times, throughReset, how.get());
      new Trainable(work).check();
      new MovedSpikes(work).check();
      if (resets) {
        new MovingResets(work).check();
      } else if (throughReset) {
        new SubtractingResets(work).check();
      }
    }
    return List.of();
  }

  /// Names are checked before anything is lowered.
  private static CompilerBug unknown(String name) {
    return new CompilerBug("`" + name + "` was not refused");
  }

  private Training.Feedback.Kind feedback(Expression given) {
    if (given.ungrouped() instanceof Expression.Variable(var name, _)) {
      for (Training.Feedback.Kind kind : Training.Feedback.Kind.values()) {
        if (kind.name().equalsIgnoreCase(name.text())) {
          return kind;
        }
      }
    }
    work.fault(Code.WRONG_KIND, "`feedback` is `symmetric`, `random` or `adaptive`", given.span());
    return Training.Feedback.Kind.SYMMETRIC;
  }

  private void truncate(Expression length) {
    Optional<Term> steps = new Durations(block).steps(length);
    if (steps.isPresent() && steps.get() instanceof Term.Whole(long n) && n > 0) {
      lesson.truncate((int) Math.min(n, Integer.MAX_VALUE));
    } else if (steps.isPresent()) {
      work.fault(Code.WRONG_KIND, "a time above 0 is wanted here", length.span());
    }
  }

  private boolean truth(Expression expression) {
    if (block.reader().read(expression)
        instanceof Meaning.Fixed(Val.Num(Expr.Truth(boolean truth), _), var _)) {
      return truth;
    }
    work.fault(Code.WRONG_KIND, "`true` or `false` is wanted here", expression.span());
    return true;
  }

  private Optional<Training.Optimiser> optimiser(TrainingStatement.Train train) {
    Optional<Options> main = Optional.empty();
    double clip = Double.POSITIVE_INFINITY;
    int warmUp = 0;
    int cosine = 0;
    List<Training.Levels> levels = new ArrayList<>();
    Set<String> given = new HashSet<>();
    for (Expression each : train.optimisers()) {
      if (!(each.ungrouped()
          instanceof Expression.Call(Expression.Variable(var name, _), var arguments, var span))) {
        throw unknown(Places.text(each.span()));
      }
      var options = new Options(name.text(), arguments, span);
      if (ONCE.contains(name.text()) && !given.add(name.text())) {
        lesson.doubt(span, "a second `" + name.text() + "`", "leave one of them out");
      }
      switch (name.text()) {
        case "clip_norm" ->
            clip = options.within("norm", 0, 1, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
        case "warm_up" -> warmUp = options.whole("updates", 0, 0, 0);
        case "cosine" -> cosine = options.whole("updates", 0, 0, 0);
        case "rounded" -> {
          if (levels.stream().anyMatch(before -> before.of().isEmpty())) {
            lesson.doubt(
                span,
                "a `rounded` behind one that speaks of all weights",
                "write `of: [NAME]` in the first one, or leave one of them out");
          }
          options.levels().ifPresent(levels::add);
        }
        case "adam", "adamw", "gradient_descent" -> {
          if (main.isPresent()) {
            lesson.doubt(span, "a second optimiser");
          }
          main = Optional.of(options);
        }
        default -> throw unknown(name.text());
      }
    }
    double norm = clip;
    Training.Schedule schedule = new Training.Schedule(warmUp, cosine);
    List<Training.Levels> rounding = List.copyOf(levels);
    if (main.isEmpty()) {
      lesson.doubt(train.span(), "no optimiser: write `with adam(1e-3)`");
    }
    return main.map(options -> options.optimiser(norm, schedule, rounding));
  }

  /// The numbers among the arguments of a method or optimiser.
  private final class Options {
    private final String name;
    private final List<Argument> arguments;
    private final Span span;

    Options(String name, List<Argument> arguments, Span span) {
      this.name = name;
      this.arguments = arguments;
      this.span = span;
    }

    /// `rounded(bits: 8, range: 1, of: [a])`: as many levels on each side of 0 as the bits allow.
    Optional<Training.Levels> levels() {
      int bits = whole("bits", 0, 8, 0);
      double range = number("range", 1, 1);
      if (bits < 2 || bits > 16 || !(range > 0)) {
        work.fault(Code.WRONG_KIND, "`rounded` wants 2 to 16 bits and a range above 0", span);
        return Optional.empty();
      }
      List<String> of = new ArrayList<>();
      Optional<Expression> given =
          new Arguments(block.reader(), name, arguments, span).expression("of", -1);
      given
          .map(TrainingLowering::elements)
          .orElse(List.of())
          .forEach(each -> {
            if (block.reader().read(each) instanceof Meaning.Fixed(Val.Wires(String path), var _)) {
              of.add(path);
            } else {
              work.fault(Code.WRONG_KIND, "a projection named by `as` is wanted here", each.span());
            }
          });
      return Optional.of(new Training.Levels((1 << (bits - 1)) - 1, range, of));
    }

    Training.Optimiser optimiser(
        double clip, Training.Schedule schedule, List<Training.Levels> levels) {
      boolean adaptive = !name.equals("gradient_descent");
      return new Training.Optimiser(
          adaptive,
          within("rate", 0, adaptive ? 1e-3 : 0.01, 0, Double.POSITIVE_INFINITY),
          adaptive ? 0 : share("momentum", 1, 0),
          adaptive ? share("beta_1", -1, 0.9) : 0,
          adaptive ? share("beta_2", -1, 0.999) : 0,
          adaptive ? within("epsilon", -1, 1e-8, Double.MIN_VALUE, Double.POSITIVE_INFINITY) : 0,
          within("weight_decay", -1, name.equals("adamw") ? 0.01 : 0, 0, Double.POSITIVE_INFINITY),
          name.equals("adamw"),
          within("decay", -1, 1, 0, Double.POSITIVE_INFINITY),
          whole("every", -1, 1, 1),
          clip,
          schedule,
          levels);
    }

    /// Of what a running mean keeps: of one that keeps all nothing new is ever seen.
    private double share(String argument, int position, double usual) {
      return within(argument, position, usual, 0, Math.nextDown(1.0));
    }

    private int whole(String argument, int position, int usual, int low) {
      double number = within(argument, position, usual, low, Integer.MAX_VALUE);
      if (number != Math.rint(number)) {
        work.fault(
            Code.WHOLE_NUMBER_WANTED,
            "`" + argument + "` of `" + name + "` is a whole number",
            given(argument, position).map(Expression::span).orElse(span));
      }
      return (int) number;
    }

    private double within(String argument, int position, double usual, double low, double high) {
      double number = number(argument, position, usual);
      if (!(low <= number && number <= high)) {
        String range = high < 1 ? "lies in 0 ..< 1" : "is not negative";
        work.fault(
            Code.OUT_OF_RANGE,
            "`" + argument + "` of `" + name + "` " + (low > 0 ? "is more than 0" : range),
            given(argument, position).map(Expression::span).orElse(span));
      }
      return number;
    }

    private double number(String argument, int position, double usual) {
      return given(argument, position).map(expression -> constant(expression, usual)).orElse(usual);
    }

    private Optional<Expression> given(String argument, int position) {
      return new Arguments(block.reader(), name, arguments, span).expression(argument, position);
    }
  }

  private static List<Expression> elements(Expression given) {
    return given.ungrouped() instanceof Expression.Array(var elements, _)
        ? elements
        : List.of(given);
  }

  private double constant(Expression expression, double otherwise) {
    if (block.reader().read(expression)
        instanceof Meaning.Fixed(Val.Num(Expr.Num(var number), _), var _)) {
      return number.toDouble();
    }
    work.fault(
        Code.WRONG_KIND, "a number that is known when compiled is wanted here", expression.span());
    return otherwise;
  }

  // minimise

  private List<Action> minimise(
      TrainingStatement.Minimise minimise, List<Action> before, Place place) {
    if (!lesson.isTraining()) {
      return List.of();
    }
    if (lesson.minimises()) {
      lesson.doubt(minimise.span(), "a second `minimise`");
      return List.of();
    }
    int steps = new Sample(lesson, minimise.span()).steps(before);
    var reader = new LossReader(block, steps);
    reader.read(minimise.loss(), 1);
    lesson.minimise(minimise.span(), reader.parts(), steps);
    List<Action> all = new ArrayList<>();
    all.add(new Action.Learn(Learning.MINIMISE, reader.targets(), place));
    if (block.innermost().filter(loop -> lesson.isBatch(loop.number())).isEmpty()) {
      all.add(new Action.Learn(Learning.UPDATE, place));
    }
    return all;
  }

  // keep best

  private List<Action> keepBest(TrainingStatement.KeepBest keep, Place place) {
    Optional<Term> score = block.reader().term(keep.score());
    if (lesson.keepsBest()) {
      lesson.doubt(keep.span(), "a second `keep best`");
      return List.of();
    }
    if (score.isEmpty()) {
      return List.of();
    }
    var best = new Best(block, place);
    Optional<Loop> loop = block.innermost();
    lesson.keepBest(
        best.seen().slot(), loop.map(l -> OptionalInt.of(l.number())).orElse(OptionalInt.empty()));
    return best.compare(score.get(), List.of(new Action.Learn(Learning.KEEP, place)), List.of());
  }

  /// What is done at the end of a loop: the best comes back, if there was any.
  static List<Action> atEnd(int loop, Work work, Place place) {
    return work.lesson().keptIn().equals(OptionalInt.of(loop)) ? restored(work, place) : List.of();
  }

  /// What is done at the end of an experiment.
  static List<Action> atEnd(Work work, Place place) {
    return work.lesson().keptIn().isEmpty() ? restored(work, place) : List.of();
  }

  private static List<Action> restored(Work work, Place place) {
    if (work.lesson().kept().isEmpty()) {
      return List.of();
    }
    Term seen = new Term.Variable(work.lesson().kept().getAsInt(), "kept", Type.INTEGER);
    Term kept = new Term.Compare(Term.Comparison.UNEQUAL, seen, new Term.Whole(0), Type.TRUTH);
    return List.of(
        new Action.If(kept, List.of(new Action.Learn(Learning.RESTORE, place)), List.of(), place));
  }
}
