package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.convert.Structure.Activation;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.Structure.Wiring;

/// Graphs that turn the axes of data, as exporters of Keras make them. Values are computed by hand.
final class OnnxAxesTest extends OnnxGraphCase {
  private static Map<String, List<Double>> perm(int... axes) {
    return numbers("perm", axes);
  }

  private static Structure full(int inputs) {
    return program(
        input(inputs), layer("y", 1, Activation.LINEAR, filled("w", 0, full(inputs, 1))));
  }

  /// Two channels of three places: 1, 2, 3 and 10, 20, 30.
  private static final double[] MAPS = {1, 2, 3, 10, 20, 30};

  @Test
  void weightsBehindTurnedDataGoToTheNumbersThatTheyAreFor() {
    Graph graph =
        new Graph()
            .takes("x", GraphShape.OPEN, 2, 3)
            .with("w", whole(6, 1), 1, 2, 3, 4, 5, 6)
            .node("Transpose", perm(0, 2, 1), Map.of(), "a", "x")
            .node("Flatten", "b", "a")
            .node("MatMul", "y", "b", "w");
    // 1 * 1 + 2 * 10 + 3 * 2 + 4 * 20 + 5 * 3 + 6 * 30
    assertArrayEquals(new double[] {302}, last(full(6), graph, MAPS), 1e-12);
  }

  @Test
  void twoTurnsMayUndoEachOther() {
    Graph graph =
        new Graph()
            .takes("x", GraphShape.OPEN, 2, 3, 1)
            .with("w", whole(6, 1), 1, 2, 3, 4, 5, 6)
            .node("Transpose", perm(0, 2, 3, 1), Map.of(), "a", "x")
            .node("Transpose", perm(0, 3, 1, 2), Map.of(), "b", "a")
            .node("Flatten", "c", "b")
            .node("MatMul", "y", "c", "w");
    // 1 + 4 + 9 + 40 + 100 + 180
    assertArrayEquals(new double[] {334}, last(full(6), graph, MAPS), 1e-12);
  }

  /// The program has its maps as the convolution wants them.
  @Test
  void anInputMayBeTurnedBeforeAConvolution() {
    Graph graph =
        new Graph()
            .takes("x", GraphShape.OPEN, 3, 2)
            .with("k", whole(1, 2, 2), 1, 100, 1000, 10000)
            .node("Transpose", perm(0, 2, 1), Map.of(), "a", "x")
            .node("Conv", "y", "a", "k");
    // 1 + 200 + 10,000 + 200,000, and 2 + 300 + 20,000 + 300,000
    assertArrayEquals(
        new double[] {210_201, 320_302}, last(moving(2, 3, 1, 2, 2, 0), graph, MAPS), 1e-12);
  }

  @Test
  void anInputThatIsWantedInTwoOrdersIsRefused() {
    Graph graph =
        new Graph()
            .takes("x", GraphShape.OPEN, 3, 2)
            .with("k", whole(1, 2, 2), 1, 2, 3, 4)
            .with("w", whole(6, 1), 1, 2, 3, 4, 5, 6)
            .node("Transpose", perm(0, 2, 1), Map.of(), "a", "x")
            .node("Conv", "b", "a", "k")
            .node("Flatten", "c", "x")
            .node("MatMul", "d", "c", "w");
    assertRefused(moving(2, 3, 1, 2, 2, 0), graph, "another order of its axes", "`MatMul`");
  }

  /// As exporters of Keras write `Conv` and `BiasAdd`; rectified are 1 + 1, 2 + 1, 3 + 1, and 0, 0,
  /// 5.
  @Test
  void biasesMayFollowTheTurn() {
    Graph graph = turned(whole(2), 1, -25);
    // 2 * 1 + 3 * 3 + 4 * 5 + 5 * 6
    assertArrayEquals(
        new double[] {61}, last(convolved(filled("w", 1, full(6, 1))), graph, 1, 2, 3), 1e-12);
  }

  /// Constants along the places of a map are for no channel.
  @Test
  void biasesOfPlacesAreRefused() {
    Graph graph = turned(whole(3, 1), 1, 2, 3);
    assertRefused(convolved(filled("w", 1, full(6, 1))), graph, "belong to no layer", "`Add`");
  }

  /// `x -> conv -> transpose -> add -> relu -> flatten -> matmul`.
  private static Graph turned(int[] shape, double... bias) {
    return new Graph()
        .takes("x", GraphShape.OPEN, 1, 3)
        .with("k", whole(2, 1, 1), 1, 10)
        .with("bias", shape, bias)
        .with("w", whole(6, 1), 1, 2, 3, 4, 5, 6)
        .node("Conv", "a", "x", "k")
        .node("Transpose", perm(0, 2, 1), Map.of(), "b", "a")
        .node("Add", "c", "b", "bias")
        .node("Relu", "d", "c")
        .node("Flatten", "e", "d")
        .node("MatMul", "y", "e", "w");
  }

  /// `x -> conv -> relu`, maps of three places for two channels.
  private static Graph maps() {
    return new Graph()
        .takes("x", GraphShape.OPEN, 1, 3)
        .with("k", whole(2, 1, 1), 1, 10)
        .with("w", whole(6, 1), 1, 2, 3, 4, 5, 6)
        .node("Conv", "a", "x", "k")
        .node("Relu", "b", "a");
  }

  private static Structure convolved(Link... last) {
    return program(
        input(3),
        layer(
            "h",
            6,
            Activation.RECTIFIED,
            filled("k", 0, new Wiring.Convolution(line(1, 3, 2, 3, 1, 1, 0)))),
        layer("y", 1, Activation.LINEAR, last));
  }

  @Test
  void mapsMayBeTurnedBeforeAFullLayer() {
    Graph graph =
        maps()
            .node("Transpose", perm(0, 2, 1), Map.of(), "c", "b")
            .node("Flatten", "d", "c")
            .node("MatMul", "y", "d", "w");
    assertArrayEquals(
        new double[] {302}, last(convolved(filled("w", 1, full(6, 1))), graph, 1, 2, 3), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Conv", "MaxPool"})
  void whatMovesOverTurnedMapsIsRefused(String operation) {
    Graph turned = maps().with("m", whole(1, 3, 1), 1, 2, 3);
    turned.node("Transpose", perm(0, 2, 1), Map.of(), "c", "b");
    if (operation.equals("Conv")) {
      turned.node(operation, "y", "c", "m");
    } else {
      turned.node(operation, numbers("kernel_shape", whole(2)), Map.of(), "y", "c");
    }
    assertRefused(
        convolved(filled("w", 1, full(6, 1))), turned, "axes in another order", "`" + operation);
  }

  @Test
  void dataOfDifferentOrdersAreNotAdded() {
    Graph graph =
        new Graph()
            .takes("x", GraphShape.OPEN, 1, 2)
            .with("k", whole(2, 1, 1), 1, 10)
            .node("Conv", "a", "x", "k")
            .node("Relu", "b", "a")
            .node("Transpose", perm(0, 2, 1), Map.of(), "c", "b")
            .node("Add", "y", "b", "c");
    assertRefused(chain(), graph, "axes in different orders", "`Add`");
  }

  @ParameterizedTest
  @CsvSource({
    "'1, 0, 2', 'samples along another axis'",
    "'0, 1', 'axes [0, 1] of [?, 2, 3]'",
    "'0, 2, 2', 'axes [0, 2, 2] of [?, 2, 3]'"
  })
  void otherAxesAreRefused(String axes, String words) {
    int[] order = Arrays.stream(axes.split(", ")).mapToInt(Integer::parseInt).toArray();
    Graph graph =
        new Graph()
            .takes("x", GraphShape.OPEN, 2, 3)
            .with("w", whole(6, 1), 1, 2, 3, 4, 5, 6)
            .node("Transpose", perm(order), Map.of(), "a", "x")
            .node("Flatten", "b", "a")
            .node("MatMul", "y", "b", "w");
    assertRefused(full(6), graph, words);
  }

  @Test
  void withoutAShapeNothingIsTurned() {
    Graph graph =
        new Graph()
            .with("w", whole(2, 1), 1, 2)
            .node("Transpose", perm(0, 1), Map.of(), "a", "x")
            .node("MatMul", "y", "a", "w");
    assertRefused(full(2), graph, "data of the shape unknown", "`Transpose`");
  }

  // Means of maps

  private static Link averages() {
    return new Link(
        "q",
        1,
        new Wiring.Pool(line(2, 3, 2, 1, 3, 3, 0)),
        new Weights.Constant(1 / 3.0, Optional.empty()),
        false);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMeanOfEachMapIsAPool(boolean asInput) {
    Graph graph = maps().with("v", whole(2, 1), 1, 1).with("axes", whole(1), -1);
    if (asInput) {
      graph.node("ReduceMean", numbers("keepdims", whole(0)), Map.of(), "c", "b", "axes");
    } else {
      graph.node("ReduceMean", numbers("keepdims", whole(0), "axes", whole(2)), Map.of(), "c", "b");
    }
    graph.node("MatMul", "y", "c", "v");
    Structure structure =
        program(
            input(3),
            convolved().layers().get(1),
            layer("p", 2, Activation.LINEAR, averages()),
            layer("y", 1, Activation.LINEAR, filled("w", 2, full(2, 1))));
    // 2 + 20
    assertArrayEquals(new double[] {22}, last(structure, graph, 1, 2, 3), 1e-12);
  }

  @Test
  void aMeanAlongOtherAxesIsRefused() {
    Graph graph = maps().node("ReduceMean", numbers("axes", whole(1)), Map.of(), "y", "b");
    assertRefused(
        convolved(filled("w", 1, full(6, 1))), graph, "axes [1] of data of the shape [?, 2, 3]");
  }
}
