package snel.runtime.progress;

/// Times as people say them.
final class Duration {
  private static final int MINUTE = 60;
  private static final int HOUR = 3_600;

  private Duration() {}

  /// Whole seconds, with minutes and hours where there are any.
  static String words(double seconds) {
    long whole = Math.round(seconds);
    if (whole < MINUTE) {
      return whole + " s";
    }
    return whole < HOUR
        ? "%d min %02d s".formatted(whole / MINUTE, whole % MINUTE)
        : "%d h %02d min".formatted(whole / HOUR, whole % HOUR / MINUTE);
  }

  /// Simulated time in the unit that suits it.
  static String simulated(double milliseconds) {
    return milliseconds < 1_000
        ? "%d ms".formatted(Math.round(milliseconds))
        : "%s s".formatted(Math.round(milliseconds / 100) / 10.0);
  }
}
