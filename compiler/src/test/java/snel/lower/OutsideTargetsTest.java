package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Synapses onto populations whose spikes come from outside learn as any do: worked example 6 with
/// spikes given on both sides.
class OutsideTargetsTest {
  private static final String BENCH =
      """
      neuron Told {
        param moment = 0 ms
        state heard : real = 0
        receive syn(w : real) { heard += w }
        spike at moment
      }
      synapse Pair {
        weight w : real in 0 .. 1
        trace x of pre  tau 20 ms
        trace y of post tau 20 ms
        on pre  { deliver w; w -= 0.012 * y }
        on post { w += 0.01 * x }
        receive teacher of post { w = 0.5 * w }
      }
      network Net {
        population cell : Told[1](moment: %s ms)
        population master : Told[1](moment: %s ms)
        input train : spikes[1]
        connect train -> cell.syn as syn  all  weight 0.5  %s  synapse Pair
        connect master -> syn.teacher  one_to_one
      }
      """;

  private static Machine bench(String post, String teacher, String delays) {
    return Machine.of(BENCH.formatted(post, teacher, delays), "Net", Machine.Options.F64);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 15, '', 0.5077880078307141, 1e-13",
    "15, 10, '', 0.4906543906031431, 1e-13",
    "10, 10, '', 0.5, 0",
    "10, 15, axonal delay 3 ms, 0.50904837, 5e-9",
    "10, 15, axonal delay 5 ms, 0.5, 0",
    "10, 15, axonal delay 8 ms, 0.48967150, 5e-9",
    "10, 15, dendritic delay 3 ms, 0.5067032004603564, 1e-13",
    "10, 15, dendritic delay 3 ms  backprop delay 0 ms, 0.5077880078307141, 1e-13",
    "10, 8, dendritic delay 3 ms, 0.5095122942450071, 1e-13",
    "10, 7, dendritic delay 3 ms, 0.5, 0",
  })
  void aPairOfSpikes(int pre, String post, String delays, double wanted, double within) {
    Machine machine = bench(post, "40", delays);
    machine.spikes("train", 0, 10L * pre).runTo(300);
    assertEquals(wanted, machine.value("syn.w"), within);
  }

  /// `on post` adds 0.01 exp(-1/4), then the teacher halves, then `on pre` takes 0.012 * 0 away.
  @Test
  void theTeacherComesAfterOnPost() {
    Machine machine = bench("15", "15", "");
    machine.spikes("train", 0, 100).runTo(300);
    assertEquals(0.5077880078307141 / 2, machine.value("syn.w"), 1e-13);
  }

  /// 0.5 halved by the teacher, then `on pre` takes 0.012 exp(-1/4) away: y of the spike at 10 ms.
  @Test
  void theTeacherComesBeforeOnPre() {
    Machine machine = bench("10", "15", "");
    machine.spikes("train", 0, 150).runTo(300);
    assertEquals(0.25 - 0.012 * Math.exp(-0.25), machine.value("syn.w"), 1e-13);
  }
}
