package snel.runtime.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Store;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.Npz;
import snel.runtime.data.NumberArray;

/// Which numbers of a file with named arrays go where, in the orders of PyTorch and Keras.
final class NamedWeightsTest {
  private static final Wiring FULL = full(3, 4);
  private static final Wiring KERNEL =
      new Wiring.Convolution(new Maps(3, 4, 4, 3, 2, 2, 3, 3, 1, 1, 0, 0, 1, 1, 1, false));

  @TempDir Path folder;

  private final Map<String, NumberArray> arrays = new LinkedHashMap<>();
  private Optional<Store> bias = Optional.of(new Store("h.bias", 1));

  private static Wiring full(int sources, int targets) {
    return new Wiring.Full(new Stack(sources, 1), new Stack(targets, 1));
  }

  private void put(String name, double[] values, int... lengths) {
    arrays.put(name, NumberArray.of(values, lengths));
  }

  private static double[] counted(int size) {
    double[] all = new double[size];
    Arrays.setAll(all, k -> k);
    return all;
  }

  private Conversion.Trained read(Wiring wiring, int targets, Conversion.Match... map)
      throws IOException {
    return read(wiring, targets, List.of(map), List.of(), false);
  }

  private Conversion.Trained read(
      Wiring wiring,
      int targets,
      List<Conversion.Match> map,
      List<Conversion.Norm> normalised,
      boolean isOwn)
      throws IOException {
    Structure structure =
        new Structure(
            List.of(
                new Layer("x", 3, List.of(), Optional.empty(), Structure.Activation.OTHER),
                new Layer(
                    "h",
                    targets,
                    List.of(
                        new Link("w1", 0, wiring, new Weights.Stored(new Store("w1.w", 1)), false)),
                    bias,
                    Structure.Activation.OTHER)));
    Path file = Files.write(folder.resolve("net.npz"), Npz.toBytes(arrays));
    return new Conversion(
            Conversion.Format.NPZ, map, normalised, isOwn, new Scaling.None(), 1, structure)
        .read(DataFile.at(file));
  }

  private static Conversion.Match layer(String name) {
    return new Conversion.Match(name, "w1");
  }

  private static Conversion.Norm norm() {
    return new Conversion.Norm("bn", "h", OptionalDouble.empty());
  }

  private void refused(String sentence, Wiring wiring, int targets, String name) {
    DataProblem problem = assertThrows(DataProblem.class, () -> read(wiring, targets, layer(name)));
    assertTrue(problem.getMessage().contains(sentence), problem.getMessage());
  }

  /// `numpy.arange(81).reshape(3, 3, 3, 3).transpose(3, 2, 0, 1)`.
  @Test
  void theNameTellsTheOrderOfAKernel() throws IOException {
    put("keras/kernel", counted(81), 3, 3, 3, 3);
    put("torch.weight", counted(81), 3, 3, 3, 3);
    double[] keras = read(KERNEL, 12, layer("keras")).weights().get(1).getFirst();
    assertArrayEquals(new double[] {0, 9, 18, 27, 36, 45, 54, 63, 72, 3}, Arrays.copyOf(keras, 10));
    assertArrayEquals(new double[] {62, 71, 80}, Arrays.copyOfRange(keras, 78, 81));
    double[] named = read(KERNEL, 12, layer("keras/kernel")).weights().get(1).getFirst();
    assertArrayEquals(keras, named);
    double[] torch = read(KERNEL, 12, layer("torch")).weights().get(1).getFirst();
    assertArrayEquals(counted(81), torch);
  }

  @Test
  void aKernelWhoseOrderNothingTellsIsRefused() throws IOException {
    put("k", counted(81), 3, 3, 3, 3);
    put("same", new double[81], 3, 3, 3, 3);
    put("own.w", counted(81), 81);
    refused("a name that tells the order of the axes, `…weight`", KERNEL, 12, "k");
    assertArrayEquals(new double[81], read(KERNEL, 12, layer("same")).weights().get(1).getFirst());
    assertArrayEquals(counted(81), read(KERNEL, 12, layer("own.w")).weights().get(1).getFirst());
  }

  /// `numpy.arange(24).reshape(2, 2, 3, 2).transpose(2, 3, 0, 1)`, and the same without a height.
  @Test
  void kernelsOfEachChannelLieAsKerasHasThem() throws IOException {
    Wiring each =
        new Wiring.Convolution(new Maps(3, 1, 1, 6, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1, 3, false));
    double[] expected = {
      0, 6, 12, 18, 1, 7, 13, 19, 2, 8, 14, 20, 3, 9, 15, 21, 4, 10, 16, 22, 5, 11, 17, 23
    };
    for (String name : List.of("a/depthwise_kernel", "b/depthwise_kernel:0", "c/vars/0")) {
      arrays.clear();
      put(name, counted(24), 2, 2, 3, 2);
      put(name.startsWith("c") ? "c/vars/1" : name.charAt(0) + "/bias", counted(6), 6);
      for (String called : List.of(name, name.substring(0, 1))) {
        Conversion.Trained trained = read(each, 6, layer(called));
        assertArrayEquals(expected, trained.weights().get(1).getFirst());
        assertArrayEquals(counted(6), trained.biases().get(1));
      }
    }
    Wiring line =
        new Wiring.Convolution(new Maps(3, 1, 1, 6, 1, 1, 1, 2, 1, 1, 0, 1, 1, 1, 3, false));
    put("l/depthwise_kernel", counted(12), 2, 3, 2);
    assertArrayEquals(
        new double[] {0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11},
        read(line, 6, layer("l")).weights().get(1).getFirst());
  }

  /// Biases are those of the second kernel.
  @Test
  void aSeparableConvolutionOfKerasIsTwoLayers() throws IOException {
    Wiring each =
        new Wiring.Convolution(new Maps(3, 1, 1, 3, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 3, false));
    Wiring point =
        new Wiring.Convolution(new Maps(3, 1, 1, 2, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, false));
    put("a/depthwise_kernel", counted(3), 1, 1, 3, 1);
    put("a/pointwise_kernel", counted(6), 1, 1, 3, 2);
    put("a/bias", counted(2), 2);
    put("b/vars/0", counted(3), 1, 1, 3, 1);
    put("b/vars/1", counted(6), 1, 1, 3, 2);
    put("b/vars/2", counted(2), 2);
    refused("expected an array \"a\"", each, 3, "a");
    for (String kernels : List.of("a/depthwise_kernel a/pointwise_kernel", "b/vars/0 b/vars/1")) {
      String[] names = kernels.split(" ");
      Conversion.Trained first = read(each, 3, layer(names[0]));
      assertArrayEquals(counted(3), first.weights().get(1).getFirst());
      assertArrayEquals(new double[3], first.biases().get(1));
      Conversion.Trained second = read(point, 2, layer(names[1]));
      assertArrayEquals(new double[] {0, 2, 4, 1, 3, 5}, second.weights().get(1).getFirst());
      assertArrayEquals(counted(2), second.biases().get(1));
    }
  }

  @Test
  void theNameTellsTheOrderOfASquare() throws IOException {
    put("keras/kernel", counted(9), 3, 3);
    put("torch.weight", counted(9), 3, 3);
    Wiring square = full(3, 3);
    assertArrayEquals(counted(9), read(square, 3, layer("keras")).weights().get(1).getFirst());
    assertArrayEquals(
        new double[] {0, 3, 6, 1, 4, 7, 2, 5, 8},
        read(square, 3, layer("torch")).weights().get(1).getFirst());
  }

  @Test
  void whatIsNotSquareIsKnownByItsLengths() throws IOException {
    put("a.weight", counted(12), 3, 4);
    put("b/kernel", counted(12), 4, 3);
    assertArrayEquals(counted(12), read(FULL, 4, layer("a")).weights().get(1).getFirst());
    assertArrayEquals(
        new double[] {0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11},
        read(FULL, 4, layer("b")).weights().get(1).getFirst());
  }

  @Test
  void asManyNumbersAreNotTheSameShape() {
    put("a/kernel", counted(12), 2, 6);
    put("b.weight", counted(12), 6, 2);
    put("deep.weight", counted(12), 4, 3, 1, 1);
    put("flat.weight", counted(81), 9, 9);
    put("square.weight", counted(4), 2, 2);
    refused("expected weights of shape [3, 4]; found [2, 6]", FULL, 4, "a");
    refused("expected weights of shape [4, 3]; found [6, 2]", FULL, 4, "b");
    refused("expected weights of shape [4, 3]; found [4, 3, 1, 1]", FULL, 4, "deep");
    refused("expected weights of shape [3, 3, 3, 3]; found [9, 9]", KERNEL, 12, "flat");
    refused("expected weights of shape [4]; found [2, 2]", new Wiring.OneToOne(4), 4, "square");
  }

  @Test
  void whatIsCalledOtherwiseThanSavedIsToldHowToBeNamed() {
    put("fc1.weight", counted(12), 4, 3);
    DataProblem problem = assertThrows(DataProblem.class, () -> read(FULL, 4));
    String sentence = problem.getMessage();
    assertTrue(
        sentence.endsWith(
            "expected an array \"w1.w\"; found fc1.weight;"
                + " `map: [(\"NAME\", PROJECTION), …]` says what fills what"),
        sentence);
  }

  @Test
  void whatAMapLeavesOutIsToldHowToBeAdded() {
    put("b1", counted(4), 4);
    var onlyBiases = new Conversion.Match("b1", "h.bias");
    DataProblem problem = assertThrows(DataProblem.class, () -> read(FULL, 4, onlyBiases));
    assertTrue(
        problem
            .getMessage()
            .endsWith(": `map:` names nothing that fills `w1`; add `(\"NAME\", w1)`"),
        problem.getMessage());
  }

  /// A kernel that moves along one axis, [out, in, width] in PyTorch.
  @Test
  void kernelsMayMoveAlongALine() throws IOException {
    Wiring line =
        new Wiring.Convolution(new Maps(2, 1, 3, 2, 1, 2, 1, 2, 1, 1, 0, 0, 1, 1, 1, false));
    put("torch.weight", counted(8), 2, 2, 2);
    put("keras/kernel", counted(8), 2, 2, 2);
    assertArrayEquals(counted(8), read(line, 4, layer("torch")).weights().get(1).getFirst());
    assertArrayEquals(
        new double[] {0, 4, 2, 6, 1, 5, 3, 7},
        read(line, 4, layer("keras")).weights().get(1).getFirst());
  }

  /// Two maps of one row of three behind a full layer of two, and the other way round:
  /// `numpy.arange(12).reshape(3, 2, 2).transpose(1, 0, 2)` and `numpy.arange(12).reshape(2, 3,
  /// 2).transpose(0, 2, 1)`.
  @Test
  void mapsOfKerasHaveTheirChannelsLast() throws IOException {
    Stack maps = new Stack(2, 3);
    Wiring flattened = new Wiring.Full(maps, new Stack(2, 1));
    put("keras/kernel", counted(12), 6, 2);
    put("torch.weight", counted(12), 2, 6);
    assertArrayEquals(
        new double[] {0, 1, 4, 5, 8, 9, 2, 3, 6, 7, 10, 11},
        read(flattened, 2, layer("keras")).weights().get(1).getFirst());
    assertArrayEquals(
        new double[] {0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11},
        read(flattened, 2, layer("torch")).weights().get(1).getFirst());
    Wiring shaped = new Wiring.Full(new Stack(2, 1), maps);
    put("up/kernel", counted(12), 2, 6);
    put("up/bias", counted(6), 6);
    put("bn/moving_mean", counted(6), 6);
    put("bn/moving_variance", new double[] {0.999, 0.999, 0.999, 0.999, 0.999, 3.999}, 6);
    Conversion.Trained up = read(shaped, 6, layer("up"));
    assertArrayEquals(
        new double[] {0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11}, up.weights().get(1).getFirst());
    assertArrayEquals(new double[] {0, 2, 4, 1, 3, 5}, up.biases().get(1));
    Conversion.Trained normalised = read(shaped, 6, List.of(layer("up")), List.of(norm()), false);
    assertArrayEquals(
        new double[] {0, 2, 4, 1, 3, 2.5, 6, 8, 10, 7, 9, 5.5},
        normalised.weights().get(1).getFirst(),
        1e-12);
    assertArrayEquals(new double[6], normalised.biases().get(1), 1e-12);
    Conversion.Trained named =
        read(shaped, 6, layer("up"), new Conversion.Match("up/bias", "h.bias"));
    assertArrayEquals(new double[] {0, 2, 4, 1, 3, 5}, named.biases().get(1));
  }

  @Test
  void theBiasOfAnotherLayerIsNotTaken() throws IOException {
    put("net.fc1.weight", counted(12), 4, 3);
    put("net.bias", new double[] {7, 7, 7, 7}, 4);
    assertArrayEquals(new double[4], read(FULL, 4, layer("net.fc1")).biases().get(1));
    put("net.fc1.bias", new double[] {1, 2, 3, 4}, 4);
    for (String name : List.of("net.fc1", "net.fc1.weight")) {
      assertArrayEquals(new double[] {1, 2, 3, 4}, read(FULL, 4, layer(name)).biases().get(1));
    }
  }

  @Test
  void biasesMayBeARowOrColumnOfATable() throws IOException {
    put("fc.weight", counted(12), 4, 3);
    for (int[] lengths : List.of(new int[] {1, 4}, new int[] {4, 1})) {
      put("fc.bias", new double[] {1, 2, 3, 4}, lengths);
      Conversion.Trained trained = read(FULL, 4, layer("fc"));
      assertArrayEquals(new double[] {1, 2, 3, 4}, trained.biases().get(1));
      assertEquals(List.of(), trained.overlooked());
    }
  }

  @Test
  void biasesAreOneForEachNeuronOrMap() throws IOException {
    put("a/kernel", counted(12), 3, 4);
    put("a/bias", new double[] {1, 2}, 2);
    put("b/kernel", counted(81), 3, 3, 3, 3);
    put("b/bias", new double[] {1, 2, 3}, 3);
    put("c/kernel", counted(81), 3, 3, 3, 3);
    put("c/bias", new double[] {1, 2, 3, 4}, 4);
    refused("expected 4 biases; found 2", FULL, 4, "a");
    refused("expected 12 biases, or one for each of 3 maps; found 4", KERNEL, 12, "c");
    assertArrayEquals(
        new double[] {1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3},
        read(KERNEL, 12, layer("b")).biases().get(1));
  }

  /// `BatchNorm1d(4, affine=False)` of PyTorch: (x - mean) / sqrt(variance + 1e-5).
  @Test
  void aNormalisationMayBeWithoutGainAndShift() throws IOException {
    put("fc.weight", new double[] {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 4, 3);
    put("bn.running_mean", new double[] {1, 2, 3, 4}, 4);
    put("bn.running_var", new double[] {0.99999, 3.99999, 8.99999, 15.99999}, 4);
    Conversion.Trained found = read(FULL, 4, List.of(layer("fc")), List.of(norm()), false);
    assertArrayEquals(
        new double[] {2, 1, 2.0 / 3, 0.5},
        Arrays.copyOf(found.weights().get(1).getFirst(), 4),
        1e-12);
    assertArrayEquals(new double[] {-1, -1, -1, -1}, found.biases().get(1), 1e-12);
  }

  /// (2 x - 1) / sqrt(0.75 + epsilon), with 0.25 from the program or 8.25 from the file.
  @Test
  void whatWasAddedToTheVarianceIsTheProgramsOrTheFiles() throws IOException {
    put("fc.weight", twos(), 4, 3);
    put("bn.running_mean", new double[] {1, 1, 1, 1}, 4);
    put("bn.running_var", new double[] {0.75, 0.75, 0.75, 0.75}, 4);
    var said = new Conversion.Norm("bn", "h", OptionalDouble.of(0.25));
    Conversion.Trained found = read(FULL, 4, List.of(layer("fc")), List.of(said), false);
    assertArrayEquals(twos(), found.weights().get(1).getFirst(), 1e-12);
    assertArrayEquals(new double[] {-1, -1, -1, -1}, found.biases().get(1), 1e-12);
    putOwn("h");
    put("h.added", new double[] {8.25, 8.25, 8.25, 8.25}, 4);
    Conversion.Trained own = read(FULL, 4, List.of(layer("fc")), List.of(), true);
    assertArrayEquals(
        new double[] {2 / 3.0, 2 / 3.0}, Arrays.copyOf(own.weights().get(1).getFirst(), 2), 1e-12);
  }

  /// As `NormalisedRectified` behind a convolution has been trained.
  @Test
  void aKernelTakesNoNormalisationOfEachNeuron() {
    put("k.weight", counted(81), 3, 3, 3, 3);
    for (String part : List.of("gain", "shift", "average", "variance")) {
      put("h." + part, counted(12), 12);
    }
    DataProblem problem =
        assertThrows(
            DataProblem.class, () -> read(KERNEL, 12, List.of(layer("k")), List.of(), true));
    assertTrue(
        problem
            .getMessage()
            .endsWith(
                "`h`: expected a normalisation of each map, which a kernel can take in; found one"
                    + " of each neuron (train a population of `MapNormalised` for each map)"),
        problem.getMessage());
  }

  private static double[] twos() {
    double[] all = new double[12];
    Arrays.fill(all, 2);
    return all;
  }

  private void putOwn(String population) {
    put(population + ".gain", new double[] {1, 1, 1, 1}, 4);
    put(population + ".shift", new double[4], 4);
    put(population + ".average", new double[] {1, 1, 1, 1}, 4);
    put(population + ".variance", new double[] {0.75, 0.75, 0.75, 0.75}, 4);
  }

  @Test
  void biasesAndNormalisationOfASavedPopulationComeWithItsWeights() throws IOException {
    put("w1.w", twos(), 12);
    put("h.bias", new double[] {1, 2, 3, 4}, 4);
    Conversion.Trained biased = read(FULL, 4, List.of(layer("w1")), List.of(), true);
    assertArrayEquals(new double[] {1, 2, 3, 4}, biased.biases().get(1));
    putOwn("h");
    put("h.added", new double[] {0.25, 0.25, 0.25, 0.25}, 4);
    Conversion.Trained found = read(FULL, 4, List.of(layer("w1")), List.of(), true);
    assertArrayEquals(twos(), found.weights().get(1).getFirst(), 1e-12);
    assertArrayEquals(new double[] {0, 1, 2, 3}, found.biases().get(1), 1e-12);
    assertEquals(List.of(), found.overlooked());
    var named = new Conversion.Match("other", "h.bias");
    put("other", new double[] {5, 5, 5, 5}, 4);
    Conversion.Trained others = read(FULL, 4, List.of(layer("w1"), named), List.of(), true);
    assertArrayEquals(new double[] {4, 4, 4, 4}, others.biases().get(1), 1e-12);
  }

  /// Keras 3 numbers the variables of a layer: kernel and bias; gain, shift, mean and variance.
  @Test
  void variablesOfKeras3AreNumbered() throws IOException {
    put("layers/dense/vars/0", counted(12), 3, 4);
    put("layers/dense/vars/1", new double[] {1, 2, 3, 4}, 4);
    for (String name : List.of("layers/dense", "layers/dense/vars/0")) {
      Conversion.Trained found = read(FULL, 4, layer(name));
      assertArrayEquals(counted(12), found.weights().get(1).getFirst(), name);
      assertArrayEquals(new double[] {1, 2, 3, 4}, found.biases().get(1), name);
      assertEquals(List.of(), found.overlooked(), name);
    }
    put("layers/norm/vars/0", new double[] {1, 1, 1, 1}, 4);
    put("layers/norm/vars/1", new double[4], 4);
    put("layers/norm/vars/2", new double[] {1, 1, 1, 1}, 4);
    put("layers/norm/vars/3", new double[] {3.999, 3.999, 3.999, 3.999}, 4);
    var norm = new Conversion.Norm("layers/norm", "h", OptionalDouble.empty());
    Conversion.Trained folded = read(FULL, 4, List.of(layer("layers/dense")), List.of(norm), false);
    assertArrayEquals(new double[] {0, 0.5, 1, 1.5}, folded.biases().get(1), 1e-12);
  }

  @Test
  void whatNothingTakesOfALayerIsTold() throws IOException {
    put("fc.weight", twos(), 4, 3);
    put("fc.weight_g", new double[4], 4);
    put("bn.running_mean", new double[4], 4);
    put("bn.running_var", new double[4], 4);
    put("bn.num_batches_tracked", new double[1], 1);
    put("old/moving_mean:0", new double[4], 4);
    put("old/moving_variance:0", new double[4], 4);
    put("cells.bias", new double[4], 4);
    assertEquals(
        List.of(
            "net.npz has `fc.weight_g` besides what is taken of `fc`, and nothing takes it",
            "net.npz has the batch normalisation `bn`, and nothing takes it; `normalised: [(\"bn\","
                + " h)]` folds it",
            "net.npz has the batch normalisation `old`, and nothing takes it; `normalised:"
                + " [(\"old\", h)]` folds it",
            "net.npz has the biases `cells.bias`, and nothing takes them; `(\"cells.bias\","
                + " h.bias)` in `map:` does"),
        read(FULL, 4, layer("fc")).overlooked().stream()
            .map(sentence -> sentence.substring(sentence.indexOf("net.npz")))
            .toList());
  }

  @Test
  void biasesForWhichThereIsNoStateAreTold() throws IOException {
    bias = Optional.empty();
    put("w1.w", twos(), 12);
    put("h.bias", new double[4], 4);
    assertEquals(List.of(), read(FULL, 4, List.of(layer("w1")), List.of(), true).overlooked());
    put("h.bias", new double[] {0, 0, 0, 1}, 4);
    List<String> told = read(FULL, 4, List.of(layer("w1")), List.of(), true).overlooked();
    assertEquals(1, told.size());
    assertTrue(
        told.getFirst()
            .endsWith(
                "has the biases `h.bias`, and nothing takes them; a `plastic state bias` of `h`"
                    + " does"),
        told.getFirst());
  }

  @Test
  void whatIsOfOtherLayersIsNotTold() throws IOException {
    put("fc.weight", twos(), 4, 3);
    put("fc.bias", new double[4], 4);
    put("fc.inner.weight", twos(), 4, 3);
    put("next.weight", twos(), 3, 4);
    put("next.bias", new double[3], 3);
    put("bn.weight", new double[3], 3);
    put("bn.bias", new double[3], 3);
    put("bn.running_mean", new double[3], 3);
    put("bn.running_var", new double[3], 3);
    put("y.bias", new double[4], 4);
    assertEquals(List.of(), read(FULL, 4, layer("fc")).overlooked());
  }
}
