package snel.ir.protocol;

/// The unit a quantity is shown in: stored = shown * factor. The text of a plain number is empty.
public record Unit(String text, double factor) {
  public static final Unit NONE = new Unit("", 1);
}
