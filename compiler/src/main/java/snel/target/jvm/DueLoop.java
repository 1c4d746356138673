package snel.target.jvm;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// Loops in one another of which the innermost goes through a short row and does something to its
/// elements that has nothing to do with the loops around: which elements those are can be found out
/// first.
///
/// @param rows the innermost loop
record DueLoop(Stmt.Loop loop, Stmt.Loop rows) {
  /// Rows that are longer on average are not short.
  static final int SHORT = 12;

  /// The same where they are listed in vectors.
  static final int SHORT_IN_VECTORS = 32;

  /// @param isShort whether a buffer has the beginnings of short rows, which stay
  static Optional<DueLoop> of(Stmt.Loop loop, Predicate<Buffer> isShort) {
    Set<String> around = new HashSet<>();
    Set<Buffer> read = new HashSet<>();
    Set<Buffer> changed = new HashSet<>();
    Stmt.Loop level = loop;
    while (!goesThroughRow(level, isShort)) {
      if (level.order() == Stmt.Order.INDEPENDENT
          || level.body().isEmpty()
          || !(level.body().getLast() instanceof Stmt.Loop inner)) {
        return Optional.empty();
      }
      List<Stmt> beside = level.body().subList(0, level.body().size() - 1);
      for (Stmt stmt : beside) {
        switch (stmt) {
          case Stmt.Let(var name, _) -> around.add(name);
          case Stmt.Store store -> changed.add(store.buffer());
          default -> {
            return Optional.empty();
          }
        }
      }
      around.add(level.index());
      note(level.from(), read);
      note(level.to(), read);
      beside.forEach(stmt -> Nodes.operands(stmt).forEach(part -> note(part, read)));
      level = inner;
    }
    note(level.from(), read);
    note(level.to(), read);
    return level != loop && standsAlone(level, around, read, changed)
        ? Optional.of(new DueLoop(loop, level))
        : Optional.empty();
  }

  private static boolean goesThroughRow(Stmt.Loop loop, Predicate<Buffer> isShort) {
    return loop.from() instanceof Expr.Load(Buffer from, _)
        && loop.to() instanceof Expr.Load(Buffer to, _)
        && from.equals(to)
        && isShort.test(from);
  }

  private static void note(Expr whole, Set<Buffer> read) {
    Nodes.eachExpression(
        whole,
        part -> {
          if (part instanceof Expr.Load(Buffer buffer, _)) {
            read.add(buffer);
          }
        });
  }

  /// Whether the order in which rows are found and their elements are seen to cannot matter.
  private static boolean standsAlone(
      Stmt.Loop rows, Set<String> around, Set<Buffer> read, Set<Buffer> changed) {
    boolean[] simple = {true};
    Set<Buffer> written = new HashSet<>();
    Nodes.eachStatement(
        rows.body(),
        stmt -> {
          simple[0] &=
              stmt instanceof Stmt.Let || stmt instanceof Stmt.Store || stmt instanceof Stmt.If;
          written.addAll(Nodes.written(stmt));
        });
    Nodes.eachExpression(rows.body(), part -> simple[0] &= !(part instanceof Expr.Reduce));
    Set<Buffer> touched = new HashSet<>(Nodes.buffers(rows.body()));
    touched.retainAll(changed);
    written.retainAll(read);
    return simple[0]
        && touched.isEmpty()
        && written.isEmpty()
        && FreeLocals.read(rows.body()).stream().noneMatch(free -> around.contains(free.name()));
  }
}
