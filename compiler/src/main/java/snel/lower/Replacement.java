package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.and;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// `grow replaced()`: what becomes of every pair of neurons. Synapses whose `prune` condition holds
/// go; as many come, drawn one after the other among all pairs, each taken if it has no synapse and
/// `where` allows it one. A pair whose synapse goes may always have one again, so that there are
/// enough.
final class Replacement {
  /// Fate of a pair whose synapse stays, and of one that gets a new synapse.
  static final int KEPT = 1;

  static final int NEW = 2;

  private static final int FREE = 0;
  private static final int BARRED = 3;

  private final World world;
  private final Plasticity plasticity;
  private final Links links;
  private final BiFunction<SynapseScope.At, KernelScope, Expr> pruned;
  private final Expr gone;
  private final Expr come;
  private final Expr draw;

  /// @param pruned whether a synapse goes
  Replacement(
      World world, Plasticity plasticity, BiFunction<SynapseScope.At, KernelScope, Expr> pruned) {
    this.world = world;
    this.plasticity = plasticity;
    this.links = plasticity.links;
    this.pruned = pruned;
    this.gone = world.names().index("gone");
    this.come = world.names().index("come");
    this.draw = world.names().index("draw");
  }

  private Buffer fates() {
    return world.buffers.declare(
        links.path + ".synapses.rewire.fate",
        Cell.U8,
        (long) links.sources * links.targets,
        Role.SCRATCH);
  }

  private Expr pair(Expr source, Expr target) {
    return add(mul(source, i(links.targets)), target);
  }

  Expr fate(Expr source, Expr target) {
    return load(fates(), pair(source, target));
  }

  /// Decides the fate of all pairs.
  List<Stmt> drawn() {
    List<Stmt> all = new ArrayList<>();
    int pairs = links.sources * links.targets;
    all.addAll(unjoined(pairs));
    all.add(Emit.variable(gone, i(0)));
    all.addAll(
        links.all((synapse, source, target) -> {
          var kernel = world.kernel();
          return kernel.collect(() -> {
            Expr goes = pruned.apply(SynapseScope.At.of(synapse, source, target), kernel);
            List<Stmt> freed =
                List.of(
                    Emit.assign(gone, add(gone, i(1))),
                    store(fates(), pair(source, target), i(FREE)));
            Stmt kept = store(fates(), pair(source, target), i(KEPT));
            kernel
                .statements()
                .add(new Stmt.If(and(goes, Emit.not(plasticity.frozen())), freed, List.of(kept)));
          });
        }));
    all.add(Emit.variable(come, i(0)));
    all.add(Emit.variable(draw, i(0)));
    all.add(new Stmt.While(compare(CompareOp.LT, come, gone), one(pairs)));
    return all;
  }

  /// The fate of pairs that have no synapse so far.
  private List<Stmt> unjoined(int pairs) {
    Stmt free = Emit.loop("k", i(pairs), List.of(store(fates(), index("k"), i(FREE))));
    if (links.projection.where().isEmpty()) {
      return List.of(free);
    }
    Expr source = world.names().index("i");
    Expr target = world.names().index("j");
    var kernel = world.kernel();
    List<Stmt> row =
        kernel.collect(() -> {
          kernel.statements().add(store(fates(), pair(source, target), i(BARRED)));
          ChosenPairs.allowed(
              world,
              links,
              source,
              target,
              kernel,
              () -> kernel.statements().add(store(fates(), pair(source, target), i(FREE))));
        });
    Stmt columns = Emit.serial(target, i(0), i(links.targets), row);
    return List.of(Emit.serial(source, i(0), i(links.sources), List.of(columns)));
  }

  /// One draw among all pairs.
  private List<Stmt> one(int pairs) {
    Expr high = new Expr.Binary(BinaryOp.SHL, convert(Scalar.I64, word(0)), i(32));
    Expr number = Emit.or(high, Emit.unsigned(word(1)));
    Expr below =
        convert(
            Scalar.I32,
            new Expr.Call(Function.MULHI, Scalar.I64, List.of(number, Expr.i64(pairs))));
    List<Stmt> all = new ArrayList<>();
    all.add(new Stmt.Let("pair", below));
    all.add(Emit.assign(draw, add(draw, i(1))));
    Expr isFree = compare(CompareOp.EQ, load(fates(), index("pair")), i(FREE));
    List<Stmt> taken =
        List.of(store(fates(), index("pair"), i(NEW)), Emit.assign(come, add(come, i(1))));
    Expr source = new Expr.Binary(BinaryOp.DIV, index("pair"), i(links.targets));
    Expr target = new Expr.Binary(BinaryOp.REM, index("pair"), i(links.targets));
    all.add(when(isFree, links.withoutSelf(source, target, taken)));
    return all;
  }

  /// Word `which` of the present draw: two words each, as in every sequence of draws of 64 bits.
  private Expr word(int which) {
    Expr block = new Expr.Binary(BinaryOp.SHR, draw, i(1));
    Expr first = new Expr.Binary(BinaryOp.SHL, and(draw, i(1)), i(1));
    return new Expr.Philox(
        i(Streams.of(links.path, "grow", 0)),
        block,
        i(0),
        Emit.episodeStep32(),
        Emit.presentation32(),
        add(first, i(which)));
  }
}
