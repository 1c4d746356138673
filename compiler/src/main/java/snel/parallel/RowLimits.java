package snel.parallel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Where in each row the synapses of a part begin.
final class RowLimits {
  private final Ranges ranges;
  private final Map<String, RowLimit> limits = new LinkedHashMap<>();

  RowLimits(Ranges ranges) {
    this.ranges = ranges;
  }

  /// A buffer of the length of `start`: element i is the first synapse of row i whose target is of
  /// this part or a later one.
  Buffer of(Buffer start, Wiring wiring, int part) {
    String name = start.name() + "@" + part;
    return limits
        .computeIfAbsent(
            name,
            _ ->
                new RowLimit(
                    new Buffer(name, Cell.I32, start.length(), Role.SCRATCH),
                    start,
                    wiring.target(),
                    ranges.start(part, wiring.targets())))
        .limit();
  }

  /// The same by the target itself, in joined rows.
  Buffer of(Build.Rows rows, int least) {
    Buffer start = rows.rowStart();
    String name = start.name() + "@from " + least;
    return limits
        .computeIfAbsent(
            name,
            _ ->
                new RowLimit(
                    new Buffer(name, Cell.I32, start.length(), Role.SCRATCH),
                    start,
                    rows.target(),
                    least))
        .limit();
  }

  /// Of a loop over the row of a source those of its synapses onto the targets of a part.
  Stmt along(Stmt.Loop loop, Row row, Wiring wiring, int part, List<Stmt> body) {
    Expr from = part == 0 ? loop.from() : new Expr.Load(of(row.start(), wiring, part), row.at());
    Expr to = new Expr.Load(of(row.start(), wiring, part + 1), row.at());
    return new Stmt.Loop(loop.index(), from, to, loop.order(), body);
  }

  /// The same of a joined row, of one stretch of it; empty if the part has no targets there.
  Optional<Stmt> along(
      Stmt.Loop loop, Expr at, Build.Rows rows, Build.Stretch stretch, int part, List<Stmt> body) {
    int from = stretch.first() + ranges.start(part, stretch.targets());
    int to = stretch.first() + ranges.end(part, stretch.targets());
    return from == to
        ? Optional.empty()
        : Optional.of(
            new Stmt.Loop(
                loop.index(),
                new Expr.Load(of(rows, from), at),
                new Expr.Load(of(rows, to), at),
                loop.order(),
                body));
  }

  List<RowLimit> all() {
    return new ArrayList<>(limits.values());
  }
}
