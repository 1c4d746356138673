package snel.runtime.schedule;

/// Chooses how many samples to show side by side, by what they take so and one after the other.
final class SamplePace {
  /// Between two stretches the program may be stopped, and a checkpoint made.
  private static final double STRETCH_NANOS = 300e6;

  /// A copy of the network is made, and compiled, for no less to do.
  private static final double WORTH_NANOS = 4e9;

  /// Shorter samples are not shared: to wait for a turn takes a microsecond.
  private static final double LEAST_NANOS = 20_000;

  /// What copies do first runs before it is compiled.
  private static final int SETTLING = 3;

  private static final double LEAST_GAIN = 0.95;

  /// After a stretch that did not pay so many times as long passes without another.
  private static final double REST = 20;

  /// Some samples only are gone back over when several are together.
  private static final int MEASURED = 16;

  /// What a sample takes alone is measured again after so many stretches at most, at first after
  /// one and then ever later: while the program warms up it takes less and less.
  private static final int MOST_TRUSTED = 32;

  private final boolean always;

  /// What a sample takes alone, by the latest [#MEASURED].
  private double alone;

  private double sum;
  private int summed;
  private double spent;

  /// Samples that took the time spent.
  private long shown;

  private double resting;
  private int stretches;

  /// Stretches since that was measured, and after how many it is again.
  private int unmeasured;

  private int trusted = 1;

  SamplePace(boolean always) {
    this.always = always;
  }

  /// Notes what a sample took that was shown by itself.
  void alone(long nanos) {
    spent += nanos;
    shown++;
    resting -= nanos;
    sum += nanos;
    summed++;
    if (summed == MEASURED) {
      double mean = sum / MEASURED;
      alone = alone == 0 ? mean : Math.min(alone * 1.05, mean);
      sum = 0;
      summed = 0;
      if (unmeasured >= trusted) {
        unmeasured = 0;
        trusted = Math.min(2 * trusted, MOST_TRUSTED);
      }
    }
  }

  /// How many of `left` samples to show side by side now; less than two for none.
  int next(int left, int most) {
    if (always) {
      return Math.min(left, size(most));
    }
    boolean worth = stretches > 0 || spent + left * alone > WORTH_NANOS;
    boolean measures = unmeasured >= trusted;
    return worth && !measures && resting <= 0 && alone > LEAST_NANOS
        ? Math.min(left, size(most))
        : 0;
  }

  private int size(int most) {
    double each = Math.max(1, alone > 0 ? alone : spent / Math.max(1, shown));
    return Math.clamp((long) (STRETCH_NANOS / each), most, 1 << 20);
  }

  /// Notes what samples took side by side.
  void together(int samples, long nanos) {
    stretches++;
    unmeasured++;
    if (unmeasured == trusted) {
      sum = 0;
      summed = 0;
    }
    spent += nanos;
    shown += samples;
    boolean pays = samples > 0 && (double) nanos / samples < LEAST_GAIN * alone;
    if (!pays && stretches > SETTLING) {
      resting = REST * nanos;
    }
  }
}
