package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Fixed point (semantics.md §13), by the raw numbers that the cells hold.
class FixedPointTest {
  private static Machine machine(String states, String statements) {
    String text =
        """
        neuron Digital {
          %s
          every dt {
            %s
          }
        }
        network Net { population n : Digital[1] }
        """
            .formatted(states, statements);
    return Machine.of(text, "Net", Machine.Options.F32.step("1")).runTo(1);
  }

  private static double raw(String states, String statements) {
    return machine(states, statements).value("n.x");
  }

  /// 127 + 127 - 200 = 54: the sum in between needs a ninth bit before the point.
  @Test
  void sumsAreNarrowedOnceAtTheAssignment() {
    String states = "state x : fixed(8, 8) = 0; state a : fixed(8, 8) = 127";
    assertEquals(54 * 256, raw(states, "x = a + a - 200"));
    assertEquals(127 * 256, raw(states, "x = (a + a) * 0.5"));
    assertEquals(1 * 256, raw(states, "x = if a + a > 200 then 1 else 2"));
    assertEquals(2 * 256, raw(states, "x = if a < 200 and a > -200 then 2 else 1"));
    assertEquals(32767, raw(states, "x = a + a"));
    assertEquals(-32768, raw(states, "x = -a - a"));
  }

  /// What is compared, chosen or bounded is a part of the sum as all others are: 254 fits no state.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max(a + a, 0) - 200 | 54",
        "min(a + a, 200) - 100 | 100",
        "abs(-a - a) - 200 | 54",
        "relu(a + a) - 200 | 54",
        "clip(a + a, 0, 300) * 0.5 | 127",
        "mod(a + a, 150) | 104"
      })
  void valuesThatAreChosenStayWide(String value, long amount) {
    String states = "state x : fixed(8, 8) = 0; state a : fixed(8, 8) = 127";
    assertEquals(amount * 256, raw(states, "x = " + value));
  }

  /// 100 and 128, of types that are wider or one value off, fit no state that they are copied to.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixed(4, 8)                   | fixed(8, 8)                 | 100 | 2047",
        "fixed(4, 8, overflow: wrap)   | fixed(8, 8)                 | 100 | 1024",
        "fixed(8, 8)                   | fixed(8, 8, overflow: lava) | 128 | 32767",
        "fixed(8, 8, overflow: wrap)   | fixed(8, 8, overflow: lava) | 128 | -32768",
        "fixed(8, 8, overflow: lava)   | fixed(8, 8)                 | -128 | 32768",
        "fixed(16, 8)                  | fixed(8, 8)                 | 100 | 25600"
      })
  void whatIsCopiedFitsIntoItsState(String type, String other, int amount, long raw) {
    String states = "state x : %s = 0; state a : %s = 0".formatted(type, other);
    assertEquals(raw, raw(states, "a = %d; x = a".formatted(amount)));
  }

  /// 66 * 77 / 256 = 19.85, and 200 in eight bits that wrap is -56.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "max(b * 0.3, 0)",
        "clip(b * 0.3, 0, 1)",
        "relu(b * 0.3)",
        "-(-b * 0.3)",
        "if b > 0 then b * 0.3 else b"
      })
  void theVariableRoundsWhatIsChosen(String value) {
    String states = "state x : fixed(8, 8, rounding: zero) = 0; state b : fixed(8, 8) = 0.2578125";
    assertEquals(19, raw(states, "x = " + value));
    String wrapped = "state x : fixed(8, 8, overflow: wrap) = 0; state b : fixed(8, 8) = 100";
    assertEquals(-56 * 256, raw(wrapped, "x = max(b + b, 0)"));
  }

  /// 1.5 * 0.7: raw 384 in q8.8 and 11469 in q2.14; 384 * 11469 / 2^14 = 268.8.
  @ParameterizedTest
  @CsvSource({"nearest, 269", "floor, 268", "zero, 268"})
  void theProductOfTwoFormatsIsTakenWholeAndShiftedOnce(String rounding, long raw) {
    String states =
        """
        state x : fixed(8, 8, rounding: %s) = 0
        state a : fixed(8, 8) = 1.5
        state b : fixed(2, 14) = 0.7
        """
            .formatted(rounding);
    assertEquals(raw, raw(states, "x = a * b"));
  }

  /// 2.75 and -2.75 have four bits behind the point, what they are assigned to has one.
  @ParameterizedTest
  @CsvSource({"nearest, 6, -5", "floor, 5, -6", "zero, 5, -5"})
  void bitsTooManyBehindThePointGoAsTheVariableRounds(String rounding, long up, long down) {
    String states =
        "state x : fixed(8, 1, rounding: %s) = 0; state a : fixed(8, 4) = 2.75".formatted(rounding);
    assertEquals(up, raw(states, "x = a"));
    assertEquals(down, raw(states, "x = -a"));
    assertEquals(up + 2, raw(states, "x = a + 1"));
    assertEquals(down, raw(states, "x = a * (-1)"));
  }

  /// A mean of 4096 draws of 2 or 3 within four standard errors of 2.75.
  @Test
  void bitsTooManyBehindThePointGoAtRandom() {
    String text =
        """
        neuron Digital {
          state x : fixed(8, 0, rounding: stochastic) = 0
          state a : fixed(8, 4) = 2.75
          every dt { x = a }
        }
        network Net { population n : Digital[4096] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32.step("1")).runTo(1);
    double sum = 0;
    for (int k = 0; k < 4096; k++) {
      assertEquals(2.5, machine.value("n.x", k), 0.5);
      sum += machine.value("n.x", k);
    }
    assertEquals(2.75, sum / 4096, 4 * Math.sqrt(0.75 * 0.25 / 4096));
  }

  /// 3 * 0.4375 = 1.3125 whichever side has the bits behind the point.
  @ParameterizedTest
  @CsvSource({"a * b", "b * a"})
  void productsOfTwoFormatsWithinAnExpressionKeepTheBitsOfBoth(String product) {
    String states =
        """
        state x : fixed(8, 8) = 0
        state a : fixed(8, 0) = 3
        state b : fixed(2, 8) = 0.4375
        state c : fixed(8, 0) = 1
        """;
    assertEquals(592, raw(states, "x = c + " + product));
    assertEquals(-336, raw(states, "x = -(" + product + ")"));
    assertEquals(336, raw(states, "x = " + product + " * c"));
    assertEquals(256, raw(states, "x = if " + product + " > 1.2 then 1 else 2"));
    assertEquals(256 + 1755, raw(states, "x = c + a / b")); // 6.857
  }

  /// 2^22 and 2^14 are raw 2^36 and 2^30: their product needs 67 bits.
  @Test
  void productsBeyond64BitsSaturate() {
    String states =
        """
        state x : fixed(24, 0) = 0
        state a : fixed(24, 0) = 4_194_304
        state b : fixed(2, 14) = 0
        state d : fixed(16, 16) = 16384
        """;
    assertEquals(8388607, raw(states, "x = (a + b) * d"));
    assertEquals(8388607, raw(states, "x = d * (a + b)"));
    assertEquals(-8388608, raw(states, "x = (a + b) * (-d)"));
    assertEquals(-4194304, raw(states, "x = (a + b) * (-d / 16384)"));
  }

  /// A coefficient that is no number when compiled is rounded to the bits of its partner all the
  /// same: 0.3 is 77 / 256, and 77 * 256 + 128 >> 8 = 77.
  @Test
  void coefficientsHaveTheBitsOfTheirPartner() {
    String states = "param p = uniform(0.3, 0.3); state x : fixed(8, 8) = 1";
    assertEquals(77, raw(states, "x = x * p"));
    assertEquals(77, raw("state x : fixed(8, 8) = 1", "x = x * 0.3"));
    assertEquals(256 + 77, raw(states, "x = x + p"));
  }

  /// 250 mV are 0.25 of `stored in V`, raw 4096 of 2^14; half of it, and 10 mV more: 163.84 raw.
  @Test
  void theUnitSaysWhatOneIs() {
    String state = "state x : voltage*fixed(2, 14) = 250 mV stored in V";
    assertEquals(2048, raw(state, "x = x * 0.5"));
    assertEquals(4096 + 164, raw(state, "x += 10 mV"));
    assertEquals(1, raw(state, "x = if x > 249 mV and x < 251 mV then 0.061 mV else 0 mV"));
    String other = "; state v : voltage*fixed(8, 8) = 2 mV stored in mV";
    assertEquals(4096 + 33, raw(state + other, "x += v")); // 32.768
  }

  /// A mean of 4096 draws within four standard errors of the part that is cut off.
  @Test
  void roundingAtRandomIsRightOnTheAverage() {
    String text =
        """
        neuron Digital {
          state x : fixed(8, 8, rounding: stochastic) = 0
          every dt { x = decay(1.0 + x - x, 0.3) }
        }
        network Net { population n : Digital[4096] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32.step("1")).runTo(1);
    double sum = 0;
    for (int k = 0; k < 4096; k++) {
      double raw = machine.value("n.x", k);
      assertEquals(76.5, raw, 0.5);
      sum += raw;
    }
    double exact = 256 * Math.rint(0.3 * 4096) / 4096;
    double part = exact - 76;
    assertEquals(exact, sum / 4096, 4 * Math.sqrt(part * (1 - part) / 4096));
  }

  /// Two blocks that do the same are rounded by words of their own: the same up or down in about
  /// half of 4096 neurons, where a common word would make it all of them.
  @Test
  void blocksAreRoundedApart() {
    String text =
        """
        neuron Digital {
          state x : fixed(8, 8, rounding: stochastic) = 0.99609375
          state y : fixed(8, 8, rounding: stochastic) = 0.99609375
          every dt { x = x * 0.5 }
          every dt { y = y * 0.5 }
        }
        network Net { population n : Digital[4096] }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32.step("1")).runTo(1);
    int same = 0;
    for (int k = 0; k < 4096; k++) {
      same += machine.value("n.x", k) == machine.value("n.y", k) ? 1 : 0;
    }
    assertEquals(2048, same, 4 * 32);
  }

  /// 1000 arrivals of 8000 are 8000 * 256 * 1000 = 2,048,000,000 raw, below 2^31.
  @Test
  void sumsOfArrivalsFitInto32Bits() {
    assertEquals(List.of(), faults("weight 8000"));
    assertEquals(List.of("ACCUMULATOR_OVERFLOW"), faults("weight 9000"));
    assertEquals(List.of("ACCUMULATOR_OVERFLOW"), faults("weight 0  synapse Unbounded"));
    assertEquals(List.of(), faults("weight 0  synapse Bounded"));
  }

  /// Column sums 3 and 4 of what the bits can hold, brought to 6.
  @Test
  void fixedWeightsAreNormalisedAsAmounts() {
    String text =
        """
        neuron Digital {
          state x : fixed(8, 8) = 0
          receive syn(w : fixed(8, 8)) { x += w }
          spike when x > 100
          reset { x = 0 }
        }
        synapse Learning {
          weight w : fixed(8, 8) in 0 .. 8
          on pre  { deliver w }
          on post { w += 0.1 }
        }
        network Net {
          input train : spikes[2]
          population n : Digital[2]
          connect train -> n.syn as learn  all
            weight    1 + pre.index + 0.5 * post.index
            synapse   Learning
            normalise sum(w) per post to 6 on presentation.start
        }
        """;
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    machine.program.presentationStart().forEach(kernel -> machine.network.call(kernel.name()));
    assertEquals(2 * 256, machine.value("learn.w", 0));
    assertEquals(4 * 256, machine.value("learn.w", 2));
    assertEquals(576, machine.value("learn.w", 1)); // 1.5 * 6 / 4
    assertEquals(960, machine.value("learn.w", 3));
    machine.spikes("train", 1, 0).runTo(1);
    assertEquals(4 * 256, machine.value("n.x", 0));
  }

  @Test
  void aNetworkItselfHasNoFixedPointNumbers() {
    String text = "network Net { state x : fixed(8, 8) = 0; population n : One[1] }";
    String neuron = "neuron One { state v : real = 0; every 1 ms { v = 1 } }\n";
    assertEquals(List.of("WRONG_KIND"), Machine.faults(neuron + text, "Net", Machine.Options.F32));
  }

  private static List<String> faults(String weight) {
    String text =
        """
        neuron Digital {
          state x : fixed(16, 8) = 0
          receive syn(w : fixed(16, 8)) { x += w }
          spike when x > 1000
          reset { x = 0 }
        }
        synapse Unbounded { weight w : real; on pre { deliver w }; on post { w += 1 } }
        synapse Bounded { weight w : real in 0 .. 1; on pre { deliver w }; on post { w += 1 } }
        network Net {
          population a : Digital[1000]
          population n : Digital[1]
          connect a -> n.syn  all  %s
        }
        """
            .formatted(weight);
    return Machine.faults(text, "Net", Machine.Options.F32);
  }
}
