package snel.runtime.schedule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import snel.runtime.schedule.NetworkView.Projection;
import snel.runtime.schedule.NetworkView.Variable;

/// Says which neuron, synapse or weight of a kernel an element of a variable is.
public final class ElementText {
  /// Kernels have channels and places; a weight for each synapse has a source and a target.
  private static final int LEAST_AXES_OF_KERNEL = 3;

  private ElementText() {}

  /// @param path of the variable
  public static String of(NetworkView view, String path, int element) {
    @Nullable Variable variable = view.variables().get(path);
    if (variable == null) {
      return " of neuron " + element;
    }
    for (Projection projection : view.projections().values()) {
      if (projection.owns(variable) && variable.shape().length >= LEAST_AXES_OF_KERNEL) {
        return " at " + place(variable.shape(), element) + " of the kernel";
      }
      if (projection.has(variable)) {
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

  private static String place(int[] shape, int element) {
    int[] at = new int[shape.length];
    int rest = element;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      at[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return Arrays.toString(at);
  }
}
