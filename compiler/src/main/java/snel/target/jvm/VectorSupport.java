package snel.target.jvm;

import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;

/// Which statements of an independent loop can be done for several iterations at once.
final class VectorSupport {
  /// The smallest vector there is.
  private static final int LEAST_BITS = 64;

  private final LoopFacts facts;
  private final int lanes;

  /// @param preferredBits size of this machine's vectors
  VectorSupport(LoopFacts facts, List<Stmt> body, int preferredBits) {
    this.facts = facts;
    this.lanes = preferredBits / widestBits(body);
  }

  /// How many iterations are done at once.
  int lanes() {
    return lanes;
  }

  boolean supports(Stmt stmt) {
    return supports(stmt, false);
  }

  /// @param guarded whether the statement is done in some iterations only
  private boolean supports(Stmt stmt, boolean guarded) {
    return switch (stmt) {
      case Stmt.Let(_, Expr value) -> supports(value, guarded);
      case Stmt.Var(_, Expr value) -> supports(value, guarded);
      case Stmt.Assign(_, Expr value) -> supports(value, guarded);
      case Stmt.Store(Buffer buffer, Expr index, Expr value) ->
          isWalked(buffer, index, guarded) && supports(value, guarded);
      case Stmt.If branch ->
          supports(branch.condition(), guarded)
              && branch.then().stream().allMatch(inner -> supports(inner, true))
              && branch.otherwise().stream().allMatch(inner -> supports(inner, true));
      case Stmt.Loop _, Stmt.While _, Stmt.Collect _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ ->
          false;
    };
  }

  private boolean isWalked(Buffer buffer, Expr index, boolean guarded) {
    Optional<Expr> offset = facts.offset(index);
    return offset.isPresent()
        && lanes * LaneType.of(buffer.cell()).bits >= LEAST_BITS
        && Purity.cannotFault(index)
        && (!guarded || facts.isAlwaysInBounds(buffer, index));
  }

  boolean supports(Expr expr, boolean guarded) {
    if (!Purity.cannotFault(expr)) {
      return false;
    }
    if (facts.isInvariant(expr)) {
      return !guarded || readsInBounds(expr);
    }
    if (expr instanceof Expr.Load(Buffer buffer, Expr index)) {
      return isWalked(buffer, index, guarded);
    }
    return hasVectorForm(expr) && operandsAreSupported(expr, guarded);
  }

  private boolean operandsAreSupported(Expr expr, boolean guarded) {
    if (expr instanceof Expr.Choose(Expr condition, Expr whenTrue, Expr whenFalse)) {
      return supports(condition, guarded) && supports(whenTrue, true) && supports(whenFalse, true);
    }
    return Nodes.operands(expr).stream().allMatch(operand -> supports(operand, guarded));
  }

  private boolean readsInBounds(Expr expr) {
    boolean own =
        !(expr instanceof Expr.Load(Buffer buffer, Expr at)) || facts.isAlwaysInBounds(buffer, at);
    return own && Nodes.operands(expr).stream().allMatch(this::readsInBounds);
  }

  private static boolean hasVectorForm(Expr expr) {
    return switch (expr) {
      case Expr.Const _, Expr.Read _, Expr.Fma _, Expr.Compare _, Expr.Choose _ -> true;
      case Expr.Load _ -> true;
      case Expr.Unary(UnaryOp op, _) ->
          switch (op) {
            case NEG, ABS, SQRT, NOT -> true;
            case FLOOR, CEIL, RINT -> false;
          };
      case Expr.Binary(BinaryOp op, Expr left, _) ->
          switch (op) {
            case ADD, SUB, MUL, MIN, MAX, AND, OR, XOR, SHL, SHR, USHR -> true;
            case DIV -> left.type().isFloat();
            case REM -> false;
          };
      case Expr.Convert _ -> true;
      case Expr.Call call ->
          switch (call.function().family()) {
            case FLOAT_BITS, BITS_FLOAT, BELOW, IS_FINITE, NEAR -> true;
            case OF_REAL,
                OF_TWO_REALS,
                POWER,
                OF_WORD,
                MULHI,
                ADD_EXACT,
                SUB_EXACT,
                MUL_EXACT,
                EXPONENTIAL_SEQUENCE,
                GAMMA_SEQUENCE,
                BINOMIAL_SEQUENCE,
                FIXED_EXP ->
                false;
          };
      case Expr.Philox _, Expr.Reduce _ -> false;
    };
  }

  /// Bits of the widest type of a value that differs between iterations; vectors of all types get
  /// the same number of lanes.
  private int widestBits(List<Stmt> body) {
    int[] widest = {32};
    Nodes.eachStatement(
        body,
        stmt -> {
          widest[0] = Math.max(widest[0], bitsKept(stmt));
          for (Expr operand : Nodes.operands(stmt)) {
            widest[0] = Math.max(widest[0], widestBits(operand));
          }
        });
    return widest[0];
  }

  /// Bits of what a statement keeps, even if that is the same in all iterations.
  private static int bitsKept(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Let(_, Expr value) -> LaneType.of(value.type()).bits;
      case Stmt.Var(_, Expr value) -> LaneType.of(value.type()).bits;
      case Stmt.Store(Buffer buffer, _, _) -> LaneType.of(buffer.cell()).bits;
      case Stmt.Assign _,
          Stmt.If _,
          Stmt.Loop _,
          Stmt.While _,
          Stmt.Collect _,
          Stmt.Push _,
          Stmt.Words _,
          Stmt.AddBits _ ->
          0;
    };
  }

  private int widestBits(Expr expr) {
    if (facts.isInvariant(expr)) {
      return 32;
    }
    int widest = expr.type() == Scalar.I64 || expr.type() == Scalar.F64 ? 64 : 32;
    for (Expr operand : Nodes.operands(expr)) {
      widest = Math.max(widest, widestBits(operand));
    }
    return widest;
  }
}
