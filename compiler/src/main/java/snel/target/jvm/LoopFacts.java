package snel.target.jvm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// What is known about the expressions in the body of an independent loop: which do not change from
/// one iteration to the next, which indices walk through a buffer one by one.
final class LoopFacts {
  private final String index;
  private final Optional<Long> limit;
  private final Set<String> inner = new HashSet<>();
  private final Map<String, Expr> lets = new HashMap<>();
  private final Set<Buffer> written = new HashSet<>();
  private final Map<Expr, Boolean> invariant = new IdentityHashMap<>();

  LoopFacts(String index, Expr to, List<Stmt> body) {
    this.index = index;
    this.limit = to instanceof Expr.Const(_, long count) ? Optional.of(count) : Optional.empty();
    inner.add(index);
    Nodes.eachStatement(
        body,
        stmt -> {
          written.addAll(Nodes.written(stmt));
          if (stmt instanceof Stmt.Let(String name, Expr value)) {
            inner.add(name);
            lets.put(name, value);
          } else if (stmt instanceof Stmt.Var(String name, _)) {
            inner.add(name);
          } else if (stmt instanceof Stmt.Loop loop) {
            inner.add(loop.index());
          } else if (stmt instanceof Stmt.Collect collect) {
            inner.add(collect.index());
          }
        });
  }

  /// Whether `expr` has one value for all iterations.
  boolean isInvariant(Expr expr) {
    Boolean known = invariant.get(expr);
    if (known == null) {
      known = findInvariant(expr);
      invariant.put(expr, known);
    }
    return known;
  }

  private boolean findInvariant(Expr expr) {
    return switch (expr) {
      case Expr.Read(String name, _) -> !inner.contains(name);
      case Expr.Load(Buffer buffer, Expr at) -> !written.contains(buffer) && isInvariant(at);
      case Expr.Reduce _ -> false;
      case Expr.Const _,
          Expr.Unary _,
          Expr.Binary _,
          Expr.Fma _,
          Expr.Compare _,
          Expr.Choose _,
          Expr.Convert _,
          Expr.Call _,
          Expr.Philox _ ->
          Nodes.operands(expr).stream().allMatch(this::isInvariant);
    };
  }

  /// The invariant c of an index that is the loop's own plus c.
  Optional<Expr> offset(Expr at) {
    return switch (at) {
      case Expr.Read(String name, _) when name.equals(index) -> Optional.of(Expr.i32(0));
      case Expr.Read(String name, _) when lets.containsKey(name) ->
          Optional.ofNullable(lets.get(name)).flatMap(this::offset);
      case Expr.Binary(BinaryOp op, Expr left, Expr right)
          when at.type() == Scalar.I32 && op == BinaryOp.ADD ->
          isInvariant(right)
              ? offset(left).map(c -> sum(op, c, right))
              : isInvariant(left) ? offset(right).map(c -> sum(op, left, c)) : Optional.empty();
      case Expr.Binary(BinaryOp op, Expr left, Expr right)
          when at.type() == Scalar.I32 && op == BinaryOp.SUB && isInvariant(right) ->
          offset(left).map(c -> sum(op, c, right));
      case Expr.Const _,
          Expr.Read _,
          Expr.Load _,
          Expr.Unary _,
          Expr.Binary _,
          Expr.Fma _,
          Expr.Compare _,
          Expr.Choose _,
          Expr.Convert _,
          Expr.Call _,
          Expr.Philox _,
          Expr.Reduce _ ->
          Optional.empty();
    };
  }

  private static Expr sum(BinaryOp op, Expr left, Expr right) {
    Expr zero = Expr.i32(0);
    if (right.equals(zero)) {
      return left;
    }
    return left.equals(zero) && op == BinaryOp.ADD ? right : new Expr.Binary(op, left, right);
  }

  /// Whether all iterations may read `buffer[at]` whether the program does so or not.
  boolean isAlwaysInBounds(Buffer buffer, Expr at) {
    if (!(buffer.length() instanceof Length.Fixed(long count))) {
      return false;
    }
    if (at instanceof Expr.Const(_, long element)) {
      return element >= 0 && element < count;
    }
    boolean own = offset(at).filter(Expr.i32(0)::equals).isPresent();
    return own && limit.isPresent() && limit.get() <= count;
  }
}
