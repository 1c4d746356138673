package snel.compiler;

import java.util.LinkedHashSet;
import java.util.Set;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Variable;

/// The states of a network by the names of their buffers.
final class States {
  private States() {}

  static Set<String> of(Network network) {
    Set<String> all = new LinkedHashSet<>();
    network.states().forEach(state -> all.add(state.name()));
    for (Population population : network.populations()) {
      for (Variable state : population.states()) {
        all.add(population.path() + "." + state.name());
      }
    }
    for (Projection projection : network.projections()) {
      for (Variable state : projection.synapse().states()) {
        all.add(projection.path() + "." + state.name());
      }
    }
    return all;
  }
}
