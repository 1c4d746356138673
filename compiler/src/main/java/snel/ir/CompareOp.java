package snel.ir;

/// IEEE comparisons for floats (all but `NE` are false on NaN), signed for integers.
public enum CompareOp {
  LT("<"),
  LE("<="),
  GT(">"),
  GE(">="),
  EQ("=="),
  NE("!=");

  private final String symbol;

  CompareOp(String symbol) {
    this.symbol = symbol;
  }

  /// As Java and C write it.
  public String symbol() {
    return symbol;
  }
}
