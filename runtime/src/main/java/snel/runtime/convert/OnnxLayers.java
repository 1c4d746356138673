package snel.runtime.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph;
import snel.runtime.data.OnnxGraph.Node;
import snel.runtime.kernel.ProblemKind;

/// Finds the layers with weights in a graph of rectified layers; folds scales, biases and
/// normalisations behind a layer into it.
public final class OnnxLayers {
  /// What changes places or sizes, or is the same for one sample at the time of use.
  private static final Set<String> PASSING =
      Set.of(
          "Flatten",
          "Reshape",
          "Squeeze",
          "Unsqueeze",
          "Identity",
          "Dropout",
          "MaxPool",
          "AveragePool",
          "GlobalAveragePool",
          "GlobalMaxPool");

  /// What gives the sizes of a `Reshape`.
  private static final Set<String> SIZES =
      Set.of("Constant", "Shape", "Gather", "Concat", "Cast", "Slice");

  /// The largest stays the largest.
  private static final Set<String> MONOTONE = Set.of("Softmax", "LogSoftmax");

  private final String file;
  private final OnnxGraph graph;
  private final List<Open> layers = new ArrayList<>();
  private final Map<String, Open> behind = new HashMap<>();
  private final Set<String> unrectified = new HashSet<>();
  private final Set<String> sizes = new HashSet<>();
  private boolean takesMaxima;

  private OnnxLayers(String file, OnnxGraph graph) {
    this.file = file;
    this.graph = graph;
  }

  /// What a graph has.
  ///
  /// @param takesMaxima whether maxima are pooled
  public record Found(List<TrainedLayer> layers, boolean takesMaxima) {
    public Found {
      layers = List.copyOf(layers);
    }
  }

  /// A layer that may still be folded into.
  private static final class Open {
    final Set<String> names = new LinkedHashSet<>();
    final int outputs;
    final TrainedLayer.@Nullable Window window;
    final int[] lengths;
    final double[] weight;
    double @Nullable [] bias;

    Open(int outputs, TrainedLayer.@Nullable Window window, int[] lengths, double[] weight) {
      this.outputs = outputs;
      this.window = window;
      this.lengths = lengths;
      this.weight = weight;
    }

    /// The output that a weight leads to.
    int output(int index) {
      return window == null ? index % outputs : index / (weight.length / outputs);
    }
  }

  public static Found of(String file, OnnxGraph graph) {
    OnnxLayers reader = new OnnxLayers(file, graph);
    graph.nodes().forEach(reader::node);
    List<TrainedLayer> all = new ArrayList<>();
    for (Open layer : reader.layers) {
      all.add(
          new TrainedLayer(
              List.copyOf(layer.names),
              NumberArray.of(layer.weight, layer.lengths),
              Optional.ofNullable(layer.bias),
              Optional.ofNullable(layer.window)));
    }
    if (all.isEmpty()) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS, file, "layers with weights", "none in the graph");
    }
    return new Found(all, reader.takesMaxima);
  }

  private void node(Node node) {
    String operation = node.operation();
    switch (operation) {
      case "Gemm" -> full(node, node.number("transB", 0) != 0, node.number("alpha", 1));
      case "MatMul" -> full(node, false, 1);
      case "Conv" -> convolution(node);
      case "BatchNormalization" -> normalised(node);
      case "Add" -> sum(node);
      case "Relu" -> {
        if (layers.isEmpty()) {
          throw unknown(node, "a rectification before the first layer");
        }
      }
      default -> {
        if (SIZES.contains(operation) || node.inputs().stream().allMatch(this::isSize)) {
          sizes.addAll(node.outputs());
        } else if (PASSING.contains(operation) || MONOTONE.contains(operation)) {
          takesMaxima |= operation.endsWith("MaxPool");
          if (isUnrectified(node.inputs().getFirst())) {
            unrectified.add(node.output());
          }
        } else {
          throw unknown(node, "the operation");
        }
      }
    }
  }

  private boolean isSize(String input) {
    return sizes.contains(input) || graph.constants().containsKey(input);
  }

  private boolean isUnrectified(String tensor) {
    return behind.containsKey(tensor) || unrectified.contains(tensor);
  }

  private DataProblem unknown(Node node, String what) {
    return DataProblem.found(
        ProblemKind.OTHER_WEIGHTS,
        file,
        "full and convolutional layers, rectified, with pooling and batch normalisation",
        what
            + " `"
            + node.operation()
            + "`"
            + (node.name().isEmpty() ? "" : " of `" + node.name() + "`"));
  }

  private NumberArray constant(Node node, int input) {
    NumberArray found =
        input < node.inputs().size() ? graph.constants().get(node.inputs().get(input)) : null;
    if (found == null) {
      throw unknown(node, "no stored numbers as input " + (input + 1) + " of");
    }
    return found;
  }

  private void open(Node node, Open layer) {
    String input = node.inputs().getFirst();
    if (isUnrectified(input)) {
      throw unknown(node, "values below 0, which spikes cannot say, as the input of");
    }
    String weight = node.inputs().get(1);
    int dot = weight.lastIndexOf('.');
    if (dot > 0) {
      layer.names.add(weight.substring(0, dot));
    }
    layer.names.add(weight);
    if (!node.name().isEmpty()) {
      layer.names.add(node.name());
    }
    layers.add(layer);
    behind.put(node.output(), layer);
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
    Open layer = new Open(outputs, null, new int[] {inputs, outputs}, weight);
    open(node, layer);
    if (node.inputs().size() > 2) {
      add(layer, constant(node, 2), node.number("beta", 1));
    }
  }

  private void convolution(Node node) {
    NumberArray array = constant(node, 1);
    int axes = array.shape().dimensions() - 2;
    if (axes < 1 || axes > 2) {
      throw unknown(node, "weights of shape " + array.shape() + " of");
    }
    int[] pads = node.wholes("pads", new int[2 * axes]);
    for (int axis = 0; axis < axes; axis++) {
      if (pads[axis] != pads[axes + axis]) {
        throw unknown(node, "a margin that differs between the sides in");
      }
    }
    int[] ones = {1, 1};
    var window =
        new TrainedLayer.Window(
            both(node.wholes("strides", ones), axes, 1),
            both(pads, axes, 0),
            both(node.wholes("dilations", ones), axes, 1),
            (int) node.number("group", 1));
    int outputs = array.shape().length(0);
    int[] lengths = {
      outputs,
      array.shape().length(1),
      axes == 2 ? array.shape().length(2) : 1,
      array.shape().length(axes + 1)
    };
    Open layer = new Open(outputs, window, lengths, array.toDoubles());
    open(node, layer);
    if (node.inputs().size() > 2 && !node.inputs().get(2).isEmpty()) {
      add(layer, constant(node, 2), 1);
    }
  }

  /// Along height and width; a convolution of one axis has a height of 1.
  private static int[] both(int[] values, int axes, int alone) {
    return axes == 2 ? new int[] {values[0], values[1]} : new int[] {alone, values[0]};
  }

  private static void add(Open layer, NumberArray bias, double factor) {
    double[] sum = layer.bias == null ? new double[layer.outputs] : layer.bias;
    for (int k = 0; k < layer.outputs; k++) {
      sum[k] += factor * bias.values().real(bias.values().length() == 1 ? 0 : k);
    }
    layer.bias = sum;
  }

  private void normalised(Node node) {
    @Nullable Open layer = behind.remove(node.inputs().getFirst());
    if (layer == null) {
      throw unknown(node, "no layer right before");
    }
    double epsilon = node.number("epsilon", 1e-5);
    double[] bias = layer.bias == null ? new double[layer.outputs] : layer.bias;
    double[] scale = new double[layer.outputs];
    for (int k = 0; k < scale.length; k++) {
      double variance = constant(node, 4).values().real(k);
      scale[k] = constant(node, 1).values().real(k) / Math.sqrt(variance + epsilon);
      double far = bias[k] - constant(node, 3).values().real(k);
      bias[k] = far * scale[k] + constant(node, 2).values().real(k);
    }
    for (int k = 0; k < layer.weight.length; k++) {
      layer.weight[k] *= scale[layer.output(k)];
    }
    layer.bias = bias;
    behind.put(node.output(), layer);
  }

  /// A bias behind a layer, or two ways that meet.
  private void sum(Node node) {
    for (int side = 0; side < 2; side++) {
      Open layer = behind.get(node.inputs().get(side));
      NumberArray bias = graph.constants().get(node.inputs().get(1 - side));
      if (bias != null) {
        if (layer == null
            || bias.values().length() != 1 && bias.values().length() != layer.outputs) {
          throw unknown(node, "constants that belong to no layer in");
        }
        behind.remove(node.inputs().get(side));
        add(layer, bias, 1);
        behind.put(node.output(), layer);
        return;
      }
    }
    if (node.inputs().stream().anyMatch(this::isUnrectified)) {
      unrectified.add(node.output());
    }
  }
}
