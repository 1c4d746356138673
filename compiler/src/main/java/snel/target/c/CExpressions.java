package snel.target.c;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Writes expressions in C. Each node is one operation: the text relies on no precedence and on no
/// contraction.
final class CExpressions {
  private final CNames buffers;
  private final CNames locals;
  private final int seed;

  CExpressions(CNames buffers, CNames locals, int seed) {
    this.buffers = buffers;
    this.locals = locals;
    this.seed = seed;
  }

  /// The text of an expression without reductions; anything but a name, a literal, a call or an
  /// element is in parentheses.
  String text(Expr expr) {
    return switch (expr) {
      case Expr.Const(Scalar type, long bits) -> CLiteral.of(type, bits);
      case Expr.Read(String name, _) -> locals.of(name);
      case Expr.Load(Buffer buffer, Expr index) -> element(buffer, index);
      case Expr.Unary(UnaryOp op, Expr operand) -> unary(op, operand);
      case Expr.Binary(BinaryOp op, Expr left, Expr right) -> binary(op, left, right);
      case Expr.Fma(Expr a, Expr b, Expr c) ->
          call("snel_fma_" + CType.suffix(c.type()), List.of(a, b, c));
      case Expr.Compare(CompareOp op, Expr left, Expr right) ->
          "(" + text(left) + " " + op.symbol() + " " + text(right) + ")";
      case Expr.Choose(Expr condition, Expr whenTrue, Expr whenFalse) ->
          "(" + text(condition) + " ? " + text(whenTrue) + " : " + text(whenFalse) + ")";
      case Expr.Convert(Scalar type, Expr operand) -> convert(type, operand);
      case Expr.Call call -> call(call);
      case Expr.Philox(Expr stream, Expr c0, Expr c1, Expr c2, Expr c3, Expr word) ->
          "((int32_t)snel_philox_word("
              + Integer.toUnsignedString(seed)
              + "u, "
              + arguments("(uint32_t)", List.of(stream, c0, c1, c2, c3, word))
              + "))";
      case Expr.Reduce _ -> throw new CompilerBug("a reduction was not hoisted");
    };
  }

  /// An element of a buffer, to be read or stored to.
  String element(Buffer buffer, Expr index) {
    String text = buffers.of(buffer.name()) + "[" + text(index) + "]";
    return switch (buffer.cell()) {
      case U8, U16 -> "((int32_t)" + text + ")";
      case I32, I64, F32, F64 -> text;
    };
  }

  private String unary(UnaryOp op, Expr operand) {
    Scalar type = operand.type();
    String x = text(operand);
    if (op == UnaryOp.NOT) {
      return "(!" + x + ")";
    }
    if (op == UnaryOp.NEG && type.isFloat()) {
      return "(-" + x + ")";
    }
    if (type.isFloat()) {
      String name = op == UnaryOp.ABS ? "fabs" : op.name().toLowerCase(Locale.ROOT);
      return name + (type == Scalar.F32 ? "f(" : "(") + x + ")";
    }
    return "snel_" + op.name().toLowerCase(Locale.ROOT) + "_" + CType.suffix(type) + "(" + x + ")";
  }

  private String binary(BinaryOp op, Expr left, Expr right) {
    Scalar type = left.type();
    String both = text(left) + ", " + text(right);
    String runtime =
        "snel_" + op.name().toLowerCase(Locale.ROOT) + "_" + CType.suffix(type) + "(" + both + ")";
    return switch (op) {
      case ADD -> type.isFloat() ? infix(left, "+", right) : runtime;
      case SUB -> type.isFloat() ? infix(left, "-", right) : runtime;
      case MUL -> type.isFloat() ? infix(left, "*", right) : runtime;
      case DIV -> type.isFloat() ? infix(left, "/", right) : runtime;
      case REM -> type.isFloat() ? (type == Scalar.F32 ? "fmodf(" : "fmod(") + both + ")" : runtime;
      case MIN, MAX, SHL, SHR, USHR -> runtime;
      case AND -> bits(type, infix(left, "&", right));
      case OR -> bits(type, infix(left, "|", right));
      case XOR -> bits(type, infix(left, "^", right));
    };
  }

  private static String bits(Scalar type, String text) {
    return type == Scalar.BOOL ? "((bool)" + text + ")" : text;
  }

  private String infix(Expr left, String symbol, Expr right) {
    return "(" + text(left) + " " + symbol + " " + text(right) + ")";
  }

  private String convert(Scalar to, Expr operand) {
    Scalar from = operand.type();
    String x = text(operand);
    if (from == to) {
      return x;
    }
    if (to == Scalar.BOOL) {
      return "(" + x + " != 0)";
    }
    if (from.isFloat() && to.isInteger()) {
      return "snel_" + CType.suffix(to) + "_from_" + CType.suffix(from) + "(" + x + ")";
    }
    return "((" + CType.of(to) + ")" + x + ")";
  }

  private String call(Expr.Call call) {
    List<Expr> arguments = call.arguments();
    String name = "snel_" + call.function().name().toLowerCase(Locale.ROOT);
    String suffix = "_" + CType.suffix(call.type());
    return switch (call.function().family()) {
      case OF_REAL, OF_TWO_REALS, POWER -> call(name + suffix, arguments);
      // those of libm, which are no farther off than an ulp
      case NEAR ->
          call(call.function().exactly() + (call.type() == Scalar.F32 ? "f" : ""), arguments);
      case OF_WORD -> name + suffix + "(" + arguments("(uint32_t)", arguments) + ")";
      case MULHI -> "((int64_t)snel_mulhi64(" + arguments("(uint64_t)", arguments) + "))";
      case BELOW ->
          "((uint32_t)" + text(arguments.get(0)) + " < (uint32_t)" + text(arguments.get(1)) + ")";
      case ADD_EXACT, SUB_EXACT, MUL_EXACT, FLOAT_BITS, BITS_FLOAT, IS_FINITE, FIXED_EXP ->
          call(name, arguments);
      case EXPONENTIAL_SEQUENCE, GAMMA_SEQUENCE, BINOMIAL_SEQUENCE ->
          name.replace("_sequence", "")
              + "("
              + Integer.toUnsignedString(seed)
              + "u, "
              + arguments("", arguments)
              + ")";
    };
  }

  private String call(String name, List<Expr> arguments) {
    return name + "(" + arguments("", arguments) + ")";
  }

  private String arguments(String cast, List<Expr> arguments) {
    return arguments.stream()
        .map(argument -> cast + text(argument))
        .collect(Collectors.joining(", "));
  }
}
