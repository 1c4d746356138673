package snel.target.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// A loop of which each pass adds a row of a matrix to one and the same array, beside things that
/// have nothing to do with either.
///
/// @param at where in `sums` the row is added
/// @param row where the row of a pass begins in `rows`
/// @param beside what else a pass does
record RowLoop(
    Stmt.Loop loop, Buffer sums, Expr at, Buffer rows, Expr row, int width, List<Stmt> beside) {

  static Optional<RowLoop> of(Stmt.Loop loop) {
    List<Stmt> beside = new ArrayList<>(loop.body());
    if (beside.isEmpty()
        || !(beside.removeLast() instanceof Stmt.Loop columns)
        || columns.order() != Stmt.Order.INDEPENDENT
        || !columns.from().equals(Expr.i32(0))
        || !(columns.to() instanceof Expr.Const(_, long width))
        || width < VectorPlan.LEAST_ITERATIONS
        || !beside.stream().allMatch(s -> s instanceof Stmt.Let || s instanceof Stmt.Store)) {
      return Optional.empty();
    }
    Map<String, Expr> lets = new HashMap<>();
    for (Stmt stmt : columns.body().subList(0, columns.body().size() - 1)) {
      if (!(stmt instanceof Stmt.Let(String name, Expr value))) {
        return Optional.empty();
      }
      lets.put(name, value);
    }
    if (!(columns.body().getLast() instanceof Stmt.Store(Buffer sums, Expr to, Expr value))
        || !(value instanceof Expr.Binary(BinaryOp op, Expr before, Expr term))
        || op != BinaryOp.ADD
        || !behind(before, lets).equals(new Expr.Load(sums, to))
        || !(behind(term, lets) instanceof Expr.Load(Buffer rows, Expr from))
        || sums.cell() != Cell.F32
        || rows.cell() != Cell.F32
        || sums.equals(rows)) {
      return Optional.empty();
    }
    LoopFacts inner = new LoopFacts(columns.index(), columns.to(), columns.body());
    LoopFacts outer = new LoopFacts(loop.index(), loop.to(), loop.body());
    Optional<Expr> at = inner.offset(to).filter(outer::isInvariant);
    Optional<Expr> row = inner.offset(from);
    if (at.isEmpty() || row.isEmpty() || touches(beside, sums, rows) || hasReductions(loop)) {
      return Optional.empty();
    }
    return Optional.of(
        new RowLoop(loop, sums, at.get(), rows, row.get(), (int) width, List.copyOf(beside)));
  }

  private static Expr behind(Expr expr, Map<String, Expr> lets) {
    return expr instanceof Expr.Read(String name, _) ? lets.getOrDefault(name, expr) : expr;
  }

  private static boolean touches(List<Stmt> block, Buffer sums, Buffer rows) {
    Set<Buffer> written = new HashSet<>();
    block.forEach(stmt -> written.addAll(Nodes.written(stmt)));
    boolean[] found = {written.contains(sums) || written.contains(rows)};
    Nodes.eachExpression(
        block, expr -> found[0] |= expr instanceof Expr.Load(Buffer b, _) && b.equals(sums));
    return found[0];
  }

  private static boolean hasReductions(Stmt.Loop loop) {
    boolean[] found = {false};
    Nodes.eachExpression(List.of(loop), expr -> found[0] |= expr instanceof Expr.Reduce);
    return found[0];
  }
}
