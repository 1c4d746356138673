package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import snel.runtime.convert.Signal.Step;
import snel.runtime.convert.Signal.Way;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph;
import snel.runtime.data.OnnxGraph.Node;
import snel.runtime.kernel.ProblemKind;

/// Finds the layers with weights in a graph of rectified layers, and how they hang together; folds
/// scales, biases and normalisations before and behind a layer into it.
final class OnnxLayers {
  /// What changes shapes, or nothing for one sample at the time of use.
  private static final Set<String> PASSING =
      Set.of("Flatten", "Reshape", "Squeeze", "Unsqueeze", "Identity", "Dropout");

  private static final Set<String> RESHAPING = Set.of("Flatten", "Reshape", "Squeeze", "Unsqueeze");

  /// The largest stays the largest.
  private static final Set<String> MONOTONE = Set.of("Softmax", "LogSoftmax");

  /// ONNX types of numbers with fractions.
  private static final Set<Integer> FRACTIONAL = Set.of(1, 10, 11, 16);

  private final String file;
  private final Map<String, NumberArray> constants;

  /// By the name of stored numbers that of those which they were made from.
  private final Map<String, String> origins = new HashMap<>();

  private final Map<String, Integer> uses = new HashMap<>();
  private final List<OpenLayer> layers = new ArrayList<>();

  /// Data by the name of its tensor.
  private final Map<String, Signal> signals = new HashMap<>();

  /// The layer that a tensor comes from directly.
  private final Map<String, OpenLayer> behind = new HashMap<>();

  private final Map<String, Shifted> shifted = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private final Set<String> sizes = new HashSet<>();
  private @Nullable String input;

  private OnnxLayers(String file, OnnxGraph graph) {
    this.file = file;
    constants = new HashMap<>(graph.constants());
    graph.nodes().stream()
        .flatMap(node -> node.inputs().stream())
        .forEach(name -> uses.merge(name, 1, Integer::sum));
  }

  /// What a graph has.
  ///
  /// @param input what comes from outside
  /// @param results what nothing in the graph takes
  record Found(List<TrainedLayer> layers, Signal input, List<Signal> results) {
    Found {
      layers = List.copyOf(layers);
      results = List.copyOf(results);
    }
  }

  static Found of(String file, OnnxGraph graph) {
    OnnxLayers reader = new OnnxLayers(file, graph);
    graph.nodes().forEach(reader::node);
    List<TrainedLayer> all = reader.layers.stream().map(OpenLayer::trained).toList();
    if (all.isEmpty()) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS, file, "layers with weights", "none in the graph");
    }
    List<Signal> results =
        graph.nodes().stream()
            .filter(node -> !reader.uses.containsKey(node.output()))
            .flatMap(node -> Stream.ofNullable(reader.signals.get(node.output())))
            .toList();
    Signal input = reader.signals.getOrDefault(reader.input, Signal.input());
    return new Found(all, input, results);
  }

  private void node(Node node) {
    String operation = node.operation();
    if (node.outputs().isEmpty()) {
      throw unknown(node, "no output of");
    }
    if (operation.equals("Shape") || node.inputs().stream().allMatch(this::isStored)) {
      stored(node);
      return;
    }
    if (closed.contains(node.inputs().getFirst()) && !PASSING.contains(operation)) {
      throw unknown(node, "after a `Softmax` the operation");
    }
    if (isShifted(node) && !foldsShift(operation)) {
      throw unknown(node, "constants on the input before the operation");
    }
    requireInputs(node);
    switch (operation) {
      case "Gemm" -> product(node);
      case "MatMul" -> full(node, false, 1);
      case "Conv" -> convolution(node);
      case "BatchNormalization" -> normalised(node);
      case "Add" -> sum(node);
      case "Sub", "Mul", "Div" -> shift(node);
      case "Cast" -> cast(node);
      case "Relu" -> rectified(node);
      case "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool" -> pool(node);
      default -> {
        if (!PASSING.contains(operation) && !MONOTONE.contains(operation)) {
          throw unknown(node, "the operation");
        }
        passed(node);
      }
    }
  }

  private void requireInputs(Node node) {
    Arity arity = Arity.of(node.operation());
    int found = node.inputs().size();
    if (!arity.allows(found)) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS, file, arity.text() + " inputs of " + text(node), found + "");
    }
  }

  private boolean isStored(String name) {
    return name.isEmpty() || sizes.contains(name) || constants.containsKey(name);
  }

  /// What is known before there is a sample: sizes of a `Reshape`, weights by another name or
  /// turned.
  private void stored(Node node) {
    sizes.addAll(node.outputs());
    NumberArray known = node.inputs().isEmpty() ? null : constants.get(node.inputs().getFirst());
    if (known == null) {
      return;
    }
    switch (node.operation()) {
      case "Identity" -> derived(node, known);
      case "Transpose" -> derived(node, known.transposed(order(node, known)));
      default -> {}
    }
  }

  private void derived(Node node, NumberArray array) {
    constants.put(node.output(), array);
    origins.put(node.output(), origin(node.inputs().getFirst()));
  }

  private String origin(String constant) {
    return origins.getOrDefault(constant, constant);
  }

  /// Which axis of an array each axis of the turned one is.
  private int[] order(Node node, NumberArray array) {
    int dimensions = array.shape().dimensions();
    int[] reversed = IntStream.range(0, dimensions).map(k -> dimensions - 1 - k).toArray();
    int[] order = node.wholes("perm", reversed);
    int[] all = IntStream.range(0, dimensions).toArray();
    if (!Arrays.equals(Arrays.stream(order).sorted().toArray(), all)) {
      throw unknown(node, "`perm` " + Arrays.toString(order) + " of");
    }
    return order;
  }

  private boolean isShifted(Node node) {
    return node.inputs().stream().anyMatch(shifted::containsKey);
  }

  private static boolean foldsShift(String operation) {
    return PASSING.contains(operation)
        || Set.of("Gemm", "MatMul", "Conv", "Add", "Sub", "Mul", "Div", "Cast").contains(operation);
  }

  private Signal signal(Node node, String name) {
    Signal known = signals.get(name);
    if (known != null) {
      return known;
    }
    if (isStored(name)) {
      throw unknown(node, "constants in place of data in");
    }
    if (input != null) {
      throw unknown(node, "a second input, `" + name + "` beside `" + input + "`, in");
    }
    input = name;
    Signal signal = Signal.input();
    signals.put(name, signal);
    return signal;
  }

  private Signal signal(Node node) {
    return signal(node, node.inputs().getFirst());
  }

  private DataProblem unknown(Node node, String what) {
    return DataProblem.found(
        ProblemKind.OTHER_WEIGHTS,
        file,
        "full and convolutional layers, rectified, with pooling and batch normalisation",
        what + " " + text(node));
  }

  private static String text(Node node) {
    String operation = "`" + node.operation() + "`";
    return node.name().isEmpty() ? operation : operation + " of `" + node.name() + "`";
  }

  private NumberArray constant(Node node, int input) {
    NumberArray found =
        input < node.inputs().size() ? constants.get(node.inputs().get(input)) : null;
    if (found == null) {
      throw unknown(node, "no stored numbers as input " + (input + 1) + " of");
    }
    return found;
  }

  private static boolean has(Node node, int input) {
    return node.inputs().size() > input && !node.inputs().get(input).isEmpty();
  }

  // Layers with weights

  private void open(Node node, OpenLayer layer) {
    String from = node.inputs().getFirst();
    Signal source = signal(node, from);
    if (source.weightsMayMakeNegative()) {
      throw unknown(node, "values below 0, which spikes cannot say, as the input of");
    }
    if (!layer.take(shifted.getOrDefault(from, Shifted.NOT))) {
      throw unknown(node, "constants on the input that the weights cannot take in, before");
    }
    String weight = origin(node.inputs().get(1));
    int dot = weight.lastIndexOf('.');
    if (dot > 0) {
      layer.name(weight.substring(0, dot));
    }
    layer.name(weight);
    layer.name(node.inputs().get(1));
    if (!node.name().isEmpty()) {
      layer.name(node.name());
    }
    signals.put(
        node.output(),
        new Signal(List.of(new Way(source, new Step.Weighted(layers.size()))), false));
    layers.add(layer);
    behind.put(node.output(), layer);
  }

  private void product(Node node) {
    if (node.number("transA", 0) != 0) {
      throw unknown(node, "data turned (`transA`) in");
    }
    full(node, node.number("transB", 0) != 0, node.number("alpha", 1));
  }

  private void full(Node node, boolean transposed, double factor) {
    NumberArray array = constant(node, 1);
    if (array.shape().dimensions() != 2) {
      throw unknown(node, "weights of shape " + array.shape() + " of");
    }
    int inputs = array.shape().length(transposed ? 1 : 0);
    int outputs = array.shape().length(transposed ? 0 : 1);
    double[] weight = new double[inputs * outputs];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < outputs; j++) {
        int from = transposed ? j * inputs + i : i * outputs + j;
        weight[i * outputs + j] = factor * array.values().real(from);
      }
    }
    OpenLayer layer = OpenLayer.full(new int[] {inputs, outputs}, weight);
    open(node, layer);
    if (has(node, 2)) {
      add(node, layer, constant(node, 2), node.number("beta", 1));
    }
  }

  private void convolution(Node node) {
    NumberArray array = constant(node, 1);
    int axes = array.shape().dimensions() - 2;
    if (axes < 1 || axes > 2) {
      throw unknown(node, "weights of shape " + array.shape() + " of");
    }
    int[] lengths = {
      array.shape().length(0),
      array.shape().length(1),
      axes == 2 ? array.shape().length(2) : 1,
      array.shape().length(axes + 1)
    };
    Window window = window(node, new int[] {lengths[2], lengths[3]}, axes);
    int groups = (int) node.number("group", 1);
    if (groups < 1 || lengths[0] % groups != 0) {
      throw unknown(node, groups + " groups of " + lengths[0] + " channels in");
    }
    var moving = new TrainedLayer.Convolution(window, groups);
    OpenLayer layer = OpenLayer.moving(moving, axes, lengths, array.toDoubles());
    open(node, layer);
    if (has(node, 2)) {
      add(node, layer, constant(node, 2), 1);
    }
  }

  private void add(Node node, OpenLayer layer, NumberArray bias, double factor) {
    if (bias.values().length() != 1 && bias.values().length() != layer.outputs()) {
      throw unknown(node, "biases of shape " + bias.shape() + " of");
    }
    layer.add(new Channelwise(bias.toDoubles(), 0), factor);
  }

  private Window window(Node node, int[] kernel, int axes) {
    return new Window(
        kernel,
        both(steps(node, "strides", axes), axes, 1),
        margin(node, axes),
        both(steps(node, "dilations", axes), axes, 1));
  }

  private int[] steps(Node node, String attribute, int axes) {
    int[] ones = new int[axes];
    Arrays.fill(ones, 1);
    int[] found = node.wholes(attribute, ones);
    if (found.length != axes || Arrays.stream(found).anyMatch(step -> step < 1)) {
      throw unknown(node, "`" + attribute + "` " + Arrays.toString(found) + " of");
    }
    return found;
  }

  private Margin margin(Node node, int axes) {
    String rule = node.texts().getOrDefault("auto_pad", "NOTSET");
    return switch (rule) {
      case "NOTSET" -> {
        int[] pads = node.wholes("pads", new int[2 * axes]);
        if (pads.length != 2 * axes || Arrays.stream(pads).anyMatch(pad -> pad < 0)) {
          throw unknown(node, "`pads` " + Arrays.toString(pads) + " of");
        }
        int[] after = Arrays.copyOfRange(pads, axes, 2 * axes);
        yield new Margin.Fixed(both(pads, axes, 0), both(after, axes, 0));
      }
      case "VALID" -> Margin.NONE;
      case "SAME_UPPER", "SAME_LOWER" -> new Margin.Same(rule.equals("SAME_UPPER"));
      default -> throw unknown(node, "`auto_pad` " + rule + " of");
    };
  }

  /// Along height and width; what moves along one axis has a height of 1.
  private static int[] both(int[] values, int axes, int alone) {
    return axes == 2 ? new int[] {values[0], values[1]} : new int[] {alone, values[0]};
  }

  // What is folded into them

  /// The layer right before, if nothing else takes what it gives.
  private Optional<OpenLayer> foldable(String tensor) {
    return uses.getOrDefault(tensor, 0) > 1
        ? Optional.empty()
        : Optional.ofNullable(behind.get(tensor));
  }

  private void folded(Node node, String from, OpenLayer layer) {
    behind.remove(from);
    behind.put(node.output(), layer);
    signals.put(node.output(), signal(node, from));
  }

  private void normalised(Node node) {
    String from = node.inputs().getFirst();
    OpenLayer layer =
        foldable(from).orElseThrow(() -> unknown(node, "no layer of its own right before"));
    double epsilon = node.number("epsilon", 1e-5);
    double[] scale = channels(node, 1, layer);
    double[] shift = channels(node, 2, layer);
    double[] mean = channels(node, 3, layer);
    double[] variance = channels(node, 4, layer);
    for (int k = 0; k < scale.length; k++) {
      scale[k] /= Math.sqrt(variance[k] + epsilon);
      shift[k] -= mean[k] * scale[k];
    }
    layer.normalise(scale, shift);
    folded(node, from, layer);
  }

  /// One number for each channel of what a layer gives.
  private double[] channels(Node node, int input, OpenLayer layer) {
    double[] found = constant(node, input).toDoubles();
    if (found.length != layer.outputs()) {
      throw unknown(
          node,
          "%d numbers for %d channels as input %d of"
              .formatted(found.length, layer.outputs(), input + 1));
    }
    return found;
  }

  /// A bias behind a layer, constants on the input, or two ways that meet.
  private void sum(Node node) {
    for (int side = 0; side < 2; side++) {
      String from = node.inputs().get(side);
      NumberArray more = constants.get(node.inputs().get(1 - side));
      if (more != null && !signal(node, from).isInput()) {
        Channelwise bias = Channelwise.of(more);
        OpenLayer layer =
            foldable(from)
                .filter(each -> bias.fits(each.outputs(), each.mapAxes()))
                .orElseThrow(() -> unknown(node, "constants that belong to no layer in"));
        layer.add(bias, 1);
        folded(node, from, layer);
        return;
      }
    }
    if (node.inputs().stream().anyMatch(constants::containsKey)) {
      shift(node);
      return;
    }
    if (isShifted(node)) {
      throw unknown(node, "constants on the input before the operation");
    }
    List<Way> ways =
        Stream.of(0, 1).flatMap(side -> signal(node, node.inputs().get(side)).parts()).toList();
    signals.put(node.output(), new Signal(ways, false));
  }

  /// Constants on the input, which the first layer takes in.
  private void shift(Node node) {
    boolean isLeft = constants.containsKey(node.inputs().getFirst());
    String from = node.inputs().get(isLeft ? 1 : 0);
    Signal source = signal(node, from);
    if (!source.isInput()) {
      throw unknown(node, "the operation");
    }
    Channelwise by = Channelwise.of(constant(node, isLeft ? 0 : 1));
    shifted.put(
        node.output(),
        shifted
            .getOrDefault(from, Shifted.NOT)
            .then(node.operation(), by, isLeft)
            .orElseThrow(() -> unknown(node, "constants on the input that are not for channels,")));
    signals.put(node.output(), source);
  }

  // What goes on as it is

  private void cast(Node node) {
    int type = (int) node.number("to", 0);
    if (!FRACTIONAL.contains(type)) {
      throw unknown(node, "data made whole numbers by");
    }
    passed(node);
  }

  private void passed(Node node) {
    String from = node.inputs().getFirst();
    Signal source = signal(node, from);
    if (!node.inputs().stream().skip(1).allMatch(this::isStored)) {
      throw unknown(node, "data as a second input of");
    }
    Shifted shift = shifted.get(from);
    if (shift != null) {
      if (RESHAPING.contains(node.operation()) && !shift.isOne()) {
        throw unknown(node, "constants for channels of the input before");
      }
      shifted.put(node.output(), shift);
    }
    if (MONOTONE.contains(node.operation()) || closed.contains(from)) {
      closed.add(node.output());
    }
    signals.put(node.output(), source);
  }

  private void rectified(Node node) {
    Signal source = signal(node);
    if (source.isInput()) {
      throw unknown(node, "a rectification before the first layer");
    }
    signals.put(node.output(), source.rectify());
  }

  private void pool(Node node) {
    String operation = node.operation();
    Optional<Window> window = Optional.empty();
    if (!operation.startsWith("Global")) {
      int[] kernel = node.wholes("kernel_shape");
      if (kernel.length < 1 || kernel.length > 2 || Arrays.stream(kernel).anyMatch(k -> k < 1)) {
        throw unknown(node, "the kernel " + Arrays.toString(kernel) + " of");
      }
      window = Optional.of(window(node, both(kernel, kernel.length, 1), kernel.length));
    }
    Pool pool =
        new Pool(
            operation,
            window,
            operation.endsWith("MaxPool"),
            node.number("count_include_pad", 0) != 0,
            node.number("ceil_mode", 0) != 0);
    signals.put(
        node.output(), new Signal(List.of(new Way(signal(node), new Step.Pooled(pool))), false));
  }
}
