package snel.runtime.schedule;

/// A text stands where a number is wanted. Only data can do that; who reads them says where.
final class TextForNumber extends RuntimeException {
  private final String text;

  TextForNumber(String text) {
    super("expected a number; found \"" + text + "\"");
    this.text = text;
  }

  String text() {
    return text;
  }
}
