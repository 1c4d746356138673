package snel.ir;

import java.util.Arrays;
import java.util.Random;
import snel.runtime.kernel.Network;

/// One network of the page about reverse mode with seeded weights and input, and what its driver
/// does.
final class ReverseModeNetwork {
  static final int INPUTS = 6;
  private static final String[] STATES = {"h.v", "h.g", "y.y"};
  private static final String[] ADJOINTS = {"y.d", "h.dv", "h.dg", "tape.da"};
  private static final String[] GRADIENTS = {"G_in", "G_rec", "G_out"};

  private final Network network;
  private final int steps;
  private final int length;
  final boolean[][] input;

  private ReverseModeNetwork(Network network, int steps, int length) {
    this.network = network;
    this.steps = steps;
    this.length = length;
    this.input = new boolean[steps][INPUTS];
  }

  /// @param length steps between two checkpoints
  static ReverseModeNetwork of(String program, int steps, int length) {
    var network = new ReverseModeNetwork(ReverseModePage.build(program), steps, length);
    network.fill(new Random(3));
    return network;
  }

  private void fill(Random random) {
    uniform(random, "w_in", -0.1, 0.8);
    uniform(random, "w_rec", -2, 2);
    uniform(random, "w_out", -1, 1);
    ints("length")[0] = length;
    ints("label")[0] = 1;
    int[] list = ints("x.list");
    int[] start = ints("x.start");
    int count = 0;
    for (int t = 0; t < steps; t++) {
      start[t] = count;
      for (int i = 0; i < INPUTS; i++) {
        input[t][i] = random.nextDouble() < 0.4;
        if (input[t][i]) {
          list[count++] = i;
        }
      }
    }
    start[steps] = count;
    int[] columns = ints("x.column");
    int[] columnStart = ints("x.column_start");
    int place = 0;
    for (int c = 0; c < steps / length; c++) {
      for (int i = 0; i < INPUTS; i++) {
        columnStart[c * INPUTS + i] = place;
        for (int t = c * length; t < (c + 1) * length; t++) {
          if (input[t][i]) {
            columns[place++] = t;
          }
        }
      }
    }
    columnStart[steps / length * INPUTS] = place;
  }

  private void uniform(Random random, String buffer, double low, double high) {
    double[] values = doubles(buffer);
    for (int k = 0; k < values.length; k++) {
      values[k] = low + (high - low) * random.nextDouble();
    }
  }

  /// Runs all steps from the beginning; the loss.
  double forward() {
    ints("segment")[0] = 0;
    ((long[]) network.array(Clock.NAME))[Clock.EPISODE_STEP] = 0;
    for (String state : STATES) {
      Arrays.fill(doubles(state), 0);
    }
    clear(network.array("tape.z"));
    Arrays.fill(ints("tape.start"), 0);
    network.run(steps);
    double sum = 0;
    for (int t = 0; t < steps; t++) {
      sum += doubles("loss")[t];
    }
    return sum;
  }

  private static void clear(Object array) {
    switch (array) {
      case byte[] bits -> Arrays.fill(bits, (byte) 0);
      case double[] values -> Arrays.fill(values, 0);
      default -> throw new IllegalStateException("tape of " + array.getClass());
    }
  }

  /// After [#forward]: restores the segments from the last to the first, each run again and walked
  /// in reverse.
  void backward() {
    for (String buffer : ADJOINTS) {
      Arrays.fill(doubles(buffer), 0);
    }
    for (String buffer : GRADIENTS) {
      Arrays.fill(doubles(buffer), 0);
    }
    for (int start = steps - length; start >= 0; start -= length) {
      ints("segment")[0] = start;
      call("tape.restore");
      network.run(length);
      for (int t = 0; t < length; t++) {
        call("y.adjoint");
        call("h.slope");
        call("h.gz");
        call("h.adjoint");
        call("out.weights");
        call("rec.weights");
        call("in.weights");
        call("tape.back");
      }
    }
  }

  void call(String kernel) {
    network.call(kernel);
  }

  double[] doubles(String buffer) {
    return (double[]) network.array(buffer);
  }

  private int[] ints(String buffer) {
    return (int[]) network.array(buffer);
  }
}
