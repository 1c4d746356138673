package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `eventprop` does to the weights of two layers whose cells fire several times, against
/// central differences of the same network in continuous time: exact solutions between events,
/// spikes found by bisection.
class EventPropTest {
  private static final double TAU_M = 10;
  private static final double TAU_S = 4;
  private static final double DELAY = 1;
  private static final double[][] INPUTS = {{1, 7.3, 12.9}, {2.2, 6.1, 15}, {0.6, 9.7, 11.4}};
  private static final double DESIRED = 20;
  private static final double RATE = 1e-4;
  private static final int HIDDEN = 2;
  private static final int BELOW = INPUTS.length * HIDDEN;

  @TempDir private Path folder = Path.of("");

  private record Event(double time, double weight) {}

  /// Times at which a cell fires.
  private static List<Double> spikes(List<Event> arrivals, boolean subtracts, double end) {
    List<Event> events = new ArrayList<>(arrivals);
    events.sort(Comparator.comparingDouble(Event::time));
    events.add(new Event(end, 0));
    List<Double> spikes = new ArrayList<>();
    double now = 0;
    double v = 0;
    double current = 0;
    for (Event event : events) {
      while (now < event.time) {
        double most = Math.min(0.01, event.time - now);
        double until = most;
        if (after(v, current, most) > 1) {
          double low = 0;
          for (int k = 0; k < 60; k++) {
            double middle = (low + until) / 2;
            if (after(v, current, middle) > 1) {
              until = middle;
            } else {
              low = middle;
            }
          }
        }
        v = after(v, current, until);
        current *= Math.exp(-until / TAU_S);
        now += until;
        if (until < most || v > 1) {
          spikes.add(now);
          v = subtracts ? v - 1 : 0;
        }
        if (event.time - now < 1e-12) {
          break;
        }
      }
      now = event.time;
      current += event.weight;
    }
    return spikes;
  }

  private static double after(double v, double current, double time) {
    double c = (1 / TAU_M) / (1 / TAU_S - 1 / TAU_M);
    double m = Math.exp(-time / TAU_M);
    return v * m + current * c * (m - Math.exp(-time / TAU_S));
  }

  private static List<List<Double>> hidden(double[] weights, boolean subtracts) {
    List<List<Double>> all = new ArrayList<>();
    for (int j = 0; j < HIDDEN; j++) {
      List<Event> arrivals = new ArrayList<>();
      for (int i = 0; i < INPUTS.length; i++) {
        for (double time : INPUTS[i]) {
          arrivals.add(new Event(time + DELAY, weights[i * HIDDEN + j]));
        }
      }
      all.add(spikes(arrivals, subtracts, 60));
    }
    return all;
  }

  /// The time of the first spike of the output.
  private static double first(double[] weights, boolean subtracts) {
    List<Event> arrivals = new ArrayList<>();
    List<List<Double>> hidden = hidden(weights, subtracts);
    for (int j = 0; j < HIDDEN; j++) {
      for (double time : hidden.get(j)) {
        arrivals.add(new Event(time + DELAY, weights[BELOW + j]));
      }
    }
    return spikes(arrivals, subtracts, 60).getFirst();
  }

  private static double loss(double[] weights, boolean subtracts) {
    double late = first(weights, subtracts) - DESIRED;
    return late * late / 2;
  }

  private static String table(double[] weights, int from, int columns, int rows) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      List<String> row = new ArrayList<>();
      for (int j = 0; j < columns; j++) {
        row.add(String.format(Locale.ROOT, "%.4f", weights[from + i * columns + j]));
      }
      lines.add("[" + String.join(", ", row) + "]");
    }
    return "[" + String.join(", ", lines) + "]";
  }

  private static String program(double[] weights, String reset) {
    List<String> reports = new ArrayList<>();
    for (int k = 0; k < BELOW; k++) {
      reports.add("w%d = a.w[%d, %d]".formatted(k, k / HIDDEN, k % HIDDEN));
    }
    for (int j = 0; j < HIDDEN; j++) {
      reports.add("w%d = b.w[%d, 0]".formatted(BELOW + j, j));
    }
    List<String> trains = new ArrayList<>();
    for (double[] times : INPUTS) {
      List<String> train = new ArrayList<>();
      for (double time : times) {
        train.add(time + " ms");
      }
      trains.add("[" + String.join(", ", train) + "]");
    }
    return """
    neuron Cell {
      state v : real = 0
      state I : real = 0
      v' = (I - v) / 10 ms
      I' = -I / 4 ms
      receive syn(w : real) { I += w }
      spike when v > 1
      reset { RESET }
    }
    network Net {
      input trains : spikes[3]
      population h   : Cell[2]
      population out : Cell[1]
      connect trains -> h.syn as a  all  weight A  delay 1 ms
      connect h -> out.syn as b     all  weight B  delay 1 ms
    }
    experiment fit on Net {
      step 0.001 ms; seed 1
      numerics f64
      train by eventprop(dv_min: 1e-3 / 1 ms) with gradient_descent(1e-4)
      reset all
      present trains = [TRAINS] for 40 ms
      report first = first_spike(out) / 1 ms, fired = count(h)
      minimise ((first_spike(out) - 20 ms) / 1 ms)^2 / 2
      report REPORTS
    }
    """
        .replace("RESET", reset)
        .replace("REPORTS", String.join(", ", reports))
        .replace("TRAINS", String.join(", ", trains))
        .replace("weight A", "weight " + table(weights, 0, HIDDEN, INPUTS.length))
        .replace("weight B", "weight " + table(weights, BELOW, 1, HIDDEN));
  }

  private CommandLineRun command(String text) throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, text);
    return CommandLineRun.of(
        "run", file.toString(), "--format", "json", "--out", folder.resolve("runs").toString());
  }

  private static double result(String line, String name) {
    String from = line.substring(line.indexOf('"' + name + "\":") + name.length() + 3);
    return Double.parseDouble(from.split("[,}]")[0]);
  }

  @ParameterizedTest
  @CsvSource({"1, v = 0", "2, v = 0", "3, v = 0", "4, v -= 1", "5, v -= 1"})
  void weightsChangeByTheGradientOfExactSpikeTimes(long seed, String reset) throws IOException {
    boolean subtracts = reset.contains("-=");
    Random random = new Random(seed);
    double[] weights;
    do {
      weights = new double[BELOW + HIDDEN];
      for (int k = 0; k < weights.length; k++) {
        double w = k < BELOW ? 1.2 + 2 * random.nextDouble() : 0.6 + 0.8 * random.nextDouble();
        weights[k] = Math.round(1e4 * w) / 1e4;
      }
    } while (!isFit(weights, subtracts));
    CommandLineRun run = command(program(weights, reset));
    assertEquals(0, run.exit(), run.out() + run.err());
    String line = run.lastLine();
    assertEquals(first(weights, subtracts), result(line, "first"), 0.05);
    double largest = 0;
    double[] expected = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      double[] moved = weights.clone();
      moved[k] += 1e-5;
      double above = loss(moved, subtracts);
      moved[k] -= 2e-5;
      expected[k] = (above - loss(moved, subtracts)) / 2e-5;
      largest = Math.max(largest, Math.abs(expected[k]));
    }
    for (int k = 0; k < weights.length; k++) {
      double gradient = (weights[k] - result(line, "w" + k)) / RATE;
      assertEquals(expected[k], gradient, 0.02 * largest, "weight " + k + " of seed " + seed);
    }
  }

  /// Each hidden cell fires at least twice before the output does, by far enough.
  private static boolean isFit(double[] weights, boolean subtracts) {
    List<List<Double>> hidden = hidden(weights, subtracts);
    double first;
    try {
      first = first(weights, subtracts);
    } catch (java.util.NoSuchElementException none) {
      return false;
    }
    return first < 35
        && Math.abs(first - DESIRED) > 2
        && hidden.stream().allMatch(h -> h.size() > 1 && h.get(1) + DELAY + 1 < first);
  }

  /// Two spikes, of the first step and of the one after: v rises from its initial value and from
  /// what the first has set. The derivatives by both weights are those of the sums over the steps.
  @Test
  void cellsThatFireInTheFirstStepHaveAGradient() throws IOException {
    CommandLineRun run =
        command(
            """
            neuron Cell { state v : real = 0; v' = -v / 20 ms; receive syn(w : real) { v += w }; spike when v > 1; reset { v = 0 } }
            neuron Out { state v : real = 0; v' = -v / 20 ms; receive syn(w : real) { v += w } }
            network Net {
              input trains : spikes[2]
              population h : Cell[1]
              population y : Out[1]
              connect trains -> h.syn as a  all  weight uniform(1.5, 1.5)
              connect h -> y.syn as b       all  weight uniform(1, 1)
            }
            experiment fit on Net {
              step 1 ms; seed 1; numerics f64
              train by eventprop() with gradient_descent(0.1)
              reset all
              present trains = [[0 ms], [1 ms]] for 20 ms
              minimise sum(mean_over_time(y.v))
              report first = a.w[0, 0], second = a.w[1, 0], above = b.w[0, 0]
            }
            """);
    assertEquals(0, run.exit(), run.out() + run.err());
    String line = run.lastLine();
    double kept = Math.exp(-1 / 20.0);
    double[] bySpike = new double[3];
    for (int step = 0; step < bySpike.length; step++) {
      for (int n = 1; n < 20 - step; n++) {
        bySpike[step] += Math.pow(kept, n) / 20;
      }
    }
    double rise = 1.5 * kept;
    double later = -(bySpike[2] - bySpike[1]) / rise;
    double earlier = -(bySpike[1] - bySpike[0]) / rise + later * kept;
    assertEquals(1 - 0.1 * (bySpike[0] + bySpike[1]), result(line, "above"), 1e-12);
    assertEquals(1.5 - 0.1 * later * kept, result(line, "second"), 1e-12);
    assertEquals(1.5 - 0.1 * earlier * kept, result(line, "first"), 1e-12);
  }

  @Test
  void networksOutsideItsClassAreRefusedWithEveryReason() throws IOException {
    double[] weights = new double[BELOW + HIDDEN];
    java.util.Arrays.fill(weights, 1);
    String text =
        program(weights, "v = 0; I *= 0.5")
            .replace("spike when v > 1", "spike when v > 1 + I\n      refractory 1 ms");
    CommandLineRun run = command(text);
    assertNotEquals(0, run.exit());
    String said = run.out() + run.err();
    CommandLineRun loss =
        command(
            program(weights, "v = 0")
                .replace("((first_spike(out) - 20 ms) / 1 ms)^2 / 2", "mean(mean_over_time(h.v))"));
    assertNotEquals(0, loss.exit());
    assertTrue(loss.out().contains("a state of neurons that spike, in a loss"), loss.out());
    for (String reason :
        List.of(
            "eventprop cannot train this network",
            "spikes by something else than one state at a fixed threshold",
            "does more at a spike than set the state that spikes",
            "is refractory")) {
      assertTrue(said.contains(reason), reason + " is not in " + said);
    }
  }
}
