package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Interval;
import snel.model.Projection;

/// The axonal and dendritic delays of one projection in steps: constants, or one number a synapse.
final class Delays {
  private final Links links;
  private final Plasticity plasticity;
  private final double step;
  private final Optional<Integer> axonal;
  private final Optional<Integer> dendritic;
  private final int longestAxonal;
  private final int longestDendritic;
  private final Optional<Buffer> perSynapse;

  private Delays(World world, Plasticity plasticity) {
    this.plasticity = plasticity;
    this.links = plasticity.links;
    this.step = world.step();
    Projection projection = plasticity.projection;
    axonal = constant(projection.axonal());
    dendritic = constant(projection.dendritic());
    longestAxonal = longest(projection.axonal());
    longestDendritic = longest(projection.dendritic());
    boolean differs = axonal.isEmpty() || dendritic.isEmpty();
    if (differs && links.layout == Links.Layout.PROCEDURAL) {
      perSynapse = Optional.empty();
      links.drawnDelay((at, kernel) -> sum(world, at.synapse(), at.source(), at.target(), kernel));
      return;
    }
    if (differs) {
      Cell cell = longestAxonal + longestDendritic < 256 ? Cell.U8 : Cell.U16;
      perSynapse =
          Optional.of(
              world.buffers.declare(
                  links.path + ".synapses.delay", cell, links.perSynapse(), Role.WIRING));
    } else {
      perSynapse = Optional.empty();
    }
    axonal.ifPresent(links::constantDelay);
    if (perSynapse.isPresent()) {
      links.delayClasses(perSynapse.get(), longestAxonal + longestDendritic + 1);
    }
  }

  static Delays of(World world, Plasticity plasticity) {
    return new Delays(world, plasticity);
  }

  private Optional<Integer> constant(Optional<snel.math.Expr> ms) {
    if (ms.isEmpty()) {
      return Optional.of(0);
    }
    return ms.get() instanceof snel.math.Expr.Num(var value)
        ? Optional.of((int) Math.round(value.toDouble() / step))
        : Optional.empty();
  }

  private int longest(Optional<snel.math.Expr> ms) {
    if (ms.isEmpty()) {
      return 0;
    }
    double high = Interval.of(ms.get(), this::bounds).high();
    if (Double.isInfinite(high)) {
      throw new CompilerBug("no upper bound for a delay of " + links.path);
    }
    return (int) Math.floor(high / step + 0.5);
  }

  /// Indices are bounded by the sizes of the two ends, columns of an edge list by their values.
  private Interval bounds(snel.math.Expr.Ref ref) {
    if (ref.name().equals("index")) {
      int size =
          ref.owner() == snel.math.Owner.PRE
              ? plasticity.sourceCells().size
              : plasticity.targetCells().map(c -> c.size).orElse(1);
      return new Interval(0, size - 1.0);
    }
    if (ref.name().startsWith("position.")) {
      List<Integer> shape =
          ref.owner() == snel.math.Owner.PRE
              ? plasticity.sourceCells().population.shape()
              : plasticity.targetCells().map(c -> c.population.shape()).orElse(List.of(1));
      int axis = Integer.parseInt(ref.name().substring("position.".length()));
      return new Interval(0, axis < shape.size() ? shape.get(axis) - 1.0 : 0);
    }
    if (ref.name().startsWith("edge.")
        && plasticity.projection.connection()
            instanceof snel.model.Connection.Edges(_, _, var columns)) {
      double[] values = snel.math.Known.in(columns, ref.name().substring("edge.".length()));
      double low = java.util.Arrays.stream(values).min().orElse(0);
      double high = java.util.Arrays.stream(values).max().orElse(0);
      return new Interval(low, high);
    }
    return Interval.UNKNOWN;
  }

  boolean axonalIsNone() {
    return axonal.isPresent() && axonal.get() == 0;
  }

  int longestTotal() {
    return longestAxonal + longestDendritic;
  }

  int longestDendritic() {
    return longestDendritic;
  }

  /// Steps of both delays together; empty where they are one number a synapse.
  Optional<Expr> total() {
    return perSynapse.isPresent() || links.drawnDelay().isPresent()
        ? Optional.empty()
        : Optional.of(i(axonal.orElseThrow() + dendritic.orElseThrow()));
  }

  Optional<Expr> dendritic() {
    if (dendritic.isEmpty()) {
      throw new CompilerBug("a dendritic delay that differs between plastic synapses");
    }
    return dendritic.map(Emit::i);
  }

  /// Computes the delay of each synapse: the nearest step, half up, in double precision.
  void build(World world) {
    if (perSynapse.isEmpty()) {
      return;
    }
    List<Stmt> body =
        links.all((synapse, source, target) -> {
          var kernel = new KernelScope();
          return kernel.collect(() -> {
            Expr sum = sum(world, synapse, source, target, kernel);
            kernel.statements().add(store(perSynapse.get(), synapse, sum));
          });
        });
    world.build.add(new Build.Run(new Kernel(links.path + ":delay", Phase.BUILD, body)));
  }

  private Expr sum(World world, Expr synapse, Expr source, Expr target, KernelScope kernel) {
    Expr sum = i(0);
    for (var part : List.of(plasticity.projection.axonal(), plasticity.projection.dendritic())) {
      if (part.isPresent()) {
        sum = add(sum, steps(world, part.get(), synapse, source, target, kernel));
      }
    }
    return sum;
  }

  private Expr steps(
      World world, snel.math.Expr ms, Expr synapse, Expr source, Expr target, KernelScope kernel) {
    Optional<Expr> multapse = links.multapse(synapse);
    Draws draws = new SynapseDraws(links.path, "delay", source, target, multapse, false);
    var at = new SynapseScope.At(synapse, source, target, Optional.empty());
    var scope = new SynapseScope(world, plasticity, at, kernel, draws, Emit.step(), false);
    snel.math.Expr inner =
        ms instanceof snel.math.Expr.Call(var f, var arguments) && f.equals("to_step")
            ? arguments.get(0)
            : ms;
    Expr value = new Expressions(scope, world.real()).real(inner);
    return convert(Scalar.I32, Emit.nearestStep(value, step));
  }

  /// Rows of plastic synapses are sorted by delay, so that a step touches only those due.
  void sort(World world) {
    if (perSynapse.isEmpty() || plasticity.isStatic()) {
      return;
    }
    List<Buffer> carried = new ArrayList<>();
    for (Buffer buffer : world.buffers.all()) {
      boolean own = buffer.length() instanceof Length.Synapses(var name) && name.equals(links.path);
      boolean wiring =
          buffer.equals(links.wiring().orElseThrow().target())
              || links.wiring().orElseThrow().multapse().filter(buffer::equals).isPresent()
              || buffer.equals(perSynapse.get())
              || buffer.name().startsWith(links.path + ".synapses.column_");
      if (own && !wiring) {
        carried.add(buffer);
      }
    }
    world.build.add(links.sorting(carried));
  }
}
