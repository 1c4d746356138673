package snel.runtime.measure;

/// Equal bins `(from + k·width, from + (k+1)·width]` over a window, the first with its beginning,
/// where an input may spike; what is left of the window after the last whole bin belongs to none.
record Bins(double from, double width, int count) {
  /// Quotients this close to a whole number are taken for it: times lie on a grid, but in binary
  /// 2.1 / 0.3 is not 7.
  private static final double NEARLY = 1e-9;

  static Bins over(SpikeTrains trains, double width) {
    if (!(width > 0)) {
      throw new IllegalArgumentException("a bin of width " + width);
    }
    return new Bins(trains.from(), width, (int) Math.floor(snapped(trains.duration() / width)));
  }

  /// The bin of a time; `count` or more if it comes after the last.
  int index(double time) {
    return Math.max(0, (int) Math.ceil(snapped((time - from) / width)) - 1);
  }

  private static double snapped(double quotient) {
    double nearest = Math.rint(quotient);
    return Math.abs(quotient - nearest) <= NEARLY * Math.max(1, Math.abs(nearest))
        ? nearest
        : quotient;
  }
}
