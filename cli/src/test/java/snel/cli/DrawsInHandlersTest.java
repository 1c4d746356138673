package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Handlers draw anew in every step of every presentation, whatever the distribution: mean and
/// variance of 4,000 numbers of each of 20 neurons and synapses, in presentations of one step and
/// of many.
class DrawsInHandlersTest {
  private static final int NUMBERS = 4_000;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          uniform(1, 3)                | 2      | 0.3333 | 1
          exponential(2)               | 2      | 4      | 1
          exponential(2)               | 2      | 4      | 200
          gamma(mean: 2, sd: 0.5)      | 2      | 0.25   | 1
          gamma(mean: 2, sd: 0.5)      | 2      | 0.25   | 200
          binomial(5, 0.4)             | 2      | 1.2    | 1
          binomial(5, 0.4)             | 2      | 1.2    | 200
          normal(2, 0.5, min: 1.5)     | 2.1438 | 0.1574 | 1
          normal(2, 0.5, min: 1.5)     | 2.1438 | 0.1574 | 200
          """)
  void areNewInEveryStep(String draw, double mean, double variance, int steps) throws IOException {
    ProgramRun run =
        BothTargets.alike(
            folder,
            """
            neuron Source { input on : real; spike at poisson(1 kHz * on) }
            neuron Sum {
              state s : real = 0
              state q : real = 0
              receive heard(w : real) { s += w; q += w * w }
            }
            neuron Drawing {
              state s : real = 0
              state q : real = 0
              every dt { let d = DRAW; s += d; q += d * d }
            }
            synapse Drawn { weight w : real; on pre { deliver w * DRAW } }
            network Net {
              input on : real
              population a : Source[1](on: on)
              population b : Sum[20]
              population c : Drawing[20]
              connect a -> b.heard  all  weight 1  synapse Drawn
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              repeat TIMES times { present on = 1 for STEPS * 1 ms }
              rest 1 ms
              let n = NUMBERS
              report synapses = mean(b.s) / n, neurons = mean(c.s) / (n + 1)
              report spread_of_synapses = mean(b.q / n - (b.s / n)^2)
              report spread_of_neurons = mean(c.q / (n + 1) - (c.s / (n + 1))^2)
            }
            """
                .replace("DRAW", draw)
                .replace("TIMES", Integer.toString(NUMBERS / steps))
                .replace("STEPS", Integer.toString(steps))
                .replace("NUMBERS", Integer.toString(NUMBERS)));
    double deviation = Math.sqrt(variance / (20 * NUMBERS));
    assertEquals(mean, number(run, "synapses"), 5 * deviation);
    assertEquals(mean, number(run, "neurons"), 5 * deviation);
    assertEquals(variance, number(run, "spread_of_synapses"), 0.05 * variance);
    assertEquals(variance, number(run, "spread_of_neurons"), 0.05 * variance);
  }

  private static double number(ProgramRun run, String name) {
    return (double) ((List<?>) Objects.requireNonNull(run.results().get(name), name)).getFirst();
  }
}
