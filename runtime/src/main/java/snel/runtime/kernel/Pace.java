package snel.runtime.kernel;

/// Chooses between stepping alone and together with other threads, by what either takes: another
/// process may want the processors, and a step may be too short to be shared.
///
/// Together is tried now and then for a few steps, until its code is compiled and for as long as it
/// does not pay; what that loses against going alone is kept below a twentieth of the time.
public final class Pace {
  private static final long STRETCH_NANOS = 2_000_000;
  private static final long TRIAL_NANOS = 250_000;
  private static final int MOST_STEPS = 100_000;

  /// A shorter step is not shared.
  private static final double LEAST_STEP_NANOS = 4_000;

  /// The code is still being compiled in the first stretches.
  private static final int SETTLING = 10;

  /// What may be lost at most in a short time, and of a long one.
  private static final double MOST_LOSS_NANOS = 30e6;

  private static final double MOST_LOSS = 0.05;

  /// Less is not worth a change.
  private static final double LEAST_GAIN = 0.95;

  /// So many trials in a row have to pay.
  private static final int TRIALS = 2;

  /// Of so many stretches together one is done alone, to know what that would take now.
  private static final int CHECK_EVERY = 64;

  private boolean sharing;
  private boolean trying;
  private double alone;
  private double mayLose = MOST_LOSS_NANOS;
  private int stretches;
  private int successes;

  /// Whether the next stretch is to be done together.
  public boolean isTogether() {
    return sharing ? stretches % CHECK_EVERY != 0 : trying;
  }

  /// Steps of the next stretch.
  public long steps() {
    if (alone == 0) {
      return 1;
    }
    long nanos = trying && !sharing ? TRIAL_NANOS : STRETCH_NANOS;
    return Math.clamp((long) (nanos / alone), 1, MOST_STEPS);
  }

  /// How long so many steps take alone, by what is known.
  public double nanos(long steps) {
    return steps * alone;
  }

  /// Notes that so much time was spent on a change from one to the other.
  public void lose(long nanos) {
    mayLose -= nanos;
  }

  /// Notes what a stretch took.
  public void note(boolean wasTogether, long steps, long nanos) {
    if (steps == 0) {
      return;
    }
    double each = (double) nanos / steps;
    stretches++;
    mayLose = Math.min(MOST_LOSS_NANOS, mayLose + MOST_LOSS * nanos);
    if (wasTogether) {
      mayLose -= Math.max(0, nanos - steps * alone);
      successes = each < LEAST_GAIN * alone ? successes + 1 : 0;
      sharing = sharing ? each < alone / LEAST_GAIN : successes >= TRIALS;
    } else {
      alone = alone == 0 ? each : Math.min(alone * 1.05, each);
    }
    trying =
        stretches >= SETTLING
            && alone > LEAST_STEP_NANOS
            && (!wasTogether || successes > 0)
            && mayLose > 0;
  }
}
