package snel.gradient;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.Backward;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Directory;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Training;

/// Makes a program one that can be trained: readings for the loss, the loss, adjoint kernels, an
/// optimiser.
public final class Learn {
  /// @param reasons why it cannot be trained, if there are any
  public record Result(Program program, List<Reason> reasons) {
    public Result {
      reasons = List.copyOf(reasons);
    }
  }

  private static final String NONE_REACHED = "no weight has any influence on the loss";

  private static final String NOTHING_LEARNS =
      "no weight can learn: one number for all synapses of a connection is a constant and stays;"
          + " `weight kaiming()` draws one for each";

  private static final String IN_STEPS =
      "changes in steps, so it cannot learn: declare it `real`, or `freeze` it";

  private Learn() {}

  /// @param besides whether samples may be gone back over side by side: nothing but presentations
  ///   lies between them
  public static Result apply(Program moving, Training training, boolean besides) {
    Program program = Rewired.betweenSamples(moving);
    Readings readings = Readings.of(program, training);
    List<String> weights =
        weights(program).stream().map(Buffer::name).filter(name -> !training.holds(name)).toList();
    Program shared =
        InterpolatedDelays.apply(
            readings.watched(program), delay -> weights.contains(delay.name()));
    var ways = FeedbackWeights.of(shared, training.feedback());
    Program watched = ways.program();
    var task =
        new Reverse.Task(
            weights,
            readings.buffers().stream().map(Buffer::name).toList(),
            training.rows(),
            threshold(training, readings, program),
            training.throughReset(),
            training.truncate(),
            training.segments(),
            ways.feedback(),
            1);
    Optional<Reverse.Result> beside =
        besides ? Reverse.beside(watched, task.beside(Backward.BESIDE)) : Optional.empty();
    Reverse.Result reversed = beside.orElseGet(() -> Reverse.apply(watched, task));
    List<Reason> reasons = new ArrayList<>(reversed.reasons());
    reasons.addAll(beginnings(program, weights));
    reasons.addAll(inSteps(program, training));
    if (reasons.isEmpty()) {
      weights.stream()
          .filter(name -> !reversed.reached().contains(name))
          .map(name -> Unreached.reason(program, name))
          .forEach(reasons::add);
    }
    if (reasons.isEmpty() && reversed.reached().isEmpty()) {
      reasons.add(new Reason("", weights.isEmpty() ? NOTHING_LEARNS : NONE_REACHED));
    }
    return reasons.isEmpty()
        ? new Result(complete(reversed, readings, training, ways), reasons)
        : new Result(program, reasons);
  }

  /// What a sample begins with has no derivatives: only steps are gone back over.
  private static List<Reason> beginnings(Program program, List<String> weights) {
    List<Reason> reasons = new ArrayList<>();
    Stream.of(program.reset(), program.presentationStart())
        .flatMap(List::stream)
        .forEach(kernel ->
            Nodes.buffers(kernel.body()).stream()
                .map(Buffer::name)
                .filter(weights::contains)
                .forEach(name -> reasons.add(new Reason(kernel.name(), fromThe(name)))));
    return reasons;
  }

  /// What could learn but for its kind.
  private static List<Reason> inSteps(Program program, Training training) {
    return learners(program)
        .filter(value -> value.kind() != Directory.Kind.WEIGHT)
        .map(Directory.Value::buffer)
        .filter(buffer -> !buffer.cell().scalar().isFloat() && !training.holds(buffer.name()))
        .map(buffer -> new Reason(buffer.name(), IN_STEPS))
        .distinct()
        .toList();
  }

  private static String fromThe(String weight) {
    return "begins with something made of `" + weight + "`, which has no derivative: `freeze` it";
  }

  private static Threshold threshold(Training training, Readings readings, Program program) {
    return switch (training.spikes()) {
      case Training.Spikes.Surrogate(var slope) -> new Threshold.Surrogate(slope);
      case Training.Spikes.Times(double least, double wake, double step, boolean resets) ->
          new Threshold.Times(
              least, wake, step, resets, readings.firsts(program), nudges(training, program));
    };
  }

  private static List<Threshold.Nudge> nudges(Training training, Program program) {
    List<Threshold.Nudge> all = new ArrayList<>();
    List<List<Buffer>> targets = Losses.targets(program, training);
    for (int k = 0; k < training.loss().size(); k++) {
      if (training.loss().get(k) instanceof Training.Usual part
          && part.kind() instanceof Training.Kind.Trains) {
        Buffer margins = targets.get(k).getFirst();
        String list = Readings.population(program, part.reading()).spikes().name();
        all.add(new Threshold.Nudge(list, margins, part.reading().size(), part.factor()));
      }
    }
    return all;
  }

  private static Program complete(
      Reverse.Result reversed, Readings readings, Training training, FeedbackWeights ways) {
    Program program = reversed.program();
    var loss = new Losses(program, training, readings);
    Kernel losses = loss.kernel();
    Set<Buffer> learning = new LinkedHashSet<>();
    reversed.reached().forEach(name -> learning.add(program.buffer(name)));
    var optimiser = new Optimisers(program, training, List.copyOf(learning), ways.following());
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    buffers.addAll(loss.buffers());
    buffers.addAll(optimiser.buffers());
    buffers.add(new Buffer(Backward.SAMPLES, Cell.I32, Length.of(1), Role.PARAMETER));
    buffers.add(new Buffer(Backward.MEAN_LOSS, Cell.F64, Length.of(9), Role.PARAMETER));
    List<Kernel> rewiring = Rewired.kernels(program);
    List<Kernel> demand = new ArrayList<>(program.onDemand());
    demand.removeAll(rewiring);
    demand.add(losses);
    demand.addAll(optimiser.kernels());
    demand.addAll(Rewired.carrying(rewiring, optimiser.known(), buffers));
    return program.differentiated(buffers, program.reset(), program.step(), demand);
  }

  /// The weights that are stored, and plastic states and delays that nothing in the network
  /// changes, each buffer once.
  static List<Buffer> weights(Program program) {
    return learners(program)
        .filter(value ->
            value.kind() == Directory.Kind.WEIGHT || value.buffer().cell().scalar().isFloat())
        .map(Directory.Value::buffer)
        .distinct()
        .toList();
  }

  /// The same, and those that are no real numbers.
  private static Stream<Directory.Value> learners(Program program) {
    Set<Buffer> changing = new HashSet<>();
    Stream.of(
            program.reset(), program.presentationStart(), program.step(), program.presentationEnd())
        .forEach(kernels -> changing.addAll(Nodes.writtenBy(kernels)));
    return program.directory().values().stream()
        .filter(value -> value.buffer().role() == Role.PLASTIC)
        .filter(value ->
            switch (value.kind()) {
              case WEIGHT -> true;
              case STATE, SYNAPSE_STATE -> !changing.contains(value.buffer());
              case PARAMETER, INPUT, FED_INPUT -> false;
            });
  }
}
