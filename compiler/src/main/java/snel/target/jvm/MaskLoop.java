package snel.target.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
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
    Optional<Walk> all = Optional.empty();
    int end = 0;
    for (Stmt stmt : loop.body().subList(1, loop.body().size())) {
      Optional<Walk> walk = stmt instanceof Stmt.Loop row ? Walk.of(row, facts) : Optional.empty();
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
    Walk walk = all.orElseThrow();
    return list.equals(walk.sums()) || !facts.isInvariant(loop.to())
        ? Optional.empty()
        : Optional.of(
            new MaskLoop(
                loop.to(), list, walk.sums(), walk.at(), walk.weights(), List.copyOf(stretches)));
  }

  /// What is done along a row.
  private record Walk(Buffer sums, Expr at, Buffer target, Buffer weights) {
    static Optional<Walk> of(Stmt.Loop row, LoopFacts facts) {
      if (row.body().size() != 1
          || !(row.body().getFirst() instanceof Stmt.Store(Buffer sums, Expr to, Expr sum))
          || !(sum instanceof Expr.Binary(BinaryOp op, Expr old, Expr.Load(var weights, var s)))
          || op != BinaryOp.ADD
          || !old.equals(new Expr.Load(sums, to))
          || !s.equals(read(row.index()))
          || sums.cell() != Cell.F32
          || weights.cell() != Cell.F32
          || weights.equals(sums)) {
        return Optional.empty();
      }
      Expr at = Expr.i32(0);
      Expr place = to;
      if (to instanceof Expr.Binary(BinaryOp plus, Expr start, Expr rest)
          && plus == BinaryOp.ADD
          && facts.isInvariant(start)) {
        at = start;
        place = rest;
      }
      return place instanceof Expr.Load(Buffer target, Expr synapse) && synapse.equals(s)
          ? Optional.of(new Walk(sums, at, target, weights))
          : Optional.empty();
    }
  }

  private static Expr read(String local) {
    return new Expr.Read(local, Scalar.I32);
  }
}
