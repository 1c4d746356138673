package snel.model;

import java.util.Arrays;
import java.util.List;
import snel.math.Shapes;

/// A population or a part of it: element k of the slice is neuron `indices.get(k)`; a whole
/// population has `whole` true and no list.
public record Slice(String population, boolean whole, int[] indices, List<Integer> shape) {
  /// What stands for all synapses together, where they are one element.
  public static final Slice ONE = new Slice("", false, new int[] {0}, List.of(1));

  public Slice {
    shape = List.copyOf(shape);
  }

  public int size() {
    return Shapes.size(shape);
  }

  /// Index in the population of element `k`.
  public int at(int k) {
    return whole ? k : indices[k];
  }

  /// The lowest neuron, 0 if there is none.
  public int least() {
    return whole ? 0 : Arrays.stream(indices).min().orElse(0);
  }

  /// The highest neuron, -1 if there is none.
  public int greatest() {
    return whole ? size() - 1 : Arrays.stream(indices).max().orElse(-1);
  }

  /// Whether the slice is one unbroken range, so that `at(k) == at(0) + k`.
  public boolean isRange() {
    if (whole) {
      return true;
    }
    for (int k = 1; k < indices.length; k++) {
      if (indices[k] != indices[0] + k) {
        return false;
      }
    }
    return true;
  }
}
