package snel.ir.verify;

import static snel.ir.Scalar.BOOL;
import static snel.ir.Scalar.F32;
import static snel.ir.Scalar.F64;
import static snel.ir.Scalar.I32;
import static snel.ir.Scalar.I64;

import java.util.Arrays;
import java.util.List;
import snel.ir.Expr;
import snel.ir.Scalar;

/// The types of [snel.ir.Function]s.
final class Signatures {
  private Signatures() {}

  static boolean accepts(Expr.Call call) {
    Scalar type = call.type();
    return switch (call.function().family()) {
      case OF_REAL, NEAR -> type.isFloat() && has(call, type, type);
      case OF_TWO_REALS -> type.isFloat() && has(call, type, type, type);
      case POWER -> type.isFloat() && has(call, type, type, I64);
      case OF_WORD -> type.isFloat() && has(call, type, I32);
      case MULHI, ADD_EXACT, SUB_EXACT, MUL_EXACT -> has(call, I64, I64, I64);
      case BELOW -> has(call, BOOL, I32, I32);
      case FLOAT_BITS -> has(call, I32, F32);
      case BITS_FLOAT -> has(call, F32, I32);
      case IS_FINITE -> has(call, BOOL, F32) || has(call, BOOL, F64);
      case EXPONENTIAL_SEQUENCE -> has(call, F64, I32, I32, I32, I32);
      case GAMMA_SEQUENCE -> has(call, F64, I32, I32, I32, I32, F64);
      case BINOMIAL_SEQUENCE -> has(call, F64, I32, I32, I32, I32, F64, F64);
      case FIXED_EXP -> has(call, I64, I64, I32);
    };
  }

  private static boolean has(Expr.Call call, Scalar result, Scalar... parameters) {
    List<Scalar> arguments = call.arguments().stream().map(Expr::type).toList();
    return call.type() == result && arguments.equals(Arrays.asList(parameters));
  }
}
