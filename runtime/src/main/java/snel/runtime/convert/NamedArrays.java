package snel.runtime.convert;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import snel.runtime.convert.TrainedLayer.Layout;
import snel.runtime.data.ArrayFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.kernel.ProblemKind;

/// Finds the weights and biases of a layer among arrays with names.
final class NamedArrays {
  private static final List<String> WEIGHTS =
      List.of("", ".weight", ".kernel", "/kernel", "/kernel:0", ".w", "/weight");
  private static final List<String> BIASES = List.of(".bias", "/bias", "/bias:0", ".b");

  private final String file;
  private final ArrayFile arrays;

  NamedArrays(String file, ArrayFile arrays) {
    this.file = file;
    this.arrays = arrays;
  }

  String file() {
    return file;
  }

  Optional<NumberArray> array(String name) {
    return Optional.ofNullable(arrays.get(name));
  }

  TrainedLayer layer(String name) {
    for (String ending : WEIGHTS) {
      NumberArray weight = arrays.get(name + ending);
      if (weight != null) {
        return new TrainedLayer(
            List.of(name),
            weight,
            Layout.of(name + ending),
            bias(name, ending.isEmpty()),
            Optional.empty());
      }
    }
    throw missing(name);
  }

  /// How a batch normalisation's gain, shift, mean and variance are called, and what it adds to the
  /// variance if nobody says otherwise: here, in PyTorch, in Keras.
  private enum Norm {
    OWN(Layout.OWN, 1e-5, ".gain", ".shift", ".average", ".variance"),
    PYTORCH(Layout.PYTORCH, 1e-5, ".weight", ".bias", ".running_mean", ".running_var"),
    KERAS(Layout.KERAS, 1e-3, "/gamma", "/beta", "/moving_mean", "/moving_variance");

    final Layout layout;
    final double epsilon;
    final String gain;
    final String shift;
    final String mean;
    final String variance;

    Norm(Layout layout, double epsilon, String gain, String shift, String mean, String variance) {
      this.layout = layout;
      this.epsilon = epsilon;
      this.gain = gain;
      this.shift = shift;
      this.mean = mean;
      this.variance = variance;
    }

    /// Whether a gain of 1 and a shift of 0 may be left out, since nothing learnt others.
    boolean mayBePlain() {
      return this != OWN;
    }
  }

  /// The batch normalisation of this name, where there is one.
  Optional<BatchNorm> norm(String name) {
    for (Norm norm : Norm.values()) {
      Optional<double[]> mean = part(name + norm.mean);
      Optional<double[]> variance = part(name + norm.variance);
      Optional<double[]> gain = part(name + norm.gain);
      Optional<double[]> shift = part(name + norm.shift);
      boolean isWhole = gain.isPresent() && shift.isPresent() || norm.mayBePlain();
      if (mean.isPresent() && variance.isPresent() && isWhole) {
        int size = mean.get().length;
        return Optional.of(
            BatchNorm.of(
                file + ", `" + name + "`",
                norm.layout,
                gain.orElseGet(() -> ones(size)),
                shift.orElseGet(() -> new double[size]),
                mean.get(),
                variance.get(),
                norm.epsilon));
      }
    }
    return Optional.empty();
  }

  private Optional<double[]> part(String name) {
    return array(name).or(() -> array(name + ":0")).map(NumberArray::toDoubles);
  }

  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  DataProblem missing(String name) {
    return DataProblem.found(
        ProblemKind.OTHER_WEIGHTS,
        file,
        "an array \"" + name + "\"",
        String.join(", ", arrays.names()));
  }

  /// @param isArray whether the name is that of the weights themselves, not of their layer
  private Optional<double[]> bias(String name, boolean isArray) {
    int dot = Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'));
    List<String> stems = isArray && dot > 0 ? List.of(name, name.substring(0, dot)) : List.of(name);
    return BIASES.stream()
        .flatMap(ending -> stems.stream().map(stem -> arrays.get(stem + ending)))
        .filter(array -> array != null)
        .findFirst()
        .map(NumberArray::toDoubles);
  }
}
