package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.data.Onnx;
import snel.runtime.data.OnnxGraph;
import snel.runtime.data.OnnxGraph.Node;
import snel.runtime.kernel.ProblemKind;

/// Models with something missing, too much or broken are refused with a sentence, whatever it is.
final class DamagedOnnxTest {
  private static final Path MODELS = Path.of("src/test/resources/snel/runtime/convert");

  @TempDir Path folder;

  private static Map<String, NumberArray> constants() {
    Map<String, NumberArray> all = new HashMap<>();
    all.put("w", NumberArray.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3));
    all.put("b", NumberArray.of(new double[] {1, 2, 3}, 3));
    all.put("k", NumberArray.of(new double[] {1, 2, 3}, 3, 1, 1));
    all.put("half", NumberArray.of(new double[] {0.5}));
    return all;
  }

  private static Node node(String operation, String output, String... inputs) {
    return node(operation, Map.of(), output, inputs);
  }

  private static Node node(
      String operation, Map<String, List<Double>> numbers, String output, String... inputs) {
    return new Node("", operation, List.of(inputs), List.of(output), numbers, Map.of());
  }

  private static final Node NORMALISATION =
      node("BatchNormalization", Map.of("epsilon", List.of(1e-3)), "n", "a", "b", "b", "b", "b");

  private static final Map<String, List<Double>> MOVING =
      Map.of(
          "kernel_shape", List.of(1.0),
          "strides", List.of(1.0),
          "dilations", List.of(1.0),
          "pads", List.of(0.0, 0.0),
          "group", List.of(1.0));

  /// Graphs that can be read, which together have every operation.
  private static List<List<Node>> graphs() {
    Map<String, List<Double>> gemm = Map.of("alpha", List.of(2.0), "beta", List.of(2.0));
    return List.of(
        List.of(
            node("Cast", Map.of("to", List.of(1.0)), "c", "x"),
            node("Sub", "d", "c", "half"),
            node("Mul", "e", "half", "d"),
            node("Div", "f", "e", "half"),
            node("Gemm", gemm, "a", "f", "w", "b"),
            NORMALISATION,
            node("Add", "o", "n", "b"),
            node("Relu", "r", "o"),
            node("Dropout", "p", "r"),
            node("Softmax", "y", "p")),
        List.of(node("MatMul", "a", "x", "w"), node("Relu", "r", "a"), node("Add", "y", "r", "a")),
        List.of(
            node("Conv", MOVING, "a", "x", "k", "b"),
            NORMALISATION,
            node("MaxPool", MOVING, "m", "n"),
            node("AveragePool", MOVING, "v", "m"),
            node("GlobalAveragePool", "g", "v"),
            node("Flatten", "y", "g")));
  }

  private static OnnxLayers.Found read(List<Node> nodes, Map<String, NumberArray> constants) {
    return OnnxLayers.of("net", OnnxGraph.of(nodes, constants, Map.of(), List.of()));
  }

  private static Node with(
      Node node, List<String> inputs, List<String> outputs, Map<String, List<Double>> attributes) {
    return new Node("", node.operation(), inputs, outputs, attributes, node.texts());
  }

  /// The same node with one thing amiss, each in turn.
  private static List<Node> damaged(Node node) {
    List<Node> all = new ArrayList<>();
    all.add(with(node, node.inputs(), List.of(), node.attributes()));
    for (int count = 0; count <= node.inputs().size() + 1; count++) {
      List<String> inputs = new ArrayList<>(node.inputs());
      inputs.add("b");
      all.add(with(node, inputs.subList(0, count), node.outputs(), node.attributes()));
    }
    for (int at = 0; at < node.inputs().size(); at++) {
      for (String other : List.of("", "w", "b", "half", "none", "empty")) {
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.set(at, other);
        all.add(with(node, inputs, node.outputs(), node.attributes()));
      }
    }
    for (String name : node.attributes().keySet()) {
      for (List<Double> values :
          List.of(List.<Double>of(), List.of(0.0), List.of(-1.0), List.of(2.0, 2.0, 2.0))) {
        Map<String, List<Double>> attributes = new HashMap<>(node.attributes());
        attributes.put(name, values);
        all.add(with(node, node.inputs(), node.outputs(), attributes));
      }
      Map<String, List<Double>> fewer = new HashMap<>(node.attributes());
      fewer.remove(name);
      all.add(with(node, node.inputs(), node.outputs(), fewer));
    }
    return all;
  }

  /// Whether it was read; what is none of its problems goes on.
  private static boolean isRead(Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (DataProblem refused) {
      return false;
    }
  }

  @Test
  void aNodeWithSomethingAmissIsRefusedInWords() {
    int refused = 0;
    for (List<Node> nodes : graphs()) {
      read(nodes, constants());
      for (int at = 0; at < nodes.size(); at++) {
        for (Node other : damaged(nodes.get(at))) {
          List<Node> all = new ArrayList<>(nodes);
          all.set(at, other);
          Map<String, NumberArray> constants = constants();
          constants.put("empty", NumberArray.of(new double[0], 0));
          refused += isRead(() -> read(all, constants)) ? 0 : 1;
        }
      }
    }
    assertTrue(refused > 100, refused + " refused");
  }

  private static void refused(String sentence, Node... nodes) {
    DataProblem problem = assertThrows(DataProblem.class, () -> read(List.of(nodes), constants()));
    assertEquals(ProblemKind.OTHER_WEIGHTS, problem.problem());
    assertTrue(problem.getMessage().contains(sentence), problem.getMessage());
  }

  @Test
  void whatIsAmissIsSaid() {
    Node full = node("MatMul", "a", "x", "w");
    refused("expected 2 inputs of `Add` that makes `y`; found 1", full, node("Add", "y", "a"));
    refused(
        "expected 2 inputs of `MatMul` that makes `y`; found 3",
        node("MatMul", "y", "x", "w", "b"));
    refused("expected 2 or 3 inputs of `Gemm` that makes `y`; found 1", node("Gemm", "y", "x"));
    refused(
        "1 numbers for 3 channels as input 4 of `BatchNormalization`",
        full,
        node("BatchNormalization", "y", "a", "b", "b", "half", "b"));
    Node mute = new Node("", "Relu", List.of("a"), List.of(), Map.of(), Map.of());
    refused("no output of `Relu`", full, mute);
    refused(
        "2 groups of 3 channels in `Conv`",
        node("Conv", Map.of("group", List.of(2.0)), "y", "x", "k"));
    refused("`transA`", node("Gemm", Map.of("transA", List.of(1.0)), "y", "x", "w"));
    refused(
        "`kernel_shape` [3] beside weights of shape [3, 1, 1] in `Conv`",
        node("Conv", Map.of("kernel_shape", List.of(3.0)), "y", "x", "k"));
    refused("`strides` [1, 1]", node("Conv", Map.of("strides", List.of(1.0, 1.0)), "y", "x", "k"));
  }

  @Test
  void theOutputsOfAFileAreRead() {
    OnnxGraph graph = Onnx.read(DataFile.at(MODELS.resolve("mlp.onnx")));
    assertEquals(List.of(graph.nodes().getLast().output()), graph.outputs());
  }

  /// Bytes in place of others, and files cut short.
  @ParameterizedTest
  @ValueSource(strings = {"mlp.onnx", "cnn.onnx", "cnn_folded.onnx"})
  void aBrokenFileIsRefusedInWords(String model) throws IOException {
    byte[] whole = Files.readAllBytes(MODELS.resolve(model));
    Random random = new Random(7);
    int refused = 0;
    for (int k = 0; k < 1500; k++) {
      boolean isCut = random.nextInt(4) == 0;
      byte[] broken = Arrays.copyOf(whole, isCut ? random.nextInt(whole.length) : whole.length);
      for (int n = random.nextInt(3); n >= 0 && broken.length > 0; n--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      DataFile file = DataFile.at(Files.write(folder.resolve("broken.onnx"), broken));
      refused += isRead(() -> OnnxLayers.of("net", Onnx.read(file))) ? 0 : 1;
    }
    assertTrue(refused > 300, refused + " refused");
  }
}
