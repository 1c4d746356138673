package snel.runtime.convert;

import java.util.Map;

/// How many inputs an ONNX operation has at least and at most.
record Arity(int least, int most) {
  private static final Arity ONE = new Arity(1, 1);
  private static final Arity ANY = new Arity(1, Integer.MAX_VALUE);
  private static final Arity TWO = new Arity(2, 2);
  private static final Arity TWO_AND_BIAS = new Arity(2, 3);
  private static final Arity NORMALISATION = new Arity(5, 5);

  /// What passes data on, such as `Reshape`, has sizes and the like beside it.
  private static final Arity PASSING = new Arity(1, 3);

  private static final Arity PAD = new Arity(1, 4);

  private static final Map<String, Arity> KNOWN =
      Map.ofEntries(
          Map.entry("Gemm", TWO_AND_BIAS),
          Map.entry("MatMul", TWO),
          Map.entry("Conv", TWO_AND_BIAS),
          Map.entry("ConvTranspose", TWO_AND_BIAS),
          Map.entry("BatchNormalization", NORMALISATION),
          Map.entry("Add", TWO),
          Map.entry("Sum", ANY),
          Map.entry("Concat", ANY),
          Map.entry("Sub", TWO),
          Map.entry("Mul", TWO),
          Map.entry("Div", TWO),
          Map.entry("Max", TWO),
          Map.entry("Min", TWO),
          Map.entry("Cast", ONE),
          Map.entry("Transpose", ONE),
          Map.entry("Pad", PAD),
          Map.entry("Relu", ONE),
          Map.entry("MaxPool", ONE),
          Map.entry("AveragePool", ONE),
          Map.entry("GlobalMaxPool", ONE),
          Map.entry("GlobalAveragePool", ONE));

  static Arity of(String operation) {
    return KNOWN.getOrDefault(operation, PASSING);
  }

  boolean allows(int inputs) {
    return inputs >= least && inputs <= most;
  }

  String text() {
    if (most == Integer.MAX_VALUE) {
      return "at least " + least;
    }
    return least == most ? least + "" : least + " or " + most;
  }
}
