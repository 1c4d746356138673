package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.ReduceOp;
import snel.ir.Role;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;
import snel.math.Kind;
import snel.model.Projection;

/// Scales the weights of each target to a sum (semantics.md §8): `w_ij ← w_ij * (K / s_j)`, skipped
/// where s_j = 0, then clipped.
///
/// Weights lie along the rows of their sources. So where it makes no difference all factors are
/// computed first and rows are scaled then; and where every source has all targets, so that the
/// i-th weight of a target is that of source i, the sums are made along the rows, too.
final class Normalisation {
  /// Partial sums that a sum of reals is made of (semantics.md §3).
  private static final int PARTIALS = 16;

  private final SynapseBodies bodies;
  private final Links links;
  private final Projection.Normalise rule;
  private final Buffer weights;
  private final String weight;
  private final Kind kind;
  private final KernelScope kernel;

  Normalisation(SynapseBodies bodies, Projection.Normalise rule) {
    this.bodies = bodies;
    this.links = bodies.links;
    this.rule = rule;
    this.weights = bodies.plasticity.weight().orElseThrow();
    this.weight = bodies.plasticity.synapse.weight().orElseThrow().name();
    this.kind = bodies.plasticity.synapse.weight().orElseThrow().kind();
    this.kernel = bodies.world.kernel();
  }

  List<Stmt> statements() {
    boolean inRows = links.layout == Links.Layout.DENSE || links.layout == Links.Layout.SPARSE;
    return inRows && kind instanceof Kind.Real && links.sharedWeights().isEmpty()
        ? alongRows()
        : alongColumns();
  }

  private List<Stmt> alongColumns() {
    Expr j = bodies.world.names().index("j");
    Expr sum = local("sum");
    Expr factor = local("factor");
    List<Stmt> body =
        kernel.collect(() -> {
          kernel.statements().add(Emit.let(sum, columnSum(j)));
          kernel.statements().add(Emit.let(factor, factor(j, sum)));
          kernel.statements().add(when(isSome(sum), scaledColumn(j, factor)));
        });
    return List.of(Emit.serial(j, i(0), i(links.targets), body));
  }

  private List<Stmt> alongRows() {
    Buffer factors = scratch("factor", links.targets);
    List<Stmt> sums =
        hasSourcesInOrder() ? factorsByRows(factors) : List.of(factorsByColumns(factors));
    List<Stmt> all = new ArrayList<>();
    Expr learns = Emit.not(bodies.plasticity.frozen(weight));
    sums.forEach(loop -> all.add(when(learns, List.of(loop)))); // each becomes a method
    all.addAll(
        links.all((synapse, source, target) ->
            scaled(SynapseScope.At.of(synapse, source, target), load(factors, target))));
    return all;
  }

  /// Whether weight number i of each target is that of source i.
  private boolean hasSourcesInOrder() {
    return links.wiring().map(wiring -> wiring.rule() instanceof Rule.All).orElse(true)
        && !links.projection.excludeSelf();
  }

  private Stmt factorsByColumns(Buffer factors) {
    Expr j = bodies.world.names().index("j");
    return factors(factors, j, columnSum(j));
  }

  private List<Stmt> factorsByRows(Buffer factors) {
    int targets = links.targets;
    LocalNames names = bodies.world.names();
    Buffer partials = scratch("partial", (long) PARTIALS * targets);
    List<Stmt> all = new ArrayList<>();
    Expr k = names.index("k");
    all.add(
        Emit.loop(
            k, i(PARTIALS * targets), List.of(store(partials, k, Expr.real(bodies.real, 0)))));
    all.addAll(
        links.all((synapse, source, target) -> {
          Expr partial = new Expr.Binary(BinaryOp.AND, source, i(PARTIALS - 1));
          Expr at = add(mul(partial, i(targets)), target);
          return List.of(Emit.increment(partials, at, load(weights, synapse)));
        }));
    for (int width = PARTIALS / 2; width > 0; width /= 2) {
      Expr l = names.index("l");
      Expr other = load(partials, add(l, i(width * targets)));
      all.add(
          Emit.serial(l, i(0), i(width * targets), List.of(Emit.increment(partials, l, other))));
    }
    Expr j = names.index("j");
    all.add(factors(factors, j, load(partials, j)));
    return all;
  }

  private Stmt factors(Buffer factors, Expr j, Expr value) {
    Expr sum = local("sum");
    List<Stmt> body =
        kernel.collect(() -> {
          kernel.statements().add(Emit.let(sum, value));
          Expr one = Expr.real(bodies.real, 1);
          Expr factor = new Expr.Choose(isSome(sum), factor(j, sum), one);
          kernel.statements().add(store(factors, j, factor));
        });
    return Emit.serial(j, i(0), i(links.targets), body);
  }

  private Expr factor(Expr j, Expr sum) {
    SynapseScope scope = bodies.scope(SynapseScope.At.of(i(0), i(0), j), kernel, "normalise");
    Expr total = new Expressions(scope, bodies.real).real(rule.total());
    return new Expr.Binary(BinaryOp.DIV, total, sum);
  }

  private Expr isSome(Expr sum) {
    return compare(CompareOp.NE, sum, Expr.real(bodies.real, 0));
  }

  private Expr columnSum(Expr j) {
    Links.Walk walk = links.columnWalk(j);
    Expr value = amount(walk.synapse());
    return new Expr.Reduce(ReduceOp.SUM, walk.index(), i(0), walk.count(), value);
  }

  private List<Stmt> scaledColumn(Expr j, Expr factor) {
    return links.column(
        j,
        Optional.empty(),
        (synapse, source) -> scaled(SynapseScope.At.of(synapse, source, j), factor));
  }

  private List<Stmt> scaled(SynapseScope.At at, Expr factor) {
    Expr value = stored(mul(amount(at.synapse()), factor));
    return kernel.collect(() -> bodies.storeBounded(weight, value, at, kernel));
  }

  /// A weight as a real number, whatever it is stored as.
  private Expr amount(Expr synapse) {
    Expr stored = load(weights, links.weightIndex(weights, synapse));
    return switch (kind) {
      case Kind.Real _ -> stored;
      case Kind.Fixed fixed ->
          FixedPoint.toReal(Emit.convert(Scalar.I64, stored), fixed, bodies.real);
      case Kind.Int _, Kind.Bool _ -> Emit.convert(bodies.real, stored);
    };
  }

  private Expr stored(Expr amount) {
    return switch (kind) {
      case Kind.Real _, Kind.Bool _ -> amount;
      case Kind.Fixed fixed ->
          FixedPoint.narrowed(FixedPoint.rounded(Emit.convert(Scalar.F64, amount), fixed), fixed);
      case Kind.Int _ -> new Expr.Convert(Scalar.I64, new Expr.Unary(UnaryOp.RINT, amount));
    };
  }

  private Expr local(String name) {
    return Emit.local(bodies.world.names().fresh(name), bodies.real);
  }

  private Buffer scratch(String what, long length) {
    String name = bodies.path + ".normalise." + what;
    return bodies.world.buffers.real(name, length, Role.SCRATCH);
  }
}
