package snel.gradient;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Stmt;
import snel.ir.UnaryOp;

/// What is done only if something has arrived. Where nothing has, it would change nothing, since
/// all that it adds is made of what arrives; so that derivatives may pass as if the condition were
/// not there, which they must: a spike that was not sent would have arrived.
final class Arrivals {
  private Arrivals() {}

  /// Whether the statements change nothing when all that they clear is 0 already.
  static boolean nothingWithout(List<Stmt> block, Flow flow, Names names, Reasons reasons) {
    for (Stmt stmt : block) {
      if (stmt instanceof Stmt.Loop loop && flow.isRelevant(stmt)) {
        Body body = Body.of(loop.body(), Map.of(), names, flow, reasons);
        if (!body.inner().isEmpty() || !nothingWithout(body, flow.ranges())) {
          return false;
        }
      } else if (flow.isRelevant(stmt)) {
        return false;
      }
    }
    return true;
  }

  private static boolean nothingWithout(Body body, Ranges ranges) {
    Set<Place> cleared = new HashSet<>();
    body.straight()
        .changed()
        .forEach((place, value) -> {
          if (Form.isZero(value)) {
            cleared.add(place);
          }
        });
    return body.changed().entrySet().stream()
        .allMatch(change -> {
          Expr value = body.straight().inlined(change.getValue());
          Expr less = Form.map(value, expr -> without(expr, cleared));
          Expr kept = ranges.simplified(less);
          return Form.isZero(value) || kept.equals(change.getKey().load());
        });
  }

  private static Expr without(Expr expr, Set<Place> cleared) {
    return switch (expr) {
      case Expr.Load(Buffer buffer, Expr index) when cleared.contains(new Place(buffer, index)) ->
          Form.constant(expr.type(), 0);
      case Expr.Convert(var type, var operand) when Form.isZero(operand) -> Form.constant(type, 0);
      case Expr.Fma(var a, var b, var c) when Form.isZero(a) || Form.isZero(b) -> c;
      case Expr.Binary(BinaryOp op, var left, var right) ->
          switch (op) {
            case ADD -> Form.add(left, right);
            case SUB -> Form.sub(left, right);
            case MUL -> Form.mul(left, right);
            case DIV -> Form.div(left, right);
            case REM, MIN, MAX, AND, OR, XOR, SHL, SHR, USHR -> expr;
          };
      case Expr.Unary(UnaryOp op, var operand) when op == UnaryOp.NEG -> Form.neg(operand);
      case Expr.Choose(var condition, var yes, var no) -> Form.choose(condition, yes, no);
      default -> expr;
    };
  }
}
