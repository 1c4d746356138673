package snel.runtime.convert;

import java.util.Arrays;
import java.util.List;
import snel.runtime.convert.OnnxFlow.Data;
import snel.runtime.convert.Signal.Step;
import snel.runtime.convert.Signal.Way;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph.Node;
import snel.runtime.data.Shape;

/// Nodes with weights, each of which is a layer.
record WeightedNodes(OnnxFlow flow) {
  /// @param order in which it takes its inputs
  private void open(Node node, OpenLayer layer, Order order, GraphShape result) {
    Data source = flow.data(node, 0);
    if (!layer.take(source.shift().at(order))) {
      throw flow.unknown(node, "constants that are not for the channels of");
    }
    name(node, layer);
    Step step = new Step.Weighted(flow.add(layer));
    Signal sum = new Signal(List.of(new Way(source.signal(), step)), false);
    flow.put(node, Data.of(layer, sum, result));
  }

  private void name(Node node, OpenLayer layer) {
    String weight = flow.stored().origin(node.inputs().get(1));
    int dot = weight.lastIndexOf('.');
    if (dot > 0) {
      layer.name(weight.substring(0, dot));
    }
    layer.name(weight);
    if (!flow.stored().isPart(node.inputs().get(1))) {
      layer.name(node.inputs().get(1));
    }
    if (!node.name().isEmpty()) {
      layer.name(node.name());
    }
  }

  // Full layers

  void gemm(Node node) {
    if (node.number("transA", 0) != 0) {
      throw flow.unknown(node, "data turned (`transA`) in");
    }
    OpenLayer layer = full(node, node.number("transB", 0) != 0, node.number("alpha", 1));
    if (!node.input(2).isEmpty()) {
      NumberArray bias = flow.constant(node, 2);
      Channelwise each = Channelwise.of(bias);
      if (!each.fits(layer.outputs(), 0)) {
        throw biases(node, bias, layer.outputs());
      }
      layer.add(each, node.number("beta", 1));
    }
  }

  void product(Node node) {
    full(node, false, 1);
  }

  private OpenLayer full(Node node, boolean transposed, double factor) {
    NumberArray array = flow.constant(node, 1);
    if (array.shape().dimensions() != 2) {
      throw flow.unknown(node, "weights of shape " + array.shape() + " of");
    }
    int inputs = array.shape().length(transposed ? 1 : 0);
    int outputs = array.shape().length(transposed ? 0 : 1);
    GraphShape source = flow.data(node, 0).shape();
    requireVectors(node, source, inputs);
    Order order = flow.order(node, 0, false);
    double[] weight = new double[inputs * outputs];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < outputs; j++) {
        int from = transposed ? j * inputs + i : i * outputs + j;
        weight[order.at(i) * outputs + j] = factor * array.values().real(from);
      }
    }
    OpenLayer layer = OpenLayer.full(new int[] {inputs, outputs}, weight);
    open(node, layer, order, source.isKnown() ? source.with(source.axes() - 1, outputs) : source);
    return layer;
  }

  /// Along further axes than the last, the same weights would be there for each place.
  private void requireVectors(Node node, GraphShape source, int inputs) {
    if (!source.isKnown()) {
      return;
    }
    int last = source.axes() - 1;
    List<Integer> own = source.lengths().subList(Math.min(1, Math.max(0, last)), source.axes());
    if (last < 0
        || !mayBe(source.length(last), inputs)
        || !mayBe(GraphShape.product(own), inputs)) {
      throw flow.problems()
          .found(
              "vectors of " + inputs + " numbers before " + OnnxProblems.text(node),
              "the shape " + source);
    }
  }

  private static boolean mayBe(long length, int wanted) {
    return length == wanted || length == GraphShape.OPEN;
  }

  private DataProblem biases(Node node, NumberArray bias, int outputs) {
    return flow.problems()
        .found(
            "one bias for each of " + outputs + " outputs of " + OnnxProblems.text(node),
            "biases of shape " + bias.shape());
  }

  // Convolutions

  /// @param axes that it moves along
  /// @param lengths of the weights, the last two along height and width
  private record Kernel(NumberArray weights, int axes, int[] lengths, int groups) {
    int[] sides() {
      return new int[] {lengths[2], lengths[3]};
    }
  }

  void convolution(Node node) {
    Kernel kernel = kernel(node);
    int channels = kernel.lengths[1] * kernel.groups;
    GraphShape source = source(node, channels, kernel.axes);
    Window window = new OnnxWindows(flow.problems()).window(node, kernel.sides(), kernel.axes);
    var moving = new TrainedLayer.Convolution(window, kernel.groups, source.maps());
    open(
        node,
        OpenLayer.moving(moving, kernel.axes, kernel.lengths, kernel.weights.toDoubles()),
        OnnxWindows.moved(source, window, kernel.lengths[0]));
  }

  void transposed(Node node) {
    Kernel kernel = kernel(node);
    GraphShape source = source(node, kernel.lengths[0], kernel.axes);
    Spread spread =
        new OnnxWindows(flow.problems())
            .spread(node, kernel.sides(), kernel.axes, kernel.groups, source);
    OpenLayer layer =
        OpenLayer.spreading(spread, kernel.axes, kernel.lengths, kernel.weights.toDoubles());
    open(node, layer, OnnxWindows.spread(source, spread, layer.outputs()));
  }

  private Kernel kernel(Node node) {
    NumberArray weights = flow.constant(node, 1);
    Shape shape = weights.shape();
    int axes = shape.dimensions() - 2;
    if (axes < 1 || axes > 2) {
      throw flow.unknown(node, "weights of shape " + shape + " of");
    }
    requireKernel(node, shape);
    int groups = (int) node.number("group", 1);
    if (groups < 1 || shape.length(0) % groups != 0) {
      throw flow.unknown(node, groups + " groups of " + shape.length(0) + " channels in");
    }
    int height = axes == 2 ? shape.length(2) : 1;
    int[] lengths = {shape.length(0), shape.length(1), height, shape.length(axes + 1)};
    return new Kernel(weights, axes, lengths, groups);
  }

  /// A kernel with its biases.
  private void open(Node node, OpenLayer layer, GraphShape result) {
    open(node, layer, Order.OWN, result);
    if (!node.input(2).isEmpty()) {
      NumberArray bias = flow.constant(node, 2);
      if (bias.values().length() != layer.outputs() || bias.shape().dimensions() != 1) {
        throw biases(node, bias, layer.outputs());
      }
      layer.add(new Channelwise(bias.toDoubles(), layer.mapAxes()), 1);
    }
  }

  /// The maps that a kernel takes.
  private GraphShape source(Node node, int channels, int axes) {
    flow.order(node, 0, true);
    GraphShape source = flow.data(node, 0).shape();
    GraphShape taken = GraphShape.of(taken(channels, axes));
    if (!source.mayBe(taken)) {
      throw flow.problems()
          .found(
              "maps of shape " + taken + " before " + OnnxProblems.text(node),
              "the shape " + source);
    }
    return source;
  }

  private void requireKernel(Node node, Shape weights) {
    int[] own = weights.lengths().stream().skip(2).mapToInt(length -> length).toArray();
    int[] said = node.wholes("kernel_shape", own);
    if (!Arrays.equals(said, own)) {
      throw flow.unknown(
          node,
          "`kernel_shape` "
              + Arrays.toString(said)
              + " beside weights of shape "
              + weights
              + " in");
    }
  }

  private static List<Integer> taken(int channels, int axes) {
    int open = GraphShape.OPEN;
    return axes == 2 ? List.of(open, channels, open, open) : List.of(open, channels, open);
  }
}
