package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final double SECOND = 1e9;

  private final Pace pace = Pace.trying(() -> true);
  private double now;
  private double together;

  /// Runs for so long, with what a step takes alone and together at each moment.
  private void run(double seconds, DoubleUnaryOperator alone, DoubleUnaryOperator shared) {
    double end = now + seconds * SECOND;
    together = 0;
    while (now < end) {
      boolean isTogether = pace.isTogether();
      long steps = pace.steps();
      double nanos = steps * (isTogether ? shared : alone).applyAsDouble(now);
      pace.note(isTogether, steps, (long) nanos);
      now += nanos;
      together += isTogether ? nanos : 0;
    }
  }

  @Test
  void sharesWhereThatIsFaster() {
    run(1, _ -> 20_000, _ -> 12_000);
    run(5, _ -> 20_000, _ -> 12_000);
    assertTrue(together > 0.95 * 5 * SECOND, together + " ns");
  }

  @Test
  void waitsForItsCodeToBeCompiled() {
    run(0.5, _ -> 20_000, now -> now < 0.25 * SECOND ? 100_000 : 12_000);
    run(5, _ -> 20_000, _ -> 12_000);
    assertTrue(together > 0.95 * 5 * SECOND, together + " ns");
  }

  @Test
  void neverSharesShortSteps() {
    run(10, _ -> 1_500, _ -> 1_000);
    assertEquals(0, together);
  }

  @Test
  void losesLittleWhereItIsSlower() {
    run(10, _ -> 20_000, _ -> 100_000);
    run(60, _ -> 20_000, _ -> 100_000);
    assertTrue(together < 0.07 * 60 * SECOND, together + " ns");
  }

  @Test
  void followsWhatElseTheMachineDoes() {
    run(5, _ -> 20_000, _ -> 12_000);
    run(5, _ -> 20_000, _ -> 60_000);
    assertTrue(together < 0.1 * 5 * SECOND, together + " ns");
    run(20, _ -> 20_000, _ -> 12_000);
    run(20, _ -> 20_000, _ -> 12_000);
    assertTrue(together > 0.9 * 20 * SECOND, together + " ns");
  }

  @Test
  void aStretchIsShort() {
    run(1, _ -> 20_000, _ -> 12_000);
    assertTrue(pace.steps() * 12_000 < 5e6, pace.steps() + " steps");
  }

  /// Likely steps are done together as long as there is a processor for each thread.
  @Test
  void sharesLikelyStepsWhileProcessorsAreFree() {
    boolean[] free = {true};
    Pace likely = Pace.likely(() -> free[0]);
    for (int stretch = 0; stretch < 2_000; stretch++) {
      assertEquals(stretch < 200 || stretch >= 1_200, likely.isTogether(), "stretch " + stretch);
      likely.note(likely.isTogether(), likely.steps(), stretch % 200 == 199 ? 299_000_000 : 1_000);
      free[0] = stretch < 100 || stretch > 1_000;
      if (stretch % 200 == 199) {
        likely.note(likely.isTogether(), 1, 2_000_000);
      }
    }
  }

  /// Code that is compiled only when it has run for half a second, in stretches as they are.
  @Test
  void studiesCodeThatIsLongInCompilingWhereMuchIsLeft() {
    assertTrue(sharedOf(10 * SECOND) > 0.8 * 10 * SECOND);
    assertTrue(sharedOf(3 * SECOND) < 0.1 * 3 * SECOND);
  }

  /// How long steps were done together in so long a run.
  private static double sharedOf(double nanos) {
    Pace chooses = Pace.trying(() -> true);
    double left = nanos;
    double shared = 0;
    while (left > 0) {
      chooses.ahead((long) (left / 20_000));
      boolean isTogether = chooses.isTogether();
      long steps = chooses.steps();
      double took = steps * (!isTogether ? 20_000 : shared < 0.5 * SECOND ? 60_000 : 12_000);
      chooses.note(isTogether, steps, (long) took);
      shared += isTogether ? took : 0;
      left -= took;
    }
    return shared;
  }

  @Test
  void studiesNothingBesideOthers() {
    Pace chooses = Pace.trying(() -> false);
    for (int stretch = 0; stretch < 30; stretch++) {
      chooses.note(false, chooses.steps(), 20_000 * chooses.steps());
    }
    chooses.lose((long) SECOND); // so that it may not try either
    chooses.note(false, chooses.steps(), 20_000 * chooses.steps());
    chooses.ahead(1_000_000_000);
    assertEquals(false, chooses.isTogether());
  }
}
