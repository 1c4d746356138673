package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// What is counted in whole numbers stays whole, beyond what `f32` can tell apart.
class WholeNumbersTest {
  private static Machine run(String declarations) {
    String text =
        """
        neuron Cell {
          state many : int = 20_000_001
          state few : int = 2
          %s
        }
        network Net { population cell : Cell[3](many: if self.index == 0 then 20_000_002 else 20_000_001) }
        """
            .formatted(declarations);
    return Machine.of(text, "Net", Machine.Options.F32).runTo(1);
  }

  @Test
  void sumsAndExtremesOfWholeNumbersAreWhole() {
    Machine machine =
        run(
            """
            state total : int = 0
            state least : int = 0
            state most : int = 0
            every dt {
              total = sum(peers.many)
              least = min(peers.many)
              most = max(peers.many)
            }
            """);
    assertEquals(60_000_004, machine.value("cell.total"));
    assertEquals(20_000_001, machine.value("cell.least"));
    assertEquals(20_000_002, machine.value("cell.most"));
  }

  @Test
  void truthsAreCounted() {
    Machine machine =
        run(
            """
            state times : int = 0
            state share : real = 0
            every dt {
              times = sum(peers.many > 20_000_001) * 5
              share = mean(peers.many > 20_000_001)
            }
            """);
    assertEquals(5, machine.value("cell.times"));
    assertEquals(1 / 3f, machine.value("cell.share"));
  }

  @Test
  void wholeExponentsMultiply() {
    Machine machine =
        run(
            """
            state base : real = -3
            state power : real = 0
            state inverse : real = 0
            every dt {
              power = base^self.index
              inverse = 2^(few - 4 * self.index)
            }
            """);
    for (int k = 0; k < 3; k++) {
      assertEquals(Math.pow(-3, k), machine.value("cell.power", k));
      assertEquals(Math.pow(2, 2 - 4 * k), machine.value("cell.inverse", k));
    }
  }
}
