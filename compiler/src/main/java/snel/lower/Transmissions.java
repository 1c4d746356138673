package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.math.Known;
import snel.math.Walk;
import snel.model.Endpoint;
import snel.model.Slice;
import snel.model.Variable;

/// The inputs that projections with `transmit` feed: the sums of each projection, added in the
/// order of declaration (semantics.md §2, §3).
final class Transmissions {
  private final World world;

  Transmissions(World world) {
    this.world = world;
  }

  /// The accumulator of one projection: one element a target.
  static Buffer sums(World world, Plasticity plasticity) {
    return world.buffers.real(
        plasticity.links.path + ".synapses.transmitted", plasticity.links.targets, Role.SCRATCH);
  }

  /// Fills the inputs: each after those that what it is made of reads. Where they go round in a
  /// circle, one reads what was there in the step before.
  List<Kernel> kernels(Map<String, SynapseKernels> synapses) {
    Map<Buffer, List<Plasticity>> left = byInput();
    List<Kernel> kernels = new ArrayList<>();
    while (!left.isEmpty()) {
      Set<Buffer> open = left.keySet();
      Buffer next =
          open.stream()
              .filter(input -> Known.in(left, input).stream().noneMatch(p -> reads(p, input, open)))
              .findFirst()
              .orElse(open.iterator().next());
      List<Plasticity> from = Known.in(left, next);
      for (Plasticity plasticity : from) {
        Known.in(synapses, plasticity.links.path).transmit().ifPresent(kernels::add);
      }
      kernels.add(sum(next, from));
      left.remove(next);
    }
    return kernels;
  }

  /// The inputs that are filled.
  Set<Buffer> inputs() {
    return byInput().keySet();
  }

  /// What is filled holds until it is filled again; after `reset all` it is what it was at first.
  List<Kernel> reset() {
    List<Kernel> kernels = new ArrayList<>();
    byInput()
        .forEach((input, from) -> {
          int size = (int) ((snel.ir.Length.Fixed) input.length()).count();
          Expr first = Emit.convert(input.cell().scalar(), first(from.getFirst()));
          Stmt each = store(input, index("k"), first);
          List<Stmt> all = List.of(Emit.loop("k", i(size), List.of(each)));
          kernels.add(new Kernel(input.name() + ":reset", Phase.RESET, all));
        });
    return kernels;
  }

  private Expr first(Plasticity plasticity) {
    Optional<Variable> input =
        switch (plasticity.projection.target()) {
          case Endpoint.NeuronInput(var slice, var name) ->
              world.cells(slice.population()).population.input(name);
          case Endpoint.SynapseInput(var other, var name, _) ->
              world.plasticity(other).declared(name);
          case Endpoint.NeuronPort _, Endpoint.SynapsePort _ -> Optional.empty();
        };
    return input.map(Variable::initial).orElse(snel.math.Expr.num(0))
            instanceof snel.math.Expr.Num(var value)
        ? Expr.real(world.real(), value.toDouble())
        : Emit.zero(world.real());
  }

  private Map<Buffer, List<Plasticity>> byInput() {
    Map<Buffer, List<Plasticity>> byInput = new LinkedHashMap<>();
    for (Plasticity plasticity : world.allPlasticities()) {
      if (plasticity.synapse.transmit().isPresent()) {
        byInput.computeIfAbsent(input(plasticity), _ -> new ArrayList<>()).add(plasticity);
      }
    }
    return byInput;
  }

  /// Whether a projection's `transmit` reads another of the inputs that are still to be filled.
  private boolean reads(Plasticity plasticity, Buffer own, Set<Buffer> open) {
    return Walk.any(
        plasticity.synapse.transmit().orElseThrow(),
        e ->
            e instanceof snel.math.Expr.Ref ref
                && variable(plasticity, ref)
                    .filter(b -> !b.equals(own) && open.contains(b))
                    .isPresent());
  }

  private Optional<Buffer> variable(Plasticity plasticity, snel.math.Expr.Ref ref) {
    String name = ref.name();
    return switch (ref.owner()) {
      case SELF -> plasticity.has(name) ? Optional.of(plasticity.variable(name)) : Optional.empty();
      case PRE -> variable(plasticity.sourceCells(), name);
      case POST -> plasticity.targetCells().flatMap(cells -> variable(cells, name));
      case PEER, NETWORK, ARGUMENT, LOCAL, POPULATION -> Optional.empty();
    };
  }

  private static Optional<Buffer> variable(Cells cells, String name) {
    return cells.has(name) ? Optional.of(cells.variable(name)) : Optional.empty();
  }

  private Kernel sum(Buffer input, List<Plasticity> from) {
    int size = (int) ((snel.ir.Length.Fixed) input.length()).count();
    Expr sum = part(from.getFirst(), size);
    for (Plasticity plasticity : from.subList(1, from.size())) {
      sum = add(sum, part(plasticity, size));
    }
    List<Stmt> all = List.of(Emit.loop("k", i(size), List.of(store(input, index("k"), sum))));
    return new Kernel(input.name() + ":sum", Phase.DELIVER, all);
  }

  private Buffer input(Plasticity plasticity) {
    return switch (plasticity.projection.target()) {
      case Endpoint.NeuronInput(var slice, var name) ->
          world.cells(slice.population()).variable(name);
      case Endpoint.SynapseInput(var other, var name, _) -> world.plasticity(other).variable(name);
      case Endpoint.NeuronPort _, Endpoint.SynapsePort _ ->
          throw new CompilerBug("transmit to an event port");
    };
  }

  /// What a projection gives to element `k`: 0 outside its slice.
  private Expr part(Plasticity plasticity, int size) {
    Buffer sums = sums(world, plasticity);
    Expr k = index("k");
    boolean isNeuron = plasticity.projection.target() instanceof Endpoint.NeuronInput;
    Slice slice = plasticity.projection.target().neurons().orElse(Slice.ONE);
    if (!isNeuron || slice.whole()) {
      return load(sums, k);
    }
    Expr none = Emit.zero(sums.cell().scalar());
    if (slice.isRange()) {
      int first = slice.at(0);
      Expr inside =
          Emit.and(
              compare(CompareOp.GE, k, i(first)),
              compare(CompareOp.LT, k, i(first + slice.size())));
      Expr local = sub(k, i(first));
      Expr safe = new Expr.Choose(inside, local, i(0));
      return new Expr.Choose(inside, load(sums, safe), none);
    }
    String map = plasticity.links.path + ".synapses.target_index";
    Expr local = load(LocalIndex.inverse(world, slice, size, map), k);
    Expr inside = compare(CompareOp.GE, local, i(0));
    return new Expr.Choose(inside, load(sums, new Expr.Choose(inside, local, i(0))), none);
  }
}
