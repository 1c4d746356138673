package snel.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.ir.Clock;
import snel.ir.Directory;
import snel.ir.Program;
import snel.parallel.DividedStep;
import snel.parallel.Span;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.Threads;

/// Threads that wait for one another only after as many steps as the shortest delay has do what one
/// thread does: its state after runs of any length, its records and its faults.
class SpansTest {
  private static final int NETWORKS =
      Integer.getInteger("networks", Boolean.getBoolean("snel.full") ? 200 : 12);

  private static final String NEURONS =
      """
      neuron Cell {
        input I : current
        state v : voltage = 0 mV
        v' = -v / (20 ms) + I / (250 pF)
        receive syn(w : voltage) { v += w }
        spike when v >= 20 mV
        reset { v = 10 mV }
        refractory REFRACTORY
      }
      synapse Pair {
        param w_max : like w
        weight w : any in 0 .. w_max
        trace x of pre  tau 20 ms
        trace y of post tau 15 ms
        on pre  { deliver w; w -= 0.01 * w_max * y }
        on post { w += 0.02 * w_max * x }
      }
      """;

  /// What a network is made of, and after how many steps a spike is looked at again at the soonest:
  /// when it arrives, or when a refractory time ends.
  private record Made(String text, int shortest) {}

  private static Made made(long seed) {
    Random dice = new Random(seed);
    int populations = 1 + dice.nextInt(3);
    StringBuilder net = new StringBuilder("network Net {\n");
    for (int own = 0; own < populations; own++) {
      net.append("  population P%d : Cell[%d]\n".formatted(own, 20 + dice.nextInt(700)));
      net.append(
          "  drive P%d.syn by poisson(%d kHz)  weight 0.3 mV\n"
              .formatted(own, 6 + dice.nextInt(3)));
    }
    int least = dice.nextInt(8);
    int refractory = 10 * (1 + dice.nextInt(2));
    int shortest = refractory;
    for (int from = 0; from < populations; from++) {
      for (int to = 0; to < populations; to++) {
        int delay = least + dice.nextInt(22);
        shortest = Math.min(shortest, delay);
        boolean learns = dice.nextInt(3) == 0;
        String weight =
            learns ? "0.2" : List.of("0.2", "-0.4", "normal(0.2, 0.05) * 1").get(dice.nextInt(3));
        net.append(
            "  connect P%d -> P%d.syn  bernoulli(%d %%)  weight %s mV  delay %d.%d ms%s\n"
                .formatted(
                    from,
                    to,
                    5 + dice.nextInt(20),
                    weight,
                    delay / 10,
                    delay % 10,
                    learns ? "  synapse Pair(w_max: 0.4 mV)" : ""));
      }
    }
    String held = refractory / 10 + " ms" + (dice.nextBoolean() ? " holding v" : "");
    String run = "}\nexperiment e on Net { step 0.1 ms; seed %d; record P0.spikes; run 30 ms }\n";
    return new Made(NEURONS.replace("REFRACTORY", held) + net + run.formatted(seed), shortest);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void randomNetworksDoTheSame(int threads) {
    for (long seed = 0; seed < NETWORKS; seed++) {
      Made made = made(seed);
      Program program = RandomNetworksTest.whole(made.text());
      Optional<DividedStep> step = DividedStep.of(program, threads, 2);
      int most = step.flatMap(DividedStep::span).map(Span::most).orElse(1);
      String what = "seed " + seed + ": " + step.map(DividedStep::whyNoSpan);
      assertEquals(made.shortest() == 0 ? 1 : Math.min(16, made.shortest() + 1), most, what);
      JvmTarget.Code code = seed % 3 == 0 ? JvmTarget.Code.VECTOR : JvmTarget.Code.SCALAR;
      List<Long> expected = found(program, new JvmTarget(JvmTarget.Code.SCALAR));
      assertEquals(expected, found(program, new JvmTarget(code, Threads.exactly(threads))), what);
    }
  }

  /// The state after runs of so many steps each, with a reset between two of them, what was logged
  /// meanwhile, and where all ended if something was wrong.
  private static List<Long> found(Program program, JvmTarget target) {
    Network network = target.build(program);
    for (Directory.Population population : program.directory().populations()) {
      population.log().ifPresent(log -> ((int[]) network.array(log.logging().name()))[0] = 1);
    }
    List<Long> found = new ArrayList<>();
    try {
      for (int steps : new int[] {1, 2, 40, 17, 0, 5, 16, 33, 250, 3}) {
        run(network, program, steps, found);
        found.add(network.stateHash());
        if (steps == 0) {
          network.reset();
        }
      }
    } catch (Fault fault) {
      drain(network, program, found);
      Arrays.stream((long[]) network.array(Clock.FAULT)).forEach(found::add);
      found.add(((long[]) network.array(Clock.NAME))[Clock.STEP]);
    }
    for (Directory.Population population : program.directory().populations()) {
      found.add(((long[]) network.array(population.total().name()))[0]);
    }
    return found;
  }

  private static void run(Network network, Program program, int steps, List<Long> found) {
    for (long left = steps; left > 0; ) {
      left -= network.run(left);
      ((int[]) network.array(Clock.HALT))[0] = 0;
      drain(network, program, found);
    }
  }

  private static void drain(Network network, Program program, List<Long> found) {
    for (Directory.Population population : program.directory().populations()) {
      population
          .log()
          .ifPresent(log -> {
            int[] count = (int[]) network.array(log.count().name());
            for (int entry = 0; entry < count[0]; entry++) {
              found.add((long) ((int[]) network.array(log.index().name()))[entry]);
              found.add(((long[]) network.array(log.step().name()))[entry]);
            }
            count[0] = 0;
          });
    }
  }

  /// Neurons that have no reset grow beyond all numbers, each at its time; the first is told, with
  /// the step and with the spikes up to then.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void theFirstFaultIsTold(int threads) {
    Program program =
        RandomNetworksTest.whole(
            """
            neuron Cell {
              state v : real = 1
              v' = v / (0.5 ms)
              receive syn(w : real) { v += w }
              spike when v > 1e9
            }
            network Net {
              population P : Cell[300](v: uniform(0.1, 100))
              connect P -> P.syn  bernoulli(1 %)  weight 0.001  delay 3 ms
            }
            experiment e on Net { step 0.1 ms; seed 3; record P.spikes; run 100 ms }
            """);
    assertEquals(
        16, DividedStep.of(program, threads, 2).flatMap(DividedStep::span).orElseThrow().most());
    List<Long> expected = found(program, new JvmTarget(JvmTarget.Code.SCALAR));
    assertTrue(expected.size() > 100);
    assertEquals(
        expected, found(program, new JvmTarget(JvmTarget.Code.SCALAR, Threads.exactly(threads))));
  }

  /// Many spikes in each step, so that what waits to be recorded fills its room again and again.
  @Test
  void recordsOfManySpikesAreWhole() {
    Program program =
        RandomNetworksTest.whole(
            """
            neuron Cell {
              state v : real = 0
              v' = (2 - v) / (5 ms)
              receive syn(w : real) { v += w }
              spike when v > 1
            }
            network Net {
              population P : Cell[6000]
              connect P -> P.syn  bernoulli(0.1 %)  weight 0.001  delay 3 ms
            }
            experiment e on Net { step 0.1 ms; seed 3; record P.spikes; run 100 ms }
            """);
    assertEquals(16, DividedStep.of(program, 2, 2).flatMap(DividedStep::span).orElseThrow().most());
    assertEquals(
        found(program, new JvmTarget(JvmTarget.Code.SCALAR)),
        found(program, new JvmTarget(JvmTarget.Code.SCALAR, Threads.exactly(2))));
  }
}
