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
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.model.Endpoint;
import snel.model.Slice;

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

  Optional<Kernel> sums() {
    Map<Buffer, List<Plasticity>> byInput = new LinkedHashMap<>();
    for (Plasticity plasticity : world.allPlasticities()) {
      if (plasticity.synapse.transmit().isPresent()) {
        byInput.computeIfAbsent(input(plasticity), _ -> new ArrayList<>()).add(plasticity);
      }
    }
    List<Stmt> all = new ArrayList<>();
    byInput.forEach((input, from) -> {
      int size = (int) ((snel.ir.Length.Fixed) input.length()).count();
      Expr sum = part(from.getFirst(), size);
      for (Plasticity plasticity : from.subList(1, from.size())) {
        sum = add(sum, part(plasticity, size));
      }
      all.add(Emit.loop("k", i(size), List.of(store(input, index("k"), sum))));
    });
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel("inputs:sum", Phase.DELIVER, all));
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
