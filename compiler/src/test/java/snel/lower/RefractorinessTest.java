package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What else moves, and what is kept, while a neuron is refractory.
class RefractorinessTest {
  @Test
  void aHeldStateIsAConstantToTheOthers() {
    String text =
        """
        neuron Adapting {
          state v : real = 0
          state w : real = 0
          v' = (20 - v) / 10 ms
          w' = (v - w) / 5 ms
          spike when v > 15
          reset { v = 0 }
          refractory 2 ms holding v
        }
        network Net { population cell : Adapting[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.runTo(139);
    double w = machine.value("cell.w");
    assertTrue(w > 5);
    for (int step = 140; step <= 159; step++) {
      machine.runTo(step);
      w *= Math.exp(-0.1 / 5);
      assertEquals(0, machine.value("cell.v"));
      assertEquals(w, machine.value("cell.w"), 1e-12);
    }
    machine.runTo(160);
    assertEquals(20 * (1 - Math.exp(-0.01)), machine.value("cell.v"), 1e-13);
    assertTrue(machine.value("cell.w") > w * Math.exp(-0.1 / 5) + 1e-3);
  }

  /// Runge-Kutta's slopes between the ends of a step may not see a held state move either.
  @Test
  void aHeldStateStandsStillWithinAStepOfRungeKutta() {
    String text =
        """
        neuron Quadratic {
          state v : real = 0
          state w : real = 1
          v' = (1 + v^2) / 1 ms
          w' = (v - w^3) / 1 ms
          spike when v > 2
          reset { v = 0; w = 1 }
          refractory 1 ms holding v
        }
        network Net { population cell : Quadratic[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    long stamp = machine.stamps("cell", 30).get(0);
    machine = Machine.of(text, "Net", Machine.Options.F64).runTo(stamp + 1);
    double k1 = -1;
    double k2 = -Math.pow(1 + 0.05 * k1, 3);
    double k3 = -Math.pow(1 + 0.05 * k2, 3);
    double k4 = -Math.pow(1 + 0.1 * k3, 3);
    double wanted = 1 + 0.1 / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
    assertEquals(wanted, machine.value("cell.w"), 1e-15);
    assertEquals(0, machine.value("cell.v"));
  }

  /// `on pre` reads its target as the step found it: what was kept comes with the slot's arrivals.
  @Test
  void whatWasKeptIsGivenAfterOnPre() {
    String text =
        """
        neuron Kept {
          state v : real = 0
          receive syn(w : real) { v += w }
          spike when v > 1
          reset { v = 0 }
          refractory 0.2 ms holding v accumulates
        }
        synapse Sees { weight w : real
          on pre { deliver 0; w = post.v } }
        network Net {
          input train : spikes[1]
          input look : spikes[1]
          population cell : Kept[1]
          connect train -> cell.syn  all  weight 2
          connect look -> cell.syn as seen  all  weight 9  synapse Sees
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.spikes("train", 0, 10, 12).spikes("look", 0, 13);
    assertEquals(0, machine.runTo(14).value("seen.w"));
    assertEquals(List.of(0), machine.spiking("cell"));
  }

  /// Equations and arrivals are what a held state does without; what the author says with `every`
  /// is done (semantics.md §4), and is no input to be kept.
  @ParameterizedTest
  @ValueSource(strings = {"", "accumulates"})
  void everyAssignsAHeldState(String accumulates) {
    String text =
        """
        neuron Counting {
          state v : real = 0
          v' = 20 / 1 ms
          spike when v > 1
          reset { v = 0 }
          refractory 2 ms holding v %s
          every 1 ms { v -= 3 }
        }
        network Net { population cell : Counting[1] }
        """
            .formatted(accumulates);
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    assertEquals(List.of(1L), machine.stamps("cell", 1));
    assertEquals(0, machine.runTo(9).value("cell.v"));
    assertEquals(-3, machine.runTo(10).value("cell.v"));
    assertEquals(-6, machine.runTo(20).value("cell.v"));
    assertEquals(-4, machine.runTo(22).value("cell.v"), 1e-12);
  }

  /// As in Brian2, the condition is that of the state with which the step begins.
  @Test
  void aConditionMayReplaceTheTime() {
    String text =
        """
        neuron Wave {
          state v : real = 0
          state u : real = 1
          v' = u / 1 ms
          u' = -v / 1 ms
          spike when v > 0.5
          refractory while v > 0.5
        }
        network Net { population cell : Wave[1] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    // v = sin t passes 0.5 at pi/6 + 2 pi k = 0.5236, 6.8068, 13.0899
    assertEquals(List.of(6L, 69L, 131L), machine.stamps("cell", 150));
  }

  /// Before its first spike no neuron is refractory, and one that starts over the threshold has not
  /// crossed it: x = cos(t / 5 ms) rises over 0.9 at 29.161 ms and every 31.416 ms after.
  @ParameterizedTest
  @ValueSource(strings = {"0.5", "-2"})
  void aConditionBeginsWithASpike(String low) {
    String text =
        """
        neuron Oscillator {
          state x : real = 1
          state y : real = 0
          x' = -y / 5 ms
          y' = x / 5 ms
          spike on crossing x > 0.9
          refractory while x > %s
        }
        network Net { population cell : Oscillator[1] }
        """
            .formatted(low);
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    List<Long> all = List.of(292L, 606L, 920L);
    assertEquals(low.equals("0.5") ? all : all.subList(0, 1), machine.stamps("cell", 1000));
  }

  @Test
  void inputMayBeKeptToTheEnd() {
    String text =
        Models.DELTA
            + "neuron Kept extends Delta { refractory 2 ms holding v accumulates }\n"
            + Models.strongAndWeak("Kept");
    Machine machine = Machine.of(text, "Net", Machine.Options.F64);
    machine.spikes("strong", 0, 10).spikes("weak", 0, 11, 30);
    assertEquals(List.of(11L), machine.stamps("cell", 31));
    assertEquals(0, machine.value("cell.v"));
    machine.runTo(32);
    double wanted = (Math.exp(-0.2) + Math.exp(-0.01)) * Math.exp(-0.01);
    assertEquals(wanted, machine.value("cell.v"), 1e-15);
    machine.runTo(60);
    assertEquals(wanted * Math.exp(-0.28), machine.value("cell.v"), 1e-14);
  }

  /// Arrivals of 1 and 0.5 in steps 11 and 20 are given in step 31, on top of one that comes then;
  /// 127 + 127 saturates.
  @ParameterizedTest
  @CsvSource({
    "'fixed(8, 8)', 1, 0.5, 3.5, 256",
    "'fixed(8, 8)', 127, 127, 127.99609375, 256",
    "int, 1, 5, 8, 1"
  })
  void inputOfWholeNumbersMayBeKeptToo(
      String type, String first, String second, double wanted, int scale, @TempDir Path folder) {
    String text =
        """
        neuron Whole {
          state v : %1$s = 0
          receive syn(w : %1$s) { v += w }
          spike when v >= 15
          reset { v = 0 }
          refractory 2 ms holding v accumulates
        }
        network Net {
          input strong : spikes[1]
          input early : spikes[1]
          input late : spikes[1]
          input after : spikes[1]
          population cell : Whole[1]
          connect strong -> cell.syn  all  weight 20
          connect early -> cell.syn  all  weight %2$s
          connect late -> cell.syn  all  weight %3$s
          connect after -> cell.syn  all  weight 2
        }
        """
            .formatted(type, first, second);
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    machine.spikes("strong", 0, 10).spikes("early", 0, 11).spikes("late", 0, 20);
    machine.spikes("after", 0, 31).runTo(31);
    assertEquals(0, machine.value("cell.v"));
    List<Long> spikes = machine.stamps("cell", 32);
    assertEquals(wanted >= 15 ? List.of(32L) : List.of(), spikes);
    assertEquals(wanted >= 15 ? 0 : wanted * scale, machine.value("cell.v"));
    new BothTargets(folder).sameStates(machine.program, 40);
  }
}
