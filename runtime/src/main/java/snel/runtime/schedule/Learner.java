package snel.runtime.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.Crew;
import snel.runtime.kernel.Network;
import snel.runtime.kernel.ProblemKind;

/// Trains the network of an experiment by the kernels that the compiler has made for it.
///
/// What it knows lies in buffers of the network, so that a checkpoint holds it. Samples that wait
/// to be gone back over side by side do so before one.
public final class Learner {
  private static final String PREPARE = "gradient:prepare";
  private static final String LOSS = "gradient:loss";
  private static final String RELEASE = "gradient:release";
  private static final String RESUME = "gradient:resume";
  private static final int CLOCK = 5;

  // places in `mean`
  private static final int SUM = 0;
  private static final int COUNT = 1;
  private static final int MEAN = 2;
  private static final int RECENT_SUM = 3;
  private static final int RECENT_COUNT = 4;
  private static final int RECENT_MEAN = 5;
  private static final int RECENT_UPDATES = 6;
  private static final int UPDATES = 7;
  private static final int IS_DUE = 8;

  /// A point of the curve of the loss stands for one update, or for so great a part of those that
  /// came before it: a training of however many updates has some hundreds of points, and most where
  /// the loss falls fastest.
  private static final int POINTS = 32;

  private final Network network;
  private final NetworkView.Learning kernels;
  private @Nullable Buffers buffers;
  private Crew crew = Crew.ALONE;

  /// How many samples wait, each of so many steps.
  private int waiting;

  private int steps;

  /// @param on whether steps are written down
  /// @param row how many are
  /// @param steps of the samples that are gone back over
  /// @param slot the place of the sample that is written down
  /// @param slots how many samples are gone back over
  /// @param samples of the batch so far
  /// @param mean sum and number of the losses of this pass over the data, and the mean of the last;
  ///   sum and number of those since the latest point of their curve, and what the point was; how
  ///   many updates there were since, and before; whether the next point is due
  private record Buffers(
      int[] on,
      int[] row,
      int[] steps,
      int[] slot,
      int[] slots,
      int[] samples,
      double[] loss,
      double[] mean) {}

  private final InOrder order;

  /// @param order in which samples are added up
  Learner(NetworkView view, InOrder order) {
    this.order = order;
    this.network = view.network();
    this.kernels = view.learning();
  }

  /// From here on has others change weights, too.
  void help(Crew others) {
    crew = others;
  }

  private Buffers buffers() {
    Buffers known = buffers;
    if (known == null) {
      known =
          new Buffers(
              (int[]) network.array("tape.on"),
              (int[]) network.array("tape.row"),
              (int[]) network.array("tape.steps"),
              kernels.beside() > 1 ? (int[]) network.array("tape.slot") : new int[1],
              kernels.beside() > 1 ? (int[]) network.array("tape.slots") : new int[1],
              (int[]) network.array("learn.samples"),
              (double[]) network.array("learn.loss"),
              (double[]) network.array("learn.mean"));
      buffers = known;
    }
    return known;
  }

  /// Whether steps wait to be gone back over: what is written down of them is in no checkpoint.
  boolean isWaiting() {
    return !kernels.back().isEmpty() && buffers().on[0] != 0 && shown() > 0;
  }

  /// Steps of the sample that is written down.
  private int shown() {
    return (buffers().row[0] - buffers().slot[0]) / kernels.beside();
  }

  /// Begins to write steps down, or stops it.
  public void watch(boolean on) {
    goBack();
    buffers().on[0] = on ? 1 : 0;
    buffers().row[0] = 0;
  }

  /// Adds the gradient of the latest sample to that of the batch.
  public void minimise(List<double[]> targets) {
    Buffers all = buffers();
    int length = shown();
    if (length == 0) {
      throw new ProtocolProblem(
          ProblemKind.NOT_YET, "nothing has been presented since the last `minimise`");
    }
    if (length > room()) {
      throw new ProtocolProblem(
          ProblemKind.NOT_YET, "more steps were shown than `minimise` was made for");
    }
    for (int k = 0; k < targets.size(); k++) {
      store(network.array("learn.target." + k), targets.get(k));
    }
    note(length);
  }

  /// What is shown next is to be gone back over together with what has been shown.
  private void note(int length) {
    if (waiting == 0) {
      network.call(PREPARE);
      steps = length;
    } else if (length != steps) {
      throw new IllegalStateException("samples of %d and %d steps".formatted(steps, length));
    }
    network.call(LOSS);
    double loss = buffers().loss[0];
    if (!Double.isFinite(loss)) {
      throw new ProtocolProblem(
          ProblemKind.NOT_A_NUMBER, "the loss is no number: is the rate of learning too high?");
    }
    order.later(() -> count(loss));
    waiting++;
    if (waiting == kernels.beside()) {
      goBack();
    } else {
      place(waiting);
    }
  }

  private void count(double loss) {
    Buffers all = buffers();
    all.samples[0]++;
    all.mean[SUM] += loss;
    all.mean[COUNT]++;
    all.mean[RECENT_SUM] += loss;
    all.mean[RECENT_COUNT]++;
  }

  /// Leaves samples that wait to be shown again; one made of a network in which samples waited
  /// begins without them.
  void forget() {
    waiting = 0;
    if (!kernels.back().isEmpty()) {
      place(0);
    }
  }

  private void place(int slot) {
    buffers().slot[0] = slot;
    buffers().row[0] = slot;
  }

  /// Adds up the gradients of all samples that wait.
  void goBack() {
    if (waiting > 0) {
      Buffers all = buffers();
      all.slots[0] = waiting;
      all.steps[0] = steps;
      all.row[0] = steps * kernels.beside();
      if (kernels.again().isEmpty()) {
        if (kernels.addsOnTheWay()) {
          order.now();
        }
        goBackOver(steps);
        order.now();
      } else {
        order.now();
        goBackBySegments();
      }
      network.call(RELEASE);
      waiting = 0;
      place(0);
    }
  }

  private void goBackOver(int length) {
    network.call(kernels.back(), length);
    kernels.list().forEach(network::call);
  }

  /// The last segment is written down; the steps of the others are done once more.
  private void goBackBySegments() {
    int segment = rows();
    int length = (steps - 1) % segment + 1;
    goBackOverSegment(length);
    for (int left = steps - length; left > 0; left -= segment) {
      network.call(RESUME);
      network.call(kernels.again(), segment);
      goBackOverSegment(segment);
    }
  }

  private void goBackOverSegment(int length) {
    buffers().steps[0] = length;
    goBackOver(length);
    kernels.sum().forEach(network::call);
  }

  /// How many steps are written down of a sample, or of a segment of it.
  private int rows() {
    return Cells.length(network.array("tape.clock")) / CLOCK / kernels.beside();
  }

  /// How many steps a sample may have.
  private int room() {
    return kernels.again().isEmpty()
        ? rows()
        : rows() * (Cells.length(network.array("keep.clock")) / CLOCK);
  }

  private static void store(Object array, double[] values) {
    if (Cells.length(array) != values.length) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "the loss wants %d targets, not %d".formatted(Cells.length(array), values.length));
    }
    for (int k = 0; k < values.length; k++) {
      Cells.set(array, k, values[k]);
    }
  }

  /// Changes the weights by the mean gradient of the batch, if it has a sample.
  public void update() {
    goBack();
    if (buffers().samples[0] > 0) {
      kernels.update().forEach(kernel -> network.call(kernel, crew));
      buffers().samples[0] = 0;
      network.checkStates(); // no step may come after it
      double[] mean = buffers().mean;
      mean[RECENT_UPDATES]++;
      mean[IS_DUE] = mean[RECENT_UPDATES] > Math.floor(mean[UPDATES] / POINTS) ? 1 : 0;
    }
  }

  /// Ends a pass over the data.
  public void endPass() {
    update();
    double[] mean = buffers().mean;
    mean[MEAN] = mean[SUM] / mean[COUNT]; // of no samples it is not a number
    mean[SUM] = 0;
    mean[COUNT] = 0;
    mean[IS_DUE] = mean[RECENT_COUNT] > 0 ? 1 : 0;
  }

  /// The mean loss of the latest pass over the data.
  public double meanLoss() {
    return buffers().mean[MEAN];
  }

  /// Whether the curve of the loss is to have another point: after an update that is one of many
  /// enough since the latest, and at the end of a pass over the data.
  public boolean isPointDue() {
    return buffers().mean[IS_DUE] != 0;
  }

  /// Makes a point of the losses since the latest one.
  public void tell() {
    double[] mean = buffers().mean;
    mean[RECENT_MEAN] = mean[RECENT_SUM] / mean[RECENT_COUNT];
    mean[UPDATES] += mean[RECENT_UPDATES];
    mean[RECENT_SUM] = 0;
    mean[RECENT_COUNT] = 0;
    mean[RECENT_UPDATES] = 0;
    mean[IS_DUE] = 0;
  }

  /// The mean loss that [#tell] made a point of.
  public double recentLoss() {
    return buffers().mean[RECENT_MEAN];
  }

  /// Keeps the weights as the best so far.
  public void keep() {
    kernels.keep().forEach(network::call);
  }

  /// Brings the best weights back.
  public void restore() {
    kernels.restore().forEach(network::call);
  }
}
