package snel.syntax;

/// `=` and its compound forms.
public enum AssignmentOperator {
  SET("="),
  ADD("+="),
  SUBTRACT("-="),
  MULTIPLY("*="),
  DIVIDE("/=");

  private final String text;

  AssignmentOperator(String text) {
    this.text = text;
  }

  /// The operator as written.
  public String text() {
    return text;
  }
}
