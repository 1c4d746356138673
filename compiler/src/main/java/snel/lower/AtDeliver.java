package snel.lower;

import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;

/// Copies of what is recorded `at deliver`: values as they are after phase 1 (semantics.md §6).
final class AtDeliver {
  private final World world;

  AtDeliver(World world) {
    this.world = world;
  }

  List<Kernel> kernels(Iterable<String> paths) {
    List<Kernel> kernels = new ArrayList<>();
    paths.forEach(path -> kernels.add(kernel(path)));
    return kernels;
  }

  private Kernel kernel(String path) {
    return ofNetwork(path)
        .or(() -> ofNeurons(path))
        .or(() -> ofSynapses(path))
        .orElseThrow(() -> new CompilerBug("nothing to sample is called " + path));
  }

  private Optional<Kernel> ofNetwork(String path) {
    return world.findValue(path).map(from -> copying(path, from, length(from), at(from)));
  }

  private Optional<Kernel> ofNeurons(String path) {
    for (Cells cells : world.allCells()) {
      Optional<String> name = member(path, cells.population.path()).filter(cells::has);
      if (name.isPresent()) {
        Buffer from = cells.variable(name.get());
        return Optional.of(copying(path, from, length(from), at(from)));
      }
    }
    return Optional.empty();
  }

  private Optional<Kernel> ofSynapses(String path) {
    for (Plasticity plasticity : world.allPlasticities()) {
      Optional<Kernel> kernel =
          member(path, plasticity.links.path).flatMap(name -> ofSynapses(plasticity, path, name));
      if (kernel.isPresent()) {
        return kernel;
      }
    }
    return Optional.empty();
  }

  private Optional<Kernel> ofSynapses(Plasticity plasticity, String path, String name) {
    if (plasticity.has(name)) {
      Buffer from = plasticity.variable(name);
      Expr value = new LazyCopies(world, plasticity).value(name, index(), Emit.step32());
      return Optional.of(copying(path, from, length(plasticity, from), value));
    }
    return plasticity.weight().map(from -> copying(path, from, length(plasticity, from), at(from)));
  }

  private static Optional<String> member(String path, String owner) {
    return path.startsWith(owner + ".")
        ? Optional.of(path.substring(owner.length() + 1))
        : Optional.empty();
  }

  private static Expr length(Plasticity plasticity, Buffer buffer) {
    return buffer.length() instanceof Length.Fixed
        ? length(buffer)
        : plasticity.links.synapseCount();
  }

  private static Expr length(Buffer buffer) {
    return i(Math.toIntExact(((Length.Fixed) buffer.length()).count()));
  }

  private static Expr index() {
    return Emit.index("k");
  }

  private static Expr at(Buffer buffer) {
    return load(buffer, index());
  }

  private Kernel copying(String path, Buffer from, Expr length, Expr value) {
    Buffer to = world.buffers.like(from, path + "@deliver", Role.SCRATCH);
    return new Kernel(
        path + ":at_deliver",
        Phase.RECORD,
        List.of(Emit.loop("k", length, List.of(store(to, index(), value)))));
  }
}
