package snel.runtime.convert;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.runtime.connect.Csr;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.convert.TrainedLayer.Layout;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.data.Shape;
import snel.runtime.kernel.ProblemKind;

/// Brings trained weights into the order of a projection's.
final class Fitting {
  private Fitting() {}

  /// The layer with the kernel that the program has for it.
  static TrainedLayer widened(TrainedLayer layer, Wiring wiring) {
    return wiring instanceof Wiring.Convolution(Maps maps) && !maps.transposed()
        ? layer
            .convolution()
            .map(trained -> OneSided.of(trained, maps).widened(layer, maps))
            .orElse(layer)
        : layer;
  }

  /// @param place names them in a problem
  static double[] weights(String place, TrainedLayer layer, Wiring wiring) {
    return switch (wiring) {
      case Wiring.Full(Stack sources, Stack targets) -> full(place, layer, sources, targets);
      case Wiring.OneToOne(int size) -> {
        require(place, layer.weight(), new int[] {size});
        yield layer.weight().toDoubles();
      }
      case Wiring.Convolution(Maps maps) -> {
        layer
            .movement()
            .flatMap(trained -> difference(trained, maps))
            .ifPresent(difference -> {
              throw difference.at(place);
            });
        yield kernel(place, layer, maps);
      }
      case Wiring.Pool _ ->
          throw new DataProblem(
              ProblemKind.OTHER_WEIGHTS, place + ": a `pool` has no weights to fill");
    };
  }

  /// What the weights of a kernel add to the bias of each neuron, within the maps.
  static Optional<double[]> added(TrainedLayer layer, Wiring wiring) {
    return layer
        .added()
        .flatMap(each ->
            wiring instanceof Wiring.Convolution(Maps maps)
                ? Optional.of(added(each, maps))
                : Optional.empty());
  }

  private static double[] added(double[] each, Maps maps) {
    Csr synapses = maps.convolution();
    int[] weight = synapses.shared();
    double[] all = new double[maps.targetChannels() * maps.targetHeight() * maps.targetWidth()];
    for (int s = 0; s < weight.length; s++) {
      all[synapses.target().get(s)] += each[weight[s]];
    }
    return all;
  }

  /// One number for each neuron: as many as there are, or one for each map that a kernel makes.
  static double[] bias(String place, double[] bias, Layout layout, Layer layer) {
    int size = layer.size();
    OptionalInt maps = maps(layer);
    if (bias.length != size && bias.length != maps.orElse(size)) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          size
              + " biases"
              + (maps.isPresent() ? ", or one for each of " + maps.getAsInt() + " maps" : ""),
          bias.length + "");
    }
    if (bias.length == size) {
      return targets(layer).map(targets -> layout.ordered(bias, targets)).orElse(bias);
    }
    int each = size / bias.length;
    double[] all = new double[size];
    for (int k = 0; k < size; k++) {
      all[k] = bias[k / each];
    }
    return all;
  }

  /// As what a full layer gives they lie.
  private static Optional<Stack> targets(Layer layer) {
    return layer.links().stream()
        .flatMap(link ->
            link.wiring() instanceof Wiring.Full(Stack _, Stack targets)
                ? Stream.of(targets)
                : Stream.empty())
        .findFirst();
  }

  private static OptionalInt maps(Layer layer) {
    return layer.links().stream()
        .map(Link::wiring)
        .flatMapToInt(wiring ->
            wiring instanceof Wiring.Convolution(Maps maps)
                ? IntStream.of(maps.targetChannels())
                : IntStream.empty())
        .findFirst();
  }

  static void requireFinite(String place, double[] numbers) {
    long others = Arrays.stream(numbers).filter(number -> !Double.isFinite(number)).count();
    if (others > 0) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          "finite numbers",
          others + " of " + numbers.length + " that are infinite or not a number");
    }
  }

  private static void require(String place, NumberArray array, int[] lengths) {
    if (!array.shape().equals(Shape.of(lengths))) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          "weights of shape " + Arrays.toString(lengths),
          array.shape().toString());
    }
  }

  /// Whether they lie one after the other in our order, as `save` writes them.
  private static boolean isFlat(NumberArray array, int count) {
    return array.shape().equals(Shape.of(count));
  }

  private static double[] full(String place, TrainedLayer layer, Stack sources, Stack targets) {
    NumberArray array = layer.weight();
    if (isFlat(array, sources.size() * targets.size())) {
      return array.toDoubles();
    }
    int[] own = {sources.size(), targets.size()};
    int[] other = {targets.size(), sources.size()};
    NumberArray turned =
        isOther(place, array, own, other, layer.layout(), Layout.PYTORCH)
            ? array.transposed(1, 0)
            : array;
    return (layer.layout() == Layout.KERAS
            ? Stack.fromChannelsLast(turned, sources, targets)
            : turned)
        .toDoubles();
  }

  /// Whether an array has the other of two shapes, which may be the same.
  ///
  /// @param turned the layout that has the other
  private static boolean isOther(
      String place, NumberArray array, int[] own, int[] other, Layout layout, Layout turned) {
    if (layout == Layout.GRAPH) {
      require(place, array, own);
      return false;
    }
    boolean prefersOther = layout == turned;
    boolean isOther = array.shape().equals(Shape.of(other));
    boolean isOwn = array.shape().equals(Shape.of(own));
    if (!isOther) {
      require(place, array, prefersOther && !isOwn ? other : own);
    }
    return isOther && (prefersOther || !isOwn);
  }

  private static double[] kernel(String place, TrainedLayer layer, Maps maps) {
    NumberArray array = layer.weight();
    int[] own = {
      maps.transposed() ? maps.sourceChannels() : maps.targetChannels(),
      (maps.transposed() ? maps.targetChannels() : maps.sourceChannels()) / maps.groups(),
      maps.kernelHeight(),
      maps.kernelWidth()
    };
    if (isFlat(array, Arrays.stream(own).reduce(1, Math::multiplyExact))) {
      return array.toDoubles();
    }
    boolean isLine = array.shape().dimensions() == 3 && own[2] == 1;
    int[] first = isLine ? new int[] {own[0], own[1], own[3]} : own;
    int[] last =
        isLine ? new int[] {own[3], own[1], own[0]} : new int[] {own[2], own[3], own[1], own[0]};
    if (layer.layout() == Layout.KERAS && array.shape().equals(Shape.of(depthwise(maps, isLine)))) {
      return (isLine ? array.transposed(1, 2, 0) : array.transposed(2, 3, 0, 1)).toDoubles();
    }
    NumberArray turned =
        array.shape().dimensions() == first.length
            ? isLine ? array.transposed(2, 1, 0) : array.transposed(3, 2, 0, 1)
            : array;
    requireKnown(place, layer, first, last, turned);
    return isOther(place, array, first, last, layer.layout(), Layout.KERAS)
        ? turned.toDoubles()
        : array.toDoubles();
  }

  /// As Keras has the kernels of a convolution of each channel by itself.
  private static int[] depthwise(Maps maps, boolean isLine) {
    int channels = maps.sourceChannels();
    if (maps.groups() != channels || maps.transposed()) {
      return new int[0];
    }
    int each = maps.targetChannels() / channels;
    return isLine
        ? new int[] {maps.kernelWidth(), channels, each}
        : new int[] {maps.kernelHeight(), maps.kernelWidth(), channels, each};
  }

  /// Where lengths leave the order of the axes open, the name must tell it.
  private static void requireKnown(
      String place, TrainedLayer layer, int[] first, int[] last, NumberArray turned) {
    NumberArray array = layer.weight();
    boolean isOpen =
        layer.layout() == Layout.OWN
            && Arrays.equals(first, last)
            && array.shape().equals(Shape.of(first))
            && !Arrays.equals(array.toDoubles(), turned.toDoubles());
    if (isOpen) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          "a name that tells the order of the axes, `…weight` ([out, in, height, width], as PyTorch"
              + " has it) or `…kernel` ([height, width, in, out], as Keras has it)",
          "`" + layer.name() + "` of shape " + array.shape() + ", which may be either");
    }
  }

  private static Optional<Difference> difference(Movement trained, Maps maps) {
    if (maps.transposed() != trained instanceof Spread) {
      return Optional.of(
          maps.transposed()
              ? new Difference("a transposed convolution", "`Conv`")
              : new Difference("a convolution that is not `transposed`", "`ConvTranspose`"));
    }
    if (trained.groups() != maps.groups()) {
      return Optional.of(new Difference(maps.groups() + " groups", trained.groups() + ""));
    }
    return trained
        .source()
        .flatMap(source -> Window.otherSource(maps, source))
        .or(() -> trained.difference(maps));
  }
}
