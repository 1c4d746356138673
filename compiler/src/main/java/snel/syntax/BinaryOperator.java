package snel.syntax;

/// The operators with two operands, but for ranges and `|`, which are nodes of their own.
public enum BinaryOperator {
  POWER("^"),
  TIMES("*"),
  DIVIDE("/"),
  PLUS("+"),
  MINUS("-"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  EQUAL("=="),
  NOT_EQUAL("!="),
  IN("in"),
  AND("and"),
  OR("or");

  private final String text;

  BinaryOperator(String text) {
    this.text = text;
  }

  /// The operator as written.
  public String text() {
    return text;
  }
}
