package snel.ir.verify;

import java.util.List;
import java.util.Map;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.UnaryOp;

/// Checks that the types of expressions agree and that what they read exists.
final class ExpressionChecker {
  private final Map<String, Buffer> buffers;
  private final Violations violations;
  private final Scope scope;

  ExpressionChecker(Map<String, Buffer> buffers, Violations violations, Scope scope) {
    this.buffers = buffers;
    this.violations = violations;
    this.scope = scope;
  }

  /// Checks `expr` and that its type is `expected`.
  void check(Expr expr, Scalar expected, String what) {
    check(expr);
    violations.require(expr.type() == expected, what + " is " + expr.type() + ", not " + expected);
  }

  void check(Expr expr) {
    if (expr instanceof Expr.Reduce reduce) {
      checkReduce(reduce);
      return;
    }
    Nodes.operands(expr).forEach(this::check);
    switch (expr) {
      case Expr.Const constant -> checkConst(constant);
      case Expr.Read(String name, Scalar type) -> {
        Scope.Local local = scope.find(name);
        if (local == null) {
          violations.add("local " + name + " is read where it is not in sight");
        } else {
          violations.require(
              local.type() == type, name + " is " + local.type() + ", read as " + type);
        }
      }
      case Expr.Load(Buffer buffer, Expr index) -> checkAccess(buffer, index);
      case Expr.Unary(UnaryOp op, Expr operand) ->
          violations.require(fits(op, operand.type()), op + " of " + operand.type());
      case Expr.Binary(BinaryOp op, Expr left, Expr right) ->
          violations.require(
              fits(op, left.type(), right.type()),
              op + " of " + left.type() + " and " + right.type());
      case Expr.Fma(Expr a, Expr b, Expr c) ->
          violations.require(
              c.type().isFloat() && a.type() == c.type() && b.type() == c.type(),
              "fma of " + a.type() + ", " + b.type() + ", " + c.type());
      case Expr.Compare(CompareOp op, Expr left, Expr right) ->
          violations.require(
              left.type() == right.type()
                  && (left.type() != Scalar.BOOL || op == CompareOp.EQ || op == CompareOp.NE),
              op + " of " + left.type() + " and " + right.type());
      case Expr.Choose(Expr condition, Expr whenTrue, Expr whenFalse) -> {
        violations.require(condition.type() == Scalar.BOOL, "a choice on " + condition.type());
        violations.require(
            whenTrue.type() == whenFalse.type(),
            "a choice between " + whenTrue.type() + " and " + whenFalse.type());
      }
      case Expr.Convert _ -> {}
      case Expr.Call call ->
          violations.require(
              Signatures.accepts(call),
              call.function()
                  + " of "
                  + call.arguments().stream().map(Expr::type).toList()
                  + " to "
                  + call.type());
      case Expr.Philox _ ->
          violations.require(
              Nodes.operands(expr).stream().allMatch(part -> part.type() == Scalar.I32),
              "a random word whose key or counter is not I32");
      case Expr.Reduce _ -> throw new IllegalStateException("checked above");
    }
  }

  private void checkReduce(Expr.Reduce reduce) {
    check(reduce.from(), Scalar.I32, "start of a reduction");
    check(reduce.to(), Scalar.I32, "end of a reduction");
    scope.enter();
    declare(reduce.index(), Scalar.I32, false);
    check(reduce.body());
    scope.leave();
    violations.require(reduce.type() != Scalar.BOOL, "a reduction of BOOL");
  }

  void declare(String name, Scalar type, boolean mutable) {
    violations.require(scope.declare(name, type, mutable), "two locals are named " + name);
  }

  /// Checks that the buffer is the program's and that the index can lie in it.
  void checkAccess(Buffer buffer, Expr index) {
    violations.require(
        buffer.equals(buffers.get(buffer.name())),
        "buffer " + buffer.name() + " is not declared, or otherwise");
    violations.require(index.type().isInteger(), "an index of " + index.type());
    if (index instanceof Expr.Const(_, long at)
        && buffer.length() instanceof Length.Fixed(long count)) {
      violations.require(
          at >= 0 && at < count, "element " + at + " of " + buffer.name() + ", which has " + count);
    }
  }

  private void checkConst(Expr.Const constant) {
    long bits = constant.bits();
    boolean fits =
        switch (constant.type()) {
          case BOOL -> bits == 0 || bits == 1;
          case I32, F32 -> bits == (int) bits;
          case I64, F64 -> true;
        };
    violations.require(fits, "a literal of " + constant.type() + " with bits " + bits);
  }

  private static boolean fits(UnaryOp op, Scalar type) {
    return switch (op) {
      case NEG, ABS -> type != Scalar.BOOL;
      case SQRT, FLOOR, CEIL, RINT -> type.isFloat();
      case NOT -> type == Scalar.BOOL;
    };
  }

  private static boolean fits(BinaryOp op, Scalar left, Scalar right) {
    return switch (op) {
      case ADD, SUB, MUL, DIV, REM, MIN, MAX -> left == right && left != Scalar.BOOL;
      case AND, OR, XOR -> left == right && !left.isFloat();
      case SHL, SHR, USHR -> left.isInteger() && right == Scalar.I32;
    };
  }

  /// Checks the bounds of a loop.
  void checkRange(Expr from, Expr to) {
    for (Expr bound : List.of(from, to)) {
      check(bound, Scalar.I32, "a bound");
    }
  }
}
