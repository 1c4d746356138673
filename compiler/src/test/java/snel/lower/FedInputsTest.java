package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Spikes that reach a part through its inputs and leave it through its outputs.
class FedInputsTest {
  private static final String PART =
      """
      neuron Relay {
        state v : real = 0
        state heard : real = 0
        receive syn(w : real) { v += w; heard += w }
        event burst when v > 3
        spike when v > 1
        reset { v = 0 }
      }
      network Part {
        input come : spikes[2]
        population cell : Relay[2]
        connect come -> cell.syn  one_to_one  weight 2 + pre.index
        output out = cell
      }
      """;

  private static String text(String connect) {
    return PART
        + """
        network Net {
          input train : spikes[2]
          network a : Part
          network b : Part
          population lone : Relay[3]
          %s
        }
        """
            .formatted(connect);
  }

  private static String given(String items) {
    return PART
        + """
        network Middle { input through : spikes[2]; network inner : Part(come: through) }
        network Net {
          network early : Part(come: train[2 .. 3])
          input train : spikes[4]
          %s
        }
        """
            .formatted(items);
  }

  /// A spike in slot 3 makes `a.cell` spike at 4, whose arrival makes `b.cell` spike at 5.
  @Test
  void partsInARow() {
    Machine machine =
        Machine.of(
            text("connect train -> a.come  one_to_one; connect a.out -> b.come  one_to_one"),
            "Net",
            Machine.Options.F64);
    machine.spikes("train", 1, 3).spikes("train", 0, 7).runTo(4);
    assertEquals(List.of(1), machine.spiking("a.cell"));
    assertEquals(3, machine.value("a.cell.heard", 1));
    machine.runTo(5);
    assertEquals(List.of(1), machine.spiking("b.cell"));
    machine.runTo(9);
    assertEquals(List.of(0), machine.spiking("b.cell"));
    assertEquals(2, machine.value("b.cell.heard", 0));
    assertEquals(3, machine.value("b.cell.heard", 1));
  }

  @ParameterizedTest
  @CsvSource({
    "connect train -> a.come  all, NO_MEANING_HERE",
    "connect train -> a.come  one_to_one  delay 1 ms, NO_MEANING_HERE",
    "connect lone -> a.come  one_to_one, UNEQUAL_SIZES",
    "connect lone[0 ..< 2].burst -> a.come  one_to_one, NOT_CONNECTABLE",
    "'connect train -> a.come  one_to_one; connect train -> a.come  one_to_one', TWO_RULES_FOR_ONE",
  })
  void whatWouldBeIgnoredIsRefused(String connect, String fault) {
    assertEquals(List.of(fault), Machine.faults(text(connect), "Net", Machine.Options.F64));
  }

  /// What is given to an input of spikes stands for it, as what is connected does: also a part of
  /// another input, for many parts, and through the input of a part in between.
  @Test
  void whatIsGivenStandsForTheInput() {
    Machine machine =
        Machine.of(
            given(
                """
                network many : Part[2](come: train[0 .. 1])
                network deep : Middle(through: train[0 .. 1])
                """),
            "Net",
            Machine.Options.F64);
    machine.spikes("train", 0, 1).spikes("train", 1, 2).spikes("train", 3, 4).runTo(5);
    for (String path : List.of("many[0]", "many[1]", "deep.inner")) {
      assertEquals(2, machine.value(path + ".cell.heard", 0), path);
      assertEquals(3, machine.value(path + ".cell.heard", 1), path);
    }
    assertEquals(List.of(1), machine.spiking("early.cell"));
  }

  @ParameterizedTest
  @CsvSource({
    "'network a : Part(come: [[3 ms], [5 ms]])', NOT_CONNECTABLE",
    "'network a : Part(come: train)', UNEQUAL_SIZES",
    "'network a : Part(come: train[0 .. 1]); connect train[1 .. 2] -> a.come  one_to_one', "
        + "TWO_RULES_FOR_ONE",
  })
  void whatCannotStandForItIsRefused(String items, String fault) {
    assertEquals(List.of(fault), Machine.faults(given(items), "Net", Machine.Options.F64));
  }
}
