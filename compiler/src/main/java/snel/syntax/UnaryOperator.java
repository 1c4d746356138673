package snel.syntax;

/// The operators with one operand.
public enum UnaryOperator {
  NEGATE("-"),
  NOT("not");

  private final String text;

  UnaryOperator(String text) {
    this.text = text;
  }

  /// The operator as written.
  public String text() {
    return text;
  }
}
