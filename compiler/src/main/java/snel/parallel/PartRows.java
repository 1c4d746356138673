package snel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Rows of synapses for one part: those onto its neurons.
final class PartRows {
  private final int part;
  private final Ranges ranges;
  private final Tables tables;
  private final RowLimits limits;
  private final PartAccesses touched;

  PartRows(int part, Ranges ranges, Tables tables, RowLimits limits, PartAccesses touched) {
    this.part = part;
    this.ranges = ranges;
    this.tables = tables;
    this.limits = limits;
    this.touched = touched;
  }

  /// The synapses of a row onto the neurons of the part.
  Optional<List<Stmt>> row(Stmt.Loop loop) {
    return Row.of(loop)
        .flatMap(row ->
            tables
                .rows(row.start())
                .filter(wiring -> ranges.isDivided(wiring.targets()))
                .flatMap(wiring -> touched.attempt(() -> row(loop, row, wiring))));
  }

  private Optional<List<Stmt>> row(Stmt.Loop loop, Row row, Wiring wiring) {
    Owners owners = touched.outside().with(loop.index(), new Owners.Synapse(wiring));
    if (!touched.isOwn(loop.body(), owners)) {
      return Optional.empty();
    }
    touched.read(loop.from(), touched.outside());
    return Optional.of(List.of(limits.along(loop, row, wiring, part, loop.body())));
  }

  /// The synapses of a joined row onto the neurons of the part, stretch by stretch.
  Optional<List<Stmt>> joinedRow(Stmt.Loop loop) {
    return Row.of(loop)
        .flatMap(row ->
            tables
                .joined(row.start())
                .filter(
                    rows -> rows.stretches().stream().allMatch(s -> ranges.isDivided(s.targets())))
                .flatMap(rows -> touched.attempt(() -> joinedRow(loop, rows, row.at()))));
  }

  private Optional<List<Stmt>> joinedRow(Stmt.Loop loop, Build.Rows rows, Expr at) {
    touched.read(loop.from(), touched.outside());
    List<Stmt> own = new ArrayList<>();
    for (Build.Stretch stretch : rows.stretches()) {
      Owners owners = touched.outside().with(loop.index(), new Owners.Joined(rows, stretch));
      if (!touched.isOwn(loop.body(), owners)) {
        return Optional.empty();
      }
      limits.along(loop, at, rows, stretch, part, loop.body()).ifPresent(own::add);
    }
    return Optional.of(own);
  }
}
