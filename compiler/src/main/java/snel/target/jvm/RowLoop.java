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

/// A loop of which each pass adds a row of a matrix, perhaps times a factor, to one and the same
/// array, beside things that have nothing to do with either.
///
/// @param at where in `sums` the row is added
/// @param row where the row of a pass begins in `rows`
/// @param factor what the row is multiplied by
/// @param beside what else a pass does
record RowLoop(
    Stmt.Loop loop,
    Buffer sums,
    Expr at,
    Buffer rows,
    Expr row,
    Optional<Expr> factor,
    int width,
    List<Stmt> beside) {

  /// Narrower rows are as well added column by column.
  private static final int LEAST_WIDTH = 5;

  /// What a pass adds.
  private record Term(Expr before, Expr row, Optional<Expr> factor) {}

  static Optional<RowLoop> of(Stmt.Loop loop) {
    List<Stmt> beside = new ArrayList<>(loop.body());
    if (beside.isEmpty()
        || !(beside.removeLast() instanceof Stmt.Loop columns)
        || columns.order() != Stmt.Order.INDEPENDENT
        || !columns.from().equals(Expr.i32(0))
        || !(columns.to() instanceof Expr.Const(_, long width))
        || width < LEAST_WIDTH
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
        || term(value).isEmpty()
        || !behind(term(value).get().before, lets).equals(new Expr.Load(sums, to))
        || !(behind(term(value).get().row, lets) instanceof Expr.Load(Buffer rows, Expr from))
        || sums.cell() != Cell.F32
        || rows.cell() != Cell.F32
        || sums.equals(rows)) {
      return Optional.empty();
    }
    LoopFacts inner = new LoopFacts(columns.index(), columns.to(), columns.body());
    LoopFacts outer = new LoopFacts(loop.index(), loop.to(), loop.body());
    Optional<Expr> at = inner.offset(to).filter(outer::isInvariant);
    Optional<Expr> row = inner.offset(from);
    Optional<Expr> factor = term(value).get().factor;
    if (!factor.map(inner::isInvariant).orElse(true)) {
      return Optional.empty();
    }
    if (at.isEmpty() || row.isEmpty() || touches(beside, sums, rows) || hasReductions(loop)) {
      return Optional.empty();
    }
    return Optional.of(
        new RowLoop(
            loop, sums, at.get(), rows, row.get(), factor, (int) width, List.copyOf(beside)));
  }

  /// Whether the rows fill several vectors, or two vectors take a row of many: one for each spike
  /// of a population.
  boolean suits(int lanes) {
    boolean areMany = loop.to() instanceof Expr.Load(_, Expr.Const _);
    return width >= VectorPlan.LEAST_ITERATIONS || width < 2 * lanes && factor.isEmpty() && areMany;
  }

  private static Optional<Term> term(Expr value) {
    return switch (value) {
      case Expr.Binary(BinaryOp op, Expr before, Expr row) when op == BinaryOp.ADD ->
          Optional.of(new Term(before, row, Optional.empty()));
      case Expr.Fma(Expr factor, Expr row, Expr before) ->
          Optional.of(new Term(before, row, Optional.of(factor)));
      default -> Optional.empty();
    };
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
