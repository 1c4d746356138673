package snel.units;

/// A unit as written after a number: `amount in coherent units = number * factor`.
///
/// @param text as the author wrote it
/// @param factor exact, but for roots of units such as `s^(1/2)`, which carry 256 bits
public record Unit(String text, Dimension dimension, Rational factor) {
  /// The unit in which amounts of `dimension` are stored (semantics.md §11); its text is empty for
  /// plain numbers.
  public static Unit coherent(Dimension dimension) {
    String text = dimension.isPlain() ? "" : DimensionFactor.coherentUnit(dimension);
    return new Unit(text, dimension, Rational.ONE);
  }

  /// What `number` of this unit is in coherent units.
  public Rational stored(Rational number) {
    return number.times(factor);
  }

  /// A stored amount in this unit, for messages: `0.25 ms`.
  public String show(Rational stored) {
    return text.isEmpty() ? number(stored) : number(stored) + " " + text;
  }

  /// As above, from a computed amount.
  public String show(double stored) {
    boolean finite = !Double.isNaN(stored) && !Double.isInfinite(stored);
    String special = Double.isNaN(stored) ? "NaN" : stored > 0 ? "infinity" : "-infinity";
    return finite ? show(Rational.ofShortest(stored)) : special;
  }

  private String number(Rational stored) {
    return Decimals.shown(stored.dividedBy(factor));
  }
}
