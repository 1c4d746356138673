package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Worked examples 1, 1b, 3, 4 and 4b of the semantics: grid, stamps, refractoriness, reset.
class TimeGridTest {
  private static final String DRIVEN =
      """
      neuron Driven {
        state v : real = 0
        v' = (20 - v) / 10 ms
        spike when v > 15
        reset { v = 0 }
      }
      neuron DrivenRefractory extends Driven { refractory 2 ms holding v }
      network Net { population cell : Driven[1] }
      network Held { population cell : DrivenRefractory[1] }
      """;

  @Test
  void aStampIsTheInstantAfterTheCrossing() {
    Machine machine = Machine.of(DRIVEN, "Net", Machine.Options.F64);
    machine.runTo(138);
    assertEquals(14.968428938804825, machine.value("cell.v"), 1e-13);
    machine.runTo(139);
    assertEquals(0, machine.value("cell.v"));
    assertEquals(List.of(0), machine.spiking("cell"));
    assertEquals(List.of(278L, 417L), machine.stamps("cell", 500));
  }

  @Test
  void singlePrecisionAgreesToTheBit() {
    Machine machine = Machine.of(DRIVEN, "Net", Machine.Options.F32);
    machine.runTo(1);
    assertEquals(0x3e4bc787, machine.bits("cell.v", 0));
    machine.runTo(2);
    assertEquals(0x3ecac3fd, machine.bits("cell.v", 0));
    machine.runTo(10);
    assertEquals(0x3ff39dc0, machine.bits("cell.v", 0));
    machine.runTo(138);
    assertEquals(0x416f7eb1, machine.bits("cell.v", 0));
    assertEquals(List.of(139L), machine.stamps("cell", 200));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aRefractoryTimeHoldsWholeSteps(boolean single) {
    Machine machine =
        Machine.of(DRIVEN, "Held", single ? Machine.Options.F32 : Machine.Options.F64);
    assertEquals(List.of(139L), machine.stamps("cell", 159));
    assertEquals(0, machine.value("cell.v"));
    machine.runTo(160);
    assertEquals(0.1990033250166, machine.value("cell.v"), single ? 1e-7 : 1e-13);
    assertEquals(List.of(298L, 457L), machine.stamps("cell", 500));
  }

  private static final String DELTA =
      Models.DELTA
          + Models.strongAndWeak("Held")
          + """
          neuron Held extends Delta {
            param T = 2 ms
            refractory T holding v
          }
          /// One refractory time for each neuron, known at run time only.
          network Varied {
            input strong : spikes[2]
            input weak : spikes[2]
            population cell : Held[2](T: if self.index == 0 then 2 ms else 2 ms + 0.1 ms)
            connect strong -> cell.syn  one_to_one  weight 20
            connect weak -> cell.syn  one_to_one  weight 1
          }
          """;

  @Test
  void arrivalsAtAHeldStateAreDropped() {
    Machine machine = Machine.of(DELTA, "Net", Machine.Options.F64);
    machine.spikes("strong", 0, 10).spikes("weak", 0, 11, 30, 31);
    assertEquals(List.of(11L), machine.stamps("cell", 31));
    assertEquals(0, machine.value("cell.v"));
    machine.runTo(32);
    assertEquals(0.9900498337491681, machine.value("cell.v"), 1e-15);
    machine.runTo(33);
    assertEquals(0.9801986733067555, machine.value("cell.v"), 1e-15);
  }

  @Test
  void eachNeuronMayHaveItsOwnRefractoryTime() {
    Machine machine = Machine.of(DELTA, "Varied", Machine.Options.F64);
    machine.spikes("strong", 0, 10).spikes("strong", 1, 10);
    machine.spikes("weak", 0, 31).spikes("weak", 1, 31, 32);
    machine.runTo(32);
    assertEquals(0.9900498337491681, machine.value("cell.v", 0), 1e-15);
    assertEquals(0, machine.value("cell.v", 1));
    machine.runTo(33);
    assertEquals(0.9900498337491681, machine.value("cell.v", 1), 1e-15);
  }

  /// A jump that reaches a neuron in the instant of its own spike survives the reset.
  @Test
  void aJumpInTheInstantOfTheSpikeSurvives() {
    String text = Models.DELTA + Models.strongAndWeak("Delta");
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.spikes("strong", 0, 10).spikes("weak", 0, 11);
    assertEquals(List.of(11L), machine.stamps("cell", 11));
    machine.runTo(12);
    assertEquals(0.9900498337491681, machine.value("cell.v"), 1e-15);
  }

  @Test
  void aResetSubtractsOnceAStep() {
    String text =
        """
        neuron Subtracting {
          state v : real = 0
          v' = -v / 10 ms
          receive syn(w : real) { v += w }
          spike when v > 1
          reset { v -= 1 }
        }
        network Net {
          input train : spikes[1]
          population cell : Subtracting[1]
          connect train -> cell.syn  all  weight 3.5
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).spikes("train", 0, 0);
    double[] wanted = {2.4651744, 1.4406455, 0.4263109};
    for (int step = 1; step <= 3; step++) {
      machine.runTo(step);
      assertEquals(List.of(0), machine.spiking("cell"));
      assertEquals(wanted[step - 1], machine.value("cell.v"), 5e-8);
    }
    machine.runTo(4);
    assertEquals(List.of(), machine.spiking("cell"));
  }

  @ParameterizedTest
  @CsvSource({"0, 11, 12", "0.1, 12, 14", "1.5, 26, 42"})
  void aChainOfDeltaSynapses(String delay, long first, long second) {
    String text =
        Models.DELTA
            + """
            network Net {
              input A : spikes[1]
              population B : Delta[1]
              population C : Delta[1]
              connect A -> B.syn  all  weight 20  delay %1$s ms
              connect B -> C.syn  all  weight 20  delay %1$s ms
            }
            """
                .formatted(delay);
    for (String population : List.of("B", "C")) {
      Machine machine = Machine.of(text, "Net", Machine.Options.F32).spikes("A", 0, 10);
      assertEquals(
          List.of(population.equals("B") ? first : second), machine.stamps(population, 60));
    }
  }
}
