package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Conversion.Match;
import snel.runtime.convert.Structure.Activation;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Store;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.Npz;
import snel.runtime.data.Onnx;

/// Models that the onnx library wrote, against what onnxruntime computes with them
/// (graphs/make_graphs.py).
final class OnnxFilesTest {
  private static final Path GRAPHS = Path.of("src/test/resources/snel/runtime/convert/graphs");

  @TempDir private Path folder = Path.of("");

  // Programs

  private static Layer input(int size) {
    return new Layer("x", size, List.of(), Optional.empty(), Activation.OTHER);
  }

  private static Layer layer(String name, int size, Activation activation, Link... links) {
    Optional<Store> bias = Optional.of(new Store(name + ".bias", 1));
    return new Layer(name, size, List.of(links), bias, activation);
  }

  private static Link filled(String name, int source, Wiring wiring) {
    return new Link(name, source, wiring, new Weights.Stored(new Store(name + ".w", 1)), false);
  }

  private static Wiring full(int sources, int targets) {
    return new Wiring.Full(new Stack(sources, 1), new Stack(targets, 1));
  }

  private static Structure one(int sources, int targets) {
    return new Structure(
        List.of(
            input(sources),
            layer("y", targets, Activation.LINEAR, filled("w", 0, full(sources, targets)))));
  }

  private static Structure chain(int... sizes) {
    List<Layer> layers = new ArrayList<>(List.of(input(sizes[0])));
    for (int k = 1; k < sizes.length; k++) {
      Link link = filled("w" + k, k - 1, full(sizes[k - 1], sizes[k]));
      layers.add(layer("h" + k, sizes[k], Activation.RECTIFIED, link));
    }
    return new Structure(layers);
  }

  private static Wiring kernel(int side, int to, int kernel) {
    int out = side - kernel + 1;
    return new Wiring.Convolution(
        new Maps(1, side, side, to, out, out, kernel, kernel, 1, 1, 0, 0, 1, 1, 1, false));
  }

  /// `x -> kernel -> y`.
  private static Structure seen() {
    return new Structure(
        List.of(
            input(16),
            layer("c", 8, Activation.RECTIFIED, filled("k", 0, kernel(4, 2, 3))),
            layer("y", 3, Activation.LINEAR, filled("d", 1, full(8, 3)))));
  }

  /// `x -> point -> pool -> y`.
  private static Structure pooled() {
    Maps maps = new Maps(4, 4, 4, 4, 2, 2, 2, 2, 2, 2, 0, 0, 1, 1, 1, false);
    return new Structure(
        List.of(
            input(16),
            layer("c", 64, Activation.RECTIFIED, filled("k", 0, kernel(4, 4, 1))),
            layer(
                "p",
                16,
                Activation.LINEAR,
                new Link(
                    "q",
                    1,
                    new Wiring.Pool(maps),
                    new Weights.Constant(1, Optional.empty()),
                    true)),
            layer("y", 3, Activation.LINEAR, filled("d", 2, full(16, 3)))));
  }

  private static Conversion conversion(Structure structure, Match... map) {
    return new Conversion(
        Conversion.Format.ONNX, List.of(map), List.of(), false, new Scaling.None(), 1, structure);
  }

  private static DataFile file(String name) {
    return DataFile.at(GRAPHS.resolve(name + ".onnx"));
  }

  // What is read

  private static double[] known(String name) {
    var values = Npz.read(DataFile.at(GRAPHS.resolve("values.npz")));
    return Objects.requireNonNull(values.get(name)).toDoubles();
  }

  private static void assertComputes(String name, Conversion conversion, DataFile file) {
    Structure structure = conversion.structure();
    Conversion.Trained trained = conversion.read(file);
    Layer last = structure.layers().getLast();
    Analog analog = new Analog(structure, trained.weights(), trained.biases());
    double[] inputs = known(name + ".x");
    double[] outputs = known(name + ".y");
    int size = structure.layers().getFirst().size();
    for (int k = 0; k < inputs.length / size; k++) {
      double[] x = Arrays.copyOfRange(inputs, k * size, (k + 1) * size);
      double[] y = Arrays.copyOfRange(outputs, k * last.size(), (k + 1) * last.size());
      double[] own = analog.activities(x, last.activation() == Activation.RECTIFIED).getLast();
      double most = Arrays.stream(y).map(Math::abs).max().orElseThrow();
      assertArrayEquals(y, own, 1e-5 * Math.max(1, most), name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"halves", "wholes", "unused", "quantised", "beside", "normalised_input"})
  void aLayerComputesTheSame(String name) {
    assertComputes(name, conversion(one(4, 3)), file(name));
  }

  @Test
  void constantsBehindALayerAndOtherRectifiersComputeTheSame() {
    assertComputes("behind", conversion(chain(4, 3, 3)), file("behind"));
  }

  @Test
  void aShapeThatIsChangedWithinASampleComputesTheSame() {
    assertComputes("flattened", conversion(seen()), file("flattened"));
  }

  @Test
  void layersThatShareWeightsAreNamedOneAfterTheOther() {
    List<Layer> layers = new ArrayList<>(chain(4, 3, 3).layers());
    layers.add(layer("y", 3, Activation.LINEAR, filled("w3", 2, full(3, 3))));
    Conversion shared =
        conversion(
            new Structure(layers),
            new Match("W", "w1"),
            new Match("V", "w2"),
            new Match("V", "w3"));
    assertComputes("shared", shared, file("shared"));
  }

  // What is refused

  private static void assertRefused(Structure structure, String name, String... words) {
    DataProblem problem =
        assertThrows(DataProblem.class, () -> conversion(structure).read(file(name)));
    for (String word : words) {
      assertTrue(problem.getMessage().contains(word), problem.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "training, '`BatchNormalization` that makes `y` in training mode', '`model.eval()`'",
    "domain, 'the operation `my.ops.Relu`', ''",
    "column, 'one bias for each of 3 outputs of `Gemm`', 'found biases of shape [3, 1]'",
    "turned, 'expected 4 numbers for each sample, which `x` has', 'found the shape [?, 3]'",
    "turned_undeclared, 'expected weights of shape [4, 3]', 'found [3, 4]'"
  })
  void aLayerThatIsOtherwiseIsRefused(String name, String first, String second) {
    assertRefused(one(4, 3), name, first, second);
  }

  @Test
  void whatComesAfterASoftmaxIsRefusedOnEitherSide() {
    Link skip =
        new Link("s", 1, new Wiring.OneToOne(3), new Weights.Constant(1, Optional.empty()), false);
    Structure sum =
        new Structure(
            List.of(
                input(4),
                layer("h", 3, Activation.RECTIFIED, filled("w1", 0, full(4, 3))),
                layer("y", 3, Activation.LINEAR, filled("w2", 0, full(4, 3)), skip)));
    assertRefused(sum, "softmax_sum", "after a `Softmax` the operation `Add`");
  }

  @Test
  void mapsOfAnotherShapeAreRefused() {
    assertRefused(
        pooled(),
        "reshaped",
        "`q` to `p`: expected maps [channels, height, width] of shape [4, 4, 4]",
        "found [1, 8, 8] before `MaxPool`");
    Structure wide =
        new Structure(
            List.of(
                input(36),
                layer(
                    "y",
                    28,
                    Activation.LINEAR,
                    filled(
                        "k",
                        0,
                        new Wiring.Convolution(
                            new Maps(1, 4, 9, 2, 2, 7, 3, 3, 1, 1, 0, 0, 1, 1, 1, false))))));
    assertRefused(wide, "other_input", "of shape [1, 4, 9]; found [1, 6, 6]");
    assertRefused(
        seen(), "other_input", "expected 2 layers with weights, or `map:`; found 1 layers");
  }

  @Test
  void numbersOfDifferentSamplesAreNotMixed() {
    assertRefused(
        pooled(),
        "mixed",
        "expected the numbers of each sample to stay together",
        "`Reshape` that makes `f` from shape [?, 4, 4, 4] to [?, 16]");
  }

  // Numbers in another file

  private DataFile copied(String location) throws IOException {
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Files.copy(GRAPHS.resolve("beside.data"), inner.resolve("beside.data"));
    byte[] model = Files.readAllBytes(GRAPHS.resolve("beside.onnx"));
    String text = new String(model, StandardCharsets.ISO_8859_1).replace("beside.data", location);
    Path file = inner.resolve("net.onnx");
    return DataFile.at(Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String refused(DataFile file) {
    return assertThrows(DataProblem.class, () -> conversion(one(4, 3)).read(file)).getMessage();
  }

  @Test
  void numbersBesideAModelLieInItsFolder() throws IOException {
    DataFile file = copied("../side.dat");
    Files.copy(GRAPHS.resolve("beside.data"), folder.resolve("side.dat"));
    String expected =
        "expected a file of numbers in the folder of the model; found \"../side.dat\"";
    assertTrue(refused(file).contains(expected), refused(file));
  }

  @Test
  void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
    DataFile file = copied("linked.data");
    Files.copy(GRAPHS.resolve("beside.data"), folder.resolve("outside"));
    Files.createSymbolicLink(
        folder.resolve("inner").resolve("linked.data"), folder.resolve("outside"));
    assertTrue(refused(file).contains("in the folder of the model"), refused(file));
  }

  @Test
  void numbersThatAreNotThereAreMissed() throws IOException {
    DataFile file = copied("beside.data");
    assertEquals(Set.of("beside.data"), Onnx.beside(file).keySet());
    Path data = folder.resolve("inner").resolve("beside.data");
    Files.write(data, Arrays.copyOf(Files.readAllBytes(data), 50));
    assertTrue(refused(file).contains("is cut off: expected"), refused(file));
    Files.delete(data);
    assertTrue(refused(file).contains("there is no such file"), refused(file));
  }
}
