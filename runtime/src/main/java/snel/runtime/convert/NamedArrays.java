package snel.runtime.convert;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import snel.runtime.convert.TrainedLayer.Layout;
import snel.runtime.data.ArrayFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.kernel.ProblemKind;

/// Finds the weights and biases of a layer among arrays with names.
final class NamedArrays {
  private static final List<String> WEIGHTS =
      List.of(
          "",
          ".weight",
          ".kernel",
          "/kernel",
          "/kernel:0",
          ".w",
          "/weight",
          "/vars/0",
          "/depthwise_kernel",
          "/depthwise_kernel:0");
  private static final List<String> BIASES = List.of(".bias", "/bias", "/bias:0", ".b", "/vars/1");
  private static final String SEPARATORS = "./";
  private static final String KERAS_VARIABLE = ":0";

  /// Keras 3 numbers the variables of a layer: its kernel, or two of them, and then its biases.
  private static final Pattern VARIABLE = Pattern.compile("(.*/vars/)([0-9])");

  /// A separable convolution of Keras has both, and the biases are those of the second.
  private static final String DEPTHWISE = "depthwise_kernel";

  private static final String POINTWISE = "pointwise_kernel";

  /// What was added to a variance, as `save` writes it.
  private static final String ADDED = ".added";

  /// PyTorch's normalisations count what they have seen.
  private static final String COUNTER = ".num_batches_tracked";

  private final String file;
  private final ArrayFile arrays;
  private final Set<String> taken = new HashSet<>();

  NamedArrays(String file, ArrayFile arrays) {
    this.file = file;
    this.arrays = arrays;
  }

  String file() {
    return file;
  }

  Optional<NumberArray> array(String name) {
    if (!arrays.names().contains(name)) {
      return Optional.empty();
    }
    taken.add(name);
    return Optional.ofNullable(arrays.get(name));
  }

  TrainedLayer layer(String name) {
    return find(name).orElseThrow(() -> missing(name));
  }

  /// A layer of which nothing says what the file calls it, so that it is called as `save` does.
  TrainedLayer saved(String name) {
    return find(name)
        .orElseThrow(() ->
            new DataProblem(
                ProblemKind.OTHER_WEIGHTS,
                missing(name).getMessage()
                    + "; `map: [(\"NAME\", PROJECTION), …]` says what fills what"));
  }

  private Optional<TrainedLayer> find(String name) {
    for (String ending : WEIGHTS) {
      boolean isHalf = ending.contains(DEPTHWISE) && isSeparable(name + ending);
      Optional<NumberArray> weight = isHalf ? Optional.empty() : array(name + ending);
      if (weight.isPresent()) {
        return Optional.of(
            new TrainedLayer(
                List.of(name),
                weight.get(),
                Layout.of(name + ending),
                bias(name, ending.isEmpty()),
                Optional.empty(),
                Optional.empty()));
      }
    }
    return Optional.empty();
  }

  /// How a batch normalisation's gain, shift, mean and variance are called, and what it adds to the
  /// variance if neither the program nor the file says: here, in PyTorch, in Keras.
  private enum Norm {
    OWN(Layout.OWN, 1e-5, ".gain", ".shift", ".average", ".variance"),
    PYTORCH(Layout.PYTORCH, 1e-5, ".weight", ".bias", ".running_mean", ".running_var"),
    KERAS(Layout.KERAS, 1e-3, "/gamma", "/beta", "/moving_mean", "/moving_variance"),
    KERAS_3(Layout.KERAS, 1e-3, "/vars/0", "/vars/1", "/vars/2", "/vars/3");

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

    /// Names without which there is none. A gain of 1 and a shift of 0 may be left out, where
    /// nothing learnt others.
    List<String> needed() {
      return this == OWN || this == KERAS_3
          ? List.of(gain, shift, mean, variance)
          : List.of(mean, variance);
    }
  }

  /// The batch normalisation of this name, where there is one.
  ///
  /// @param epsilon what the program says was added to the variance
  Optional<BatchNorm> norm(String name, OptionalDouble epsilon) {
    for (Norm norm : Norm.values()) {
      if (isThere(norm, name)) {
        double[] mean = part(name + norm.mean).orElseThrow();
        int size = mean.length;
        return Optional.of(
            BatchNorm.of(
                file + ", `" + name + "`",
                norm.layout,
                part(name + norm.gain).orElseGet(() -> same(1, size)),
                part(name + norm.shift).orElseGet(() -> new double[size]),
                mean,
                part(name + norm.variance).orElseThrow(),
                added(name, epsilon, norm.epsilon, size)));
      }
    }
    return Optional.empty();
  }

  private boolean isThere(Norm norm, String name) {
    return norm.needed().stream().allMatch(part -> has(name + part));
  }

  private Optional<double[]> part(String name) {
    return array(name).or(() -> array(name + KERAS_VARIABLE)).map(NumberArray::toDoubles);
  }

  private double[] added(String name, OptionalDouble said, double usual, int size) {
    return said.isPresent()
        ? same(said.getAsDouble(), size)
        : part(name + ADDED).orElseGet(() -> same(usual, size));
  }

  private static double[] same(double value, int size) {
    double[] all = new double[size];
    Arrays.fill(all, value);
    return all;
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
    if (isSeparable(name)) {
      return Optional.empty();
    }
    int dot = Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'));
    Matcher variable = VARIABLE.matcher(name);
    List<String> stems = isArray && dot > 0 ? List.of(name, name.substring(0, dot)) : List.of(name);
    Stream<String> names =
        variable.matches()
            ? Stream.of(variable.group(1) + (Integer.parseInt(variable.group(2)) + 1))
            : BIASES.stream().flatMap(ending -> stems.stream().map(stem -> stem + ending));
    return names
        .filter(this::isRow)
        .flatMap(bias -> array(bias).stream())
        .findFirst()
        .map(NumberArray::toDoubles);
  }

  /// Some programs write rows as [1, n] or [n, 1].
  private boolean isRow(String name) {
    NumberArray array = arrays.names().contains(name) ? arrays.get(name) : null;
    return array != null
        && switch (array.shape().dimensions()) {
          case 1 -> true;
          case 2 -> array.shape().lengths().contains(1);
          default -> false;
        };
  }

  /// Whether an array is the first kernel of a separable convolution.
  private boolean isSeparable(String name) {
    return plain(name).endsWith(DEPTHWISE) && has(plain(name).replace(DEPTHWISE, POINTWISE));
  }

  // What nobody took

  /// Arrays of a layer, in the words of a message.
  ///
  /// @param name as `layer` knows it
  List<String> leftOf(String name) {
    return left()
        .filter(array -> array.startsWith(name) && array.length() > name.length())
        .filter(array -> isLast(array.substring(name.length())))
        .filter(array -> !array.endsWith(COUNTER))
        .map(array -> "`" + array + "`")
        .toList();
  }

  private static boolean isLast(String ending) {
    return SEPARATORS.indexOf(ending.charAt(0)) >= 0
        && ending.substring(1).chars().noneMatch(letter -> SEPARATORS.indexOf(letter) >= 0);
  }

  private Stream<String> left() {
    return arrays.names().stream().filter(array -> !taken.contains(array));
  }

  /// Names of batch normalisations.
  List<String> leftNorms() {
    return Arrays.stream(Norm.values())
        .flatMap(norm ->
            left()
                .map(NamedArrays::plain)
                .filter(array -> array.endsWith(norm.mean))
                .map(array -> array.substring(0, array.length() - norm.mean.length()))
                .filter(name -> isThere(norm, name)))
        .toList();
  }

  /// How many numbers a normalisation's mean has.
  int normSize(String name) {
    return Arrays.stream(Norm.values())
        .map(norm -> name + norm.mean)
        .filter(this::has)
        .mapToInt(this::length)
        .findFirst()
        .orElse(0);
  }

  /// Biases of what has no weights in the file, as `save` writes those of populations.
  List<String> leftBiases() {
    return left()
        .filter(array ->
            BIASES.stream()
                .filter(array::endsWith)
                .map(ending -> array.substring(0, array.length() - ending.length()))
                .anyMatch(stem -> WEIGHTS.stream().noneMatch(weight -> has(stem + weight))))
        .toList();
  }

  private boolean has(String name) {
    return arrays.names().contains(name) || arrays.names().contains(name + KERAS_VARIABLE);
  }

  private static String plain(String name) {
    return name.endsWith(KERAS_VARIABLE)
        ? name.substring(0, name.length() - KERAS_VARIABLE.length())
        : name;
  }

  /// Whether an array of numbers has none but 0.
  boolean isNought(String name) {
    NumberArray array = arrays.get(name);
    return array == null || Arrays.stream(array.toDoubles()).allMatch(value -> value == 0);
  }

  /// How many numbers an array has; 0 for what is no array of numbers.
  int length(String name) {
    String stored = arrays.names().contains(name) ? name : name + KERAS_VARIABLE;
    try {
      NumberArray array = arrays.get(stored);
      return array == null ? 0 : array.values().length();
    } catch (DataProblem isOfOtherKind) {
      return 0;
    }
  }
}
