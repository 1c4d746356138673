package snel.lower.protocol;

/// A number as messages show it.
final class PlainNumber {
  private PlainNumber() {}

  static String of(double number) {
    if (Double.isInfinite(number)) {
      return number > 0 ? "infinity" : "-infinity";
    }
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
