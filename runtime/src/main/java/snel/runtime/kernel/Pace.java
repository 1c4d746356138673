package snel.runtime.kernel;

/// Chooses between stepping alone and together with other threads, by what either takes: another
/// process may want the processors, and a step may be too short to be shared.
///
/// Steps are done in stretches of a millisecond or two. Together is tried once alone is known, long
/// enough for its code to be compiled; where it does not pay, it is tried again after pauses that
/// double.
public final class Pace {
  /// Length of a stretch.
  private static final long STRETCH_NANOS = 2_000_000;

  private static final int MOST_STEPS = 100_000;

  /// A shorter step is not shared.
  private static final double LEAST_STEP_NANOS = 4_000;

  /// Stretches before alone is known: the code is still being compiled in the first ones.
  private static final int SETTLING = 20;

  /// Time that the first trial may take.
  private static final long FIRST_TRIAL_NANOS = 300_000_000;

  private static final int STRETCHES_OF_TRIAL = 3;

  /// Of so many stretches together one is done alone, to know what that would take now.
  private static final int CHECK_EVERY = 64;

  private static final int LEAST_PAUSE = 64;
  private static final int LONGEST_PAUSE = 4_096;

  private enum Stage {
    ALONE,
    TRIAL,
    TOGETHER
  }

  private Stage stage = Stage.ALONE;
  private double alone;
  private double together = Double.MAX_VALUE;
  private int stretches;
  private int pause = LEAST_PAUSE;
  private int slow;
  private long tried;
  private boolean hasTried;

  /// Whether the next stretch is to be done together.
  public boolean isTogether() {
    return switch (stage) {
      case ALONE -> false;
      case TRIAL -> true;
      case TOGETHER -> stretches % CHECK_EVERY != CHECK_EVERY - 1;
    };
  }

  /// Steps of the next stretch.
  public long steps() {
    double step = isTogether() && together < Double.MAX_VALUE ? together : alone;
    return step == 0 ? 1 : Math.clamp((long) (STRETCH_NANOS / step), 1, MOST_STEPS);
  }

  /// Notes what a stretch took.
  public void note(boolean wasTogether, long steps, long nanos) {
    if (steps == 0) {
      return;
    }
    double each = (double) nanos / steps;
    stretches++;
    if (wasTogether) {
      together = Math.min(together * 1.05, each);
    } else {
      alone = alone == 0 ? each : Math.min(alone * 1.05, each);
    }
    switch (stage) {
      case ALONE -> endAlone();
      case TRIAL -> endTrial(nanos);
      case TOGETHER -> watch(wasTogether, each);
    }
  }

  private void endAlone() {
    int wait = hasTried ? pause : SETTLING;
    if (stretches >= wait && alone > LEAST_STEP_NANOS) {
      stage = Stage.TRIAL;
      stretches = 0;
      tried = 0;
      together = Double.MAX_VALUE;
    }
  }

  private void endTrial(long nanos) {
    tried += nanos;
    boolean pays = stretches >= STRETCHES_OF_TRIAL && together < 0.95 * alone;
    if (pays) {
      stage = Stage.TOGETHER;
      stretches = 0;
      slow = 0;
      hasTried = true;
    } else if (stretches >= STRETCHES_OF_TRIAL && (hasTried || tried > FIRST_TRIAL_NANOS)) {
      goAlone();
    }
  }

  private void watch(boolean wasTogether, double each) {
    if (!wasTogether) {
      return;
    }
    slow = each > 1.1 * alone ? slow + 1 : 0;
    if (slow >= 2) {
      goAlone();
    } else if (stretches > CHECK_EVERY * 4) {
      pause = LEAST_PAUSE;
    }
  }

  private void goAlone() {
    pause = hasTried ? Math.min(2 * pause, LONGEST_PAUSE) : pause;
    hasTried = true;
    stage = Stage.ALONE;
    stretches = 0;
  }
}
