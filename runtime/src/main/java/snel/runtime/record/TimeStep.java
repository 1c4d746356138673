package snel.runtime.record;

import java.math.BigDecimal;

/// The length of a step as an exact quotient of ms, so that the time of step n is rounded once and
/// never summed up (semantics.md §1).
public record TimeStep(long numerator, long denominator) {
  private static final int MOST_DECIMALS = 9;

  /// No two decimal numbers with so few digits have the same nearest double.
  private static final long CERTAIN = 1L << 50;

  public TimeStep {
    if (numerator <= 0 || denominator <= 0) {
      throw new IllegalArgumentException("a step of " + numerator + "/" + denominator + " ms");
    }
  }

  /// The decimal number with the fewest digits that `milliseconds` is the nearest double to.
  public static TimeStep ofMilliseconds(double milliseconds) {
    long parts = 1;
    for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
      long all = Math.round(milliseconds * parts);
      if (all < CERTAIN && (double) all / parts == milliseconds) {
        return new TimeStep(all, parts);
      }
      parts *= 10;
    }
    BigDecimal exact = new BigDecimal(Double.toString(milliseconds)).stripTrailingZeros();
    int scale = Math.max(0, exact.scale());
    return new TimeStep(
        exact.movePointRight(scale).longValueExact(), BigDecimal.TEN.pow(scale).longValueExact());
  }

  /// The instant of a step in ms.
  public double time(long step) {
    return (double) Math.multiplyExact(step, numerator) / denominator;
  }

  /// The instant that lies `early` of a step before that of a step, in ms.
  public double time(long step, double early) {
    return early == 0 ? time(step) : time(step) - early * time(1);
  }

  /// The instant of a step in ms as a decimal number, exact where a few decimals allow it.
  public String text(long step) {
    int decimals = 0;
    long scale = 1;
    while (decimals < MOST_DECIMALS && Math.multiplyExact(scale, numerator) % denominator != 0) {
      scale *= 10;
      decimals++;
    }
    return scale * numerator % denominator == 0
        ? decimal(Math.multiplyExact(step, scale * numerator / denominator), decimals)
        : Double.toString(time(step));
  }

  /// The instant that lies `early` of a step before that of a step, as a decimal number.
  String text(long step, double early) {
    return early == 0 ? text(step) : Double.toString(time(step, early));
  }

  /// `digits` with a point before the last `decimals`.
  private static String decimal(long digits, int decimals) {
    String text = Long.toString(Math.abs(digits));
    if (decimals > 0) {
      String padded = "0".repeat(Math.max(0, decimals + 1 - text.length())) + text;
      int point = padded.length() - decimals;
      text = padded.substring(0, point) + '.' + padded.substring(point);
    }
    return digits < 0 ? '-' + text : text;
  }
}
