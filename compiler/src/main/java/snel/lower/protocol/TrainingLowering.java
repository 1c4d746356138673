package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.elaborate.Val;
import snel.ir.Training;
import snel.ir.protocol.Action;
import snel.ir.protocol.Action.Learning;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.math.Expr;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.TrainingStatement;

/// Lowers `train by`, `minimise` and `keep best`.
final class TrainingLowering {
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
      case TrainingStatement.Train train -> {
        train(train);
        yield List.of();
      }
      case TrainingStatement.Minimise minimise -> minimise(minimise, before, place);
      case TrainingStatement.KeepBest keep -> new KeptBest(block).lower(keep, place);
    };
  }

  private void train(TrainingStatement.Train train) {
    String method = train.method().name().text();
    if (method.equals("spike_time_gradient") || method.equals("eventprop")) {
      byTimes(train);
      return;
    }
    boolean local = method.equals("eprop");
    if (!local && !method.equals("bptt")) {
      lesson.doubt(
          train.method().span(),
          "`" + method + "`; it knows `bptt`, `eprop`, `eventprop` and `spike_time_gradient`");
      return;
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
        case "truncate" -> steps(argument.value()).ifPresent(lesson::truncate);
        case "checkpoint" -> steps(argument.value()).ifPresent(lesson::checkpoint);
        case "feedback" -> feedback = feedback(argument.value());
        default -> throw MethodOptions.unknown(name);
      }
    }
    Optional<Training.Optimiser> how = new OptimiserReader(block).read(train);
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
  }

  /// What a spike does to its own neuron stays out of it unless it is asked for: a reset moves with
  /// the spike only where it subtracts.
  private void byTimes(TrainingStatement.Train train) {
    String method = train.method().name().text();
    boolean resets = method.equals("eventprop");
    lesson.method(method);
    List<Argument> arguments = train.method().arguments();
    var options = new MethodOptions(block, method, arguments, train.method().span());
    double least =
        options.within("dv_min", 0, LEAST_RISE, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
    double wake = options.within("wake", -1, resets ? 0 : 1, 0, Double.POSITIVE_INFINITY);
    boolean throughReset = false;
    for (Argument argument : arguments) {
      String name = argument.name() == null ? "dv_min" : argument.name().text();
      switch (name) {
        case "dv_min", "wake" -> {}
        case "truncate" -> steps(argument.value()).ifPresent(lesson::truncate);
        case "checkpoint" -> steps(argument.value()).ifPresent(lesson::checkpoint);
        case "through_reset" -> throughReset = truth(argument.value());
        default -> throw MethodOptions.unknown(name);
      }
    }
    Optional<Training.Optimiser> how = new OptimiserReader(block).read(train);
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

  /// Of a piece of a sample; empty, and reported, where that is none.
  private Optional<Integer> steps(Expression length) {
    Optional<Term> steps = new Durations(block).steps(length);
    if (steps.isPresent() && steps.get() instanceof Term.Whole(long n) && n > 0) {
      return Optional.of((int) Math.min(n, Integer.MAX_VALUE));
    }
    if (steps.isPresent()) {
      work.fault(Code.WRONG_KIND, "a time above 0 is wanted here", length.span());
    }
    return Optional.empty();
  }

  private boolean truth(Expression expression) {
    if (block.reader().read(expression)
        instanceof Meaning.Fixed(Val.Num(Expr.Truth(boolean truth), _), var _)) {
      return truth;
    }
    work.fault(Code.WRONG_KIND, "`true` or `false` is wanted here", expression.span());
    return true;
  }

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
    LossParts loss = new LossReader(block, steps).read(minimise.loss());
    lesson.minimise(minimise.span(), loss.parts(), steps, before.stream().anyMatch(Sample::varies));
    List<Action> all = new ArrayList<>();
    all.add(new Action.Learn(Learning.MINIMISE, loss.targets(), place));
    if (block.innermost().filter(loop -> lesson.isBatch(loop.number())).isEmpty()) {
      all.add(new Action.Learn(Learning.UPDATE, place));
    }
    return all;
  }
}
