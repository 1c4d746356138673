package snel.lower;

import snel.model.Action;
import snel.model.Handler;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Synapse;
import snel.model.Variable;

/// What stays as it was built in the synapses of a projection.
final class Constancy {
  private Constancy() {}

  /// Whether a handler, a port or a block `every` assigns the variable.
  static boolean isAssigned(Synapse synapse, String name) {
    for (Handler handler : synapse.handlers()) {
      if (NeuronBodies.assigns(handler.body(), name)) {
        return true;
      }
    }
    for (Port port : synapse.ports()) {
      if (NeuronBodies.assigns(port.body(), name)) {
        return true;
      }
    }
    return synapse.every().stream().anyMatch(e -> NeuronBodies.assigns(e.body(), name));
  }

  /// Whether the network itself changes the weights.
  static boolean changesWeight(Projection projection) {
    Synapse synapse = projection.synapse();
    String name = synapse.weight().map(Variable::name).orElse("w");
    return isAssigned(synapse, name)
        || synapse.equations().stream().anyMatch(e -> e.variable().equals(name))
        || projection.normalise().isPresent();
  }

  /// Whether the only thing the synapse does is to deliver a fixed amount at a pre spike.
  static boolean isStatic(Projection projection) {
    Synapse synapse = projection.synapse();
    return synapse.traces().isEmpty()
        && synapse.equations().isEmpty()
        && synapse.ports().isEmpty()
        && synapse.every().isEmpty()
        && synapse.states().isEmpty()
        && synapse.handlers().size() == 1
        && synapse.handlers().get(0).event().equals("pre")
        && synapse.handlers().get(0).body().size() == 1
        && synapse.handlers().get(0).body().get(0) instanceof Action.Deliver
        && !changesWeight(projection);
  }
}
