package snel.runtime.schedule;

import org.jspecify.annotations.Nullable;
import snel.runtime.schedule.NetworkView.Projection;
import snel.runtime.schedule.NetworkView.Variable;

/// Says which neuron or synapse an element of a variable is.
public final class ElementText {
  private ElementText() {}

  /// @param path of the variable
  public static String of(NetworkView view, String path, int element) {
    @Nullable Variable variable = view.variables().get(path);
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
