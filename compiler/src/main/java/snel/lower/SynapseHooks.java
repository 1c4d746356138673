package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.ReduceOp;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.math.Kind;
import snel.model.Handler;
import snel.model.Projection;

/// What synapses do at the start and the end of a presentation (semantics.md §8).
final class SynapseHooks {
  private final SynapseBodies bodies;
  private final Links links;

  SynapseHooks(SynapseBodies bodies) {
    this.bodies = bodies;
    this.links = bodies.links;
  }

  Optional<Kernel> kernel(String event, Phase phase) {
    List<Stmt> all = new ArrayList<>();
    boolean atEnd = event.equals("presentation.end");
    Set<EndValues.Side> counted = atEnd ? EnumSet.allOf(EndValues.Side.class) : Set.of();
    for (Handler handler : bodies.plasticity.synapse.handlers()) {
      if (handler.event().equals(event)) {
        all.addAll(new SynapseTraces(bodies.world, bodies.plasticity).markPending(counted));
        all.addAll(
            bodies.all(
                new SynapseBodies.Occasion(event, handler.body(), Emit.step(), Map.of(), counted)));
      }
    }
    Optional<Projection.Normalise> normalise =
        bodies.projection.normalise().filter(n -> n.event().equals(event));
    if (!all.isEmpty() || normalise.isPresent()) {
      // what the last instant changed counts, and what the hook's handlers do
      SharedWeights.of(bodies)
          .ifPresent(shared -> {
            all.addAll(0, shared.settled());
            all.addAll(shared.settled());
          });
    }
    normalise.ifPresent(n -> all.addAll(normalise(n)));
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(bodies.path + ":" + event, phase, all));
  }

  /// `w_ij ← w_ij * (K / s_j)`, skipped where s_j = 0, then clipped.
  private List<Stmt> normalise(Projection.Normalise rule) {
    Buffer weights = bodies.plasticity.weight().orElseThrow();
    String name = bodies.plasticity.synapse.weight().orElseThrow().name();
    LocalNames names = bodies.world.names();
    Expr j = names.index("j");
    Expr held = Emit.local(names.fresh("sum"), bodies.real);
    Expr factor = Emit.local(names.fresh("factor"), bodies.real);
    var kernel = bodies.world.kernel();
    List<Stmt> body =
        kernel.collect(() -> {
          kernel.statements().add(Emit.let(held, columnSum(j, weights)));
          var at = SynapseScope.At.of(i(0), i(0), j);
          SynapseScope scope = bodies.scope(at, kernel, "normalise");
          Expr total = new Expressions(scope, bodies.real).real(rule.total());
          Expr ratio = new Expr.Binary(BinaryOp.DIV, total, held);
          kernel.statements().add(Emit.let(factor, ratio));
          List<Stmt> scaled =
              links.column(
                  j,
                  Optional.empty(),
                  (synapse, source) -> {
                    Expr value = stored(mul(amount(weights, synapse), factor));
                    var here = SynapseScope.At.of(synapse, source, j);
                    return kernel.collect(() -> bodies.storeBounded(name, value, here, kernel));
                  });
          Expr zero = Expr.real(bodies.real, 0);
          kernel.statements().add(when(compare(CompareOp.NE, held, zero), scaled));
        });
    return List.of(Emit.serial(j, i(0), i(links.targets), body));
  }

  private Expr columnSum(Expr j, Buffer weights) {
    Links.Walk walk = links.columnWalk(j);
    Expr value = amount(weights, walk.synapse());
    return new Expr.Reduce(ReduceOp.SUM, walk.index(), i(0), walk.count(), value);
  }

  private Kind weightKind() {
    return bodies.plasticity.synapse.weight().orElseThrow().kind();
  }

  /// A weight as a real number, whatever it is stored as.
  private Expr amount(Buffer weights, Expr synapse) {
    Expr stored = load(weights, links.weightIndex(weights, synapse));
    return switch (weightKind()) {
      case Kind.Real _ -> stored;
      case Kind.Fixed fixed ->
          FixedPoint.toReal(Emit.convert(Scalar.I64, stored), fixed, bodies.real);
      case Kind.Int _, Kind.Bool _ -> Emit.convert(bodies.real, stored);
    };
  }

  private Expr stored(Expr amount) {
    return switch (weightKind()) {
      case Kind.Real _, Kind.Bool _ -> amount;
      case Kind.Fixed fixed ->
          FixedPoint.narrowed(FixedPoint.from(new Typed(amount, Kind.REAL), fixed), fixed);
      case Kind.Int _ -> new Expr.Convert(Scalar.I64, new Expr.Unary(UnaryOp.RINT, amount));
    };
  }
}
