package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.Backward;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.ir.Training;
import snel.pass.UnusedLocals;

/// Differentiates the steps of a program: adds what writes down on tape what derivatives will need,
/// and adjoint kernels that go back over the steps.
///
/// A statement of the step, as `B = f(B, C)` for each element, becomes `bar C += bar B * df/dC; bar
/// B = bar B * df/dB`, and the statements come in reverse. What is done for each neuron of a list
/// of spikes counts as done to the degree z, 1 for those in the list and 0 for the others, so that
/// B becomes `B + z (f(B, C) - B)`; the derivative by z goes to the threshold that made the list,
/// by way of its surrogate.
public final class Reverse {
  /// @param weights names of the buffers to differentiate by
  /// @param ends names of the buffers whose derivatives are given when the last step is done
  /// @param rows most steps between a reset and the end
  /// @param throughReset whether derivatives pass by what the reset at a spike sets
  /// @param truncate derivatives stay within pieces of so many steps; 0 for no end
  /// @param segments what is done twice so that less is written down
  /// @param feedback by which weights derivatives go back to spikes
  /// @param samples how many are gone back over side by side
  record Task(
      List<String> weights,
      List<String> ends,
      int rows,
      Threshold threshold,
      boolean throughReset,
      int truncate,
      Training.Segments segments,
      Feedback feedback,
      int samples) {
    Task {
      weights = List.copyOf(weights);
      ends = List.copyOf(ends);
    }

    /// The same for samples side by side.
    Task beside(int number) {
      return new Task(
          weights, ends, rows, threshold, throughReset, truncate, segments, feedback, number);
    }
  }

  /// @param prepare kernel to call after the last step, before the derivatives of the ends are set
  /// @param back kernels to call in turn for each step, the last step first
  /// @param after kernels to call in turn after all
  /// @param reached names of the weights that the ends depend on
  /// @param reasons why it cannot be done, if there are any
  public record Result(
      Program program,
      String prepare,
      List<String> back,
      List<String> after,
      List<String> reached,
      List<Reason> reasons) {
    public Result {
      back = List.copyOf(back);
      after = List.copyOf(after);
      reached = List.copyOf(reached);
      reasons = List.copyOf(reasons);
    }
  }

  static final String RANDOM = "spikes at random, or by no threshold";

  private final Program program;
  private final Task task;
  private final Reasons reasons = new Reasons();
  private final Names names = new Names();
  private final Flow flow;
  private final Adjoints adjoints;
  private final Tapes tapes;
  private final BodyAdjoint bodies;
  private final RowProducts rows;
  private final ConvProducts convolutions;
  private final Gathers gathers;
  private final Optional<SpikeTimes> spikeTimes;
  private final Optional<Saltation> saltation;
  private final SharedGathers sharedGathers;
  private final GradedGradients graded;
  private final Largest largest;
  private final List<Kernel> forward = new ArrayList<>();
  private final List<Kernel> backward = new ArrayList<>();
  private final Shares shares;
  private final StatementAdjoint adjoint;
  private final Optional<SmoothedStep> smoothed;
  private int number;
  private boolean isPossible = true;

  private Reverse(Program program, Task task) {
    this.program = program;
    this.task = task;
    Set<Buffer> weights = buffers(task.weights());
    this.flow = new Flow(program, weights, buffers(task.ends()), task.feedback().cut());
    this.adjoints = new Adjoints(program.real(), weights, task.samples());
    this.tapes =
        new Tapes(task.rows(), task.samples(), task.segments().steps(), flow, names, reasons);
    this.rows = new RowProducts(adjoints, names, flow);
    this.convolutions = new ConvProducts(program, adjoints, names, flow);
    this.gathers = new Gathers(adjoints, names, tapes, rows, task.samples());
    this.sharedGathers = new SharedGathers(adjoints, names, tapes, convolutions);
    this.largest = new Largest(names);
    this.bodies =
        new BodyAdjoint(adjoints, names, flow, reasons, task.feedback().instead().isEmpty());
    this.graded = new GradedGradients(program, adjoints, names, flow, convolutions, bodies);
    this.saltation =
        task.threshold() instanceof Threshold.Times times && times.resets()
            ? Optional.of(new Saltation(adjoints, names, flow))
            : Optional.empty();
    this.spikeTimes =
        task.threshold() instanceof Threshold.Times times
            ? Optional.of(new SpikeTimes(times, program, adjoints, tapes, names, saltation))
            : Optional.empty();
    this.shares = new Shares(adjoints);
    this.adjoint =
        new StatementAdjoint(
            task,
            names,
            flow,
            reasons,
            adjoints,
            bodies,
            shares,
            new StatementAdjoint.Products(rows, convolutions, gathers, sharedGathers, graded),
            spikeTimes,
            saltation,
            largest);
    this.smoothed =
        task.threshold() instanceof Threshold.Smooth smooth
            ? Optional.of(new SmoothedStep(smooth, names, flow, tapes, adjoints, shares))
            : Optional.empty();
  }

  static Result apply(Program program, Task task) {
    return new Reverse(program, task).result();
  }

  /// For a task of samples side by side; empty where that cannot be done, or does not pay.
  static Optional<Result> beside(Program program, Task task) {
    if (!(task.threshold() instanceof Threshold.Surrogate) || task.segments().areKept()) {
      return Optional.empty();
    }
    var reverse = new Reverse(program, task);
    Result result = reverse.result();
    return reverse.isPossible && reverse.rows.areLarge() && result.reasons().isEmpty()
        ? Optional.of(result)
        : Optional.empty();
  }

  /// The buffer with the derivatives by another.
  public static String derivative(String buffer) {
    return Adjoints.PREFIX + buffer;
  }

  private Set<Buffer> buffers(List<String> wanted) {
    Set<Buffer> found = new LinkedHashSet<>();
    wanted.forEach(name -> found.add(program.buffer(name)));
    return found;
  }

  private Result result() {
    for (Kernel kernel : program.step()) {
      reasons.at(kernel.name());
      kernel(kernel);
    }
    saltation.ifPresent(own -> backward.add(own.moved()));
    spikeTimes.ifPresent(times -> forward.add(times.over()));
    Optional<Checkpoints> checkpoints = checkpoints();
    Kernel prepare = prepare(checkpoints);
    List<Kernel> step = new ArrayList<>(List.of(tapes.begin(checkpoints)));
    step.addAll(forward);
    step.add(tapes.end());
    List<Kernel> demand = new ArrayList<>(program.onDemand());
    List<Kernel> back = new ArrayList<>(List.of(tapes.back()));
    back.addAll(task.samples() > 1 ? beside() : backward.reversed());
    if (task.truncate() > 0) {
      back.add(cut());
    }
    List<Stmt> sums = new ArrayList<>(gathers.sums(task.samples()));
    sums.addAll(sharedGathers.sums());
    List<Kernel> after = new ArrayList<>();
    List<Stmt> lists = gathers.lists(task.samples());
    if (!lists.isEmpty()) {
      after.add(new Kernel(Backward.LIST, Phase.ON_DEMAND, lists));
    }
    List<Stmt> release = new ArrayList<>(tapes.release());
    release.addAll(checkpoints.map(Checkpoints::released).orElse(sums));
    after.add(new Kernel(Backward.RELEASE, Phase.ON_DEMAND, release));
    demand.add(prepare);
    demand.addAll(back);
    demand.addAll(after);
    checkpoints.ifPresent(own -> {
      demand.add(own.resume());
      demand.addAll(own.again());
      demand.add(new Kernel(Backward.SUM, Phase.ON_DEMAND, sums));
    });
    List<Kernel> reset = new ArrayList<>(program.reset());
    reset.add(tapes.rewind());
    spikeTimes.ifPresent(times -> reset.add(times.reset()));
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    buffers.addAll(tapes.buffers());
    buffers.addAll(shares.buffers());
    spikeTimes.ifPresent(times -> buffers.addAll(times.buffers()));
    buffers.addAll(rows.buffers());
    buffers.addAll(convolutions.buffers());
    buffers.addAll(gathers.buffers());
    buffers.addAll(sharedGathers.buffers());
    buffers.addAll(graded.buffers());
    buffers.addAll(largest.buffers());
    buffers.addAll(adjoints.all());
    checkpoints.ifPresent(own -> buffers.addAll(own.buffers()));
    Program made = program.differentiated(buffers, reset, step, demand);
    return new Result(
        made,
        prepare.name(),
        back.stream().map(Kernel::name).toList(),
        after.stream().map(Kernel::name).toList(),
        task.weights().stream().filter(w -> flow.isRelevant(program.buffer(w))).toList(),
        reasons.all());
  }

  private Optional<Checkpoints> checkpoints() {
    Training.Segments segments = task.segments();
    return segments.areKept()
        ? Optional.of(
            new Checkpoints(program, forward, tapes, segments.inputsVary(), names, reasons))
        : Optional.empty();
  }

  private List<Kernel> beside() {
    var sideBySide =
        new SideBySide(
            task.samples(),
            names,
            tapes,
            adjoints.ofStates(),
            buffer -> tapes.hasRows(buffer) || gathers.hasRows(buffer),
            this::stands);
    List<Kernel> all = new ArrayList<>();
    for (Kernel kernel : backward.reversed()) {
      Optional<Kernel> made = sideBySide.of(kernel);
      isPossible &= made.isPresent();
      made.ifPresent(all::add);
    }
    isPossible &= sharedGathers.sums().isEmpty();
    return all;
  }

  /// Whether nothing changes the buffer from sample to sample.
  private boolean stands(Buffer buffer) {
    return (program.buffers().contains(buffer) || rows.buffers().contains(buffer))
        && buffer.role() != Role.INPUT
        && Stream.of(
                program.reset(),
                program.presentationStart(),
                program.step(),
                program.presentationEnd())
            .noneMatch(kernels -> Nodes.writtenBy(kernels).contains(buffer));
  }

  /// Sets all derivatives by states to 0.
  private Kernel prepare(Optional<Checkpoints> checkpoints) {
    List<Stmt> body = new ArrayList<>(tapes.hold());
    checkpoints.ifPresent(own -> body.addAll(own.ended()));
    for (Buffer buffer : buffers(task.ends())) {
      adjoints.of(buffer);
    }
    body.addAll(cleared(adjoints.ofStates()));
    body.addAll(rows.turn());
    return new Kernel(Backward.PREPARE, Phase.ON_DEMAND, body);
  }

  /// Before the first step of a piece nothing goes further back but what the ends are made of.
  private Kernel cut() {
    List<Buffer> states = new ArrayList<>(adjoints.ofStates());
    buffers(task.ends()).forEach(end -> states.remove(adjoints.of(end)));
    Expr step = Form.div(tapes.step(), Expr.i32(task.samples()));
    Expr place = new Expr.Binary(BinaryOp.REM, step, Expr.i32(task.truncate()));
    Expr first = new Expr.Compare(CompareOp.EQ, place, Expr.i32(0));
    return new Kernel(
        Backward.BACK + "cut",
        Phase.ON_DEMAND,
        List.of(new Stmt.If(first, cleared(states), List.of())));
  }

  private List<Stmt> cleared(List<Buffer> states) {
    List<Stmt> body = new ArrayList<>();
    for (Buffer adjoint : states) {
      if (adjoint.length() instanceof Length.Fixed(long length)) {
        String k = names.fresh("k");
        Stmt.Store zero = new Stmt.Store(adjoint, Form.index(k), Expr.real(adjoints.real(), 0));
        body.add(
            new Stmt.Loop(
                k, Expr.i32(0), Expr.i32((int) length), Stmt.Order.INDEPENDENT, List.of(zero)));
      }
    }
    return body;
  }

  private void kernel(Kernel kernel) {
    List<Stmt> kept = new ArrayList<>();
    List<Stmt> lets = new ArrayList<>();
    List<List<Stmt>> parts = new ArrayList<>();
    for (List<Stmt> run : StraightRuns.of(kernel.body())) {
      number++;
      note(run, lets);
      List<Stmt> whole = new ArrayList<>(lets);
      whole.addAll(back(run, kernel));
      List<Stmt> needed = UnusedLocals.removed(whole);
      if (needed.stream().anyMatch(s -> !(s instanceof Stmt.Let))) {
        parts.add(tapes.reading(needed, number));
      }
      gathers.close(lets, number);
      sharedGathers.close(lets, number);
      kept.addAll(tapes.before(number));
      run.forEach(stmt -> forward(stmt, kept));
    }
    forward.add(kernel.with(kept));
    int part = 0;
    for (List<Stmt> body : parts) {
      String name = Backward.BACK + kernel.name() + (part == 0 ? "" : "#" + part);
      backward.add(new Kernel(name, Phase.ON_DEMAND, body));
      part++;
    }
  }

  /// The locals of a run, which what comes after it may read.
  private void note(List<Stmt> run, List<Stmt> lets) {
    for (Stmt stmt : run) {
      if (stmt instanceof Stmt.Let(var name, var value)) {
        lets.add(stmt);
        if (flow.passes(value)) {
          bodies.noteOutside(name);
        } else {
          bodies.noteMadeOutside(name, value);
        }
      }
    }
  }

  private List<Stmt> back(List<Stmt> run, Kernel kernel) {
    boolean passes = run.stream().anyMatch(flow::isRelevant);
    boolean tells = spikeTimes.map(times -> times.readsFirst(run.getFirst())).orElse(false);
    if (!passes || tells) {
      return List.of();
    }
    return StraightRuns.isStraight(run.getFirst())
        ? bodies.backward(Body.of(run, Map.of(), names, flow, reasons), null)
        : adjoint.of(run.getFirst(), kernel);
  }

  private void forward(Stmt stmt, List<Stmt> kept) {
    if (spikeTimes.isPresent() && flow.isRelevant(stmt)) {
      Firing.of(stmt)
          .flatMap(firing ->
              Margin.of(firing.condition(), flow)
                  .map(margin -> spikeTimes.get().watched(firing, margin)))
          .ifPresent(kept::add);
    }
    kept.addAll(smoothed.map(step -> step.of(stmt)).orElse(List.of(stmt)));
    Nodes.eachStatement(List.of(stmt), s -> Nodes.written(s).forEach(tapes::changed));
    cutsHere(stmt);
  }

  /// Spikes that depend on the weights by something else than a threshold.
  private void cutsHere(Stmt stmt) {
    Nodes.eachStatement(
        List.of(stmt),
        inner ->
            Firing.of(inner)
                .filter(firing -> Margin.of(firing.condition(), flow).isEmpty())
                .filter(firing -> flow.isCut(firing.condition(), firing.list()))
                .ifPresent(_ -> reasons.add(RANDOM)));
  }
}
