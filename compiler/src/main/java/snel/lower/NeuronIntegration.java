package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.loop;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Equation;
import snel.model.Population;
import snel.model.Variable;

/// Phase 2 for the equations of one population: all new values from old ones.
final class NeuronIntegration {
  private final World world;
  private final Cells cells;
  private final Population population;
  private final Scalar real;
  private final Refractoriness refractoriness;
  private final boolean isSplit;
  private final Map<Buffer, Buffer> before = new LinkedHashMap<>();

  NeuronIntegration(World world, Cells cells) {
    this.world = world;
    this.cells = cells;
    this.population = cells.population;
    this.real = world.real();
    this.refractoriness = new Refractoriness(world, cells);
    this.isSplit = world.splitsSteps(cells);
  }

  /// The equations of what each neuron has, in the order in which their states are declared.
  private List<Equation> equations() {
    return equations(false);
  }

  private List<Equation> equations(boolean shared) {
    List<Equation> all = new ArrayList<>();
    for (Variable state : population.states()) {
      if (state.shared() != shared) {
        continue;
      }
      population.equations().stream()
          .filter(e -> e.variable().equals(state.name()))
          .forEach(all::add);
    }
    return all;
  }

  private Noises noises() {
    return new Noises(
        new LinkedHashSet<>(population.noises()), new LinkedHashSet<>(population.sharedNoises()));
  }

  List<Block> blocks() {
    return choose(equations(), "");
  }

  /// Those of what the population has once.
  List<Block> sharedBlocks() {
    return choose(equations(true), ".shared");
  }

  private List<Block> choose(List<Equation> equations, String suffix) {
    // parts of a step have coefficients that are numbers
    var constants =
        cells.isPrecise || isSplit
            ? IntegratorChoice.Constants.NUMBERS
            : new NeuronCoefficients(world, cells).constants(suffix);
    return IntegratorChoice.choose(equations, noises(), world.step(), constants);
  }

  /// The blocks while the refractory neuron's held states stand still: they are constants to the
  /// others (semantics.md §4). Empty where that makes no difference.
  List<Block> blocksWhileHeld() {
    List<String> held = NeuronBodies.holding(cells);
    boolean differs = blocks().stream().anyMatch(b -> isMovedByHeld(b, held));
    if (!differs) {
      return List.of();
    }
    List<Equation> free = new ArrayList<>(equations());
    free.removeIf(e -> held.contains(e.variable()));
    List<Block> same = choose(free, "");
    List<Block> apart = choose(free, ".held");
    List<Block> all = new ArrayList<>();
    for (int k = 0; k < same.size(); k++) {
      all.add(blocks().contains(same.get(k)) ? same.get(k) : apart.get(k));
    }
    return all;
  }

  /// Whether the block integrates a state that moves together with a held one.
  private boolean isMovedByHeld(Block block, List<String> held) {
    if (!(block instanceof Block.Exact)) {
      return false;
    }
    for (Equation equation : population.equations()) {
      if (!block.states().contains(equation.variable()) || held.contains(equation.variable())) {
        continue;
      }
      for (String name : block.states()) {
        if (held.contains(name) && dependsOn(equation.variable(), name, block.states())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean dependsOn(String state, String other, List<String> within) {
    Set<String> reached = new LinkedHashSet<>(Set.of(state));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Equation equation : population.equations()) {
        for (String name : within) {
          if (reached.contains(equation.variable())
              && Walk.mentions(equation.rate(), Owner.SELF, name)) {
            grew |= reached.add(name);
          }
        }
      }
    }
    return reached.contains(other);
  }

  Optional<Kernel> kernel() {
    List<Block> blocks = blocks();
    List<Block> shared = sharedBlocks();
    if (blocks.isEmpty() && shared.isEmpty() && !isSplit) {
      return Optional.empty();
    }
    List<Stmt> all = new ArrayList<>(noiseWords());
    Expr self = index("i");
    all.addAll(keepForPeers(self));
    var kernel = world.kernel();
    Map<String, Expr> sharedValues = new LinkedHashMap<>();
    all.addAll(
        kernel.collect(() ->
            shared.forEach(block ->
                step(i(0), kernel)
                    .emit(block)
                    .forEach((state, value) -> sharedValues.put(state, local(kernel, value))))));
    List<Stmt> body =
        kernel.collect(() -> {
          if (cells.isPrecise || isSplit) {
            new PartialSteps(world, cells).begin(self, kernel);
          }
          Map<String, Expr> fresh = new LinkedHashMap<>();
          blocks.forEach(b -> fresh.putAll(step(self, kernel).emit(b)));
          Map<String, Expr> whileHeld = new LinkedHashMap<>();
          blocksWhileHeld().forEach(b -> whileHeld.putAll(step(self, kernel).emit(b)));
          storeNew(fresh, whileHeld, self, kernel);
          keepInput(self, kernel);
        });
    if (!body.isEmpty()) {
      all.add(loop("i", i(cells.size), body));
    }
    all.addAll(kernel.collect(() -> storeNew(sharedValues, Map.of(), i(0), kernel)));
    if (cells.isPrecise && !isSplit) {
      all.addAll(new PartialSteps(world, cells).released(kernel));
    }
    return Optional.of(new Kernel(population.path() + ":integrate", Phase.INTEGRATE, all));
  }

  /// Copies the states that equations read of the peers: all new values come from old ones.
  private List<Stmt> keepForPeers(Expr self) {
    List<Stmt> copies = new ArrayList<>();
    for (Equation equation : equations()) {
      String state = equation.variable();
      if (equations().stream().anyMatch(e -> Walk.mentions(e.rate(), Owner.PEER, state))) {
        Buffer copy = cells.copyForPeers(state);
        before.put(cells.variable(state), copy);
        copies.add(store(copy, self, load(cells.variable(state), self)));
      }
    }
    return copies.isEmpty() ? List.of() : List.of(loop("i", i(cells.size), copies));
  }

  private Integration step(Expr self, KernelScope kernel) {
    List<String> held = NeuronBodies.holding(cells);
    return new Integration(
        real,
        world.step(),
        kernel,
        overrides -> {
          NeuronScope scope =
              world.bodies().scope(cells, self, kernel, "equation", Emit.step()).peersFrom(before);
          overrides.forEach(scope::bind);
          return scope;
        },
        state -> load(cells.variable(state), self),
        normal -> normal(normal, self),
        state ->
            held.contains(state) ? Optional.of(refractoriness.isFree(self)) : Optional.empty());
  }

  private void storeNew(
      Map<String, Expr> fresh, Map<String, Expr> whileHeld, Expr self, KernelScope kernel) {
    List<String> held = NeuronBodies.holding(cells);
    Map<String, Expr> values = new LinkedHashMap<>();
    fresh.forEach((state, value) -> {
      Expr next = value;
      Expr other = whileHeld.get(state);
      if (other != null && !other.equals(value)) {
        next = new Expr.Choose(refractoriness.isFree(self), value, other);
      }
      values.put(state, local(kernel, next));
    });
    values.forEach((state, next) -> {
      Expr value = next;
      Expr old = load(cells.variable(state), self);
      Variable variable = population.state(state).orElseThrow();
      if (!variable.bounds().isNone()) {
        value = bounded(value, variable, self, kernel);
      }
      if (held.contains(state)) {
        value = new Expr.Choose(refractoriness.isFree(self), value, old);
      }
      if (variable.plastic()) {
        Expr frozen = Emit.one(world.frozen(population.path() + "." + state));
        value = new Expr.Choose(compare(CompareOp.NE, frozen, i(0)), old, value);
      }
      kernel.statements().add(store(cells.variable(state), self, value));
    });
  }

  private static Expr local(KernelScope kernel, Expr value) {
    String name = kernel.fresh("new");
    kernel.statements().add(new Stmt.Let(name, value));
    return new Expr.Read(name, value.type());
  }

  private Expr bounded(Expr value, Variable variable, Expr self, KernelScope kernel) {
    NeuronScope scope = world.bodies().scope(cells, self, kernel, "bounds", Emit.step());
    return Piecewise.bounded(new Expressions(scope, real), value, variable);
  }

  /// What is kept of a held state's input decays as the state would.
  private void keepInput(Expr self, KernelScope kernel) {
    if (!refractoriness.keepsInput()) {
      return;
    }
    for (String name : NeuronBodies.holding(cells)) {
      for (Equation equation : equations()) {
        if (equation.variable().equals(name)) {
          var kept = refractoriness.kept(name);
          step(self, kernel)
              .decayed(equation, load(kept, self))
              .ifPresent(value -> kernel.statements().add(store(kept, self, value)));
        }
      }
    }
  }

  private List<Stmt> noiseWords() {
    List<Stmt> all = new ArrayList<>();
    for (Block.Normal normal : ownNormals()) {
      all.add(
          new Stmt.Words(
              cells.scratchWords(normal.text()),
              i(cells.size),
              i(stream(normal)),
              i(0),
              Emit.episodeStep32(),
              Emit.presentation32()));
    }
    return all;
  }

  /// The first of each noise, and what the covariances of exact steps take beside it.
  private Set<Block.Normal> ownNormals() {
    Set<Block.Normal> all = new LinkedHashSet<>();
    population.noises().forEach(n -> all.add(Block.Normal.first(n)));
    List<Block> blocks = new ArrayList<>(blocks());
    blocks.addAll(sharedBlocks());
    blocks.addAll(blocksWhileHeld());
    for (Block block : blocks) {
      if (block instanceof Block.Exact exact) {
        exact.rows().forEach(row -> row.noise().forEach(share -> all.add(share.normal())));
      }
    }
    all.removeIf(n -> population.sharedNoises().contains(n.noise()));
    return all;
  }

  private int stream(Block.Normal normal) {
    return Streams.of(population.path() + "." + normal.noise(), "noise", normal.ordinal());
  }

  private Expr normal(Block.Normal normal, Expr self) {
    Expr word =
        population.sharedNoises().contains(normal.noise())
            ? new Expr.Philox(
                i(stream(normal)), i(0), i(0), Emit.episodeStep32(), Emit.presentation32(), i(0))
            : load(cells.scratchWords(normal.text()), self);
    return Emit.call(Function.NORMAL, real, word);
  }
}
