package snel.ir.text;

import java.util.List;
import java.util.stream.Collectors;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.ReduceOp;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Writes expressions: `fma(0.99f, E.v[i], E.g[i])`. Every operation inside another is in
/// parentheses.
final class ExpressionPrinter {
  private ExpressionPrinter() {}

  static String print(Expr expr) {
    String text = inner(expr);
    boolean wrapped =
        switch (expr) {
          case Expr.Binary binary -> Operators.symbol(binary.op()).isPresent();
          case Expr.Compare _, Expr.Choose _ -> true;
          case Expr.Const _,
              Expr.Read _,
              Expr.Load _,
              Expr.Unary _,
              Expr.Fma _,
              Expr.Convert _,
              Expr.Call _,
              Expr.Philox _,
              Expr.Reduce _ ->
              false;
        };
    return wrapped ? text.substring(1, text.length() - 1) : text;
  }

  private static String inner(Expr expr) {
    return switch (expr) {
      case Expr.Const(Scalar type, long bits) -> Literal.write(type, bits);
      case Expr.Read(String name, _) -> Names.write(name);
      case Expr.Load(Buffer buffer, Expr index) ->
          Names.write(buffer.name()) + "[" + print(index) + "]";
      case Expr.Unary(UnaryOp op, Expr operand) ->
          op == UnaryOp.NOT ? "!" + inner(operand) : call(Names.word(op), List.of(operand));
      case Expr.Binary(BinaryOp op, Expr left, Expr right) ->
          Operators.symbol(op)
              .map(symbol -> "(" + inner(left) + " " + symbol + " " + inner(right) + ")")
              .orElseGet(() -> call(Names.word(op), List.of(left, right)));
      case Expr.Fma(Expr a, Expr b, Expr c) -> call("fma", List.of(a, b, c));
      case Expr.Compare(CompareOp op, Expr left, Expr right) ->
          "(" + inner(left) + " " + op.symbol() + " " + inner(right) + ")";
      case Expr.Choose(Expr condition, Expr whenTrue, Expr whenFalse) ->
          "(" + inner(condition) + " ? " + inner(whenTrue) + " : " + inner(whenFalse) + ")";
      case Expr.Convert(Scalar type, Expr operand) -> call(Names.word(type), List.of(operand));
      case Expr.Call(Function function, Scalar type, List<Expr> arguments) -> {
        boolean implied =
            Operators.impliedType(function, arguments).equals(java.util.Optional.of(type));
        String name = Names.word(function) + (implied ? "" : ":" + Names.word(type));
        yield call(name, arguments);
      }
      case Expr.Philox(Expr stream, Expr c0, Expr c1, Expr c2, Expr c3, Expr word) ->
          call("philox", List.of(stream, c0, c1, c2, c3, word));
      case Expr.Reduce(ReduceOp op, String index, Expr from, Expr to, Expr body) ->
          Names.word(op)
              + "("
              + Names.write(index)
              + " in "
              + print(from)
              + " ..< "
              + print(to)
              + " : "
              + print(body)
              + ")";
    };
  }

  private static String call(String name, List<Expr> arguments) {
    return arguments.stream()
        .map(ExpressionPrinter::print)
        .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
