package snel.runtime.run;

import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.Fault;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.NetworkView.Projection;
import snel.runtime.schedule.NetworkView.Variable;

/// Says which neuron or synapse an element of a variable is.
final class FaultPlace {
  private FaultPlace() {}

  static String of(NetworkView view, Fault fault) {
    int element = (int) fault.element();
    @Nullable Variable variable = view.variables().get(fault.place());
    for (Projection projection : view.projections().values()) {
      if (variable != null && projection.has(variable)) {
        return synapse(projection, element);
      }
    }
    return " of neuron " + element;
  }

  private static String synapse(Projection projection, int number) {
    int source = 0;
    while (projection.first(source + 1) <= number) {
      source++;
    }
    return " of the synapse from " + source + " to " + projection.target(source, number);
  }
}
