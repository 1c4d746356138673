package snel.pass;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Finds whether a loop that hands out what arrived may run when nothing did: where all that it
/// empties is empty, it adds zeros and no more. That is what semantics.md §3 has it do, which lets
/// a body run with the sum whether anything arrived or not (a state of -0 becomes 0).
final class IdleLoop {
  private record Place(Buffer buffer, Expr at) {}

  private final Set<Place> emptied = new HashSet<>();
  private final Set<String> zeros = new HashSet<>();

  private IdleLoop() {}

  /// Whether the body changes nothing where everything that it sets to zero was zero.
  static boolean isIdle(List<Stmt> body) {
    IdleLoop loop = new IdleLoop();
    for (Stmt stmt : body) {
      if (stmt instanceof Stmt.Store(Buffer buffer, Expr at, Expr.Const(_, long bits))
          && bits == 0) {
        loop.emptied.add(new Place(buffer, at));
      }
    }
    return !loop.emptied.isEmpty() && loop.changesNothing(body);
  }

  /// What a body sets to zero at the element of the loop's own index alone; nothing if it also does
  /// so elsewhere.
  static Set<Buffer> emptied(List<Stmt> body, String index) {
    Set<Buffer> buffers = new HashSet<>();
    Expr own = new Expr.Read(index, Scalar.I32);
    for (Stmt stmt : body) {
      if (stmt instanceof Stmt.Store(Buffer buffer, Expr at, Expr.Const(_, long bits))
          && bits == 0) {
        if (!at.equals(own)) {
          return Set.of();
        }
        buffers.add(buffer);
      }
    }
    return buffers;
  }

  private boolean changesNothing(List<Stmt> body) {
    for (Stmt stmt : body) {
      boolean idle =
          switch (stmt) {
            case Stmt.Let(String name, Expr value) -> {
              if (isZero(value)) {
                zeros.add(name);
              }
              yield true;
            }
            case Stmt.Store(Buffer buffer, Expr at, Expr value) ->
                isSame(new Place(buffer, at), value);
            case Stmt.If(_, List<Stmt> then, List<Stmt> otherwise) ->
                changesNothing(then) && changesNothing(otherwise);
            case Stmt.Var _,
                Stmt.Assign _,
                Stmt.Loop _,
                Stmt.While _,
                Stmt.Collect _,
                Stmt.Push _,
                Stmt.Words _,
                Stmt.AddBits _ ->
                false;
          };
      if (!idle) {
        return false;
      }
    }
    return true;
  }

  /// Whether `value` is what lies at `place`.
  private boolean isSame(Place place, Expr value) {
    return switch (value) {
      case Expr.Const(_, long bits) -> bits == 0 && emptied.contains(place);
      case Expr.Load(Buffer buffer, Expr at) -> new Place(buffer, at).equals(place);
      case Expr.Binary(BinaryOp op, Expr left, Expr right) ->
          switch (op) {
            case ADD ->
                isSame(place, left) && isZero(right) || isZero(left) && isSame(place, right);
            case SUB -> isSame(place, left) && isZero(right);
            case MUL, DIV, REM, MIN, MAX, AND, OR, XOR, SHL, SHR, USHR -> false;
          };
      case Expr.Fma(Expr a, Expr b, Expr c) -> isZeroProduct(a, b) && isSame(place, c);
      case Expr.Choose(_, Expr whenTrue, Expr whenFalse) ->
          isSame(place, whenTrue) && isSame(place, whenFalse);
      case Expr.Read _,
          Expr.Unary _,
          Expr.Compare _,
          Expr.Convert _,
          Expr.Call _,
          Expr.Philox _,
          Expr.Reduce _ ->
          false;
    };
  }

  /// Whether `value` is 0 or -0.
  private boolean isZero(Expr value) {
    return switch (value) {
      case Expr.Const(_, long bits) -> bits == 0;
      case Expr.Read(String name, _) -> zeros.contains(name);
      case Expr.Load(Buffer buffer, Expr at) -> emptied.contains(new Place(buffer, at));
      case Expr.Binary(BinaryOp op, Expr left, Expr right) ->
          switch (op) {
            case ADD, SUB -> isZero(left) && isZero(right);
            case MUL -> isZeroProduct(left, right);
            case DIV, REM, MIN, MAX, AND, OR, XOR, SHL, SHR, USHR -> false;
          };
      case Expr.Fma(Expr a, Expr b, Expr c) -> isZeroProduct(a, b) && isZero(c);
      case Expr.Choose(_, Expr whenTrue, Expr whenFalse) -> isZero(whenTrue) && isZero(whenFalse);
      case Expr.Convert(Scalar type, Expr operand) -> type != Scalar.BOOL && isZero(operand);
      case Expr.Unary _, Expr.Compare _, Expr.Call _, Expr.Philox _, Expr.Reduce _ -> false;
    };
  }

  private boolean isZeroProduct(Expr a, Expr b) {
    return isZero(a) && isFinite(b) || isFinite(a) && isZero(b);
  }

  private boolean isFinite(Expr factor) {
    return switch (factor.type()) {
      case I32, I64 -> true;
      case F32 ->
          factor instanceof Expr.Const(_, long bits)
              && Float.isFinite(Float.intBitsToFloat((int) bits));
      case F64 ->
          factor instanceof Expr.Const(_, long bits)
              && Double.isFinite(Double.longBitsToDouble(bits));
      case BOOL -> false;
    };
  }
}
