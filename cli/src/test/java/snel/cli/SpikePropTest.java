package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.record.Json;

/// What SpikeProp, the rule and the training method, does to the weights of two layers, against
/// central differences of the spike times of the same network in continuous time, found by
/// bisection.
class SpikePropTest {
  private static final double TAU = 4;
  private static final double TAU_S = 2;
  private static final double[] INPUTS = {0.3, 2};
  private static final double[] DELAYS = {1, 3};
  private static final double[] DESIRED = {9, 11};
  private static final int HIDDEN = 3;

  @TempDir private Path folder = Path.of("");

  /// `below[k][i][h]` and `above[k][h][o]`, k the sub-synapse.
  private record Weights(double[][][] below, double[][][] above) {
    static Weights drawn(Random random) {
      return new Weights(
          drawn(random, INPUTS.length, HIDDEN, 1, 3),
          drawn(random, HIDDEN, DESIRED.length, -0.4, 3));
    }

    private static double[][][] drawn(Random random, int from, int to, double low, double high) {
      double[][][] all = new double[DELAYS.length][from][to];
      for (double[][] sub : all) {
        for (double[] row : sub) {
          for (int j = 0; j < to; j++) {
            row[j] = Math.round(1e3 * (low + (high - low) * random.nextDouble())) / 1e3;
          }
        }
      }
      return all;
    }

    double loss() {
      double[] out = times(times(INPUTS, below, HIDDEN), above, DESIRED.length);
      double sum = 0;
      for (int o = 0; o < out.length; o++) {
        sum += (out[o] - DESIRED[o]) * (out[o] - DESIRED[o]) / 2;
      }
      return sum;
    }
  }

  private static double[] times(double[] before, double[][][] weights, int cells) {
    double[] times = new double[cells];
    for (int j = 0; j < cells; j++) {
      times[j] = crossing(before, weights, j);
    }
    return times;
  }

  /// The first crossing of 1: sought in short steps, then by bisection.
  private static double crossing(double[] before, double[][][] weights, int j) {
    double step = 1e-3;
    for (double t = 0; t < 40; t += step) {
      if (potential(before, weights, j, t + step) > 1) {
        double low = t;
        double high = t + step;
        for (int k = 0; k < 60; k++) {
          double middle = (low + high) / 2;
          if (potential(before, weights, j, middle) > 1) {
            high = middle;
          } else {
            low = middle;
          }
        }
        return high;
      }
    }
    return Double.NaN;
  }

  private static double potential(double[] before, double[][][] weights, int j, double t) {
    double v = 0;
    for (int k = 0; k < DELAYS.length; k++) {
      for (int i = 0; i < before.length; i++) {
        double since = t - before[i] - DELAYS[k];
        if (since > 0) {
          v += weights[k][i][j] * (Math.exp(-since / TAU) - Math.exp(-since / TAU_S));
        }
      }
    }
    return v;
  }

  private static String literal(double[][] rows) {
    List<String> lines = new ArrayList<>();
    for (double[] row : rows) {
      List<String> numbers = new ArrayList<>();
      for (double number : row) {
        numbers.add(String.format(Locale.ROOT, "%.3f", number));
      }
      lines.add("[" + String.join(", ", numbers) + "]");
    }
    return "[" + String.join(", ", lines) + "]";
  }

  private static String program(Weights weights) {
    return """
    import std.neurons.unit.SpikePropHidden
    import std.neurons.unit.SpikePropOutput
    import std.rules.SpikeProp
    import std.synapses.SpikePropFeedback
    network Net {
      input times   : spikes[2]
      input desired : time[2]
      population hid : SpikePropHidden[3]
      population out : SpikePropOutput[2](desired: desired)
      connect times -> hid.syn as below[0]  all  weight %s  axonal delay 1 ms  synapse SpikeProp(eta: 1 / 1 ms^2)
      connect times -> hid.syn as below[1]  all  weight %s  axonal delay 3 ms  synapse SpikeProp(eta: 1 / 1 ms^2)
      connect hid -> out.syn as above[0]  all  weight %s  axonal delay 1 ms  synapse SpikeProp(eta: 1 / 1 ms^2)
      connect hid -> out.syn as above[1]  all  weight %s  axonal delay 3 ms  synapse SpikeProp(eta: 1 / 1 ms^2)
      connect out -> hid.error  all  tied to transpose(above[0].w)  synapse SpikePropFeedback(after: 1 ms)
      connect out -> hid.error  all  tied to transpose(above[1].w)  synapse SpikePropFeedback(after: 3 ms)
    }
    experiment once on Net {
      step 0.001 ms; seed 1
      numerics f64
      present times = [[0.3 ms], [2 ms]], desired = [9 ms, 11 ms] for 30 ms
      report below_0 = below[0].w, below_1 = below[1].w, above_0 = above[0].w, above_1 = above[1].w
      report hidden = count(hid), output = count(out)
    }
    """
        .formatted(literals(weights));
  }

  /// The same cells with synapses that know nothing of learning.
  private static String trained(Weights weights) {
    return """
    import std.neurons.unit.SpikePropHidden
    network Net {
      input times : spikes[2]
      population hid : SpikePropHidden[3]
      population out : SpikePropHidden[2]
      connect times -> hid.syn as below[0]  all  weight %s  axonal delay 1 ms
      connect times -> hid.syn as below[1]  all  weight %s  axonal delay 3 ms
      connect hid -> out.syn as above[0]  all  weight %s  axonal delay 1 ms
      connect hid -> out.syn as above[1]  all  weight %s  axonal delay 3 ms
    }
    experiment once on Net {
      step 0.001 ms; seed 1
      numerics f64
      train by spike_time_gradient(dv_min: 1e-3 / 1 ms) with gradient_descent(1)
      reset all
      present times = [[0.3 ms], [2 ms]] for 30 ms
      minimise sum((out.first_spike / 1 ms - [9, 11])^2) / 2
      report below_0 = below[0].w, below_1 = below[1].w, above_0 = above[0].w, above_1 = above[1].w
      report hidden = count(hid), output = count(out)
    }
    """
        .formatted(literals(weights));
  }

  private static Object[] literals(Weights weights) {
    return new Object[] {
      literal(weights.below()[0]),
      literal(weights.below()[1]),
      literal(weights.above()[0]),
      literal(weights.above()[1])
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void theRuleFollowsTheGradientOfSpikeTimes(int seed) throws IOException {
    Weights weights = Weights.drawn(new Random(seed));
    compare(weights, program(weights));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void theMethodFollowsTheGradientOfSpikeTimes(int seed) throws IOException {
    Weights weights = Weights.drawn(new Random(seed));
    compare(weights, trained(weights));
  }

  private void compare(Weights weights, String program) throws IOException {
    Path file = folder.resolve("net.snn");
    Files.writeString(file, program);
    CommandLineRun run =
        CommandLineRun.of(
            "run", file.toString(), "--format", "json", "--out", folder.resolve("runs").toString());
    assertEquals(0, run.exit(), run.err());
    Map<?, ?> results =
        (Map<?, ?>) Json.object("line", run.lastLine()).getOrDefault("results", Map.of());
    assertEquals(List.of(3, 2), List.of(results.get("hidden"), results.get("output")));
    double largest = 0;
    for (int k = 0; k < DELAYS.length; k++) {
      largest = Math.max(largest, compare(weights, weights.below()[k], results.get("below_" + k)));
      largest = Math.max(largest, compare(weights, weights.above()[k], results.get("above_" + k)));
    }
    assertTrue(largest > 0.1, "there is something to compare");
  }

  /// The largest derivative found.
  private static double compare(Weights weights, double[][] layer, @Nullable Object learnt) {
    double h = 1e-5;
    List<?> after = (List<?>) Objects.requireNonNull(learnt);
    double largest = 0;
    for (int i = 0; i < layer.length; i++) {
      for (int j = 0; j < layer[i].length; j++) {
        double before = layer[i][j];
        layer[i][j] = before + h;
        double more = weights.loss();
        layer[i][j] = before - h;
        double less = weights.loss();
        layer[i][j] = before;
        double derivative = (more - less) / (2 * h);
        double change = ((Number) after.get(i * layer[i].length + j)).doubleValue() - before;
        assertEquals(-derivative, change, 2e-3 + 0.01 * Math.abs(derivative), i + ", " + j);
        largest = Math.max(largest, Math.abs(derivative));
      }
    }
    return largest;
  }

  // Cells that fire several times.

  /// Hidden cells keep a potential below -1 after each spike, which decays with TAU.
  private static List<Double> train(double[] before, double[][][] weights, int j) {
    List<Double> spikes = new ArrayList<>();
    double step = 1e-3;
    for (double t = 0; t < 20; t += step) {
      if (kept(before, weights, j, spikes, t) <= 1
          && kept(before, weights, j, spikes, t + step) > 1) {
        double low = t;
        double high = t + step;
        for (int k = 0; k < 60; k++) {
          double middle = (low + high) / 2;
          if (kept(before, weights, j, spikes, middle) > 1) {
            high = middle;
          } else {
            low = middle;
          }
        }
        spikes.add(high);
      }
    }
    return spikes;
  }

  private static double kept(
      double[] before, double[][][] weights, int j, List<Double> spikes, double t) {
    double v = potential(before, weights, j, t);
    for (double spike : spikes) {
      v -= t > spike ? Math.exp(-(t - spike) / TAU) : 0;
    }
    return v;
  }

  /// The first spike of a cell that hears all spikes of the hidden ones after 1 ms.
  private static double answer(List<List<Double>> trains, double[] weights) {
    double step = 1e-3;
    for (double t = 0; t < 40; t += step) {
      if (heard(trains, weights, t + step) > 1) {
        double low = t;
        double high = t + step;
        for (int k = 0; k < 60; k++) {
          double middle = (low + high) / 2;
          if (heard(trains, weights, middle) > 1) {
            high = middle;
          } else {
            low = middle;
          }
        }
        return high;
      }
    }
    return Double.NaN;
  }

  private static double heard(List<List<Double>> trains, double[] weights, double t) {
    double v = 0;
    for (int h = 0; h < trains.size(); h++) {
      for (double spike : trains.get(h)) {
        double since = t - spike - 1;
        v += since > 0 ? weights[h] * (Math.exp(-since / TAU) - Math.exp(-since / TAU_S)) : 0;
      }
    }
    return v;
  }

  private static List<List<Double>> trains(double[][][] below) {
    List<List<Double>> all = new ArrayList<>();
    for (int h = 0; h < HIDDEN; h++) {
      all.add(train(INPUTS, below, h));
    }
    return all;
  }

  /// Half the squared error of the only output.
  private static double loss(double[][][] below, double[] above) {
    double late = answer(trains(below), above) - 9;
    return late * late / 2;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theMethodFollowsTheGradientThroughSeveralSpikesOfACell(int seed) throws IOException {
    var random = new Random(seed);
    double[][][] below = Weights.drawn(random, INPUTS.length, HIDDEN, 5, 8);
    double[] above = new double[HIDDEN];
    for (int h = 0; h < HIDDEN; h++) {
      above[h] = Math.round(1e3 * (0.3 + 0.3 * random.nextDouble())) / 1e3;
    }
    List<List<Double>> trains = trains(below);
    double out = answer(trains, above);
    assertTrue(
        trains.stream().anyMatch(t -> t.stream().filter(s -> s + 1 < out).count() > 1),
        "several spikes count: " + trains + ", " + out);
    Path file = folder.resolve("several.snn");
    double[][] column = new double[HIDDEN][1];
    for (int h = 0; h < HIDDEN; h++) {
      column[h][0] = above[h];
    }
    Files.writeString(
        file,
        """
        neuron Several {
          param tau = 4 ms, tau_s = 2 ms
          state slow : real = 0
          state fast : real = 0
          slow' = -slow / tau
          fast' = -fast / tau_s
          receive syn(w : real) { slow += w; fast += w }
          spike when slow - fast > 1
          reset { slow -= 1 }
        }
        network Net {
          input times : spikes[2]
          population hid : Several[3]
          population out : Several[1]
          connect times -> hid.syn as below[0]  all  weight %s  axonal delay 1 ms
          connect times -> hid.syn as below[1]  all  weight %s  axonal delay 3 ms
          connect hid -> out.syn as above  all  weight %s  axonal delay 1 ms
        }
        experiment once on Net {
          step 0.001 ms; seed 1
          numerics f64
          train by spike_time_gradient(dv_min: 1e-3 / 1 ms, through_reset: true)
            with gradient_descent(1)
          reset all
          present times = [[0.3 ms], [2 ms]] for 20 ms
          minimise (first_spike(out) / 1 ms - 9)^2 / 2
          report below_0 = below[0].w, below_1 = below[1].w, above = above.w, late = first_spike(out)
        }
        """
            .formatted(literal(below[0]), literal(below[1]), literal(column)));
    CommandLineRun run =
        CommandLineRun.of(
            "run", file.toString(), "--format", "json", "--out", folder.resolve("runs").toString());
    assertEquals(0, run.exit(), run.err());
    Map<?, ?> results =
        (Map<?, ?>) Json.object("line", run.lastLine()).getOrDefault("results", Map.of());
    assertEquals(out, ((Number) Objects.requireNonNull(results.get("late"))).doubleValue(), 0.01);
    double h = 1e-5;
    for (int k = 0; k < DELAYS.length; k++) {
      List<?> after = (List<?>) Objects.requireNonNull(results.get("below_" + k));
      for (int i = 0; i < INPUTS.length; i++) {
        for (int j = 0; j < HIDDEN; j++) {
          double w = below[k][i][j];
          below[k][i][j] = w + h;
          double more = loss(below, above);
          below[k][i][j] = w - h;
          double less = loss(below, above);
          below[k][i][j] = w;
          double derivative = (more - less) / (2 * h);
          double change = ((Number) after.get(i * HIDDEN + j)).doubleValue() - w;
          assertEquals(-derivative, change, 4e-3 + 0.02 * Math.abs(derivative), k + ", " + i);
        }
      }
    }
  }
}
