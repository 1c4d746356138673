package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.runtime.convert.Structure.Activation;
import snel.runtime.convert.Structure.Wiring;

/// Ways that a `Concat` puts side by side. Of 1 and 2, `a` makes 2 and 4, `b` makes 0.5.
final class OnnxConcatTest extends OnnxGraphCase {
  private static final double[] V = {1, 2, 3, 4, 10, -20};

  private static Graph ways() {
    return new Graph()
        .takes("x", GraphShape.OPEN, 2)
        .with("w", whole(2, 2), W)
        .with("u", whole(2, 1), 1, -0.25)
        .with("v", whole(3, 2), V)
        .node("MatMul", "am", "x", "w")
        .node("MatMul", "bm", "x", "u");
  }

  private static Graph rectified() {
    return ways().node("Relu", "a", "am").node("Relu", "b", "bm");
  }

  private static Graph together(Graph graph, int axis, String output, String... inputs) {
    return graph.node("Concat", numbers("axis", whole(axis)), Map.of(), output, inputs);
  }

  private static Structure program() {
    return program(
        input(2),
        layer("a", 2, Activation.RECTIFIED, filled("w", 0, full(2, 2))),
        layer("b", 1, Activation.RECTIFIED, filled("u", 0, full(2, 1))),
        layer("y", 2, Activation.LINEAR, filled("va", 1, full(2, 2)), filled("vb", 2, full(1, 2))));
  }

  @ParameterizedTest
  @CsvSource({"1", "-1"})
  void weightsAreThoseOfALayerForEachWay(int axis) {
    Graph graph = together(rectified(), axis, "c", "a", "b").node("MatMul", "y", "c", "v");
    assertArrayEquals(new double[] {19, 10}, last(program(), graph, 1, 2), 1e-12);
    Graph turned =
        together(rectified(), axis, "c", "a", "b")
            .with("t", whole(2, 3), 1, 3, 10, 2, 4, -20)
            .with("bias", whole(2), 1, -1)
            .node("Gemm", numbers("transB", whole(1)), Map.of(), "y", "c", "t", "bias");
    assertArrayEquals(new double[] {20, 9}, last(program(), turned, 1, 2), 1e-12);
  }

  @Test
  void whatIsPutTogetherIsRectifiedWayByWay() {
    Graph graph =
        together(ways(), 1, "c", "am", "bm").node("Relu", "r", "c").node("MatMul", "y", "r", "v");
    assertArrayEquals(new double[] {19, 10}, last(program(), graph, 1, 2), 1e-12);
    double[] withoutB = {4 + 3 * 8, 2 * 4 + 4 * 8};
    assertArrayEquals(withoutB, last(program(), graph, 1, 6), 1e-12);
  }

  /// The sum of the ways is moved once, and all of it is multiplied.
  @Test
  void constantsBehindAreFoldedIntoAllWays() {
    Graph graph =
        together(rectified(), 1, "c", "a", "b")
            .with("bias", whole(2), 1, -1)
            .with("gain", whole(2), 2, 3)
            .with("zero", whole(2), 0, 0)
            .with("one", whole(2), 1, 1)
            .with("two", whole(2), 2, 2)
            .with("four", whole(2), 4, 4)
            .node("MatMul", "m", "c", "v")
            .node("Add", "n", "m", "bias")
            .node("Mul", "o", "gain", "n")
            .node(
                "BatchNormalization",
                numbers("epsilon", whole(0)),
                Map.of(),
                "y",
                "o",
                "one",
                "two",
                "zero",
                "four");
    assertArrayEquals(new double[] {22, 15.5}, last(program(), graph, 1, 2), 1e-12);
  }

  @Test
  void constantsBeforeAreThoseOfTheirWay() {
    Graph graph =
        together(rectified(), 1, "c", "a", "b")
            .with("less", whole(1, 3), 1, 1, 0.25)
            .with("half", whole(), 0.5)
            .node("Sub", "d", "c", "less")
            .node("Mul", "e", "half", "d")
            .node("MatMul", "y", "e", "v");
    assertArrayEquals(new double[] {6.25, 4.5}, last(program(), graph, 1, 2), 1e-12);
  }

  @Test
  void aWayMayComeTwiceAndOverAnotherConcat() {
    Structure twice =
        program(
            input(2),
            layer("a", 2, Activation.RECTIFIED, filled("w", 0, full(2, 2))),
            layer("b", 1, Activation.RECTIFIED, filled("u", 0, full(2, 1))),
            layer(
                "y",
                1,
                Activation.LINEAR,
                filled("yb", 2, full(1, 1)),
                filled("ya", 1, full(2, 1)),
                filled("yb2", 2, full(1, 1))));
    Graph graph = together(rectified(), 1, "c", "a", "b").with("z", whole(4, 1), 1, 2, 3, 4);
    together(graph, 1, "d", "b", "c").node("MatMul", "y", "d", "z");
    assertArrayEquals(
        new double[] {0.5 + 2 * 2 + 3 * 4 + 4 * 0.5}, last(twice, graph, 1, 2), 1e-12);
  }

  /// Two channels and one of maps of three numbers.
  private static Graph maps() {
    Graph graph =
        new Graph()
            .takes("x", GraphShape.OPEN, 1, 3)
            .with("k", whole(2, 1, 1), 1, 2)
            .with("l", whole(1, 1, 1), 3)
            .node("Conv", "am", "x", "k")
            .node("Relu", "a", "am")
            .node("Conv", "bm", "x", "l")
            .node("Relu", "b", "bm");
    return together(graph, 1, "c", "a", "b");
  }

  @Test
  void kernelsOfEachChannelStayApartAndMapsAreVectorsInARow() {
    Structure structure =
        program(
            input(3),
            layer(
                "a",
                6,
                Activation.RECTIFIED,
                filled("k", 0, new Wiring.Convolution(line(1, 3, 2, 3, 1, 1, 0)))),
            layer(
                "b",
                3,
                Activation.RECTIFIED,
                filled("l", 0, new Wiring.Convolution(line(1, 3, 1, 3, 1, 1, 0)))),
            layer(
                "y",
                1,
                Activation.LINEAR,
                filled("va", 1, full(6, 1)),
                filled("vb", 2, full(3, 1))));
    Graph graph =
        maps()
            .with("shape", whole(2), 0, -1)
            .with("v", whole(9, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9)
            .node("Reshape", "f", "c", "shape")
            .node("MatMul", "y", "f", "v");
    double expected =
        1 + 2 * 10 + 3 * 100 + 2 * (4 + 5 * 10 + 6 * 100) + 3 * (7 + 8 * 10 + 9 * 100);
    assertArrayEquals(new double[] {expected}, last(structure, graph, 1, 10, 100), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 6, groups of channels of several ways in `Conv`",
    "1, 2, weights of 3 inputs of `Conv`"
  })
  void groupsOfSeveralWaysAreRefused(int groups, int inputs, String words) {
    Graph graph =
        maps()
            .with("g", whole(2, inputs, 1), new double[2 * inputs])
            .node("Conv", numbers("group", whole(groups)), Map.of(), "y", "c", "g");
    assertRefused(program(), graph, words);
  }

  @Test
  void whatNoProjectionsSayIsRefused() {
    Graph answers = together(rectified(), 1, "y", "a", "b");
    assertRefused(program(), answers, "data put together, with no layer behind, by `Concat`");
    Graph samples = together(rectified(), 0, "c", "a", "a").node("MatMul", "y", "c", "w");
    assertRefused(program(), samples, "along another axis than that of channels in `Concat`");
    Graph constants = together(rectified(), 1, "c", "a", "w").node("MatMul", "y", "c", "v");
    assertRefused(program(), constants, "constants beside data in `Concat`");
    Graph beside =
        together(rectified(), 1, "c", "a", "b")
            .with("q", whole(2, 3), 1, 2, 3, 4, 5, 6)
            .node("MatMul", "d", "x", "q")
            .node("Add", "e", "c", "d")
            .node("MatMul", "y", "e", "v");
    assertRefused(program(), beside, "beside other data in `Add`");
    Graph turned =
        together(rectified(), 1, "c", "a", "b")
            .node("Softmax", "d", "c")
            .node("MatMul", "y", "d", "v");
    assertRefused(program(), turned, "before the operation `Softmax`");
  }
}
