package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class JointRunTest {
  /// Counts steps of either kind, and finds fault with what is done in the wrong form.
  private static class Steps implements DividedKernels {
    private final long changeNanos;
    private boolean isDivided;
    private int changes;
    private long alone;
    private long together;
    private long stopAt = Long.MAX_VALUE;

    Steps(long changeNanos) {
      this.changeNanos = changeNanos;
    }

    long run(long steps) {
      check(!isDivided);
      alone += steps;
      LockSupport.parkNanos(steps * 20_000);
      return steps;
    }

    @Override
    public int sections() {
      return 1;
    }

    @Override
    public void begin() {
      change(true);
    }

    @Override
    public void end() {
      change(false);
    }

    private void change(boolean toDivided) {
      check(isDivided != toDivided);
      isDivided = toDivided;
      changes++;
      if (changeNanos > 0) {
        LockSupport.parkNanos(changeNanos);
      }
    }

    private static void check(boolean holds) {
      if (!holds) {
        throw new IllegalStateException();
      }
    }

    @Override
    public void alone(int section) {
      check(isDivided);
    }

    @Override
    public boolean isDivided(int section) {
      return true;
    }

    @Override
    public void part(int section, int part) {
      check(isDivided);
    }

    @Override
    public boolean advance() {
      together++;
      return together == stopAt;
    }
  }

  private static JointRun run(Steps steps, Optional<Pace> pace) {
    return new JointRun(steps::run, steps, 2, pace);
  }

  @Test
  void changesOverAndBack() {
    Steps steps = new Steps(0);
    JointRun run = run(steps, Optional.empty());
    assertEquals(10, run.run(10));
    assertEquals(10, steps.together);
    assertEquals(2, steps.changes);
    steps.stopAt = 15;
    assertEquals(5, run.run(10));
    assertEquals(4, steps.changes);
  }

  @Test
  void triesBothAndEndsInItsOwnForm() {
    Steps steps = new Steps(0);
    JointRun run = run(steps, Optional.of(Pace.trying(() -> true)));
    assertEquals(50_000, run.run(50_000));
    assertEquals(50_000, steps.alone + steps.together);
    assertTrue(steps.alone > 0 && steps.together > 0, steps.together + " together");
    assertEquals(0, steps.changes % 2);
  }

  @Test
  void doesNotChangeOverForFewSteps() {
    Steps steps = new Steps(5_000_000);
    JointRun run = run(steps, Optional.of(Pace.trying(() -> true)));
    for (int k = 0; k < 400; k++) {
      run.run(20);
    }
    assertTrue(steps.changes <= 20, steps.changes + " changes");
  }

  @Test
  void isInItsOwnFormAfterAFault() {
    Steps steps =
        new Steps(0) {
          @Override
          public void part(int section, int part) {
            throw new Fault(Fault.Kind.NOT_A_NUMBER, "x", 1);
          }
        };
    JointRun run = run(steps, Optional.empty());
    assertThrows(Fault.class, () -> run.run(3));
    assertEquals(2, steps.changes);
  }
}
