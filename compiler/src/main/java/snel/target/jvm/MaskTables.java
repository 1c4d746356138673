package snel.target.jvm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Stmt;
import snel.parallel.RowLimit;

/// Which tables tell where rows with masks begin, or the part of them that a thread sees to.
final class MaskTables {
  private final Map<Buffer, Build.Masks> rows = new HashMap<>();
  private final Map<Buffer, RowLimit> limits = new HashMap<>();

  MaskTables(List<Build> build) {
    for (Build step : build) {
      if (step instanceof Build.Masks masks) {
        rows.put(masks.rowStart(), masks);
      }
    }
  }

  /// Tables of a step that is divided.
  void add(List<RowLimit> more) {
    more.forEach(limit -> limits.put(limit.limit(), limit));
  }

  /// Whether a kernel goes along such rows.
  boolean isIn(Kernel kernel) {
    return Nodes.buffers(kernel.body()).stream().anyMatch(buffer -> rowsOf(buffer).isPresent());
  }

  /// What a loop goes along: of each row the targets from one up to another.
  ///
  /// @param begins where in each row they begin
  record Stretch(Build.Masks rows, Buffer begins, int first, int last) {}

  /// @param who the row
  Optional<Stretch> stretch(Stmt.Loop loop, Expr who) {
    if (!(loop.from() instanceof Expr.Load(Buffer from, Expr at))
        || !(loop.to() instanceof Expr.Load(Buffer to, Expr end))
        || !at.equals(who)
        || rowsOf(from).isEmpty()
        || !rowsOf(from).equals(rowsOf(to))) {
      return Optional.empty();
    }
    Build.Masks masks = rowsOf(from).get();
    Expr next = new Expr.Binary(BinaryOp.ADD, who, Expr.i32(1));
    boolean isLast = to.equals(masks.rowStart());
    if (!end.equals(isLast ? next : who)) {
      return Optional.empty();
    }
    int first = from.equals(masks.rowStart()) ? 0 : least(from);
    int last = isLast ? masks.targets() : least(to);
    return Optional.of(new Stretch(masks, from, first, last));
  }

  /// The first target of the part that begins where a table says.
  private int least(Buffer table) {
    return Optional.ofNullable(limits.get(table)).orElseThrow().least();
  }

  private Optional<Build.Masks> rowsOf(Buffer table) {
    RowLimit limit = limits.get(table);
    return Optional.ofNullable(rows.get(limit == null ? table : limit.start()));
  }
}
