package snel.runtime.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeStepTest {
  @Test
  void timesAreRoundedOnce() {
    TimeStep tenth = TimeStep.ofMilliseconds(0.1);
    assertEquals(new TimeStep(1, 10), tenth);
    assertEquals(0.3, tenth.time(3)); // 0.1 + 0.1 + 0.1 is not
    assertEquals("13.9", tenth.text(139));
    assertEquals("0.0", tenth.text(0));
    assertEquals("1000000000.1", tenth.text(10_000_000_001L));
  }

  @Test
  void anyDecimalOrQuotientIsAStep() {
    assertEquals("7.5", TimeStep.ofMilliseconds(0.5).text(15));
    assertEquals("3", TimeStep.ofMilliseconds(1).text(3));
    assertEquals("50", TimeStep.ofMilliseconds(10).text(5));
    assertEquals("0.00375", TimeStep.ofMilliseconds(0.00125).text(3));
    assertEquals("0.3333333333333333", new TimeStep(1, 3).text(1));
    assertEquals(1, new TimeStep(1, 3).time(3));
  }

  @Test
  void aStepIsTheDecimalThatItIsPrintedAs() {
    Random random = new Random(5);
    for (int k = 0; k < 20_000; k++) {
      double step =
          switch (k % 3) {
            case 0 -> random.nextInt(1, 100_000_000) / Math.pow(10, random.nextInt(9));
            case 1 -> random.nextDouble(0.2, 1) * Math.pow(10, random.nextInt(4));
            default -> 8.0 / random.nextInt(8, 50);
          };
      BigDecimal printed = new BigDecimal(Double.toString(step)).stripTrailingZeros();
      TimeStep found = TimeStep.ofMilliseconds(step);
      BigDecimal taken = BigDecimal.valueOf(found.numerator());
      assertEquals(
          printed, taken.divide(BigDecimal.valueOf(found.denominator())).stripTrailingZeros());
    }
  }

  @Test
  void keysTellFactsApart() {
    RunKey key = RunKey.of(Map.of("seed", "42", "source", "abc"));
    assertEquals(12, key.text().length());
    assertEquals(key, RunKey.of(Map.of("source", "abc", "seed", "42")));
    assertNotEquals(key, RunKey.of(Map.of("source", "abc", "seed", "43")));
    assertNotEquals(RunKey.of(Map.of("a", "b1:c")), RunKey.of(Map.of("a", "b", "c", "")));
  }
}
