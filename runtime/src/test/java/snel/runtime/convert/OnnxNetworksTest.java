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
