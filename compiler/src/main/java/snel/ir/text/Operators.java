package snel.ir.text;

import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Scalar;

/// Symbols and result types of operations.
final class Operators {
  private Operators() {}

  /// The infix symbol of an operator; `MIN` and `MAX` have none.
  static Optional<String> symbol(BinaryOp op) {
    return switch (op) {
      case ADD -> Optional.of("+");
      case SUB -> Optional.of("-");
      case MUL -> Optional.of("*");
      case DIV -> Optional.of("/");
      case REM -> Optional.of("%");
      case MIN, MAX -> Optional.empty();
      case AND -> Optional.of("&");
      case OR -> Optional.of("|");
      case XOR -> Optional.of("^");
      case SHL -> Optional.of("<<");
      case SHR -> Optional.of(">>");
      case USHR -> Optional.of(">>>");
    };
  }

  /// How tightly an infix operator binds; `?` is 0.
  static int precedence(BinaryOp op) {
    return switch (op) {
      case OR -> 1;
      case XOR -> 2;
      case AND -> 3;
      case SHL, SHR, USHR -> 5;
      case ADD, SUB -> 6;
      case MUL, DIV, REM -> 7;
      case MIN, MAX -> throw new IllegalArgumentException("not an infix operator");
    };
  }

  static final int COMPARISON = 4;

  /// The result type that a call has when none is written.
  static Optional<Scalar> impliedType(Function function, List<Expr> arguments) {
    return switch (function.family()) {
      case OF_WORD -> Optional.empty();
      case MULHI, ADD_EXACT, SUB_EXACT, MUL_EXACT, FIXED_EXP -> Optional.of(Scalar.I64);
      case BELOW, IS_FINITE -> Optional.of(Scalar.BOOL);
      case FLOAT_BITS -> Optional.of(Scalar.I32);
      case BITS_FLOAT -> Optional.of(Scalar.F32);
      case EXPONENTIAL_SEQUENCE, GAMMA_SEQUENCE, BINOMIAL_SEQUENCE -> Optional.of(Scalar.F64);
      case OF_REAL, OF_TWO_REALS, POWER, NEAR ->
          arguments.isEmpty() ? Optional.empty() : Optional.of(arguments.getFirst().type());
    };
  }
}
