package snel.lower;

import static snel.lower.Emit.store;

import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.model.WeightSource;

/// Where the weights that a projection shares lie among those of their owner: looked for once, when
/// both projections are built, where the owner's synapses lie in rows.
final class TiedPlaces {
  private final World world;
  private final Plasticity plasticity;

  TiedPlaces(World world, Plasticity plasticity) {
    this.world = world;
    this.plasticity = plasticity;
  }

  /// Builds the places of all synapses of a tied projection, if they have to be looked for.
  Optional<Buffer> build() {
    if (!(plasticity.projection.weight() instanceof WeightSource.Tied tied)
        || !isStored(plasticity.links)
        || world.plasticity(tied.projection()).links.layout != Links.Layout.SPARSE) {
      return Optional.empty();
    }
    Links links = plasticity.links;
    Buffer places =
        world.buffers.declare(
            links.path + ".synapses.tied", Cell.I32, links.perSynapse(), Role.WIRING);
    List<Stmt> body =
        links.all((synapse, source, target) -> {
          var kernel = world.kernel();
          return kernel.collect(() -> {
            Expr found = searched(world, tied, source, target, kernel);
            kernel.statements().add(store(places, synapse, found));
          });
        });
    world.build.add(new Build.Run(new Kernel(links.path + ":tied", Phase.BUILD, body)));
    return Optional.of(places);
  }

  private static boolean isStored(Links links) {
    return switch (links.layout) {
      case ONE_TO_ONE, DENSE, SPARSE -> true;
      case BITS, PROCEDURAL -> false;
    };
  }

  /// The owner's synapse of the same pair.
  static Expr searched(
      World world, WeightSource.Tied tied, Expr source, Expr target, KernelScope kernel) {
    Links owner = world.plasticity(tied.projection()).links;
    return tied.transposed()
        ? owner.synapseOf(target, source, kernel)
        : owner.synapseOf(source, target, kernel);
  }
}
