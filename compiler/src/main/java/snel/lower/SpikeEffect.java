package snel.lower;

import java.util.Optional;
import snel.model.Endpoint;
import snel.model.Port;
import snel.model.Projection;

/// What a spike of one projection brings to its targets, and when that is known.
final class SpikeEffect {
  private final World world;
  private final Projection projection;

  SpikeEffect(World world, Projection projection) {
    this.world = world;
    this.projection = projection;
  }

  /// Whether the only thing the synapse does is to deliver a fixed amount at a pre spike.
  boolean isStatic() {
    return Constancy.isStatic(projection)
        && !Constancy.sharesWhatLearns(projection, world.network)
        && (projection.synapse().delay().isEmpty() || isRinged());
  }

  /// Whether it can be put where its delay says when the spike is emitted.
  private boolean isRinged() {
    return projection.target() instanceof Endpoint.NeuronPort
        && !isLookedUp()
        && !world.carriesPrecise(projection);
  }

  /// Whether it is looked up when it is due and not added up on its way: events for synapses, and
  /// bodies of ports that are not linear.
  boolean isLookedUp() {
    return projection.target() instanceof Endpoint.SynapsePort
        || port().filter(p -> !p.parameters().isEmpty() && !p.isLinear()).isPresent();
  }

  /// The port of neurons that it leads to.
  Optional<Port> port() {
    return projection.target() instanceof Endpoint.NeuronPort(var slice, var name)
        ? world.cells(slice.population()).population.port(name)
        : Optional.empty();
  }
}
