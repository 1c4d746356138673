package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Backward;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;
import snel.math.Kind;
import snel.model.Connection;
import snel.model.Projection;
import snel.model.Variable;
import snel.model.WeightSource;

/// Structural change: synapses whose `prune` condition holds go, pairs that the `grow` rule draws
/// come, and the compressed rows are written anew (semantics.md §8: in hooks only, a synapse is
/// named by its pair, so others' draws do not move).
final class Rewiring {
  private final World world;
  private final Plasticity plasticity;
  private final Links links;
  private final Projection projection;
  private final String path;
  private final List<Buffer> carried = new ArrayList<>();
  private final Expr kept;
  private final Expr old;
  private final Expr wanted;

  Rewiring(World world, Plasticity plasticity) {
    this.world = world;
    this.plasticity = plasticity;
    this.links = plasticity.links;
    this.projection = plasticity.projection;
    this.path = links.path;
    this.kept = world.names().index("kept");
    this.old = world.names().index("old");
    this.wanted = world.names().index("wanted");
  }

  static boolean changes(Projection projection) {
    return projection.grow().isPresent() || projection.synapse().prune().isPresent();
  }

  /// The kernel that changes the wiring, due at the period of `grow`, or at a presentation's end.
  Optional<Kernel> kernel(boolean inStep) {
    if (!changes(projection) || inStep != projection.grow().isPresent()) {
      return Optional.empty();
    }
    List<Stmt> all = rewritten(false);
    if (inStep) {
      Expr instant = Emit.nextStep();
      all = List.of(when(Emit.due(projection.grow().orElseThrow().steps(), instant), all));
    }
    Phase phase = inStep ? Phase.PLASTICITY : Phase.PRESENTATION_END;
    return Optional.of(new Kernel(name(), phase, all));
  }

  private String name() {
    return path + ":rewire";
  }

  /// The same for an experiment that trains: derivatives go back along the synapses that a sample
  /// was shown to, so it is due when weights have changed, at the first such time after each period
  /// of `grow`.
  Optional<Kernel> betweenSamples() {
    if (!changes(projection) || !world.needs().trains()) {
      return Optional.empty();
    }
    List<Stmt> all = rewritten(false);
    Optional<Projection.Grow> grow = projection.grow();
    if (grow.isPresent()) {
      Buffer done = world.buffers.declare(path + ".synapses.rewired", Cell.I64, 1, Role.CHANGE);
      Expr periods = new Expr.Binary(BinaryOp.DIV, Emit.step(), Expr.i64(grow.get().steps()));
      all.addFirst(store(done, i(0), periods));
      all = List.of(when(compare(CompareOp.NE, Emit.one(done), periods), all));
    }
    return Optional.of(new Kernel(Backward.REWIRE + name(), Phase.ON_DEMAND, all));
  }

  /// The kernel that puts the synapses of a file in place of those that are there, where one is
  /// loaded. Those of both keep what they have; those that come start as grown ones do.
  Optional<Kernel> loaded() {
    return changes(projection) && world.needs().loads()
        ? Optional.of(new Kernel(path + ":load_synapses", Phase.ON_DEMAND, rewritten(true)))
        : Optional.empty();
  }

  /// First synapses of the sources in the file.
  Buffer wantedRows() {
    return scratch("wanted_row_start", Cell.I32, links.sources + 1L);
  }

  Buffer wantedTargets() {
    Buffer target = links.wiring().orElseThrow().target();
    long length = ((Length.Fixed) target.length()).count();
    return scratch("wanted_target", target.cell(), length);
  }

  private Buffer scratch(String name, Cell cell, long length) {
    return world.buffers.declare(path + ".synapses.rewire." + name, cell, length, Role.SCRATCH);
  }

  private Buffer scratchOf(Buffer buffer) {
    long length = ((Length.Fixed) buffer.length()).count();
    return scratch(buffer.name().substring(path.length() + 1), buffer.cell(), length);
  }

  private List<Stmt> rewritten(boolean fromFile) {
    Wiring wiring = links.wiring().orElseThrow();
    plasticity.weight().ifPresent(carried::add);
    carried.addAll(plasticity.delays().buffers());
    for (Variable state : plasticity.synapse.states()) {
      perSynapse(state.name());
    }
    plasticity.synapse.parameters().forEach(p -> perSynapse(p.name()));
    if (!plasticity.lazy().isEmpty()) {
      carried.add(plasticity.touched());
    }
    for (TraceStore trace : plasticity.followers.traces()) {
      if (trace.isOfSynapses()) {
        carried.add(trace.values);
      }
    }
    Buffer rows = scratch("row_start", Cell.I32, links.sources + 1L);
    Buffer targets = scratchOf(wiring.target());
    List<Stmt> all = new ArrayList<>();
    if (isReplaced() && !fromFile) {
      all.addAll(replacement().drawn());
    }
    all.add(Emit.variable(kept, i(0)));
    List<Stmt> row = new ArrayList<>();
    Expr source = world.names().index("i");
    Expr target = world.names().index("j");
    row.add(store(rows, source, kept));
    row.add(Emit.variable(old, load(wiring.rowStart(), source)));
    List<Stmt> pair;
    if (fromFile) {
      row.add(Emit.variable(wanted, load(wantedRows(), source)));
      pair = wantedPair(wiring, targets, source, target);
    } else {
      pair = pair(wiring, targets, source, target);
    }
    row.add(Emit.serial(target, i(0), i(links.targets), pair));
    all.add(Emit.serial(source, i(0), i(links.sources), row));
    all.add(store(rows, i(links.sources), kept));
    all.add(
        Emit.loop(
            "k",
            i(links.sources + 1),
            List.of(store(wiring.rowStart(), index("k"), load(rows, index("k"))))));
    List<Stmt> back = new ArrayList<>();
    back.add(store(wiring.target(), index("k"), load(targets, index("k"))));
    for (Buffer buffer : carried) {
      back.add(store(buffer, index("k"), load(scratchOf(buffer), index("k"))));
    }
    all.add(Emit.loop("k", kept, back));
    all.addAll(links.columnsAnew());
    return all;
  }

  private void perSynapse(String name) {
    if (plasticity.place(name) == Plasticity.Place.SYNAPSE) {
      carried.add(plasticity.variable(name));
    }
  }

  private boolean isReplaced() {
    return projection.grow().filter(Projection.Grow::replaced).isPresent();
  }

  private Replacement replacement() {
    return new Replacement(
        world,
        plasticity,
        (at, kernel) -> new Expressions(scope(at, kernel, "prune"), world.real()).bool(prune()));
  }

  private snel.math.Expr prune() {
    return plasticity.synapse.prune().orElse(new snel.math.Expr.Truth(false));
  }

  /// Pair (i, j): kept if it has a synapse that is not pruned, made if it has none and is drawn.
  private List<Stmt> pair(Wiring wiring, Buffer targets, Expr source, Expr target) {
    Expr exists = isAt(wiring.rowStart(), wiring.target(), old, source, target);
    var at = SynapseScope.At.of(old, source, target);
    List<Stmt> keep = keep(targets, target);
    Stmt next = Emit.assign(old, add(old, i(1)));
    if (isReplaced()) {
      Expr fate = replacement().fate(source, target);
      var kernel = world.kernel();
      List<Stmt> existing =
          List.of(when(compare(CompareOp.EQ, fate, i(Replacement.KEPT)), keep), next);
      List<Stmt> fresh = kernel.collect(() -> make(targets, at, kernel));
      return List.of(
          when(exists, existing), when(compare(CompareOp.EQ, fate, i(Replacement.NEW)), fresh));
    }
    var kernel = world.kernel();
    List<Stmt> existing =
        new ArrayList<>(
            kernel.collect(() -> {
              SynapseScope scope = scope(at, kernel, "prune");
              Expr pruned = new Expressions(scope, world.real()).bool(prune());
              Expr stays = Emit.or(Emit.not(pruned), plasticity.frozen());
              kernel.statements().add(when(stays, keep));
            }));
    existing.add(next);
    return List.of(new Stmt.If(exists, existing, grown(targets, at)));
  }

  /// Pair (i, j), as the file has it.
  private List<Stmt> wantedPair(Wiring wiring, Buffer targets, Expr source, Expr target) {
    Expr exists = isAt(wiring.rowStart(), wiring.target(), old, source, target);
    Expr isWanted = isAt(wantedRows(), wantedTargets(), wanted, source, target);
    var at = SynapseScope.At.of(old, source, target);
    var kernel = world.kernel();
    List<Stmt> fresh = kernel.collect(() -> make(targets, at, kernel));
    return List.of(
        when(
            isWanted,
            List.of(
                Emit.assign(wanted, add(wanted, i(1))),
                new Stmt.If(exists, keep(targets, target), fresh))),
        when(exists, List.of(Emit.assign(old, add(old, i(1))))));
  }

  /// Whether synapse `number` of a row is there and leads to `target`.
  private Expr isAt(Buffer rows, Buffer targets, Expr number, Expr source, Expr target) {
    Expr end = load(rows, add(source, i(1)));
    Expr last = Emit.sub(load(rows, i(links.sources)), i(1));
    Expr safe = new Expr.Binary(BinaryOp.MAX, i(0), new Expr.Binary(BinaryOp.MIN, number, last));
    return Emit.and(
        compare(CompareOp.LT, number, end),
        compare(CompareOp.EQ, convert(Scalar.I32, load(targets, safe)), target));
  }

  private List<Stmt> keep(Buffer targets, Expr target) {
    List<Stmt> keep = new ArrayList<>();
    keep.add(store(targets, kept, target));
    for (Buffer buffer : carried) {
      keep.add(store(scratchOf(buffer), kept, load(buffer, old)));
    }
    keep.add(Emit.assign(kept, add(kept, i(1))));
    return keep;
  }

  private SynapseScope scope(SynapseScope.At at, KernelScope kernel, String purpose) {
    Draws draws = new SynapseDraws(path, purpose, at.source(), at.target(), Optional.empty(), true);
    Moment moment = Moment.before(Emit.nextStep());
    return new SynapseScope(world, plasticity, at, kernel, draws, moment);
  }

  private List<Stmt> grown(Buffer targets, SynapseScope.At at) {
    if (projection.grow().isEmpty()) {
      return List.of();
    }
    if (!(projection.grow().get().rule() instanceof Connection.Bernoulli(var chance))) {
      throw new CompilerBug("this rule of `grow` is refused before");
    }
    var kernel = world.kernel();
    return kernel.collect(() ->
        ChosenPairs.allowed(
            world,
            links,
            at.source(),
            at.target(),
            kernel,
            () -> {
              SynapseScope scope = scope(at, kernel, "grow");
              Expr p = new Expressions(scope(at, kernel, "grow.chance"), world.real()).real(chance);
              Expr grows = Emit.not(plasticity.frozen());
              if (projection.excludeSelf()) {
                grows =
                    Emit.and(
                        grows,
                        compare(
                            CompareOp.NE,
                            links.sourceInPopulation(at.source()),
                            links.targetInPopulation(at.target())));
              }
              List<Stmt> checked =
                  PairChances.checked(
                      world, links, chance, p, world.real(), at.source(), at.target());
              if (!checked.isEmpty()) {
                kernel.statements().add(when(grows, checked));
              }
              Expr drawn = Emit.and(Drawing.event(scope.draws().word(0, i(0)), p), grows);
              List<Stmt> make = kernel.collect(() -> make(targets, at, kernel));
              kernel.statements().add(when(drawn, make));
            }));
  }

  /// A new synapse starts with the values its projection gives every synapse.
  private void make(Buffer targets, SynapseScope.At at, KernelScope kernel) {
    kernel.statements().add(store(targets, kept, at.target()));
    for (Buffer buffer : carried) {
      Expr value = initial(buffer, at, kernel);
      kernel
          .statements()
          .add(store(scratchOf(buffer), kept, convert(buffer.cell().scalar(), value)));
    }
    kernel.statements().add(Emit.assign(kept, add(kept, i(1))));
  }

  private Expr initial(Buffer buffer, SynapseScope.At at, KernelScope kernel) {
    String name = buffer.name().substring(path.length() + 1);
    SynapseScope scope = scope(at, kernel, "grown_" + name);
    if (plasticity.weight().filter(buffer::equals).isPresent()) {
      return weight(at, new Expressions(scope, world.real()));
    }
    if (plasticity.delays().buffers().contains(buffer)) {
      return plasticity.delays().initial(buffer, at, kernel);
    }
    if (name.equals("synapses.touched")) {
      return convert(Scalar.I32, Emit.nextStep());
    }
    if (plasticity.followers.trace(name).isPresent()) {
      return Emit.zero(buffer.cell().scalar());
    }
    Variable variable = plasticity.declared(name).orElseThrow();
    return new Expressions(scope, world.real()).of(variable.initial(), variable.kind());
  }

  private Expr weight(SynapseScope.At at, Expressions expressions) {
    Optional<Variable> variable = plasticity.synapse.weight();
    Kind kind = variable.map(Variable::kind).orElse(Kind.REAL);
    Expr first =
        switch (projection.weight()) {
          case WeightSource.Value(var expression) -> expressions.of(expression, kind);
          case WeightSource.Matrix _ -> new MatrixWeights(world, plasticity).of(at);
          case WeightSource.Tied _, WeightSource.None _ ->
              throw new CompilerBug("weights that are not stored come and go with their owner's");
        };
    return variable.map(v -> InitialValue.clipped(v, expressions, first)).orElse(first);
  }
}
