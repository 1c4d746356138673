package snel.runtime.kernel;

import java.util.function.BooleanSupplier;

/// Chooses between stepping alone and together with other threads, by what either takes: another
/// process may want the processors, and a step may be too short to be shared.
///
/// Where steps together are likely to pay they are done so as long as no other program wants the
/// processors: the code of those alone need not be compiled then. Where that is not known to be
/// likely, together is tried now and then for a few steps, until its code is compiled and for as
/// long as it does not pay; what that loses against going alone is kept below a thirtieth of the
/// time. Where much is left to do it is tried once for as long as compiling takes: a few steps now
/// and then are never enough for that.
public final class Pace {
  private static final long STRETCH_NANOS = 2_000_000;
  private static final long TRIAL_NANOS = 250_000;

  /// A trial takes so many times as long as changing over to it.
  private static final int WORTH_A_CHANGE = 8;

  private static final int MOST_STEPS = 100_000;

  /// A shorter step is not shared.
  private static final double LEAST_STEP_NANOS = 4_000;

  /// The code is still being compiled in the first stretches.
  private static final int SETTLING = 10;

  /// What may be lost at most in a short time, and of a long one.
  private static final double MOST_LOSS_NANOS = 30e6;

  private static final double MOST_LOSS = 0.03;

  /// So long is tried what has not been compiled, where so much is left to do.
  private static final double STUDY_NANOS = 700e6;

  private static final double WORTH_A_STUDY = 4e9;

  /// Less is not worth a change.
  private static final double LEAST_GAIN = 0.95;

  /// So many trials in a row have to pay.
  private static final int TRIALS = 2;

  /// What one thread takes is looked at again when so many times as long was spent together.
  private static final int CHECK_EVERY = 64;

  /// How often it is looked what other programs do.
  private static final double LOOK_NANOS = 300e6;

  private final boolean isLikely;
  private final BooleanSupplier areFree;
  private boolean sharing;
  private boolean trying;
  private double alone;
  private double latest;
  private double mayLose = MOST_LOSS_NANOS;
  private double sinceCheck;
  private double sinceLook;
  private double changes;
  private double study;
  private boolean hasStudied;
  private int stretches;
  private int successes;

  private Pace(boolean isLikely, BooleanSupplier areFree) {
    this.isLikely = isLikely;
    this.areFree = areFree;
    this.sharing = isLikely && areFree.getAsBoolean();
  }

  /// One that tries.
  ///
  /// @param areFree whether since the last question all threads could have a processor
  public static Pace trying(BooleanSupplier areFree) {
    return new Pace(false, areFree);
  }

  /// One for steps that are likely to pay together.
  ///
  /// @param areFree whether since the last question all threads could have a processor
  public static Pace likely(BooleanSupplier areFree) {
    return new Pace(true, areFree);
  }

  /// Is told that so many steps are left.
  public void ahead(long steps) {
    boolean isWorthStudy = alone > LEAST_STEP_NANOS && steps * alone > WORTH_A_STUDY;
    if (!isLikely && !hasStudied && sinceLook > LOOK_NANOS && isWorthStudy) {
      sinceLook = 0;
      hasStudied = areFree.getAsBoolean();
      study = hasStudied ? STUDY_NANOS : 0;
    }
  }

  /// Whether the next stretch is to be done together.
  public boolean isTogether() {
    return sharing
        ? isLikely || sinceCheck < CHECK_EVERY * (STRETCH_NANOS + changes)
        : trying || study > 0;
  }

  /// Steps of the next stretch.
  public long steps() {
    double each = isLikely ? latest : alone;
    if (each == 0) {
      return 1;
    }
    double trial = Math.max(TRIAL_NANOS, WORTH_A_CHANGE * changes);
    double nanos =
        trying && !sharing && study <= 0 ? Math.min(trial, STRETCH_NANOS) : STRETCH_NANOS;
    return Math.clamp((long) (nanos / each), 1, MOST_STEPS);
  }

  /// How long so many steps take alone, if that matters; else very long.
  public double nanos(long steps) {
    return isLikely ? Double.MAX_VALUE : steps * alone;
  }

  /// Notes that so much time was spent on a change from one to the other.
  public void lose(long nanos) {
    mayLose -= nanos;
    changes = nanos;
  }

  /// Notes what a stretch took.
  public void note(boolean wasTogether, long steps, long nanos) {
    if (steps == 0) {
      return;
    }
    latest = (double) nanos / steps;
    stretches++;
    mayLose = Math.min(MOST_LOSS_NANOS, mayLose + MOST_LOSS * nanos);
    if (!wasTogether) {
      alone = alone == 0 ? latest : Math.min(alone * 1.05, latest);
      sinceCheck = 0;
    } else if (!isLikely) {
      sinceCheck += nanos;
      mayLose -= study > 0 ? 0 : Math.max(0, nanos - steps * alone);
      successes = latest < LEAST_GAIN * alone ? successes + 1 : 0;
      sharing = sharing ? latest < alone / LEAST_GAIN : successes >= TRIALS;
      study = sharing ? 0 : study - nanos;
    }
    trying =
        !isLikely
            && stretches >= SETTLING
            && alone > LEAST_STEP_NANOS
            && (!wasTogether || successes > 0)
            && mayLose > 0;
    look(nanos);
  }

  /// Goes together if no other program wants the processors, else alone.
  private void look(double nanos) {
    sinceLook += nanos;
    if (isLikely && sinceLook > LOOK_NANOS) {
      sinceLook = 0;
      sharing = areFree.getAsBoolean();
    }
  }
}
