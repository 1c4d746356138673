package snel.target.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// A loop over spikes that goes along the row of each, or stretches of it, and adds a weight to a
/// sum of each target, where the rows have masks: `for e { let who = list[e]; for s in row {
/// sums[at + target[s]] += weights[s] } }`.
///
/// @param stretches whose targets rise from one to the next
record MaskLoop(
    Expr count,
    Buffer list,
    Buffer sums,
    Expr at,
    Buffer weights,
    List<MaskTables.Stretch> stretches) {
  static Optional<MaskLoop> of(Stmt.Loop loop, MaskTables tables) {
    if (!loop.from().equals(Expr.i32(0))
        || loop.body().size() < 2
        || !(loop.body().getFirst() instanceof Stmt.Let(String who, Expr.Load(var list, var e)))
        || list.cell() != Cell.I32
        || !e.equals(read(loop.index()))) {
      return Optional.empty();
    }
    LoopFacts facts = new LoopFacts(loop.index(), loop.to(), loop.body());
    List<MaskTables.Stretch> stretches = new ArrayList<>();
    Optional<SparseRow> all = Optional.empty();
    int end = 0;
    for (Stmt stmt : loop.body().subList(1, loop.body().size())) {
      Optional<SparseRow> walk =
          stmt instanceof Stmt.Loop row ? SparseRow.of(row, facts) : Optional.empty();
      Optional<MaskTables.Stretch> stretch =
          stmt instanceof Stmt.Loop row ? tables.stretch(row, read(who)) : Optional.empty();
      if (walk.isEmpty()
          || stretch.isEmpty()
          || !stretch.get().rows().target().equals(walk.get().target())
          || stretch.get().first() < end
          || !all.map(walk.get()::equals).orElse(true)) {
        return Optional.empty();
      }
      stretches.add(stretch.get());
      end = stretch.get().last();
      all = walk;
    }
    SparseRow walk = all.orElseThrow();
    return list.equals(walk.sums()) || !facts.isInvariant(loop.to())
        ? Optional.empty()
        : Optional.of(
            new MaskLoop(
                loop.to(), list, walk.sums(), walk.at(), walk.weights(), List.copyOf(stretches)));
  }

  private static Expr read(String local) {
    return new Expr.Read(local, Scalar.I32);
  }
}
