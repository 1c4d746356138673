package snel.runtime.kernel;

import java.util.Optional;
import java.util.function.LongUnaryOperator;

/// Runs steps alone or together with other threads; the results are the same.
public final class JointRun {
  /// A change of the way costs at most one part in so many of what is left to do.
  private static final int WORTH_A_CHANGE = 20;

  private final LongUnaryOperator alone;
  private final DividedKernels divided;
  private final Team team;
  private final Optional<Pace> pace;

  /// What it took at last to change over to steps together and back.
  private long changeNanos;

  /// @param alone does steps alone, as [CompiledKernels#run]
  /// @param pace chooses; without it all steps are done together
  public JointRun(
      LongUnaryOperator alone, DividedKernels divided, int threads, Optional<Pace> pace) {
    this.alone = alone;
    this.divided = divided;
    this.team = new Team(divided, threads);
    this.pace = pace;
  }

  /// See [CompiledKernels#run].
  public long run(long steps) {
    return pace.isPresent() ? chosen(steps, pace.get()) : together(steps);
  }

  private long together(long steps) {
    begin();
    try {
      return steps(steps);
    } finally {
      end();
    }
  }

  private long chosen(long steps, Pace chooses) {
    boolean isTogether = false;
    long done = 0;
    try {
      while (done < steps) {
        boolean wanted =
            chooses.isTogether() && (isTogether || isWorth(chooses.nanos(steps - done)));
        if (wanted != isTogether) {
          isTogether = wanted;
          chooses.lose(change(wanted));
        }
        long most = Math.min(chooses.steps(), steps - done);
        long start = System.nanoTime();
        long now = isTogether ? steps(most) : alone.applyAsLong(most);
        chooses.note(isTogether, now, System.nanoTime() - start);
        done += now;
        if (now < most) {
          break;
        }
      }
      return done;
    } finally {
      if (isTogether) {
        chooses.lose(change(false));
      }
    }
  }

  private boolean isWorth(double nanos) {
    return nanos > WORTH_A_CHANGE * changeNanos;
  }

  /// Changes over and tells how long that took.
  private long change(boolean toTogether) {
    long start = System.nanoTime();
    if (toTogether) {
      begin();
    } else {
      end();
    }
    long nanos = System.nanoTime() - start;
    changeNanos = toTogether ? nanos : changeNanos + nanos;
    return nanos;
  }

  private void begin() {
    divided.begin();
    team.wake();
  }

  private void end() {
    team.rest();
    divided.end();
  }

  private long steps(long steps) {
    long done = 0;
    while (done < steps) {
      team.step();
      done++;
      if (divided.advance()) {
        break;
      }
    }
    return done;
  }
}
