package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Structure.Activation;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.Structure.Wiring;

/// Pools of a graph against those of a program. Values are computed by hand.
final class OnnxPoolsTest extends OnnxGraphCase {
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
    Weights same = new Weights.Constant(weight, Optional.empty());
    return pooling(width, out, kernel, stride, padding, same, maximum);
  }

  private static Structure pooling(
      int width, int out, int kernel, int stride, int padding, Weights weights, boolean maximum) {
    Maps maps = line(1, width, 1, out, kernel, stride, padding);
    Link pool = new Link("q", 1, new Wiring.Pool(maps), weights, maximum);
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

  @Test
  void aPaddingOfNothingIsPassedOver() {
    for (int width : new int[] {0, 1}) {
      Graph graph =
          new Graph()
              .with("k", whole(1, 1, 1), 1)
              .with("pads", whole(6), 0, 0, width, 0, 0, 0)
              .with("w", whole(2, 1), 1, 1)
              .node("Conv", "a", "x", "k")
              .node("Relu", "b", "a")
              .node("Pad", "p", "b", "pads")
              .node("MaxPool", window(2, 2, 0), Map.of(), "c", "p")
              .node("Flatten", "d", "c")
              .node("MatMul", "y", "d", "w");
      if (width == 0) {
        assertArrayEquals(
            new double[] {6}, last(pooling(4, 2, 2, 2, 0, 1, true), graph, 1, 2, 3, 4), 1e-12);
      } else {
        assertRefused(pooling(4, 2, 2, 2, 0, 1, true), graph, "a padding apart", "`Pad`");
      }
    }
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
  void poolsThatRoundUpSeeWhatIsLeft() {
    Map<String, List<Double>> up = new HashMap<>(window(2, 2, 0));
    up.put("ceil_mode", List.of(1.0));
    assertArrayEquals(
        new double[] {6},
        last(pooling(4, 2, 2, 2, 0, 1, true), pooled("MaxPool", up, 2), 1, 2, 3, 4),
        1e-12);
    // 2 + 4 + 5
    assertArrayEquals(
        new double[] {11},
        last(pooling(5, 3, 2, 2, 0, 1, true), pooled("MaxPool", up, 3), 1, 2, 3, 4, 5),
        1e-12);
    // 1 + 3 + 5: a further place would begin behind the map.
    up.put("pads", List.of(1.0, 1.0));
    assertArrayEquals(
        new double[] {9},
        last(pooling(5, 3, 2, 2, 1, 1, true), pooled("MaxPool", up, 3), 1, 2, 3, 4, 5),
        1e-12);
  }

  /// (1 + 2) / 2 + (3 + 4) / 2 + 5
  @Test
  void averagesOfWhatIsThereDivideByTheirNumber() {
    Map<String, List<Double>> up = new HashMap<>(window(2, 2, 0));
    up.put("ceil_mode", List.of(1.0));
    Graph graph = pooled("AveragePool", up, 3);
    assertRefused(pooling(5, 3, 2, 2, 0, 0.5, false), graph, "`weight 1 / fan_in`");
    Structure averages = pooling(5, 3, 2, 2, 0, new Weights.Average(), false);
    assertArrayEquals(new double[] {10}, last(averages, graph, 1, 2, 3, 4, 5), 1e-12);
    up.remove("ceil_mode");
    up.put("pads", List.of(0.0, 1.0));
    assertRefused(averages, pooled("AveragePool", up, 3), "expected the weight 1 / fan_in");
    up.remove("count_include_pad");
    assertArrayEquals(
        new double[] {10}, last(averages, pooled("AveragePool", up, 3), 1, 2, 3, 4, 5), 1e-12);
    up.put("ceil_mode", List.of(1.0));
    up.put("count_include_pad", List.of(1.0));
    up.put("pads", List.of(1.0, 0.0));
    Structure before = pooling(4, 3, 2, 2, 1, new Weights.Average(), false);
    assertRefused(before, pooled("AveragePool", up, 3), "rounds up");
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
    Wiring one = new Wiring.Convolution(line(1, 4, 1, 4, 1, 1, 0));
    for (boolean maximum : new boolean[] {true, false}) {
      Structure asWritten =
          program(
              input(4),
              layer("c", 4, Activation.LINEAR, filled("k", 0, one)),
              layer(
                  "p",
                  2,
                  Activation.RECTIFIED,
                  new Link(
                      "q",
                      1,
                      new Wiring.Pool(line(1, 4, 1, 2, 2, 2, 0)),
                      new Weights.Constant(1, Optional.empty()),
                      maximum)),
              layer("y", 1, Activation.LINEAR, filled("w", 2, full(2, 1))));
      if (maximum) {
        assertArrayEquals(new double[] {4}, last(asWritten, graph, -1, -2, 3, 4), 1e-12);
      } else {
        assertRefused(asWritten, graph, "`c` is linear", "found `Relu`");
      }
    }
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
}
