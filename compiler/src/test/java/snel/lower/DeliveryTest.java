package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Worked examples 2, 5 and 14 of the semantics: delays and the order of sums.
class DeliveryTest {
  private static final String FILTERED =
      """
      neuron Filtered {
        param tau_m = 20 ms, tau_s = 5 ms
        state v : real = 0
        state g : real = 0
        v' = (g - v) / tau_m
        g' = -g / tau_s
        receive syn(w : real) { g += w }
      }
      network Net {
        input train : spikes[1]
        population cell : Filtered[1]
        connect train -> cell.syn  all  weight 1  axonal delay %s ms  dendritic delay %s ms
      }
      """;

  @ParameterizedTest
  @CsvSource({"0, 0", "0.7, 0", "0, 0.7", "0.2, 0.5", "3, 1"})
  void anySplitOfADelayIsTheSame(String axonal, String dendritic) {
    int delay = (int) Math.round(10 * (Double.parseDouble(axonal) + Double.parseDouble(dendritic)));
    Machine machine = Machine.of(FILTERED.formatted(axonal, dendritic), "Net", Machine.Options.F64);
    machine.spikes("train", 0, 10).runTo(10 + delay);
    assertEquals(0, machine.value("cell.g"));
    machine.runTo(11 + delay);
    assertEquals(0.9801986733067553, machine.value("cell.g"), 1e-15);
    assertEquals(0.0049379352953090, machine.value("cell.v"), 1e-15);
    machine.runTo(20 + delay);
    assertEquals(0.0441662238075775, machine.value("cell.v"), 1e-15);
  }

  @Test
  void stateAtDeliveryIsSampledAfterPhaseOne() {
    var needs =
        new Needs(
            java.util.Set.of(),
            java.util.Set.of(),
            java.util.Set.of("cell.g"),
            java.util.Set.of(),
            java.util.Set.of(),
            java.util.Set.of());
    Machine machine =
        Machine.of(FILTERED.formatted("0.7", "0"), "Net", Machine.Options.F64.needs(needs));
    machine.spikes("train", 0, 10).runTo(18);
    assertEquals(1, machine.element("cell.g@deliver", 0));
  }

  @Test
  void whatIsInFlightSurvivesUnlessReset() {
    Machine machine = Machine.of(FILTERED.formatted("3", "0"), "Net", Machine.Options.F64);
    machine.spikes("train", 0, 99).runTo(100);
    machine.network.presentationEnd();
    machine.network.presentationStart();
    machine.runTo(130);
    assertEquals(Math.exp(-0.02), machine.value("cell.g"), 1e-15);
    machine = Machine.of(FILTERED.formatted("3", "0"), "Net", Machine.Options.F64);
    machine.spikes("train", 0, 99).runTo(100);
    machine.network.reset();
    machine.runTo(130);
    assertEquals(0, machine.value("cell.g"));
  }

  @ParameterizedTest
  @CsvSource({"1e8, 1, -1e8, 0", "1e8, -1e8, 1, 1"})
  void sumsFollowTheOrderOfStamps(String a, String b, String c, double sum) {
    String text =
        Models.SUM
            + """
            network Net {
              input train : spikes[3]
              population cell : Sum[1]
              connect train -> cell.syn  all
                weight if pre.index == 0 then %s else if pre.index == 1 then %s else %s
                delay  to_step(0.3 ms - 0.1 ms * pre.index)
            }
            """
                .formatted(a, b, c);
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    machine.spikes("train", 0, 10).spikes("train", 1, 11).spikes("train", 2, 12).runTo(14);
    assertEquals(sum, machine.value("cell.total"));
  }

  @Test
  void twoSpikesOfOneNeuronMayShareASlot() {
    String text =
        Models.SUM
            + """
            network Net {
              input train : spikes[1]
              population cell : Sum[1]
              connect train -> cell.syn  all  weight 1  delay 0.3 ms
              connect train -> cell.syn  all  weight 10  delay 0.1 ms
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    machine.spikes("train", 0, 10, 12).runTo(12);
    assertEquals(10, machine.value("cell.total"));
    machine.runTo(14);
    assertEquals(21, machine.value("cell.total"));
  }

  @Test
  void equalWeightsAreCountedAndOthersAdded() {
    String text =
        Models.SUM
            + """
            network Net {
              input train : spikes[7]
              population counted : Sum[1]
              population added : Sum[1]
              connect train -> counted.syn  all  weight 0.1
              connect train -> added.syn    all  weight if pre.index < 7 then 0.1 else 0.2
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    for (int neuron = 0; neuron < 7; neuron++) {
      machine.spikes("train", neuron, 3);
    }
    machine.runTo(4);
    assertEquals(0x1.666666p-1f, machine.value("counted.total"));
    assertEquals(0x1.666668p-1f, machine.value("added.total"));
  }

  /// Delays 0, 1, 2, 3, 0 and 1 steps: a bound is seen through `mod`.
  @Test
  void delaysByTheRemainderOfAnIndex() {
    String text =
        Models.SUM
            + """
            network Net {
              input train : spikes[1]
              population cell : Sum[6]
              connect train -> cell.syn  all  weight 1  delay to_step(0.1 ms * mod(post.index, 4))
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.spikes("train", 0, 5);
    for (int step = 5; step < 10; step++) {
      machine.runTo(step + 1);
      for (int cell = 0; cell < 6; cell++) {
        double expected = step >= 5 + cell % 4 ? 1 : 0;
        assertEquals(expected, machine.value("cell.total", cell), cell + " after " + step);
      }
    }
  }

  @Test
  void spikesOfInputsAreCounted() {
    String text =
        Models.DELTA
            + """
            network Net {
              input train : spikes[2]
              population cell : Delta[1]
              connect train -> cell.syn  all  weight 1
            }
            """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    machine.spikes("train", 0, 0, 10).spikes("train", 1, 5).runTo(20);
    assertEquals(3, ((long[]) machine.network.array("train.spikes.total"))[0]);
  }
}
