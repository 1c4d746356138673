package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.model.Port;

/// Graded transmission: adds `transmit` of every synapse to the sum of its target, source rising;
/// or takes the largest of them.
final class Transmission {
  private final SynapseBodies bodies;

  Transmission(SynapseBodies bodies) {
    this.bodies = bodies;
  }

  Optional<Kernel> kernel() {
    if (bodies.plasticity.synapse.transmit().isEmpty()) {
      return Optional.empty();
    }
    snel.math.Expr value = bodies.plasticity.synapse.transmit().get();
    Buffer sums = Transmissions.sums(bodies.world, bodies.plasticity);
    var kernel = bodies.world.kernel();
    boolean largest = bodies.plasticity.synapse.sum() == Port.Sum.LARGEST;
    Expr none = Expr.real(bodies.real, largest ? Double.NEGATIVE_INFINITY : 0);
    Expr k = Emit.index("k");
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.loop("k", i(bodies.links.targets), List.of(store(sums, k, none))));
    List<Stmt> loops =
        Emit.inOrder(
            bodies.links.all((synapse, source, target) ->
                kernel.collect(() -> {
                  SynapseScope scope =
                      bodies.scope(
                          SynapseScope.At.of(synapse, source, target),
                          kernel,
                          "transmit",
                          Moment.WITHIN_STEP);
                  Expr amount = new Expressions(scope, bodies.real).real(value);
                  Expr before = load(sums, target);
                  Expr after =
                      largest ? new Expr.Binary(BinaryOp.MAX, before, amount) : sum(before, amount);
                  kernel.statements().add(store(sums, target, after));
                })));
    loops.forEach(loop -> all.add(ofSourceFirst(loop, sums)));
    if (largest) {
      Expr nothing = Emit.compare(CompareOp.EQ, load(sums, k), none);
      Expr held = new Expr.Choose(nothing, Emit.zero(bodies.real), load(sums, k));
      all.add(Emit.loop("k", i(bodies.links.targets), List.of(store(sums, k, held))));
    }
    return Optional.of(new Kernel(bodies.path + ":transmit", Phase.DELIVER, all));
  }

  /// What all synapses of a source have in common is worked out before its row.
  private static Stmt ofSourceFirst(Stmt stmt, Buffer sums) {
    if (!(stmt instanceof Stmt.Loop(var i, var from, var to, var order, var body))
        || body.size() != 1
        || !(body.getFirst() instanceof Stmt.Loop(var s, var first, var end, var own, var row))) {
      return stmt;
    }
    Set<String> inside = new HashSet<>(Set.of(s));
    List<Stmt> before = new ArrayList<>();
    List<Stmt> left = new ArrayList<>();
    for (Stmt part : row) {
      if (part instanceof Stmt.Let(var _, var value) && isSame(value, inside, sums)) {
        before.add(part);
      } else {
        switch (part) {
          case Stmt.Let(var name, _) -> inside.add(name);
          case Stmt.Var(var name, _) -> inside.add(name);
          default -> {}
        }
        left.add(part);
      }
    }
    before.add(new Stmt.Loop(s, first, end, own, left));
    return new Stmt.Loop(i, from, to, order, before);
  }

  private static boolean isSame(Expr value, Set<String> inside, Buffer sums) {
    boolean[] same = {true};
    Nodes.eachExpression(
        value,
        part ->
            same[0] &=
                !Nodes.mayFault(part)
                    && !(part instanceof Expr.Read(var name, _) && inside.contains(name))
                    && !(part instanceof Expr.Load(var buffer, _) && buffer.equals(sums)));
    return same[0];
  }

  /// A value times a weight is rounded once, together with the sum (semantics.md §3).
  private static Expr sum(Expr before, Expr amount) {
    return amount instanceof Expr.Binary(BinaryOp op, Expr a, Expr b) && op == BinaryOp.MUL
        ? new Expr.Fma(a, b, before)
        : add(before, amount);
  }
}
