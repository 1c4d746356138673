package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Structure.Activation;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.Npz;

/// Whole networks as PyTorch and tf2onnx write them, against what onnxruntime computes
/// (networks/make_networks.py).
final class OnnxNetworksTest extends OnnxGraphCase {
  private static final Path NETWORKS = Path.of("src/test/resources/snel/runtime/convert/networks");

  /// Square maps: channels, side.
  private record Square(int channels, int side) {
    int size() {
      return channels * side * side;
    }

    Maps to(Square target, int kernel, int stride, int padding) {
      return new Maps(
          channels,
          side,
          side,
          target.channels,
          target.side,
          target.side,
          kernel,
          kernel,
          stride,
          stride,
          padding,
          padding,
          1,
          1,
          1,
          false);
    }
  }

  private static double[] known(String name) {
    var values = Npz.read(DataFile.at(NETWORKS.resolve("values.npz")));
    return Objects.requireNonNull(values.get(name)).toDoubles();
  }

  private static void assertComputes(String name, Layer... layers) {
    Structure structure = program(layers);
    var conversion =
        new Conversion(
            Conversion.Format.ONNX, List.of(), List.of(), false, new Scaling.None(), 1, structure);
    Conversion.Trained trained = conversion.read(DataFile.at(NETWORKS.resolve(name + ".onnx")));
    Analog analog = new Analog(structure, trained.weights(), trained.biases());
    double[] inputs = known(name + ".x");
    double[] outputs = known(name + ".y");
    int from = layers[0].size();
    int to = layers[layers.length - 1].size();
    for (int k = 0; k < inputs.length / from; k++) {
      double[] x = Arrays.copyOfRange(inputs, k * from, (k + 1) * from);
      double[] y = Arrays.copyOfRange(outputs, k * to, (k + 1) * to);
      double most = Arrays.stream(y).map(Math::abs).max().orElseThrow();
      assertArrayEquals(y, analog.activities(x, false).getLast(), 1e-5 * Math.max(1, most), name);
    }
  }

  private static Wiring moving(Square from, Square to, int kernel, int stride, int padding) {
    return new Wiring.Convolution(from.to(to, kernel, stride, padding));
  }

  @Test
  void normalisationsBeforePaddedKernelsAreTakenInByThem() {
    Maps second = new Maps(4, 6, 6, 6, 3, 2, 3, 3, 2, 2, 1, 0, 1, 1, 2, false);
    assertComputes(
        "normalised",
        input(72),
        layer(
            "c1",
            144,
            Activation.RECTIFIED,
            filled("k1", 0, moving(new Square(2, 6), new Square(4, 6), 3, 1, 1))),
        layer("c2", 36, Activation.RECTIFIED, filled("k2", 1, new Wiring.Convolution(second))),
        layer("fc", 5, Activation.RECTIFIED, filled("w1", 2, full(36, 5))),
        layer("y", 3, Activation.LINEAR, filled("w2", 3, full(5, 3))));
  }

  @Test
  void aNormalisationBehindWhatRectifiesPassesAPool() {
    assertComputes(
        "keras",
        input(32),
        layer(
            "c",
            48,
            Activation.RECTIFIED,
            filled("k", 0, moving(new Square(2, 4), new Square(3, 4), 3, 1, 1))),
        layer("p", 12, Activation.LINEAR, largest("q", 1, new Square(3, 4), new Square(3, 2))),
        layer("y", 4, Activation.LINEAR, filled("w", 2, full(12, 4))));
  }

  /// Kernels make one kernel, a kernel before a full layer and full layers make a full layer.
  @Test
  void layersInARowAreOneLayer() {
    assertComputes(
        "rows",
        input(72),
        layer(
            "a",
            108,
            Activation.RECTIFIED,
            filled("k1", 0, moving(new Square(2, 6), new Square(3, 6), 3, 1, 1))),
        layer(
            "b",
            36,
            Activation.RECTIFIED,
            filled("k2", 1, moving(new Square(3, 6), new Square(4, 3), 3, 2, 1))),
        layer("h", 6, Activation.RECTIFIED, filled("w1", 2, full(36, 6))),
        layer("y", 3, Activation.LINEAR, filled("w2", 3, full(6, 3))));
  }

  private static Wiring each(Square maps, int kernel) {
    return new Wiring.Convolution(
        new Maps(
            maps.channels,
            maps.side,
            maps.side,
            maps.channels,
            maps.side,
            maps.side,
            kernel,
            kernel,
            1,
            1,
            kernel / 2,
            kernel / 2,
            1,
            1,
            maps.channels,
            false));
  }

  /// What a `Concat` puts side by side comes on a way of its own each.
  @Test
  void waysSideBySideAreProjectionsEach() {
    Square two = new Square(2, 4);
    Square three = new Square(3, 4);
    Square small = new Square(3, 2);
    assertComputes(
        "side_by_side",
        input(16),
        layer(
            "s", 32, Activation.RECTIFIED, filled("s", 0, moving(new Square(1, 4), two, 1, 1, 0))),
        layer("n", 48, Activation.RECTIFIED, filled("n", 1, moving(two, three, 1, 1, 0))),
        layer("w", 32, Activation.RECTIFIED, filled("w", 1, moving(two, two, 3, 1, 1))),
        layer("ds", 32, Activation.RECTIFIED, filled("ds", 1, each(two, 3))),
        layer("dn", 48, Activation.RECTIFIED, filled("dn", 2, each(three, 3))),
        layer("dw", 32, Activation.RECTIFIED, filled("dw", 3, each(two, 3))),
        layer(
            "next",
            12,
            Activation.RECTIFIED,
            filled("ns", 4, moving(two, small, 2, 2, 0)),
            filled("nn", 5, moving(three, small, 2, 2, 0)),
            filled("nw", 6, moving(two, small, 2, 2, 0))),
        layer("ps", 8, Activation.LINEAR, largest("qs", 1, two, new Square(2, 2))),
        layer("pn", 12, Activation.LINEAR, largest("qn", 2, three, small)),
        layer("pw", 8, Activation.LINEAR, largest("qw", 3, two, new Square(2, 2))),
        layer(
            "h",
            6,
            Activation.RECTIFIED,
            filled("hs", 8, full(8, 6)),
            filled("hn", 9, full(12, 6)),
            filled("hw", 10, full(8, 6)),
            filled("hd", 7, full(12, 6))),
        layer(
            "y",
            3,
            Activation.LINEAR,
            filled("yh", 11, full(6, 3)),
            filled("ys", 8, full(8, 3)),
            filled("yn", 9, full(12, 3)),
            filled("yw", 10, full(8, 3)),
            filled("yd", 7, full(12, 3))));
  }

  private static Wiring spread(int... maps) {
    return new Wiring.Convolution(
        new Maps(
            maps[0], maps[1], maps[2], maps[3], maps[4], maps[5], maps[6], maps[7], maps[8],
            maps[9], maps[10], maps[11], maps[12], maps[13], maps[14], true));
  }

  private static Layer[] spreading(int padding) {
    Maps down = new Maps(2, 4, 6, 4, 2, 3, 3, 3, 2, 2, 1, 1, 1, 1, 1, false);
    Maps out = new Maps(3, 6, 12, 2, 6, 12, 1, 1, 1, 1, 0, 0, 1, 1, 1, false);
    return new Layer[] {
      input(48),
      layer("d", 24, Activation.RECTIFIED, filled("d", 0, new Wiring.Convolution(down))),
      layer(
          "u",
          144,
          Activation.RECTIFIED,
          filled("u", 1, spread(4, 2, 3, 6, 4, 6, 3, 3, 2, 2, 1, padding, 1, 1, 2))),
      layer(
          "w",
          216,
          Activation.RECTIFIED,
          filled("wu", 2, spread(6, 4, 6, 3, 6, 12, 3, 2, 1, 2, 1, 0, 2, 1, 1)),
          filled("wx", 0, spread(2, 4, 6, 3, 6, 12, 3, 2, 1, 2, 1, 0, 2, 1, 1))),
      layer("y", 144, Activation.LINEAR, filled("o", 3, new Wiring.Convolution(out)))
    };
  }

  @Test
  void transposedKernelsMoveOverWhatTheyMake() {
    assertComputes("spreading", spreading(1));
    DataProblem problem =
        assertThrows(DataProblem.class, () -> assertComputes("spreading", spreading(0)));
    assertTrue(
        problem.getMessage().contains("expected the padding [1, 0]; found [1, 1]"),
        problem.getMessage());
    assertComputes(
        "spreading_same",
        input(12),
        layer(
            "a",
            96,
            Activation.RECTIFIED,
            filled("k", 0, spread(1, 4, 3, 2, 8, 6, 3, 3, 2, 2, 0, 0, 1, 1, 1))),
        layer(
            "c",
            192,
            Activation.RECTIFIED,
            filled("l", 1, spread(2, 8, 6, 2, 8, 12, 2, 3, 1, 2, 1, 1, 1, 1, 1))),
        layer(
            "e",
            117,
            Activation.LINEAR,
            filled("m", 2, spread(2, 8, 12, 1, 9, 13, 4, 4, 1, 1, 1, 1, 1, 1, 1))));
  }

  private static Layer[] oneSided(int kernel, int padding) {
    Maps second = new Maps(3, 3, 3, 2, 3, 3, 5, 3, 1, 1, 2, 1, 1, 1, 1, false);
    return new Layer[] {
      input(36),
      layer(
          "a",
          27,
          Activation.RECTIFIED,
          filled("k", 0, moving(new Square(1, 6), new Square(3, 3), kernel, 2, padding))),
      layer("b", 18, Activation.RECTIFIED, filled("l", 1, new Wiring.Convolution(second))),
      layer("y", 4, Activation.LINEAR, filled("w", 2, full(18, 4)))
    };
  }

  /// A kernel that is padded on one side is a larger one that is padded on both.
  @Test
  void aPaddingOfOneSideWantsALargerKernel() {
    assertComputes("one_sided", oneSided(4, 1));
    DataProblem problem =
        assertThrows(DataProblem.class, () -> assertComputes("one_sided", oneSided(3, 1)));
    String remedy =
        "the kernel [4, 4] with `padding: [1, 1]`, whose further places stay 0, does the same";
    assertTrue(problem.getMessage().contains(remedy), problem.getMessage());
  }

  private static Structure.Link largest(String name, int source, Square from, Square to) {
    return new Structure.Link(
        name,
        source,
        new Wiring.Pool(from.to(to, 2, 2, 0)),
        new Structure.Weights.Constant(1, java.util.Optional.empty()),
        true);
  }
}
