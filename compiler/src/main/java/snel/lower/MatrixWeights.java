package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.model.Connection;
import snel.model.Variable;
import snel.model.WeightSource;

/// Weights that are written as a matrix, a value for each pair, within their bounds.
final class MatrixWeights {
  private final World world;
  private final Plasticity plasticity;
  private final Links links;
  private final Optional<Variable> variable;
  private final double[] values;

  MatrixWeights(World world, Plasticity plasticity) {
    if (!(plasticity.projection.weight() instanceof WeightSource.Matrix(var written))) {
      throw new CompilerBug("weights of " + plasticity.links.path + " are not written");
    }
    this.world = world;
    this.plasticity = plasticity;
    this.links = plasticity.links;
    this.variable = plasticity.synapse.weight();
    this.values = FixedPoint.raw(written, kind());
  }

  void build(Buffer buffer) {
    boolean isShared = links.sharedWeights().isPresent();
    boolean isInOrder =
        isShared || links.layout == Links.Layout.DENSE || links.layout == Links.Layout.ONE_TO_ONE;
    if (!isInOrder) {
      world.build.add(new Build.Fill(table(), values));
      run(
          links.all((synapse, source, target) -> {
            var at = SynapseScope.At.of(synapse, source, target);
            return stored(buffer, synapse, at, table(), place(source, target));
          }));
      return;
    }
    world.build.add(new Build.Fill(buffer, values));
    if (variable.filter(v -> !v.bounds().isNone()).isEmpty()) {
      return;
    }
    if (isShared) {
      Expr k = world.names().index("k");
      List<Stmt> body = stored(buffer, k, SynapseScope.At.of(k, i(0), k), buffer, k);
      run(List.of(Emit.serial(k, i(0), i(values.length), body)));
    } else {
      run(
          links.all((synapse, source, target) ->
              stored(
                  buffer, synapse, SynapseScope.At.of(synapse, source, target), buffer, synapse)));
    }
  }

  /// The weight that is written for a pair, for a synapse that comes later.
  Expr of(SynapseScope.At at) {
    return value(table(), place(at.source(), at.target()));
  }

  private List<Stmt> stored(
      Buffer buffer, Expr synapse, SynapseScope.At at, Buffer from, Expr place) {
    KernelScope kernel = world.kernel();
    return kernel.collect(() -> {
      Expr written = value(from, place);
      Expr within =
          variable
              .map(v -> InitialValue.clipped(v, expressions(at, kernel), written))
              .orElse(written);
      kernel.statements().add(store(buffer, synapse, convert(buffer.cell().scalar(), within)));
    });
  }

  private Expressions expressions(SynapseScope.At at, KernelScope kernel) {
    return new Expressions(
        InitialValue.scope(world, plasticity, "weight", at, kernel), world.real());
  }

  private Expr value(Buffer from, Expr place) {
    return convert(Expressions.scalar(kind(), world.real()), load(from, place));
  }

  private Kind kind() {
    return variable.map(Variable::kind).orElse(Kind.REAL);
  }

  private Buffer table() {
    return world.buffers.declare(
        links.path + ".synapses.matrix", Cell.F64, values.length, Role.SCRATCH);
  }

  /// Where the written weight of a pair is.
  private Expr place(Expr source, Expr target) {
    return plasticity.projection.connection() instanceof Connection.OneToOne
        ? source
        : Emit.add(Emit.mul(source, i(links.targets)), target);
  }

  private void run(List<Stmt> body) {
    world.build.add(new Build.Run(new Kernel(links.path + ":weight", Phase.BUILD, body)));
  }
}
