package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is given to `input … of post` of a synapse: one value for each target neuron.
class InputsOfPostTest {
  private static String network(String of, String given) {
    return """
    neuron Cell {
      state heard : real = 0
      state own : real = 10 + self.index
      receive syn(w : real) { heard += w }
    }
    synapse Told {
      input error : real %s
      weight w : real
      on pre { deliver w; w += error }
    }
    network Net {
      input train : spikes[2]
      input target : real[3]
      population cell : Cell[3]
      population pair : Cell[2]
      let missing = target - cell.own
      connect train -> cell.syn as syn  all  weight 0.5  synapse Told(error: %s)
    }
    """
        .formatted(of, given);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[7, 8, 9]; 7, 8, 9",
        "cell.own; 10, 11, 12",
        "2 * cell.own - 1; 19, 21, 23",
        "missing; -10, -11, -12",
        "4; 4, 4, 4",
      })
  void eachTargetHasItsOwn(String given, String expected) {
    Machine machine = Machine.of(network("of post", given), "Net", Machine.Options.F64);
    machine.spikes("train", 1, 3).runTo(5);
    String[] each = expected.split(", ");
    for (int target = 0; target < 3; target++) {
      assertEquals(0.5, machine.value("syn.w", target));
      assertEquals(0.5 + Double.parseDouble(each[target]), machine.value("syn.w", 3 + target));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"''; [7, 8, 9]", "''; cell.own", "of post; [7, 8]", "of post; pair.own"})
  void shapesMustAgree(String of, String given) {
    assertEquals(
        List.of("UNLIKE_SHAPES"), Machine.faults(network(of, given), "Net", Machine.Options.F64));
  }
}
