package snel.runtime.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What the elements of a network are called: as a program would, `E[3].v` or `map[0, 2].v`.
public final class CellNames {
  private CellNames() {}

  /// The neuron `index` of a population.
  public static String neuron(NetworkView.Population population, int index) {
    int[] shape = population.shape();
    Integer[] coordinates = new Integer[shape.length];
    int rest = index;
    for (int d = shape.length - 1; d >= 0; d--) {
      coordinates[d] = rest % shape[d];
      rest /= shape[d];
    }
    return Arrays.stream(coordinates)
        .map(String::valueOf)
        .collect(Collectors.joining(", ", population.name() + "[", "]"));
  }

  /// The state `path` of the neurons at `indices`; empty for one of synapses or of the network.
  public static List<String> states(NetworkView view, String path, int[] indices) {
    int dot = Math.max(0, path.lastIndexOf('.'));
    NetworkView.Population population = view.populations().get(path.substring(0, dot));
    if (population == null) {
      return List.of();
    }
    return population.size() == 1
        ? List.of(path)
        : Arrays.stream(indices)
            .mapToObj(index -> neuron(population, index) + path.substring(dot))
            .toList();
  }
}
