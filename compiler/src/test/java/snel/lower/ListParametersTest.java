package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Parameters that are lists, which all neurons or synapses have, and indices with a range.
class ListParametersTest {
  private static final String TEXT =
      """
      let table = [0.25, 0.5, 1]
      neuron Cell {
        param levels : real[2] = [1, 2]
        state stage : int in 0 .. 2 = 0
        state seen : real = 0
        state v : real = 0
        state heard : real = 0
        every 1 ms { seen = table[stage] + levels[1]; stage += 1 }
        receive syn(w : real) { heard += w }
        spike when v > 1
        reset { v = 0 }
      }
      synapse Scaled {
        param gains = [0.5, 2]
        weight w : real
        on pre { deliver w * gains[1] }
      }
      network Net {
        input trains : spikes[1]
        population A : Cell[2]
        population B : Cell[3](levels: [3, 4])
        connect trains -> A.syn  all  weight 1  synapse Scaled
        connect trains -> B.syn  all  weight 1  synapse Scaled(gains: [1, 5])
      }
      """;

  @Test
  void allHaveTheWholeList() {
    Machine machine = Machine.of(TEXT, "Net", Machine.Options.F64.step("1"));
    machine.spikes("trains", 0, 1).runTo(2);
    assertEquals(0.5 + 2, machine.value("A.seen", 1));
    assertEquals(0.5 + 4, machine.value("B.seen", 2));
    assertEquals(2, machine.value("A.heard", 0));
    assertEquals(5, machine.value("B.heard", 1));
    machine.runTo(6);
    assertEquals(1 + 2, machine.value("A.seen", 0));
  }

  /// What is given does not decide it: a list as long as the population is a list nonetheless.
  @Test
  void areThoseWhoseDefaultIsAList() {
    Machine machine =
        Machine.of(
            """
            let base = [1, 2, 4]
            neuron Cell {
              param g = [0.5, 1, 2]
              param h = [1, 2, 4] * 0.5
              param b = base
              param c = -g
              param d = 1
              state sum : real = 0
              every 1 ms { sum = g[2] + 10 * h[2] + 100 * b[2] + 1000 * c[2] + 10000 * d }
            }
            network Net {
              population A : Cell[3]
              population B : Cell[3](
                g: [1, 2, 3], h: [1, 2, 4], b: [1, 2, 5], c: [1, 2, 6], d: [1, 2, 7])
            }
            """,
            "Net",
            Machine.Options.F64.step("1"));
    machine.runTo(2);
    assertEquals(2 + 20 + 400 - 2000 + 10000, machine.value("A.sum", 1));
    assertEquals(3 + 40 + 500 + 6000 + 10000, machine.value("B.sum", 0));
    assertEquals(3 + 40 + 500 + 6000 + 70000, machine.value("B.sum", 2));
  }
}
