package snel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Build;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Rows of synapses for one part: those onto its neurons.
final class PartRows {
  private static final Expr.Read TARGET = new Expr.Read("$target", Scalar.I32);

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

  /// What happens to the target of a synapse that needs no loop, as it is the only one of its
  /// source, if it is a neuron of the part.
  Optional<List<Stmt>> only(Stmt.Store store) {
    return store.index() instanceof Expr.Load target
        ? tables
            .targets(target.buffer())
            .filter(wiring -> ranges.isDivided(wiring.targets()))
            .flatMap(wiring -> touched.attempt(() -> only(store, target, wiring.targets())))
        : Optional.empty();
  }

  private Optional<List<Stmt>> only(Stmt.Store store, Expr.Load target, int targets) {
    Owners owners = touched.outside().with(TARGET.name(), new Owners.Neuron(targets));
    Stmt shown = new Stmt.Store(store.buffer(), TARGET, shown(store.value(), target));
    if (!touched.isOwn(List.of(shown), owners)) {
      return Optional.empty();
    }
    touched.read(target, touched.outside());
    Expr from = new Expr.Compare(CompareOp.GE, target, Expr.i32(ranges.start(part, targets)));
    Expr to = new Expr.Compare(CompareOp.LT, target, Expr.i32(ranges.end(part, targets)));
    Expr isOwn = new Expr.Binary(BinaryOp.AND, from, to);
    return Optional.of(List.of(new Stmt.If(isOwn, List.of(store), List.of())));
  }

  private static Expr shown(Expr expression, Expr.Load target) {
    return expression.equals(target)
        ? TARGET
        : Nodes.mapOperands(expression, operand -> shown(operand, target));
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
