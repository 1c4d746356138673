package snel.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import snel.compiler.Compiler;
import snel.compiler.Options;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostics;
import snel.ir.Backward;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.ir.Training;
import snel.ir.verify.ProgramVerifier;
import snel.pass.FoldConstants;
import snel.pass.NameLocals;
import snel.resolve.Loader;
import snel.runtime.kernel.Network;
import snel.source.SourceFile;
import snel.target.jvm.JvmTarget;
import snel.testing.NoTables;

/// A network whose loss is the weighted sum, over its outputs and all steps, of squared potentials;
/// with its gradient.
final class Differentiated {
  private static final String SEEN = "seen";

  final Reverse.Result result;
  private final Network network;
  private final int steps;
  private final List<String> weights;

  private Differentiated(Reverse.Result result, int steps, List<String> weights) {
    this.result = result;
    this.network = new JvmTarget().build(result.program());
    this.steps = steps;
    this.weights = weights;
  }

  /// @param text a program with an experiment `e`, whose output is the state `y.v`
  static Differentiated of(
      String text, int steps, Threshold threshold, boolean throughReset, String... weights) {
    return of(text, steps, threshold, throughReset, Training.Feedback.OWN, weights);
  }

  /// @param feedback by which weights derivatives go back
  static Differentiated of(
      String text,
      int steps,
      Threshold threshold,
      boolean throughReset,
      Training.Feedback feedback,
      String... weights) {
    Program shared =
        InterpolatedDelays.apply(
            observing(compiled(text)), delay -> List.of(weights).contains(delay.name()));
    var ways = FeedbackWeights.of(shared, feedback);
    Program observed = ways.program();
    var task =
        new Reverse.Task(
            List.of(weights),
            List.of(SEEN),
            steps,
            threshold,
            throughReset,
            0,
            Training.Segments.NONE,
            ways.feedback(),
            1);
    Reverse.Result made = Reverse.apply(observed, task);
    Program tidy = new FoldConstants().apply(new NameLocals().apply(made.program()));
    if (made.reasons().isEmpty()) {
      ProgramVerifier.verify(tidy);
    }
    var result =
        new Reverse.Result(
            tidy, made.prepare(), made.back(), made.after(), made.reached(), made.reasons());
    return new Differentiated(result, steps, List.of(weights));
  }

  static Program compiled(String text) {
    var diagnostics = new Diagnostics();
    var source = new SourceFile("test.snn", counting(text));
    return Compiler.open(source, Loader.NONE, NoTables.NONE, diagnostics)
        .experiment("e", Options.NONE, loopsApart(), diagnostics)
        .orElseThrow(() -> new AssertionError(diagnostics.sorted().toString()))
        .program();
  }

  /// The program with an experiment that asks for counts of spikes, which are not kept otherwise.
  private static String counting(String text) {
    String open = text.stripTrailing();
    return open.substring(0, open.length() - 1) + "\n  report count(x), count(h)\n}\n";
  }

  private static Pipeline loopsApart() {
    return new Pipeline(
        Pipeline.Observer.NONE, Pipeline.Verify.AFTER_LAST_PASS, Pipeline.Loops.APART);
  }

  private static Program observing(Program program) {
    Buffer potential = program.buffer("y.v");
    var seen = new Buffer(SEEN, Cell.F64, potential.length(), Role.STATE);
    long size = ((Length.Fixed) potential.length()).count();
    Expr at = new Expr.Read("k", snel.ir.Scalar.I32);
    Expr v = new Expr.Load(potential, at);
    Expr squared = new Expr.Binary(BinaryOp.MUL, v, v);
    Expr sum = new Expr.Binary(BinaryOp.ADD, new Expr.Load(seen, at), squared);
    var body =
        new Stmt.Loop(
            "k",
            Expr.i32(0),
            Expr.i32((int) size),
            Stmt.Order.INDEPENDENT,
            List.of(new Stmt.Store(seen, at, sum)));
    List<Kernel> step = new ArrayList<>(program.step());
    step.add(new Kernel("seen", Phase.RECORD, List.of(body)));
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    buffers.add(seen);
    return program.differentiated(buffers, program.reset(), step, program.onDemand());
  }

  /// Runs all steps from the beginning; the loss.
  double forward(boolean taped) {
    rewind();
    ((int[]) network.array(Backward.ON))[0] = taped ? 1 : 0;
    long done = network.run(steps);
    if (done != steps) {
      throw new AssertionError("stopped after " + done + " steps");
    }
    double[] seen = values(SEEN);
    double sum = 0;
    for (int k = 0; k < seen.length; k++) {
      sum += share(k) * seen[k];
    }
    return sum;
  }

  private static double share(int output) {
    return 1 - 0.3 * output;
  }

  /// After a taped run: the derivatives are in [#gradient].
  void backward() {
    for (String weight : weights) {
      Arrays.fill(gradient(weight), 0);
    }
    network.call(result.prepare());
    double[] ends = values(Reverse.derivative(SEEN));
    for (int k = 0; k < ends.length; k++) {
      ends[k] = share(k);
    }
    for (int t = 0; t < steps; t++) {
      result.back().forEach(network::call);
    }
    result.after().forEach(network::call);
  }

  double[] values(String buffer) {
    return (double[]) network.array(buffer);
  }

  double[] gradient(String weight) {
    return values(Reverse.derivative(weight));
  }

  /// Spikes of the latest run.
  long spikes(String population) {
    long sum = 0;
    for (int count : (int[]) network.array(population + ".count")) {
      sum += count;
    }
    return sum;
  }

  double[] shares(int outputs) {
    double[] shares = new double[outputs];
    Arrays.setAll(shares, Differentiated::share);
    return shares;
  }

  /// Which neurons of a source spike in each step.
  boolean[][] spikesOf(String population, int size) {
    forward(false);
    rewind();
    int[] counts = (int[]) network.array(population + ".count");
    boolean[][] spikes = new boolean[steps][size];
    for (int t = 0; t < steps; t++) {
      int[] before = counts.clone();
      network.run(1);
      for (int i = 0; i < size; i++) {
        spikes[t][i] = counts[i] > before[i];
      }
    }
    return spikes;
  }

  private void rewind() {
    network.reset();
    Arrays.fill((long[]) network.array(Clock.NAME), 0);
    for (String buffer : List.of("x.count", "h.count")) {
      Arrays.fill((int[]) network.array(buffer), 0);
    }
  }
}
