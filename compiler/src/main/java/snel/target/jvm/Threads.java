package snel.target.jvm;

/// How many threads step a network; its results are the same with any number.
///
/// @param most of them
/// @param always also where fewer are quicker
public record Threads(int most, boolean always) {
  public static final Threads ONE = new Threads(1, true);

  public Threads {
    if (most < 1) {
      throw new IllegalArgumentException("less than one thread");
    }
  }

  /// Exactly so many, if there is something to share.
  public static Threads exactly(int number) {
    return new Threads(number, true);
  }

  /// As many as prove quicker, up to a number.
  public static Threads upTo(int most) {
    return new Threads(most, false);
  }
}
