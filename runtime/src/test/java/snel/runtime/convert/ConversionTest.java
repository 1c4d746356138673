package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Store;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.data.ArrayFile;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.Npz;
import snel.runtime.data.NumberArray;
import snel.runtime.data.OnnxGraph;

/// Models that PyTorch wrote, against the values that PyTorch computes with them (make_models.py);
/// scales against their definitions.
final class ConversionTest {
  private static final Structure MLP =
      new Structure(
          List.of(
              input(4),
              layer("h", 3, link("w1", 0, full(4, 3))),
              layer("y", 2, link("w2", 1, full(3, 2)))));

  private static final Structure CNN =
      new Structure(
          List.of(
              input(144),
              layer("c1", 432, link("k1", 0, conv(1, 12, 3, 12, 3, 1))),
              layer(
                  "p1",
                  108,
                  pool(
                      "q1",
                      1,
                      0.25,
                      new Maps(3, 12, 12, 3, 6, 6, 2, 2, 2, 2, 0, 0, 1, 1, 1, false),
                      false)),
              layer("c2", 64, link("k2", 2, conv(3, 6, 4, 4, 3, 0))),
              layer(
                  "p2",
                  16,
                  pool(
                      "q2",
                      3,
                      1,
                      new Maps(4, 4, 4, 4, 2, 2, 2, 2, 2, 2, 0, 0, 1, 1, 1, false),
                      true)),
              layer("y", 5, link("w", 4, full(16, 5)))));

  private static Wiring full(int sources, int targets) {
    return new Wiring.Full(new Stack(sources, 1), new Stack(targets, 1));
  }

  private static Layer layer(String name, int size, Link link) {
    return new Layer(
        name,
        size,
        List.of(link),
        Optional.of(new Store(name + ".bias", 1)),
        Structure.Activation.OTHER);
  }

  private static Layer input(int size) {
    return new Layer("x", size, List.of(), Optional.empty(), Structure.Activation.OTHER);
  }

  private static Link link(String name, int source, Wiring wiring) {
    return new Link(name, source, wiring, new Weights.Stored(new Store(name + ".w", 1)), false);
  }

  private static Link pool(String name, int source, double weight, Maps maps, boolean maximum) {
    return new Link(
        name,
        source,
        new Wiring.Pool(maps),
        new Weights.Constant(weight, Optional.empty()),
        maximum);
  }

  private static Wiring conv(int from, int side, int to, int toSide, int kernel, int padding) {
    return new Wiring.Convolution(
        new Maps(
            from, side, side, to, toSide, toSide, kernel, kernel, 1, 1, padding, padding, 1, 1, 1,
            false));
  }

  private static DataFile file(String name) {
    return DataFile.resource(ConversionTest.class.getClassLoader(), "snel/runtime/convert/" + name);
  }

  private static Conversion conversion(Structure structure, Scaling scaling) {
    return new Conversion(
        Conversion.Format.ONNX, List.of(), List.of(), false, scaling, 1, structure);
  }

  private static Analog analog(String file, Structure structure) {
    var trained = conversion(structure, new Scaling.None()).read(file(file));
    return new Analog(structure, trained.weights(), trained.biases());
  }

  private static double[] row(ArrayFile values, String name, int row) {
    double[] all = Objects.requireNonNull(values.get(name)).toDoubles();
    int width = all.length / Objects.requireNonNull(values.get(name)).shape().length(0);
    return Arrays.copyOfRange(all, row * width, (row + 1) * width);
  }

  @Test
  void fullLayersComputeWhatPyTorchDoes() {
    ArrayFile values = Npz.read(file("mlp_values.npz"));
    for (int sample = 0; sample < 5; sample++) {
      List<double[]> found = analog("mlp.onnx", MLP).activities(row(values, "x", sample), false);
      assertArrayEquals(row(values, "a", sample), found.get(1), 1e-6);
      assertArrayEquals(row(values, "y", sample), found.get(2), 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn.onnx", "cnn_folded.onnx"})
  void convolutionsPoolsAndNormalisationComputeWhatPyTorchDoes(String model) {
    ArrayFile values = Npz.read(file("cnn_values.npz"));
    for (int sample = 0; sample < 3; sample++) {
      List<double[]> found = analog(model, CNN).activities(row(values, "x", sample), false);
      List<String> names = List.of("x", "a1", "p1", "a2", "p2", "y");
      for (int k = 0; k < names.size(); k++) {
        assertArrayEquals(row(values, names.get(k), sample), found.get(k), 1e-5, names.get(k));
      }
    }
  }

  @Test
  void namesOfLayersAreThoseOfTheirWeights() {
    OnnxLayers.Found found = OnnxLayers.of("cnn", snel.runtime.data.Onnx.read(file("cnn.onnx")));
    assertEquals(
        List.of("c1", "c2", "fc"), found.layers().stream().map(TrainedLayer::name).toList());
  }

  @Test
  void maximaMustBeTakenSomewhere() {
    Structure averaging =
        new Structure(
            CNN.layers().stream()
                .map(layer ->
                    new Layer(
                        layer.population(),
                        layer.size(),
                        layer.links().stream()
                            .map(l ->
                                new Link(
                                    l.projection(), l.source(), l.wiring(), l.weights(), false))
                            .toList(),
                        layer.bias(),
                        layer.activation()))
                .toList());
    assertSays("MaxPool", () -> analog("cnn.onnx", averaging));
  }

  @Test
  void everyLayerHasItsPlace() {
    assertSays("layers with weights", () -> analog("mlp.onnx", CNN));
    Conversion half =
        new Conversion(
            Conversion.Format.ONNX,
            List.of(new Conversion.Match("0", "w1")),
            List.of(),
            false,
            new Scaling.None(),
            1,
            MLP);
    assertSays("`map:` says of no projection", () -> half.read(file("mlp.onnx")));
  }

  @Test
  void whatIsNotRectifiedIsRefused() {
    assertSays("Sigmoid", () -> OnnxLayers.of("net", graph("Sigmoid")));
    assertEquals(2, OnnxLayers.of("net", graph("Relu")).layers().size());
  }

  private static OnnxGraph graph(String between) {
    return OnnxGraph.of(
        List.of(
            node("MatMul", "a", "x", "w"), node(between, "b", "a"), node("MatMul", "c", "b", "w")),
        Map.of("w", NumberArray.of(new double[] {1, 2, 3, 4}, 2, 2)),
        Map.of(),
        List.of());
  }

  /// Outputs first, as PyTorch stores them: turned, `w` is [[1, 4], [2, 5], [3, 6]].
  @Test
  void weightsMayBeTurnedInTheGraph() {
    OnnxGraph graph =
        OnnxGraph.of(
            List.of(node("Transpose", "turned", "fc.weight"), node("MatMul", "a", "x", "turned")),
            Map.of("fc.weight", NumberArray.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3)),
            Map.of(),
            List.of());
    TrainedLayer layer = OnnxLayers.of("net", graph).layers().getFirst();
    assertEquals("fc", layer.name());
    assertEquals("[3, 2]", layer.weight().shape().toString());
    assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, layer.weight().toDoubles());
  }

  private static OnnxGraph.Node node(String operation, String output, String... inputs) {
    return new OnnxGraph.Node("", operation, List.of(inputs), List.of(output), Map.of(), Map.of());
  }

  private static void assertSays(String what, org.junit.jupiter.api.function.Executable action) {
    DataProblem problem = assertThrows(DataProblem.class, action);
    assertTrue(problem.getMessage().contains(what), problem.getMessage());
  }

  // Scales

  private static double[] scales(Scaling scaling, List<double[]> samples) {
    var trained = conversion(MLP, scaling).read(file("mlp.onnx"));
    return Scaling.scales(scaling, 1, MLP, trained.weights(), trained.biases(), samples);
  }

  private static List<double[]> samples() {
    ArrayFile values = Npz.read(file("mlp_values.npz"));
    return List.of(0, 1, 2, 3, 4).stream().map(k -> row(values, "x", k)).toList();
  }

  @Test
  void scalesByDataAreTheLargestActivities() {
    double[] scales = scales(new Scaling.Data(100), samples());
    double[] hidden = Objects.requireNonNull(Npz.read(file("mlp_values.npz")).get("a")).toDoubles();
    double[] output = Objects.requireNonNull(Npz.read(file("mlp_values.npz")).get("y")).toDoubles();
    assertEquals(1, scales[0]);
    assertEquals(Arrays.stream(hidden).max().orElseThrow(), scales[1], 1e-6);
    assertEquals(Arrays.stream(output).max().orElseThrow(), scales[2], 1e-6);
  }

  @Test
  void percentilesAreOfWhatIsAboveNothing() {
    Percentile seen = new Percentile();
    double[] numbers = new double[2000];
    Arrays.setAll(numbers, k -> k - 1000); // 999 of them are above 0
    seen.take(numbers);
    assertEquals(999, seen.of(100));
    assertEquals(500, seen.of(50), 500 / 2000.0);
    assertEquals(10, seen.of(1), 10 / 2000.0);
  }

  @Test
  void scalesByTheModelAreTheLargestSums() {
    var trained = conversion(MLP, new Scaling.Model()).read(file("mlp.onnx"));
    double[] first = trained.weights().get(1).getFirst();
    double[] second = trained.weights().get(2).getFirst();
    double hidden = 0;
    for (int j = 0; j < 3; j++) {
      double sum = Math.max(0, trained.biases().get(1)[j]);
      for (int i = 0; i < 4; i++) {
        sum += Math.max(0, first[i * 3 + j]);
      }
      hidden = Math.max(hidden, sum);
    }
    double output = 0;
    for (int k = 0; k < 2; k++) {
      double sum = Math.max(0, trained.biases().get(2)[k]);
      for (int j = 0; j < 3; j++) {
        sum += Math.max(0, second[j * 2 + k]) * hidden;
      }
      output = Math.max(output, sum);
    }
    double[] scales = scales(new Scaling.Model(), List.of());
    assertArrayEquals(new double[] {1, hidden, output}, scales, 1e-12);
  }

  /// A layer whose values are read needs no scale where all are below 0; spikes would say nothing.
  @Test
  void whatNeverSpikesWantsNoScale() {
    List<List<double[]>> weights = List.of(List.of(), List.of(new double[] {-1, -2}));
    List<double[]> samples = List.of(new double[] {1, 1});
    for (Scaling scaling : List.of(new Scaling.Data(99), new Scaling.Model())) {
      for (Structure.Activation read :
          List.of(Structure.Activation.SILENT, Structure.Activation.LINEAR)) {
        double[] scales =
            Scaling.scales(
                scaling, 1, summing(read), weights, Arrays.asList(null, new double[1]), samples);
        assertArrayEquals(new double[] {1, 1}, scales);
      }
      assertSays(
          "no neuron of `y` is ever above 0",
          () ->
              Scaling.scales(
                  scaling,
                  1,
                  summing(Structure.Activation.OTHER),
                  weights,
                  Arrays.asList(null, new double[1]),
                  samples));
    }
  }

  private static Structure summing(Structure.Activation activation) {
    return new Structure(
        List.of(
            input(2),
            new Layer(
                "y",
                1,
                List.of(link("w", 0, full(2, 1))),
                Optional.of(new Store("y.bias", 1)),
                activation)));
  }

  @Test
  void poolsHandTheScaleOn() {
    var trained = conversion(CNN, new Scaling.None()).read(file("cnn.onnx"));
    ArrayFile values = Npz.read(file("cnn_values.npz"));
    double[] scales =
        Scaling.scales(
            new Scaling.Data(100),
            1,
            CNN,
            trained.weights(),
            trained.biases(),
            List.of(row(values, "x", 0)));
    assertEquals(scales[1], scales[2]);
    assertEquals(scales[3], scales[4]);
    assertEquals(Arrays.stream(row(values, "a1", 0)).max().orElseThrow(), scales[1], 1e-5);
  }
}
