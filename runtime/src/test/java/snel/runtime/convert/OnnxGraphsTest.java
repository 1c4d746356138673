package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
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
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.Structure.Wiring;

/// Graphs against programs that say the same, and against those that do not. Values are computed by
/// hand.
final class OnnxGraphsTest extends OnnxGraphCase {
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
  void whatIsAddedBeforeAPaddingCountsWithinTheMapsOnly() {
    Graph graph =
        new Graph()
            .with("one", whole(), 1)
            .with("two", whole(), 2)
            .with("k", whole(1, 1, 1, 3), 1, 2, 3)
            .node("Sub", "a", "x", "one")
            .node("Conv", numbers("pads", whole(0, 1, 0, 1)), Map.of(), "b", "a", "k")
            .node("Mul", "y", "b", "two");
    // (0, 4, 5, 6, 0): 2 * (2 * 4 + 3 * 5), 2 * (4 + 2 * 5 + 3 * 6), 2 * (5 + 2 * 6)
    assertArrayEquals(
        new double[] {46, 64, 34}, last(moving(1, 3, 1, 3, 3, 1), graph, 5, 6, 7), 1e-12);
  }

  // What is done behind a rectification

  private static Graph between(String operation, double... factors) {
    return new Graph()
        .with("k", whole(2, 1, 1), 1, -1)
        .with("by", whole(2, 1), factors)
        .with("w", whole(4, 1), 1, 2, 3, 4)
        .takes("x", GraphShape.OPEN, 1, 4)
        .node("Conv", "a", "x", "k")
        .node("Relu", "b", "a")
        .node("Add", "c", "b", "by")
        .node("Mul", "d", "c", "by")
        .node(
            operation,
            numbers("kernel_shape", whole(2), "strides", whole(2), "pads", whole(0, 0)),
            Map.of(),
            "e",
            "d")
        .node("Flatten", "f", "e")
        .node("MatMul", "y", "f", "w");
  }

  @Test
  void constantsBehindARectificationPassPools() {
    Maps maps = new Maps(2, 1, 4, 2, 1, 2, 1, 2, 2, 2, 0, 0, 1, 1, 1, false);
    for (String operation : List.of("MaxPool", "AveragePool")) {
      boolean isMax = operation.equals("MaxPool");
      Link pool =
          new Link(
              "q",
              1,
              new Wiring.Pool(maps),
              new Weights.Constant(isMax ? 1 : 0.5, Optional.empty()),
              isMax);
      Structure structure =
          program(
              input(4),
              layer(
                  "h",
                  8,
                  Activation.RECTIFIED,
                  filled("k", 0, new Wiring.Convolution(line(1, 4, 2, 4, 1, 1, 0)))),
              layer("p", 4, Activation.OTHER, pool),
              layer("y", 1, Activation.LINEAR, filled("w", 2, full(4, 1))));
      // (1, -2, 3, 4) rectified and turned round: (1, 0, 3, 4), (0, 2, 0, 0); (c + f) * f
      double expected =
          isMax
              ? (1 + 2) * 2 + 2 * (4 + 2) * 2 + 3 * (2 + 3) * 3 + 4 * (0 + 3) * 3
              : (0.5 + 2) * 2 + 2 * (3.5 + 2) * 2 + 3 * (1 + 3) * 3 + 4 * (0 + 3) * 3;
      assertArrayEquals(
          new double[] {expected}, last(structure, between(operation, 2, 3), 1, -2, 3, 4), 1e-12);
      if (isMax) {
        assertRefused(structure, between(operation, 2, -3), "factors below 0 before `MaxPool`");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Relu", "LogSoftmax", ""})
  void constantsBehindARectificationThatNoLayerTakesInAreRefused(String operation) {
    Graph graph =
        new Graph()
            .takes("x", GraphShape.OPEN, 2)
            .with("w", whole(2, 2), W)
            .with("half", whole(), 0.5)
            .node("MatMul", "a", "x", "w")
            .node("Relu", "b", "a")
            .node("Sub", "c", "b", "half");
    if (!operation.isEmpty()) {
      graph.node(operation, "d", "c").node("MatMul", "y", "d", "w");
    }
    assertRefused(
        chain(),
        graph,
        "constants that no layer takes in "
            + (operation.isEmpty()
                ? "behind `Sub` that makes `c`"
                : "before the operation `" + operation + "`"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Slice", "Gather", "Tanh"})
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

  @ParameterizedTest
  @CsvSource({"LeakyRelu, Relu", "Relu, Sigmoid", "Relu, ArgMax"})
  void anotherActivationIsToldWithWhatToDo(String inside, String atTheEnd) {
    Graph graph =
        new Graph()
            .with("w", whole(2, 2), W)
            .node("MatMul", "a", "x", "w")
            .node(inside, "b", "a")
            .node("MatMul", "c", "b", "w")
            .node(atTheEnd, "y", "c");
    assertRefused(
        chain(),
        graph,
        inside.equals("Relu")
            ? "the operation `" + atTheEnd + "` that makes `y` (export the model without it)"
            : "the operation `LeakyRelu` that makes `b` (train the network with `Relu` in its place)");
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
        assertRefused(
            chain(), graph, "evaluation mode", "`Dropout` that makes `c` in training mode");
      }
    }
  }

  // Kernels that move

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

  /// `x -> z -> relu -> h`, and `z` past it.
  private static Graph pastRectification() {
    return new Graph()
        .with("u", whole(2, 2), W)
        .with("v", whole(2, 2), W)
        .with("w", whole(2, 1), 1, 10)
        .node("MatMul", "z", "x", "u")
        .node("Relu", "h", "z")
        .node("MatMul", "b", "h", "v")
        .node("Add", "c", "b", "z")
        .node("Relu", "d", "c")
        .node("MatMul", "y", "d", "w");
  }

  private static Structure past(double rectifying, Layer waiting, double skipping) {
    Wiring each = new Wiring.OneToOne(2);
    return program(
        input(2),
        layer("z", 2, Activation.LINEAR, filled("w1", 0, full(2, 2))),
        layer("h", 2, Activation.RECTIFIED, constant("r", 1, each, rectifying)),
        waiting,
        layer(
            "g",
            2,
            Activation.RECTIFIED,
            filled("w2", 2, full(2, 2)),
            constant("s", 3, each, skipping)),
        layer("y", 1, Activation.LINEAR, filled("w3", 4, full(2, 1))));
  }

  @Test
  void whatGoesPastALinearLayerIsComparedToo() {
    Wiring each = new Wiring.OneToOne(2);
    Layer waiting = layer("l", 2, Activation.LINEAR, constant("l", 1, each, 1));
    // z = (-2, -3); h = 0; g = 0
    assertArrayEquals(new double[] {0}, last(past(1, waiting, 1), pastRectification(), -1, -2), 0);
    assertRefused(past(1, waiting, 2), pastRectification(), "`s` to `g`", "the weight 2.0");
    assertRefused(past(0.5, waiting, 1), pastRectification(), "`r` to `h`", "the weight 0.5");
    Layer rectifies = layer("l", 2, Activation.RECTIFIED, constant("l", 1, each, 1));
    assertRefused(past(1, rectifies, 1), pastRectification(), "`g`", "the sum of `v` + `u`");
    Layer other = layer("l", 2, Activation.OWN, constant("l", 1, each, 1));
    assertRefused(past(1, other, 1), pastRectification(), "something else that `l` makes");
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

  // What belongs to the model

  private static Graph two() {
    return new Graph()
        .with("w", whole(2, 2), W)
        .node("MatMul", "a", "x", "w")
        .node("Relu", "b", "a")
        .node("MatMul", "y", "b", "w");
  }

  @Test
  void nodesThatNoOutputDependsOnAreLeftOut() {
    Graph graph =
        two()
            .node("Sigmoid", "p", "a")
            .node("Add", "q", "a", "w")
            .node("MatMul", "r", "y", "w")
            .gives("y");
    assertArrayEquals(new double[] {4, 8}, last(chain(), graph, 1, 2), 1e-12);
    Structure hidden =
        program(input(2), layer("y", 2, Activation.RECTIFIED, filled("w1", 0, full(2, 2))));
    assertArrayEquals(new double[] {2, 4}, last(hidden, two().gives("b"), 1, 2), 1e-12);
  }

  @Test
  void nodesMayStandInAnyOrder() {
    Graph graph =
        new Graph()
            .with("w", whole(2, 2), W)
            .node("MatMul", "y", "b", "w")
            .node("Relu", "b", "a")
            .node("MatMul", "a", "x", "w");
    assertArrayEquals(new double[] {4, 8}, last(chain(), graph, 1, 2), 1e-12);
  }

  @Test
  void whatHasNoOrderIsRefused() {
    Graph circle =
        new Graph()
            .with("w", whole(2, 2), W)
            .node("Add", "a", "x", "c")
            .node("Relu", "c", "a")
            .node("MatMul", "y", "c", "w");
    assertRefused(chain(), circle, "expected nodes of which none depends on itself; found `Add`");
    assertRefused(
        chain(),
        two().node("Relu", "a", "x"),
        "expected one node for `a`; found `MatMul` that makes `a` and `Relu` that makes `a`");
  }
}
