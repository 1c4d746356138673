package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Structure.Activation;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Store;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph;

/// Graphs against programs that say the same, and against those that do not. Values are computed by
/// hand.
final class OnnxGraphsTest {
  private static final double[] W = {1, 2, 0.5, 1};

  // Graphs

  private static final class Graph {
    private final List<OnnxGraph.Node> nodes = new ArrayList<>();
    private final Map<String, NumberArray> constants = new HashMap<>();
    private final Map<String, List<Integer>> inputs = new HashMap<>();

    Graph with(String name, int[] shape, double... values) {
      constants.put(name, NumberArray.of(values, shape));
      return this;
    }

    Graph takes(String input, Integer... lengths) {
      inputs.put(input, List.of(lengths));
      return this;
    }

    Graph node(String operation, String output, String... inputs) {
      return node(operation, Map.of(), Map.of(), output, inputs);
    }

    Graph node(
        String operation,
        Map<String, List<Double>> numbers,
        Map<String, String> texts,
        String output,
        String... inputs) {
      nodes.add(
          new OnnxGraph.Node("", operation, List.of(inputs), List.of(output), numbers, texts));
      return this;
    }

    OnnxGraph graph() {
      return OnnxGraph.of(nodes, constants, inputs);
    }
  }

  private static Map<String, List<Double>> numbers(Object... pairs) {
    Map<String, List<Double>> all = new HashMap<>();
    for (int k = 0; k < pairs.length; k += 2) {
      int[] values = (int[]) pairs[k + 1];
      all.put((String) pairs[k], Arrays.stream(values).mapToObj(v -> (double) v).toList());
    }
    return all;
  }

  private static int[] whole(int... values) {
    return values;
  }

  // Programs

  private static Layer input(int size) {
    return new Layer("x", size, List.of(), Optional.empty(), Activation.OTHER);
  }

  private static Layer layer(String name, int size, Activation activation, Link... links) {
    return new Layer(
        name, size, List.of(links), Optional.of(new Store(name + ".bias", 1)), activation);
  }

  private static Link filled(String name, int source, Wiring wiring) {
    return new Link(name, source, wiring, new Weights.Stored(new Store(name + ".w", 1)), false);
  }

  private static Link constant(String name, int source, Wiring wiring, double weight) {
    return new Link(name, source, wiring, new Weights.Constant(weight, Optional.empty()), false);
  }

  private static Wiring full(int sources, int targets) {
    return new Wiring.Full(new Stack(sources, 1), new Stack(targets, 1));
  }

  private static Structure program(Layer... layers) {
    return new Structure(List.of(layers));
  }

  private static Structure chain() {
    return program(
        input(2),
        layer("h", 2, Activation.RECTIFIED, filled("w1", 0, full(2, 2))),
        layer("y", 2, Activation.LINEAR, filled("w2", 1, full(2, 2))));
  }

  private static double[] last(Structure structure, Graph graph, double... input) {
    var conversion =
        new Conversion(
            Conversion.Format.ONNX, List.of(), List.of(), false, new Scaling.None(), 1, structure);
    Conversion.Trained trained = conversion.read("net", graph.graph());
    return new Analog(structure, trained.weights(), trained.biases())
        .activities(input, false)
        .getLast();
  }

  private static void assertRefused(Structure structure, Graph graph, String... words) {
    var conversion =
        new Conversion(
            Conversion.Format.ONNX, List.of(), List.of(), false, new Scaling.None(), 1, structure);
    DataProblem problem =
        assertThrows(DataProblem.class, () -> conversion.read("net", graph.graph()));
    for (String word : words) {
      assertTrue(problem.getMessage().contains(word), problem.getMessage());
    }
  }

  // What is done with the input

  @Test
  void constantsOnTheInputAreTakenInByTheFirstLayer() {
    Graph graph =
        new Graph()
            .with("w", whole(2, 2), W)
            .with("half", whole(), 0.5)
            .with("scale", whole(2), 0.25, 0.5)
            .node("Cast", numbers("to", whole(1)), Map.of(), "a", "x")
            .node("Sub", "b", "a", "half")
            .node("Div", "c", "b", "scale")
            .node("MatMul", "d", "c", "w")
            .node("Relu", "e", "d")
            .node("MatMul", "y", "e", "w");
    // (1 - 0.5) / 0.25 = 2, (0 - 0.5) / 0.5 = -1; 2 - 0.5, 4 - 1
    assertArrayEquals(new double[] {3, 6}, last(chain(), graph, 1, 0), 1e-12);
  }

  @Test
  void constantsForChannelsAreTakenInByAConvolution() {
    Graph graph =
        new Graph()
            .with("mean", whole(1, 2, 1, 1), 1, 2)
            .with("scale", whole(2, 1, 1), 2, 10)
            .with("k", whole(1, 2, 1, 2), 1, 3, 5, 7)
            .node("Sub", "a", "x", "mean")
            .node("Mul", "b", "scale", "a")
            .node("Conv", "y", "b", "k");
    Structure structure = moving(2, 2, 1, 1, 2, 0);
    // 2 * ((4 - 1) + 3 * (5 - 1)) + 10 * (5 * (6 - 2) + 7 * (7 - 2))
    assertArrayEquals(new double[] {580}, last(structure, graph, 4, 5, 6, 7), 1e-12);
  }

  @Test
  void constantsOnTheInputThatAPaddingHindersAreRefused() {
    Graph graph =
        new Graph()
            .with("one", whole(), 1)
            .with("k", whole(1, 1, 1, 3), 1, 2, 3)
            .node("Sub", "a", "x", "one")
            .node("Conv", numbers("pads", whole(0, 1, 0, 1)), Map.of(), "y", "a", "k");
    assertRefused(moving(1, 3, 1, 3, 3, 1), graph, "constants on the input", "`Conv`");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Slice", "Gather", "Concat", "Tanh"})
  void whatIsDoneWithDataIsNotLeftOut(String operation) {
    Graph graph =
        new Graph()
            .with("w", whole(2, 2), W)
            .with("i", whole(2), 1, 0)
            .node("MatMul", "a", "x", "w")
            .node("Relu", "b", "a")
            .node(operation, "c", "b", "i")
            .node("Tanh", "d", "c")
            .node("MatMul", "y", "d", "w");
    assertRefused(chain(), graph, "the operation `" + operation + "`");
  }

  @Test
  void sizesOfAReshapeAreNoData() {
    Graph graph =
        new Graph()
            .with("w", whole(2, 2), W)
            .with("i", whole(), 0)
            .with("rest", whole(1), -1)
            .node("Shape", "s", "x")
            .node("Gather", "n", "s", "i")
            .node("Unsqueeze", numbers("axes", whole(0)), Map.of(), "m", "n")
            .node("Concat", "size", "m", "rest")
            .node("Reshape", "a", "x", "size")
            .node("MatMul", "b", "a", "w")
            .node("Relu", "c", "b")
            .node("MatMul", "y", "c", "w");
    assertArrayEquals(new double[] {4, 8}, last(chain(), graph, 1, 2), 1e-12);
  }

  @Test
  void afterASoftmaxThereIsNoLayer() {
    Graph graph =
        new Graph()
            .with("w", whole(2, 2), W)
            .node("MatMul", "a", "x", "w")
            .node("Relu", "b", "a")
            .node("Softmax", "c", "b")
            .node("MatMul", "y", "c", "w");
    assertRefused(chain(), graph, "after a `Softmax` the operation `MatMul`");
  }

  @ParameterizedTest
  @CsvSource({"-1, true", "1, true", "0, false", "-2, false", "2, false"})
  void aSoftmaxIsOverTheAnswersOfASample(int axis, boolean passes) {
    Graph graph =
        new Graph()
            .takes("x", GraphShape.OPEN, 2)
            .with("w", whole(2, 2), W)
            .node("MatMul", "a", "x", "w")
            .node("Relu", "b", "a")
            .node("MatMul", "c", "b", "w")
            .node("Softmax", numbers("axis", whole(axis)), Map.of(), "y", "c");
    if (passes) {
      assertArrayEquals(new double[] {4, 8}, last(chain(), graph, 1, 2), 1e-12);
    } else {
      assertRefused(chain(), graph, "one Softmax over all answers", "along axis " + axis, "[?, 2]");
    }
  }

  @Test
  void aDropoutThatLeavesOutSomeIsRefused() {
    for (double mode : new double[] {0, 1}) {
      Graph graph =
          new Graph()
              .with("w", whole(2, 2), W)
              .with("ratio", whole(), 0.5)
              .with("mode", whole(), mode)
              .node("MatMul", "a", "x", "w")
              .node("Relu", "b", "a")
              .node("Dropout", "c", "b", "ratio", "mode")
              .node("MatMul", "y", "c", "w");
      if (mode == 0) {
        assertArrayEquals(new double[] {4, 8}, last(chain(), graph, 1, 2), 1e-12);
      } else {
        assertRefused(chain(), graph, "evaluation mode", "`Dropout` in training mode");
      }
    }
  }

  // Kernels that move

  private static Maps line(int from, int width, int to, int out, int kernel, int stride, int pad) {
    return new Maps(from, 1, width, to, 1, out, 1, kernel, stride, stride, 0, pad, 1, 1, 1, false);
  }

  private static Structure moving(
      int channels, int width, int to, int out, int kernel, int padding) {
    Maps maps = line(channels, width, to, out, kernel, 1, padding);
    return program(
        input(channels * width),
        layer("y", to * out, Activation.LINEAR, filled("k", 0, new Wiring.Convolution(maps))));
  }

  private static Graph convolution(String rule, double... kernel) {
    return new Graph()
        .with("k", whole(1, 1, kernel.length), kernel)
        .node("Conv", Map.of(), Map.of("auto_pad", rule), "y", "x", "k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SAME_UPPER", "SAME_LOWER"})
  void aPaddingThatKeepsTheSizeIsFoundFromTheSizes(String rule) {
    Graph graph = convolution(rule, 1, 10, 100);
    assertArrayEquals(
        new double[] {210, 321, 32}, last(moving(1, 3, 1, 3, 3, 1), graph, 1, 2, 3), 1e-12);
    assertRefused(moving(1, 3, 1, 1, 3, 0), graph, "the padding [0, 0]", "[0, 1]");
  }

  /// Of two places one sees the margin: the last by SAME_UPPER, the first by SAME_LOWER.
  @Test
  void aPaddingOnOneSideIsNotThatOfAProgram() {
    assertRefused(
        moving(1, 2, 1, 1, 2, 0), convolution("SAME_UPPER", 1, 10), "size of what comes out");
    assertRefused(
        moving(1, 2, 1, 3, 2, 1), convolution("SAME_LOWER", 1, 10), "size of what comes out");
  }

  @Test
  void noPaddingMayBeSaidByARule() {
    assertArrayEquals(
        new double[] {321},
        last(moving(1, 3, 1, 1, 3, 0), convolution("VALID", 1, 10, 100), 1, 2, 3),
        1e-12);
  }

  // Pools

  /// `x -> conv -> pool -> y`, the maps of `width` places.
  private static Graph pooled(String operation, Map<String, List<Double>> numbers, int out) {
    double[] ones = new double[out];
    Arrays.fill(ones, 1);
    return new Graph()
        .with("k", whole(1, 1, 1), 1)
        .with("w", whole(out, 1), ones)
        .node("Conv", "a", "x", "k")
        .node("Relu", "b", "a")
        .node(operation, numbers, Map.of(), "c", "b")
        .node("Flatten", "d", "c")
        .node("MatMul", "y", "d", "w");
  }

  private static Structure pooling(
      int width, int out, int kernel, int stride, int padding, double weight, boolean maximum) {
    Maps maps = line(1, width, 1, out, kernel, stride, padding);
    Link pool =
        new Link(
            "q", 1, new Wiring.Pool(maps), new Weights.Constant(weight, Optional.empty()), maximum);
    Wiring one = new Wiring.Convolution(line(1, width, 1, width, 1, 1, 0));
    return program(
        input(width),
        layer("h", width, Activation.RECTIFIED, filled("k", 0, one)),
        layer("p", out, Activation.OTHER, pool),
        layer("y", 1, Activation.LINEAR, filled("w", 2, full(out, 1))));
  }

  private static Map<String, List<Double>> window(int kernel, int stride, int padding) {
    return numbers(
        "kernel_shape",
        whole(kernel),
        "strides",
        whole(stride),
        "pads",
        whole(padding, padding),
        "count_include_pad",
        whole(1));
  }

  @Test
  void poolsOfTheSameKindComputeTheSame() {
    Graph average = pooled("AveragePool", window(2, 2, 1), 3);
    // (0 + 1 + 2 + 3 + 4 + 0) / 2
    assertArrayEquals(
        new double[] {5}, last(pooling(4, 3, 2, 2, 1, 0.5, false), average, 1, 2, 3, 4), 1e-12);
    Graph largest = pooled("MaxPool", window(2, 2, 0), 2);
    assertArrayEquals(
        new double[] {6}, last(pooling(4, 2, 2, 2, 0, 1, true), largest, 1, 2, 3, 4), 1e-12);
    Graph all = pooled("GlobalAveragePool", Map.of(), 1);
    assertArrayEquals(
        new double[] {2.5}, last(pooling(4, 1, 4, 4, 0, 0.25, false), all, 1, 2, 3, 4), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 2, 0, 'the kernel [1, 2]', '[1, 3] of `AveragePool`'",
    "2, 1, 0, 'the stride [2, 2]', '[1, 1] of `AveragePool`'",
    "2, 2, 1, 'the padding [0, 0]', '[0, 1] of `AveragePool`'"
  })
  void otherPoolsAreRefused(int kernel, int stride, int padding, String expected, String found) {
    assertRefused(
        pooling(4, 2, 2, 2, 0, 0.5, false),
        pooled("AveragePool", window(kernel, stride, padding), 2),
        "`q` to `p`",
        expected,
        found);
  }

  @Test
  void averagesAndMaximaAreToldApart() {
    assertRefused(
        pooling(4, 2, 2, 2, 0, 1, true),
        pooled("AveragePool", window(2, 2, 0), 2),
        "expected maxima; found `AveragePool`");
    assertRefused(
        pooling(4, 2, 2, 2, 0, 0.5, false),
        pooled("MaxPool", window(2, 2, 0), 2),
        "`maximum:`",
        "found `MaxPool`");
    assertRefused(
        pooling(4, 2, 2, 2, 0, 1, false),
        pooled("AveragePool", window(2, 2, 0), 2),
        "the weight 1.0",
        "1 / 2");
  }

  @Test
  void averagesThatLeaveThePaddingOutAreRefused() {
    Map<String, List<Double>> apart = new HashMap<>(window(2, 2, 1));
    apart.remove("count_include_pad");
    assertRefused(
        pooling(4, 3, 2, 2, 1, 0.5, false),
        pooled("AveragePool", apart, 3),
        "that does not count it");
    Map<String, List<Double>> inside = new HashMap<>(window(2, 2, 0));
    inside.remove("count_include_pad");
    assertArrayEquals(
        new double[] {5},
        last(pooling(4, 2, 2, 2, 0, 0.5, false), pooled("AveragePool", inside, 2), 1, 2, 3, 4),
        1e-12);
  }

  @Test
  void poolsThatRoundUpAreRefusedWhereItCounts() {
    Map<String, List<Double>> up = new HashMap<>(window(2, 2, 0));
    up.put("ceil_mode", List.of(1.0));
    assertRefused(pooling(5, 2, 2, 2, 0, 1, true), pooled("MaxPool", up, 2), "rounds up");
    assertArrayEquals(
        new double[] {6},
        last(pooling(4, 2, 2, 2, 0, 1, true), pooled("MaxPool", up, 2), 1, 2, 3, 4),
        1e-12);
  }

  /// Maxima that are rectified are maxima of rectified values.
  @Test
  void maximaMayBeTakenBeforeTheyAreRectified() {
    Graph graph =
        new Graph()
            .with("k", whole(1, 1, 1), 1)
            .with("w", whole(2, 1), 1, 1)
            .node("Conv", "a", "x", "k")
            .node("MaxPool", window(2, 2, 0), Map.of(), "b", "a")
            .node("Relu", "c", "b")
            .node("MatMul", "y", "c", "w");
    assertArrayEquals(
        new double[] {4}, last(pooling(4, 2, 2, 2, 0, 1, true), graph, -1, -2, 3, 4), 1e-12);
  }

  /// `x -> pool -> relu -> y`: two places of which the first is below 0.
  @ParameterizedTest
  @CsvSource({"AveragePool, 0.5, false, 3.5", "MaxPool, 1, true, 4"})
  void aPoolOfTheInputIsRectifiedWhereTheGraphSaysSo(
      String operation, double weight, boolean maximum, double expected) {
    Graph rectified =
        new Graph()
            .with("w", whole(2, 1), 1, 1)
            .node(operation, window(2, 2, 0), Map.of(), "a", "x")
            .node("Relu", "b", "a")
            .node("MatMul", "y", "b", "w");
    Graph plain =
        new Graph()
            .with("w", whole(2, 1), 1, 1)
            .node(operation, window(2, 2, 0), Map.of(), "a", "x")
            .node("MatMul", "y", "a", "w");
    Maps maps = line(1, 4, 1, 2, 2, 2, 0);
    Link pool =
        new Link(
            "q", 0, new Wiring.Pool(maps), new Weights.Constant(weight, Optional.empty()), maximum);
    Layer last = layer("y", 1, Activation.LINEAR, filled("w", 1, full(2, 1)));
    Structure rectifies = program(input(4), layer("p", 2, Activation.RECTIFIED, pool), last);
    Structure linear = program(input(4), layer("p", 2, Activation.LINEAR, pool), last);
    assertArrayEquals(new double[] {expected}, last(rectifies, rectified, -1, -2, 3, 4), 1e-12);
    assertRefused(linear, rectified, "`p` is linear", "found `Relu`");
    assertRefused(rectifies, plain, "`p` rectifies", "found no `Relu`");
  }

  @Test
  void aSumWithTheInputIsRectifiedWhereTheGraphSaysSo() {
    Graph graph =
        new Graph()
            .with("w", whole(2, 2), W)
            .node("MatMul", "a", "x", "w")
            .node("Relu", "h", "a")
            .node("Add", "b", "h", "x")
            .node("Relu", "y", "b");
    Layer h = layer("h", 2, Activation.RECTIFIED, filled("w1", 0, full(2, 2)));
    Link[] both = {
      constant("s", 1, new Wiring.OneToOne(2), 1), constant("sk", 0, new Wiring.OneToOne(2), 1)
    };
    Structure linear = program(input(2), h, layer("y", 2, Activation.LINEAR, both));
    Structure rectified = program(input(2), h, layer("y", 2, Activation.RECTIFIED, both));
    assertRefused(linear, graph, "`y` is linear", "found `Relu`");
    // h = (1 - 0.5, 2 - 1); h + x = (1.5, 0)
    assertArrayEquals(new double[] {1.5, 0}, last(rectified, graph, 1, -1), 1e-12);
  }

  // Ways that meet

  private static Graph residual() {
    return residual("Add");
  }

  private static Graph residual(String sum) {
    return new Graph()
        .with("u", whole(2, 2), W)
        .with("v", whole(2, 2), 0, -1, -1, 0)
        .with("w", whole(2, 1), 1, 10)
        .node("MatMul", "a", "x", "u")
        .node("Relu", "h", "a")
        .node("MatMul", "b", "h", "v")
        .node(sum, "c", "b", "h")
        .node("Relu", "d", "c")
        .node("MatMul", "y", "d", "w");
  }

  private static Structure skipping(Link... more) {
    List<Link> links = new ArrayList<>(List.of(filled("w2", 1, full(2, 2))));
    links.addAll(List.of(more));
    return program(
        input(2),
        layer("a", 2, Activation.RECTIFIED, filled("w1", 0, full(2, 2))),
        layer("b", 2, Activation.RECTIFIED, links.toArray(Link[]::new)),
        layer("y", 1, Activation.LINEAR, filled("w3", 2, full(2, 1))));
  }

  @Test
  void aSkipIsAConnection() {
    Link skip = constant("sk", 1, new Wiring.OneToOne(2), 1);
    // h = (2, 4); h + (-4, -2) = (-2, 2)
    assertArrayEquals(new double[] {20}, last(skipping(skip), residual(), 1, 2), 1e-12);
    assertArrayEquals(new double[] {20}, last(skipping(skip), residual("Sum"), 1, 2), 1e-12);
    assertRefused(
        skipping(),
        residual(),
        "`b`: expected the sum of `w2` from `a`; found the sum of `v` + what `a` gives");
    Link half = constant("sk", 1, new Wiring.OneToOne(2), 0.5);
    assertRefused(skipping(half), residual(), "`sk` to `b`", "the weight 0.5");
  }

  @Test
  void aSkipThatTheGraphLacksIsRefused() {
    Graph graph =
        new Graph()
            .with("u", whole(2, 2), W)
            .with("v", whole(2, 2), W)
            .with("w", whole(2, 1), 1, 10)
            .node("MatMul", "a", "x", "u")
            .node("Relu", "h", "a")
            .node("MatMul", "b", "h", "v")
            .node("Relu", "d", "b")
            .node("MatMul", "y", "d", "w");
    assertRefused(
        skipping(constant("sk", 1, new Wiring.OneToOne(2), 1)),
        graph,
        "`b`: expected the sum of `w2` from `a` + `sk` from `a`; found the sum of `v`");
  }

  /// A layer that hands on a step later lets values of one step meet.
  @Test
  void layersThatOnlyWaitChangeNothing() {
    Structure structure =
        program(
            input(2),
            layer("a", 2, Activation.RECTIFIED, filled("w1", 0, full(2, 2))),
            layer("late", 2, Activation.RECTIFIED, constant("l", 1, new Wiring.OneToOne(2), 1)),
            layer("sum", 2, Activation.LINEAR, filled("w2", 1, full(2, 2))),
            layer(
                "b",
                2,
                Activation.RECTIFIED,
                constant("s", 3, new Wiring.OneToOne(2), 1),
                constant("sk", 2, new Wiring.OneToOne(2), 1)),
            layer("y", 1, Activation.LINEAR, filled("w3", 4, full(2, 1))));
    var conversion =
        new Conversion(
            Conversion.Format.ONNX, List.of(), List.of(), false, new Scaling.None(), 1, structure);
    Conversion.Trained trained = conversion.read("net", residual().graph());
    assertArrayEquals(new double[] {0, -1, -1, 0}, trained.weights().get(3).getFirst());
  }

  // The last layer

  @Test
  void aLastRectificationMeetsALayerThatRectifies() {
    Graph graph =
        new Graph()
            .with("w", whole(2, 2), W)
            .node("MatMul", "a", "x", "w")
            .node("Relu", "b", "a")
            .node("MatMul", "c", "b", "w")
            .node("Relu", "y", "c");
    assertRefused(chain(), graph, "`y` is linear", "found `Relu`");
    Structure rectified =
        program(
            input(2),
            layer("h", 2, Activation.RECTIFIED, filled("w1", 0, full(2, 2))),
            layer("y", 2, Activation.RECTIFIED, filled("w2", 1, full(2, 2))));
    assertArrayEquals(new double[] {4, 8}, last(rectified, graph, 1, 2), 1e-12);
  }
}
