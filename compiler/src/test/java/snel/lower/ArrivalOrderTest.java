package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The classes of arrivals (semantics.md §3): a body that is not linear in its argument runs once
/// for each arrival, in the order of the classes; sums have an accumulator for each projection
/// whose weight is read at arrival.
class ArrivalOrderTest {
  /// Appends the digit of each arrival: what came first stands first.
  private static final String DIGITS =
      """
      neuron Digits {
        state seen : real = 0
        receive digit(w : real) { seen = 10 * seen + w }
      }
      synapse Learning {
        weight w : real
        on pre { deliver w; w += 5 }
      }
      synapse Released {
        weight w : real
        on pre { deliver (if bernoulli(1) then w else 0) }
      }
      """;

  private static Machine digits(String connects) {
    String network =
        """
        network Net {
          input train : spikes[3]
          population cell : Digits[1]
          %s
        }
        """
            .formatted(connects);
    return Machine.of(DIGITS + network, "Net", Machine.Options.F64);
  }

  @ParameterizedTest
  @CsvSource({"0 ms, 0 ms, 10", "0 ms, 0.3 ms, 13", "0.2 ms, 0 ms, 12", "0.2 ms, 0.3 ms, 15"})
  void aBodyThatIsNotLinearRunsAfterBothDelays(String axonal, String dendritic, int slot) {
    String delays = "axonal delay " + axonal + "  dendritic delay " + dendritic;
    for (String synapse : new String[] {"", "synapse Learning", "synapse Released"}) {
      Machine machine =
          digits(
              "connect train -> cell.digit  all  weight pre.index + 1  " + delays + "  " + synapse);
      machine.spikes("train", 0, 10).runTo(slot);
      assertEquals(0, machine.value("cell.seen"), synapse);
      machine.runTo(slot + 1);
      assertEquals(1, machine.value("cell.seen"), synapse);
    }
  }

  /// Declared in another order than that of the classes: (iii), (ii), (i), (i).
  @Test
  void countedArrivalsComeFirstThenThoseKnownAtEmissionThenTheOthers() {
    Machine machine =
        digits(
            """
            connect train[0] -> cell.digit  all  weight 3  delay 0.1 ms  synapse Learning
            connect train[1] -> cell.digit  all  weight pre.index + 1
            connect train -> cell.digit     all  weight 1
            connect train[2] -> cell.digit  all  weight 7
            """);
    machine.spikes("train", 0, 9).spikes("train", 1, 10).spikes("train", 2, 10);
    machine.runTo(10);
    // slot 9: neuron 0 by the third projection
    assertEquals(1, machine.value("cell.seen"));
    machine.runTo(11);
    // slot 10: 1 1 of the third, 7, then 2, then 3
    assertEquals(111723, machine.value("cell.seen"));
  }

  /// Of (ii) the older stamp comes first, whatever is declared first; then the projection.
  @Test
  void olderStampsComeFirst() {
    Machine machine =
        digits(
            """
            connect train[0] -> cell.digit  all  weight pre.index + 1
            connect train[1] -> cell.digit  all  weight pre.index + 2  delay 0.2 ms
            connect train[0] -> cell.digit  all  weight pre.index + 3  dendritic delay 0.1 ms  synapse Learning
            connect train[2] -> cell.digit  all  weight pre.index + 4  dendritic delay 0.1 ms
            """);
    machine.spikes("train", 0, 9, 10).spikes("train", 1, 8).spikes("train", 2, 9).runTo(10);
    assertEquals(1, machine.value("cell.seen"));
    machine.runTo(11);
    // stamped 8: 3; stamped 9: 3 and 6; stamped 10: 1
    assertEquals(13361, machine.value("cell.seen"));
    machine.runTo(12);
    // the third projection's weight was 3 + 5 when it was read at slot 10
    assertEquals(133618, machine.value("cell.seen"));
  }

  @Test
  void drawnDelaysKeepTheOrderOfStamps() {
    Machine machine =
        digits(
            """
            connect train -> cell.digit  all  weight pre.index + 1
              delay  to_step(0.3 ms - 0.1 ms * pre.index)
            """);
    machine.spikes("train", 0, 10).spikes("train", 1, 11).spikes("train", 2, 12).runTo(14);
    assertEquals(123, machine.value("cell.seen"));
  }

  @Test
  void eachEventOfADriveRunsTheBody() {
    String text =
        """
        neuron Steps {
          state runs : real = 0
          state events : real = 0
          receive count(w : real) { runs += 1; events += w * w }
        }
        network Net {
          population cell : Steps[1]
          drive cell.count by poisson(20 kHz) weight 1
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F64).runTo(1000);
    assertEquals(machine.value("cell.events"), machine.value("cell.runs"));
    // 20 kHz for 100 ms: 2000 events, five standard deviations
    assertEquals(2000, machine.value("cell.runs"), 5 * Math.sqrt(2000));
  }

  /// 1e8 + 1 - 1e8 in f32 is 0 in one accumulator; released at random, the middle one has its own.
  @Test
  void randomReleaseHasAnAccumulatorOfItsOwn() {
    String text =
        """
        neuron Sum {
          state total : real = 0
          receive syn(w : real) { total += w }
        }
        synapse Released {
          weight w : real
          on pre { deliver (if bernoulli(1) then w else 0) }
        }
        network Net {
          input train : spikes[2]
          population cell : Sum[1]
          connect train[0] -> cell.syn  all  weight 1e8 + pre.index
          connect train[0] -> cell.syn  all  weight 1  synapse Released
          connect train[0] -> cell.syn  all  weight -1e8 - pre.index
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    machine.spikes("train", 0, 3).runTo(4);
    assertEquals(1, machine.value("cell.total"));
  }

  /// (1e8 + 1) + (1 - 1e8) is 0 in f32, ((1e8 + 1) + 1) - 1e8 would be too; 1 + (1e8 - 1e8) is 1.
  @Test
  void everyTransmissionHasAnAccumulatorOfItsOwn() {
    String text =
        """
        neuron Source { state x : real = if self.index == 0 then 1e8 else -1e8 }
        neuron Sum {
          input graded : real
          state total : real = 0
          every dt { total = graded }
        }
        synapse Graded { weight g : real; transmit g * pre.x }
        network Net {
          population source : Source[2]
          population cell : Sum[1]
          connect source[0] -> cell.graded  all  weight 1e-8  synapse Graded
          connect source -> cell.graded     all  weight 1     synapse Graded
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32).runTo(1);
    assertEquals(1, machine.value("cell.total"));
  }

  /// Older stamps first, then the projections in the order of declaration: 12 and 1 at step 10 for
  /// one, then 24.
  @Test
  void delaysThatDifferMeetAConstantOne(@TempDir Path folder) {
    String network =
        """
        network Net {
          input left : spikes[2]
          input right : spikes[1]
          population cell : Digits[2]
          connect left -> cell.digit   all  weight 1 + pre.index  delay 0.1 ms * post.index
          connect right -> cell.digit  all  weight 3 + post.index%s
        }
        """;
    Machine machine = Machine.of(DIGITS + network.formatted(""), "Net", Machine.Options.F64);
    machine.spikes("left", 0, 10).spikes("left", 1, 10, 11).spikes("right", 0, 10, 11);
    machine.runTo(11);
    assertEquals(123, machine.value("cell.seen", 0));
    assertEquals(4, machine.value("cell.seen", 1));
    machine.runTo(13);
    assertEquals(12323, machine.value("cell.seen", 0));
    assertEquals(41242, machine.value("cell.seen", 1));
    machine = Machine.of(DIGITS + network.formatted("  delay 0.2 ms"), "Net", Machine.Options.F64);
    machine.spikes("left", 0, 10).spikes("left", 1, 10, 12).spikes("right", 0, 10);
    machine.runTo(14);
    assertEquals(1232, machine.value("cell.seen", 0));
    assertEquals(1242, machine.value("cell.seen", 1));
    new BothTargets(folder).sameStates(machine.program, 20);
  }
}
