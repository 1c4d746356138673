package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Worked examples 6, 7, 8 and 13 of the semantics: left limits, delays at a synapse, triplets,
/// eligibility, normalisation.
class PlasticityTest {
  /// The spikes of `cell` come one step after those of `teacher`.
  private static final String BENCH =
      """
      neuron Parrot {
        state told : real = 0
        state heard : real = 0
        receive fire(w : real) { told += w }
        receive syn(w : real) { heard += w }
        spike when told > 0
        reset { told = 0 }
      }
      synapse Pair {
        weight w : real in 0 .. 1
        trace x of pre  tau 20 ms
        trace y of post tau 20 ms
        on pre  { deliver w; w -= 0.012 * y }
        on post { w += 0.01 * x }
      }
      synapse NearestPair {
        weight w : real in 0 .. 1
        trace x of pre  tau 20 ms set 1
        trace y of post tau 20 ms set 1
        on pre  { deliver w; w -= 0.012 * y }
        on post { w += 0.01 * x }
      }
      synapse Triplet {
        weight w : real in 0 .. 1
        trace r1 of pre  tau 16.8 ms
        trace r2 of pre  tau 101 ms
        trace o1 of post tau 33.7 ms
        trace o2 of post tau 125 ms
        on pre  { deliver w; w -= o1 * (7e-3 + 2e-3 * r2) }
        on post { w += r1 * (5e-3 + 6e-3 * o2) }
      }
      synapse Eligible {
        weight w : real in 0 .. 1
        trace x of pre  tau 20 ms
        trace y of post tau 20 ms
        state e : real = 0
        e' = -e / 200 ms
        on pre  { deliver w; e -= 0.012 * y }
        on post { e += 0.01 * x }
        receive reward(r : real) { w += r * e }
      }
      network Net {
        input train : spikes[1]
        input teacher : spikes[1]
        input prize : spikes[1]
        population cell : Parrot[1]
        connect teacher -> cell.fire  all  weight 1
        connect train -> cell.syn as syn  all  weight 0.5  %s  synapse %s
        %s
      }
      """;

  private static Machine bench(String delays, String synapse, Machine.Options options) {
    String more = synapse.equals("Eligible") ? "connect prize -> syn.reward  all  weight 1" : "";
    return Machine.of(BENCH.formatted(delays, synapse, more), "Net", options);
  }

  private static long[] steps(String times) {
    return Arrays.stream(times.split(" ")).mapToLong(t -> 10 * Long.parseLong(t)).toArray();
  }

  private static Machine trained(Machine machine, String pre, String post) {
    machine.spikes("train", 0, steps(pre));
    machine.spikes("teacher", 0, Arrays.stream(steps(post)).map(t -> t - 1).toArray());
    return machine.runTo(410);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 15, '', Pair, 0.5077880078307141, 1e-13",
    "15, 10, '', Pair, 0.4906543906031431, 1e-13",
    "10, 10, '', Pair, 0.5, 0",
    "10 30, 15 30, '', Pair, 0.5057984036095364, 1e-13",
    "10, 15, axonal delay 3 ms, Pair, 0.50904837, 5e-9",
    "10, 15, axonal delay 5 ms, Pair, 0.5, 0",
    "10, 15, axonal delay 8 ms, Pair, 0.48967150, 5e-9",
    "10, 15, dendritic delay 3 ms, Pair, 0.5067032004603564, 1e-13",
    "10, 15, dendritic delay 3 ms  backprop delay 0 ms, Pair, 0.5077880078307141, 1e-13",
    "10, 8, dendritic delay 3 ms, Pair, 0.5095122942450071, 1e-13",
    "10, 7, dendritic delay 3 ms, Pair, 0.5, 0",
    "10 12 14, 15, '', Pair, 0.5259073818, 5e-11",
    "10 12 14, 15, '', NearestPair, 0.5095122942, 5e-11",
    "10 20 30 32, 12 22 33, '', Triplet, 0.5204665912394602, 1e-13",
    "10 20 30 32, 12 22 32, '', Triplet, 0.5074210504297897, 1e-13",
  })
  void aPairOfTrains(
      String pre, String post, String delays, String synapse, double wanted, double within) {
    Machine exact = trained(bench(delays, synapse, Machine.Options.F64), pre, post);
    assertEquals(wanted, exact.value("syn.w"), within);
    Machine single = trained(bench(delays, synapse, Machine.Options.F32), pre, post);
    assertEquals(wanted, single.value("syn.w"), within == 0 ? 0 : 2e-7);
  }

  /// However late the other projections of the same population want its spikes.
  @ParameterizedTest
  @CsvSource({
    "axonal delay 3 ms, axonal delay 8 ms, 0.50904837, 0.48967150",
    "axonal delay 8 ms, axonal delay 3 ms, 0.48967150, 0.50904837",
    "dendritic delay 3 ms, axonal delay 8 ms, 0.5067032004603564, 0.48967150",
  })
  void projectionsWithDelaysOfTheirOwn(String one, String other, double wanted, double second) {
    String more = "connect train -> cell.syn as next  all  weight 0.5  " + other + "  synapse Pair";
    Machine machine = Machine.of(BENCH.formatted(one, "Pair", more), "Net", Machine.Options.F64);
    machine.spikes("train", 0, 100).spikes("teacher", 0, 149).runTo(410);
    assertEquals(wanted, machine.value("syn.w"), 5e-9);
    assertEquals(second, machine.value("next.w"), 5e-9);
  }

  @Test
  void eligibilityWaitsForTheReward() {
    Machine machine = bench("", "Eligible", Machine.Options.F64);
    machine.spikes("train", 0, 100).spikes("teacher", 0, 149).spikes("prize", 0, 600);
    machine.runTo(150);
    assertEquals(0.0077880078, machine.element("syn.e", 0), 5e-11);
    machine.runTo(601);
    assertEquals(0.0062188506, machine.element("syn.e", 0), 5e-11);
    assertEquals(0.5062188505646502, machine.value("syn.w"), 1e-13);
  }

  @Test
  void normalisationScalesTheWeightsOfATarget() {
    String text =
        Models.SUM
            + """
            synapse Plain {
              weight w : real
              on pre { deliver w }
            }
            network Net {
              input train : spikes[3]
              population cell : Sum[1]
              connect train -> cell.syn as syn  all
                weight    if pre.index == 0 then 1 else if pre.index == 1 then 2 else 5
                synapse   Plain
                normalise sum(w) per post to 78 on presentation.start
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    machine.network.presentationStart();
    assertEquals(9.75, machine.value("syn.w", 0));
    assertEquals(19.5, machine.value("syn.w", 1));
    assertEquals(48.75, machine.value("syn.w", 2));
  }

  /// A sum has sixteen partials (semantics.md §7): the synapse that `where` leaves out takes no
  /// place among them.
  @Test
  void normalisationPassesOverWhatIsNotThere() {
    String text =
        """
        neuron Sum {
          state total : real = 0
          receive syn(w : real) { total += w }
          spike when total > 1000
          reset { total = 0 }
        }
        synapse Plain {
          weight w : real
          on pre { deliver w }
        }
        network Net {
          population cell : Sum[40]
          connect cell -> cell.syn as syn  all
            where     pre != post
            weight    uniform(0, 100)
            synapse   Plain
            normalise sum(w) per post to 78 on presentation.start
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    float[][] before = new float[40][40];
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 40; j++) {
        before[i][j] = (float) machine.value("syn.w", 40 * i + j);
      }
    }
    machine.network.presentationStart();
    for (int j = 0; j < 40; j++) {
      float[] partial = new float[16];
      int place = 0;
      for (int i = 0; i < 40; i++) {
        if (i != j) {
          partial[place++ % 16] += before[i][j];
        }
      }
      for (int half = 8; half > 0; half /= 2) {
        for (int k = 0; k < half; k++) {
          partial[k] += partial[k + half];
        }
      }
      for (int i = 0; i < 40; i++) {
        if (i != j) {
          float wanted = before[i][j] * (78 / partial[0]);
          assertEquals(wanted, (float) machine.value("syn.w", 40 * i + j), i + " to " + j);
        }
      }
    }
  }
}
