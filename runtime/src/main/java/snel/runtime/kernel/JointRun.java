package snel.runtime.kernel;

import java.util.Optional;
import java.util.function.LongUnaryOperator;

/// Runs steps alone or together with other threads; the results are the same.
public final class JointRun {
  /// A change of the way costs at most one part in so many of what is left to do.
  private static final int WORTH_A_CHANGE = 20;

  private final LongUnaryOperator alone;
  private final JointSteps joint;
  private final Optional<Pace> pace;

  /// What it took at last to change over to steps together and back.
  private long changeNanos;

  /// @param alone does steps alone, as [CompiledKernels#run]
  /// @param pace chooses; without it all steps are done together
  public JointRun(
      LongUnaryOperator alone, DividedKernels divided, int threads, Optional<Pace> pace) {
    this(alone, new SectionSteps(divided, threads), pace);
  }

  /// The same with steps in spans.
  public JointRun(
      LongUnaryOperator alone, SpannedKernels spanned, int threads, Optional<Pace> pace) {
    this(alone, new SpanSteps(spanned, threads), pace);
  }

  private JointRun(LongUnaryOperator alone, JointSteps joint, Optional<Pace> pace) {
    this.alone = alone;
    this.joint = joint;
    this.pace = pace;
  }

  /// See [CompiledKernels#run].
  public long run(long steps) {
    return pace.isPresent() ? chosen(steps, pace.get()) : together(steps);
  }

  private long together(long steps) {
    joint.begin();
    try {
      return joint.run(steps);
    } finally {
      joint.end();
    }
  }

  private long chosen(long steps, Pace chooses) {
    boolean isTogether = false;
    long done = 0;
    try {
      while (done < steps) {
        chooses.ahead(steps - done);
        boolean wanted =
            chooses.isTogether() && (isTogether || isWorth(chooses.nanos(steps - done)));
        if (wanted != isTogether) {
          isTogether = wanted;
          chooses.lose(change(wanted));
        }
        long most = Math.min(chooses.steps(), steps - done);
        long start = System.nanoTime();
        long now = isTogether ? joint.run(most) : alone.applyAsLong(most);
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
    return nanos >= WORTH_A_CHANGE * changeNanos;
  }

  /// Changes over and tells how long that took.
  private long change(boolean toTogether) {
    long start = System.nanoTime();
    if (toTogether) {
      joint.begin();
    } else {
      joint.end();
    }
    long nanos = System.nanoTime() - start;
    changeNanos = toTogether ? nanos : changeNanos + nanos;
    return nanos;
  }
}
