package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.runtime.data.Npz;
import snel.runtime.data.NumberArray;

/// Networks without spikes, trained here or by PyTorch, run as they are and as spiking ones.
class ConvertedNetworksTest {
  private static final Path MODELS = Path.of("../runtime/src/test/resources/snel/runtime/convert");

  private static final String IMPORTS =
      """
      import std.data.digits8x8
      import std.decode.{MaxPotential, MaxCount}
      import std.neurons.unit.Rectified.{Rectified, Linear, Shown, Weighted}
      import std.neurons.unit.Converted.{Converted, ConvertedToZero}
      import std.encode.Poisson
      """;

  /// What PyTorch computed with the model, for the first sample of `mlp_values.npz`.
  private static final String ANALOG =
      IMPORTS
          + """
          network Mlp {
            input values : real[4]
            population x : Shown[4](value: values)
            population h : Rectified[3]
            population y : Linear[2]
            connect x -> h.x as w1  all  weight 0  synapse Weighted
            connect h -> y.x as w2  all  weight 0  synapse Weighted
          }
          experiment same on Mlp {
            step 1 ms; seed 1
            numerics f64
            load onnx("mlp.onnx", map: [("0", w1), ("2", w2)], scale: none)
            present values = [VALUES] for 3 ms
            report first = y.v[0], second = y.v[1]
          }
          """;

  private static final String OTHERS =
      """
      neuron Other {
        plastic state bias : real = 0
        input x : real
        state v : real = 0
      }
      neuron Squashed extends Other { every dt { v = tanh(x + bias) } }
      neuron Capped extends Other { every dt { v = min(max(x + bias, 0), 1) } }
      neuron Moved extends Other { param off = 0.5; every dt { v = max(x + bias + off, 0) } }
      neuron Turned extends Other { every dt { v = max(x - bias, 0) } }
      neuron Twice extends Other { every dt { v = max(x + bias, 0); v *= 2 } }
      neuron Cut extends Other { every dt { v = max(x + bias, 0); if v > 6 { v = 6 } } }
      neuron Soft extends Other { state u : real = 0; every dt { u = x + bias; v = u / (1 + abs(u)) } }
      neuron Slow extends Other { v' = ((x + bias) / (1 + abs(x + bias)) - v) / 0.5 ms }
      neuron Kept { plastic state bias : real = 0; input x : real; state v : real in 0 .. 1 = 0; every dt { v = x + bias } }
      neuron Call extends Other { every dt { v = relu(x + bias) } }
      neuron Choice extends Other { every dt { if x + bias > 0 { v = x + bias } else { v = 0 } } }
      neuron Steps extends Other { state u : real = 0; every dt { let s = x + bias; u = s; v = max(u, 0) } }
      neuron Leaky extends Other { v' = (max(x + bias, 0) - v) / 0.5 ms }
      neuron Above { plastic state bias : real = 0; input x : real; state v : real in 0 .. infinity = 0; every dt { v = x + bias } }
      neuron Doubled extends Other { every dt { v = max(2 * x + bias, 0) } }
      neuron Times extends Other { param gain = 1; every dt { v = max(gain * x + bias, 0) } }
      synapse Halved { weight w : real; transmit 0.5 * w * pre.v }
      """;

  /// A convolutional model, with batch normalisation that is folded, averages and maxima.
  private static final String SPIKING =
      """
      import std.neurons.unit.Converted.{Converted, Largest, Counted}
      network Cnn {
        input image : real[1, 12, 12]
        population x  : Converted[1, 12, 12](drive: image / 1 ms)
        population c1 : Converted[3, 12, 12]
        population p1 : Converted[3, 6, 6]
        population c2 : Converted[4, 4, 4]
        population p2 : Largest[4, 2, 2]
        population y  : Converted[5](V_th: infinity, v: 0)
        connect x -> c1 as k1   conv([3, 3], padding: 1)  weight 0      instant
        connect c1 -> p1 as q1  pool([2, 2])              weight 1 / 4  instant
        connect p1 -> c2 as k2  conv([3, 3])              weight 0      instant
        connect c2 -> p2 as q2  pool([2, 2])              weight 1      instant  synapse Counted
        connect p2 -> y as w    all                       weight 0      instant
      }
      experiment same on Cnn {
        step 1 ms; seed 1
        load onnx("cnn.onnx", map: [("c1", k1), ("c2", k2), ("fc", w)], maximum: [q2], scale: model)
        let picture = npy("picture.npy")
        present image = picture for 4_000 ms
        report v0 = y.v[0], v1 = y.v[1], v2 = y.v[2], v3 = y.v[3], v4 = y.v[4]
      }
      """;

  /// Groups, a transposed convolution, dilation, a line.
  private static final String LAYERS =
      """
      import std.neurons.unit.Rectified.{Rectified, Linear, Shown, Weighted}
      network Net {
        input values : real[4, 6, 5]
        population x : Shown[4, 6, 5](value: values)
        population a : Rectified[4, 6, 5]
        population b : Rectified[6, 12, 10]
        population c : Rectified[3, 5, 6]
        population m : Linear[3, 1, 6]
        population d : Rectified[2, 1, 2]
        population y : Linear[3]
        connect x -> a.x as deep  conv([3, 3], padding: 1, groups: 4)  weight 0  synapse Weighted
        connect a -> b.x as up    conv([4, 3], stride: 2, padding: 1, groups: 2, transposed: true)  weight 0  synapse Weighted
        connect b -> c.x as wide  conv([3, 3], stride: [2, 1], dilation: [1, 2], groups: 3)  weight 0  synapse Weighted
        connect c -> m.x as mean  pool([5, 1])             weight 1 / 5  synapse Weighted
        connect m -> d.x as line  conv([3], stride: 2)     weight 0  synapse Weighted
        connect d -> y.x as fc    all                      weight 0  synapse Weighted
      }
      experiment same on Net {
        step 1 ms; seed 1
        numerics f64
        load READER("layers.FILE", map: [("deep", deep), ("up", up), ("wide", wide), ("line", line), ("fc", fc)]NORMS, scale: none)
        let picture = npy("picture.npy")
        present values = picture for 8 ms
        report a = sum(a.v), b = sum(b.v), c = sum(c.v), d = sum(d.v), y0 = y.v[0], y1 = y.v[1], y2 = y.v[2]
      }
      """;

  private static final String DIGITS =
      IMPORTS
          + """
          network Ann {
            input image : real[64]
            population x : Shown[64](value: image)
            population h : Rectified[100]
            population y : Linear[10]
            connect x -> h.x as w1  all  weight kaiming()  synapse Weighted
            connect h -> y.x as w2  all  weight kaiming()  synapse Weighted
            readout digit : MaxPotential(y, last: 1 ms)
            protocol show(picture : real[8, 8]) { reset all; present image = flatten(picture) for 3 ms }
          }
          experiment fit on Ann {
            step 1 ms; seed 7
            train by bptt() with adam(3e-3)
            for epoch in 1 .. 30 {
              for batch in digits8x8.train | shuffle | batch(32) {
                do show(batch.image)
                minimise cross_entropy(mean_over_time(y.v, last: 1 ms), batch.label)
              }
            }
            save "ann.npz"
          }
          experiment analog on Ann from fit {
            freeze all
            for sample in digits8x8.test { do show(sample.image); score digit against sample.label }
            report accuracy(digit)
          }
          network Snn {
            input image : real[64]
            population x : SOURCE
            population h : CELL[100]
            population y : Converted[10](V_th: infinity, v: 0)
            connect x -> h as w1  all  weight 0  instant
            connect h -> y as w2  all  weight 0  instant
            readout digit : MaxPotential(y, last: 1 ms)
          }
          experiment convert on Snn {
            step STEP; seed 1
            load npz("ann.npz", of: fit, OPTIONS)
          }
          experiment spiking on Snn from convert {
            freeze all
            for sample in digits8x8.test {
              reset all
              present image = flatten(sample.image) for 16 * STEP
              score digit against sample.label
            }
            report accuracy(digit)
          }
          """;

  /// Trains, then shows what is normalised and what has that folded into its weights.
  private static final String NORMALISED =
      """
      experiment fit on Net {
        step 1 ms; seed 7
        numerics f64
        train by bptt() with adam(1e-2)
        for epoch in 1 .. 4 {
          for batch in digits8x8.train | take(300) | batch(10) {
            reset all
            present image = flatten(batch.image) for 3 ms
            minimise cross_entropy(mean_over_time(y.v, last: 1 ms), batch.label)
          }
        }
        save "net.npz"
      }
      experiment with_norm on Net from fit {
        freeze all
        reset all
        for sample in digits8x8.test | take(1) { present image = flatten(sample.image) for 3 ms }
        report v0 = y.v[0], v7 = y.v[7]
      }
      experiment without on Net(plain: 1) {
        step 1 ms; seed 7
        numerics f64
        load npz("net.npz", of: fit, scale: none)
        freeze all
        for sample in digits8x8.test | take(1) { present image = flatten(sample.image) for 3 ms }
        report v0 = y.v[0], v7 = y.v[7]
      }
      """;

  @TempDir private Path folder = Path.of("");

  private double run(String text, String experiment, String result) throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(file, text);
    List<String> arguments = new ArrayList<>(List.of("run", file.toString(), experiment));
    arguments.addAll(List.of("--format", "json", "--out", folder.resolve("runs").toString()));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertEquals(0, run.exit(), run.out() + run.err());
    String line = run.lastLine();
    String from = line.substring(line.indexOf('"' + result + "\":") + result.length() + 3);
    return Double.parseDouble(from.split("[,}]")[0]);
  }

  private static String digits(String source, String cell, String step, String options) {
    return DIGITS
        .replace("SOURCE", source)
        .replace("CELL", cell)
        .replace("STEP", step)
        .replace("OPTIONS", options);
  }

  @Test
  void aModelOfPyTorchComputesTheSameHere() throws IOException {
    Files.copy(MODELS.resolve("mlp.onnx"), folder.resolve("mlp.onnx"));
    var known =
        snel.runtime.data.Npz.read(snel.runtime.data.DataFile.at(MODELS.resolve("mlp_values.npz")));
    double[] x = Objects.requireNonNull(known.get("x")).toDoubles();
    String text = ANALOG.replace("VALUES", x[0] + ", " + x[1] + ", " + x[2] + ", " + x[3]);
    double[] y = Objects.requireNonNull(known.get("y")).toDoubles();
    assertEquals(y[0], run(text, "same", "first"), 1e-6);
    assertEquals(y[1], run(text, "same", "second"), 1e-6);
  }

  /// A result that was kept is not taken for that of other numbers beside the model.
  @Test
  void aRunDependsOnTheNumbersBesideAModel() throws IOException {
    for (String name : List.of("beside.onnx", "beside.data")) {
      Files.copy(MODELS.resolve("graphs").resolve(name), folder.resolve(name));
    }
    String text =
        """
        import std.neurons.unit.Rectified.{Linear, Shown, Weighted}
        network Net {
          input values : real[4]
          population x : Shown[4](value: values)
          population y : Linear[3]
          connect x -> y.x as w  all  weight 0  synapse Weighted
        }
        experiment same on Net {
          step 1 ms; seed 1
          numerics f64
          load onnx("beside.onnx", scale: none)
          present values = [1, 2, 3, 4] for 3 ms
          report first = y.v[0]
        }
        """;
    double first = run(text, "same", "first");
    assertEquals(first, run(text, "same", "first"));
    Path data = folder.resolve("beside.data");
    Files.write(data, new byte[(int) Files.size(data)]);
    assertEquals(0, run(text, "same", "first"));
    assertTrue(first != 0);
  }

  /// What neurons make of their sums is read from their models.
  @ParameterizedTest
  @CsvSource({
    "Rectified[3], Linear[3], `h` is linear",
    "Linear[2], Rectified[2], `y` rectifies",
    "Rectified[3], RectifiedAtOnce[3], ''",
    "Rectified[3], Squashed[3], `h` makes of its sum",
    "Rectified[3], Capped[3], values of `h` that are cut off at 1",
    "Rectified[3], Doubled[3], `h` makes of its sum",
    "weight 0  synapse Weighted, weight 0  synapse Halved, `x` makes of its sum",
    "Rectified[3], Times[3], ''",
    "Rectified[3], Moved[3], `h` makes of its sum",
    "Rectified[3], Turned[3], `h` makes of its sum",
    "Rectified[3], Twice[3], `h` makes of its sum",
    "Rectified[3], Cut[3], values of `h` that are cut off at 6",
    "Rectified[3], Soft[3], `h` makes of its sum",
    "Rectified[3], Slow[3], `h` makes of its sum",
    "Rectified[3], Kept[3], values of `h` that are cut off at 1",
    "Rectified[3], Call[3], ''",
    "Rectified[3], Choice[3], ''",
    "Rectified[3], Steps[3], ''",
    "Rectified[3], Leaky[3], ''",
    "Rectified[3], Above[3], ''",
    "Rectified[3], 'Times[3](gain: 2)', `h` makes of its sum"
  })
  void rectificationIsWhereTheModelHasIt(String own, String other, String reason)
      throws IOException {
    Files.copy(MODELS.resolve("mlp.onnx"), folder.resolve("mlp.onnx"));
    Path file = folder.resolve("program.snn");
    Files.writeString(
        file,
        ANALOG
                .replace("VALUES", "0, 0, 0, 0")
                .replace("Rectified, Linear,", "Rectified, RectifiedAtOnce, Linear,")
                .replace(own, other)
            + OTHERS);
    CommandLineRun run =
        CommandLineRun.of(
            "run", file.toString(), "same", "--out", folder.resolve("runs").toString());
    assertEquals(reason.isEmpty() ? 0 : 1, run.exit(), run.out() + run.err());
    assertTrue(run.err().contains(reason), run.err());
  }

  /// Potentials of the last layer stand to one another as the values of the model do.
  @Test
  void aConvolutionalModelOfPyTorchGivesTheSameRates() throws IOException {
    Files.copy(MODELS.resolve("cnn.onnx"), folder.resolve("cnn.onnx"));
    var known =
        snel.runtime.data.Npz.read(snel.runtime.data.DataFile.at(MODELS.resolve("cnn_values.npz")));
    double[] x = java.util.Arrays.copyOf(Objects.requireNonNull(known.get("x")).toDoubles(), 144);
    try (var out = Files.newOutputStream(folder.resolve("picture.npy"))) {
      snel.runtime.data.Npy.write(snel.runtime.data.NumberArray.of(x, 1, 12, 12), out);
    }
    double[] y = Objects.requireNonNull(known.get("y")).toDoubles();
    double[] v = new double[5];
    for (int k = 0; k < 5; k++) {
      v[k] = run(SPIKING, "same", "v" + k);
    }
    Proportional.assertProportional(y, v, 0.03);
  }

  private static double[] known(String name) {
    var all =
        snel.runtime.data.Npz.read(
            snel.runtime.data.DataFile.at(MODELS.resolve("layers_values.npz")));
    return Objects.requireNonNull(all.get(name)).toDoubles();
  }

  /// @param norms what is said of batch normalisation, which values with the prefix were computed
  ///   with
  private void computesWhatPyTorchComputed(
      String reader, String ending, String norms, String prefix) throws IOException {
    try (var out = Files.newOutputStream(folder.resolve("picture.npy"))) {
      snel.runtime.data.Npy.write(snel.runtime.data.NumberArray.of(known("x"), 4, 6, 5), out);
    }
    String text = LAYERS.replace("READER", reader).replace("FILE", ending).replace("NORMS", norms);
    for (String layer : List.of("a", "b", "c", "d")) {
      double sum = java.util.Arrays.stream(known(prefix + layer)).sum();
      assertEquals(sum, run(text, "same", layer), 1e-4, layer);
    }
    double[] y = known(prefix + "y");
    for (int k = 0; k < y.length; k++) {
      assertEquals(y[k], run(text, "same", "y" + k), 1e-5, "output " + k);
    }
  }

  @Test
  void layersOfSafetensorsComputeWhatPyTorchComputed() throws IOException {
    Files.copy(MODELS.resolve("layers.safetensors"), folder.resolve("layers.safetensors"));
    computesWhatPyTorchComputed("safetensors", "safetensors", "", "");
  }

  @Test
  void batchNormalisationThatNothingTakesIsTold() throws IOException {
    Files.write(
        folder.resolve("net.npz"),
        snel.runtime.data.Npz.toBytes(
            java.util.Map.of(
                "fc.weight", snel.runtime.data.NumberArray.of(new double[] {1, 2}, 1, 2),
                "bn.running_mean", snel.runtime.data.NumberArray.of(new double[] {1}, 1),
                "bn.running_var", snel.runtime.data.NumberArray.of(new double[] {1}, 1))));
    Path file = folder.resolve("program.snn");
    Files.writeString(
        file,
        """
        import std.neurons.unit.Rectified.{Linear, Shown, Weighted}
        network Net {
          input image : real[2]
          population x : Shown[2](value: image)
          population y : Linear[1]
          connect x -> y.x as w  all  weight 0  synapse Weighted
        }
        experiment convert on Net {
          step 1 ms; seed 1
          load npz("net.npz", map: [("fc", w)], scale: none)
        }
        """);
    CommandLineRun run =
        CommandLineRun.of(
            "run", file.toString(), "convert", "--out", folder.resolve("runs").toString());
    assertEquals(0, run.exit(), run.err());
    String told = "the batch normalisation `bn`, and nothing takes it; `normalised: [(\"bn\", y)]`";
    assertTrue(run.err().contains(told), run.err());
  }

  @Test
  void batchNormalisationIsFoldedIntoWeightsAndBiases() throws IOException {
    Files.copy(MODELS.resolve("layers.safetensors"), folder.resolve("layers.safetensors"));
    computesWhatPyTorchComputed(
        "safetensors", "safetensors", ", normalised: [(\"norm\", y), (\"spread\", b)]", "n");
  }

  /// What was trained with batch normalisation computes the same without, once that is folded.
  @Test
  void batchNormalisationThatWasTrainedHereIsFolded() throws IOException {
    String text =
        """
        import std.data.digits8x8
        import std.neurons.unit.Rectified.{Rectified, Linear, Shown, Weighted}
        import std.neurons.unit.Normalised.{NormalisedRectified, NormalisedLinear}
        network Net {
          param plain = 0
          input image : real[64]
          population x : Shown[64](value: image)
          if plain == 1 {
            population h : Rectified[30]
            population y : Linear[10]
          } else {
            population h : NormalisedRectified[30](momentum: 0.1, epsilon: 0.5)
            population y : NormalisedLinear[10](momentum: 0.1)
          }
          connect x -> h.x as w1  all  weight normal(0, 1)  synapse Weighted
          connect h -> y.x as w2  all  weight normal(0, 1)  synapse Weighted
        }
        """
            + NORMALISED
            + """
            experiment mapped on Net(plain: 1) {
              step 1 ms; seed 7
              numerics f64
              load npz("net.npz", of: fit, map: [("w1", w1), ("w2", w2)], scale: none)
              freeze all
              for sample in digits8x8.test | take(1) { present image = flatten(sample.image) for 3 ms }
              report v0 = y.v[0], v7 = y.v[7]
            }
            """;
    assertTrue(run(text, "fit", "loss") < 1);
    for (String output : List.of("v0", "v7")) {
      double expected = run(text, "with_norm", output);
      assertTrue(Math.abs(expected) > 0.1, "no value to compare: " + expected);
      for (String folded : List.of("without", "mapped")) {
        assertEquals(expected, run(text, folded, output), 1e-9 * Math.abs(expected), folded);
      }
    }
  }

  /// Behind a convolution: a population for each map, of whose neurons it is one.
  @Test
  void batchNormalisationOfMapsIsFoldedIntoKernels() throws IOException {
    String text =
        """
        import std.data.digits8x8
        import std.neurons.unit.Rectified.{Rectified, Linear, Shown, Weighted}
        import std.neurons.unit.Normalised.MapNormalisedRectified
        network Net {
          param plain = 0
          input image : real[64]
          population x : Shown[1, 8, 8](value: image)
          population y : Linear[10]
          for k in 0 ..< 2 {
            if plain == 1 { population h[k] : Rectified[1, 6, 6] }
            else { population h[k] : MapNormalisedRectified[1, 6, 6](momentum: 0.1, epsilon: 0.5) }
            connect x -> h[k].x as kernel[k]  conv([3, 3])  weight normal(0, 1)  synapse Weighted
            connect h[k] -> y.x as full[k]  all  weight normal(0, 1)  synapse Weighted
          }
        }
        """
            + NORMALISED;
    for (String output : List.of("v0", "v7")) {
      double expected = run(text, "with_norm", output);
      assertTrue(Math.abs(expected) > 0.1, "no value to compare: " + expected);
      assertEquals(expected, run(text, "without", output), 1e-9 * Math.abs(expected));
    }
  }

  /// What only its potential is read of may be below 0, and its scale is 1.
  @Test
  void aLastLayerWithoutSpikesMayBeBelowZero() throws IOException {
    Files.write(
        folder.resolve("below.npz"),
        snel.runtime.data.Npz.toBytes(
            java.util.Map.of(
                "fc/kernel", snel.runtime.data.NumberArray.of(new double[] {-1, -2}, 2, 1))));
    String text =
        IMPORTS
            + """
            network Net {
              input image : real[2]
              population x : Converted[2](drive: image / 1 ms)
              population y : Converted[1](V_th: TOP, v: 0, bias: 3 / 1 ms)
              connect x -> y as w  all  weight 0  instant
            }
            experiment convert on Net {
              step 1 ms; seed 1
              numerics f64
              load npz("below.npz", map: [("fc", w)], scale: model)
              report second = w.w[1, 0], bias = y.bias[0]
            }
            """;
    assertEquals(-2, run(text.replace("TOP", "infinity"), "convert", "second"));
    assertEquals(0, run(text.replace("TOP", "infinity"), "convert", "bias"));
  }

  /// The same arrays in a file of the other kind, named and turned as Keras does.
  @Test
  void layersOfHdf5ComputeWhatPyTorchComputed() throws IOException {
    var arrays =
        snel.runtime.data.Safetensors.read(
            snel.runtime.data.DataFile.at(MODELS.resolve("layers.safetensors")));
    try (var file = io.jhdf.HdfFile.write(folder.resolve("layers.h5"))) {
      for (String layer : List.of("deep", "up", "wide", "line", "fc")) {
        var group = file.putGroup(layer);
        var weight = Objects.requireNonNull(arrays.get(layer + ".weight"));
        double[] w = weight.toDoubles();
        if (layer.equals("fc")) {
          double[][] kernel = new double[4][3];
          for (int k = 0; k < w.length; k++) {
            int channel = k % 4 / 2;
            int place = k % 2;
            kernel[2 * place + channel][k / 4] = w[k];
          }
          group.putDataset("kernel:0", kernel);
        } else {
          group.putDataset("kernel:0", w);
        }
        group.putDataset("bias:0", Objects.requireNonNull(arrays.get(layer + ".bias")).toDoubles());
      }
    }
    computesWhatPyTorchComputed("hdf5", "h5", "", "");
  }

  /// Keras flattens maps with the channels last, also behind a pool and where a population takes
  /// them one to one: (3.5, 7, 5.5, 11) times (1, 10, 100, 1000).
  @Test
  void aDenseLayerOfKerasTakesMapsWithTheirChannelsLast() throws IOException {
    Files.write(
        folder.resolve("keras.npz"),
        snel.runtime.data.Npz.toBytes(
            java.util.Map.of(
                "conv/kernel", snel.runtime.data.NumberArray.of(new double[] {1, 2}, 1, 1, 1, 2),
                "fc/kernel",
                    snel.runtime.data.NumberArray.of(new double[] {1, 10, 100, 1000}, 4, 1))));
    String text =
        """
        import std.neurons.unit.Rectified.{Rectified, Linear, Shown, Weighted}
        network Cnn {
          input image : real[1, 2, 4]
          population x : Shown[1, 2, 4](value: image)
          population c : Rectified[2, 2, 4]
          population p : Linear[2, 1, 2]
          population f : Linear[4]
          population y : Linear[1]
          population z : Linear[1]
          connect x -> c.x as k  conv([1, 1])  weight 0  synapse Weighted
          connect c -> p.x  pool([2, 2])  weight 1 / 4  synapse Weighted
          connect p -> f.x  one_to_one  weight 1  synapse Weighted
          connect p -> y.x as d  all  weight 0  synapse Weighted
          connect f -> z.x as g  all  weight 0  synapse Weighted
        }
        experiment same on Cnn {
          step 1 ms; seed 1
          numerics f64
          load npz("keras.npz", map: [("conv", k), ("fc", d), ("fc", g)], scale: none)
          present image = [[[1, 2, 3, 4], [5, 6, 7, 8]]] for 6 ms
          report pooled = y.v[0], flat = z.v[0]
        }
        """;
    assertEquals(11623.5, run(text, "same", "pooled"));
    assertEquals(11623.5, run(text, "same", "flat"));
  }

  /// Two of 297 pictures are 0.7 %.
  @Test
  void spikesLoseNextToNothingInSixteenSteps() throws IOException {
    String calibrate = "calibrate: digits8x8.train";
    String subtract = digits("Converted[64](drive: image / 1 ms)", "Converted", "1 ms", calibrate);
    double analog = run(subtract, "analog", "accuracy");
    assertTrue(analog > 0.9, "" + analog);
    assertEquals(analog, run(subtract, "spiking", "accuracy"), 0.007);
    String half = digits("Converted[64](drive: image / 0.5 ms)", "Converted", "0.5 ms", calibrate);
    assertEquals(
        run(subtract, "spiking", "accuracy"),
        run(half, "spiking", "accuracy"),
        "spikes a step are what counts, not their rate");
    String zero =
        digits("Converted[64](drive: image / 1 ms)", "ConvertedToZero", "1 ms", calibrate);
    assertEquals(analog, run(zero, "spiking", "accuracy"), 0.06);
    String poisson =
        digits(
                "Poisson[64](rate: image * 500 Hz)",
                "Converted",
                "1 ms",
                "peak: 500 Hz, scale: data, " + calibrate)
            .replace("16 * 1 ms", "100 * 1 ms");
    assertEquals(analog, run(poisson, "spiking", "accuracy"), 0.02);
  }

  /// c = 3 a + a, where a is half of what comes in: half of the largest c is a spike in every
  /// second step.
  @ParameterizedTest
  @CsvSource({"scale: data, 500", "scale: model, 500", "scale: none, 1000"})
  void whatGoesPastALayerIsScaledToo(String scale, double spikes) throws IOException {
    Map<String, NumberArray> layers = new LinkedHashMap<>();
    layers.put("first.w", NumberArray.of(new double[] {0.5}, 1, 1));
    layers.put("second.w", NumberArray.of(new double[] {3}, 1, 1));
    Files.write(folder.resolve("skip.npz"), Npz.toBytes(layers));
    Files.writeString(folder.resolve("seen.csv"), "value\n1\n0.25\n");
    String text =
        """
        import std.neurons.unit.Converted.Converted
        data seen from csv("seen.csv") { image : real[1] = columns(0 .. 0) }
        network Skip {
          input image : real[1]
          population x : Converted[1](drive: image / 1 ms)
          population a : Converted[1]
          population c : Converted[1]
          connect x -> a as first   all         weight 0  instant
          connect a -> c as second  all         weight 0  instant
          connect a -> c as past    one_to_one  weight 1  instant
        }
        experiment half on Skip {
          step 1 ms; seed 1
          load npz("skip.npz", SCALE, calibrate: seen)
          present image = [0.5] for 1000 ms
          report spikes = count(c)
        }
        """;
    assertEquals(spikes, run(text.replace("SCALE", scale), "half", "spikes"), 1);
  }

  /// A spike takes the threshold away, so what makes one is as large.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Converted(V_th: 1)",
        "Converted(V_th: 2.5)",
        "Converted(V_th: 0.1)",
        "IntegrateFire(V_th: 2.5)",
        "Two",
        "Moved",
        "Resting"
      })
  void whatComesIsScaledByWhatASpikeTakes(String cell) throws IOException {
    Map<String, NumberArray> layers = new LinkedHashMap<>();
    layers.put("first.w", NumberArray.of(new double[] {1}, 1, 1));
    layers.put("a.bias", NumberArray.of(new double[] {1}, 1));
    layers.put("second.w", NumberArray.of(new double[] {1}, 1, 1));
    Files.write(folder.resolve("net.npz"), Npz.toBytes(layers));
    String text =
        """
        import std.neurons.unit.Converted.Converted
        import std.neurons.unit.IntegrateFire
        neuron Adding {
          plastic state bias : frequency = 0
          state v : real = 0
          v' = bias
          receive syn(w : real) { v += w }
        }
        neuron Two extends Adding { spike when v >= 2.5 and v > 0; reset { v -= 2.5 } }
        neuron Moved extends Adding { spike when v - 2.5 >= 0; reset { v -= 2.5 } }
        neuron Resting extends Adding { param E_L = -70; state v : real = -70; spike when v >= -50; reset { v -= 20 } }
        network Net {
          input image : real[1]
          population x : Converted[1](drive: image / 1 ms)
          population a : CELL
          population b : CELL
          connect x -> a as first  all  weight 0  instant
          connect a -> b as second  all  weight 0  instant
        }
        experiment half on Net {
          step 1 ms; seed 1
          load npz("net.npz", map: [("first", first), ("second", second)BIAS], scale: model)
          present image = [0.5] for 1000 ms
          report spikes = count(b)
        }
        """;
    String cells = cell.contains("(") ? cell.replace("(", "[1](") : cell + "[1]";
    String bias = cell.startsWith("IntegrateFire") ? "" : ", (\"a.bias\", a.bias)";
    double spikes = run(text.replace("CELL", cells).replace("BIAS", bias), "half", "spikes");
    assertEquals(bias.isEmpty() ? 500 : 750, spikes, 1);
  }

  @Test
  void aNetworkThatIsNoStackIsRefusedWithEveryReason() throws IOException {
    String text =
        digits("Converted[64](drive: image / 1 ms)", "Converted", "1 ms", "scale: model")
            .replace(
                "  connect h -> y as w2  all  weight 0  instant\n",
                "  connect h -> y as w2  all  weight 0  instant\n"
                    + "  connect h -> h  all  weight 0\n")
            .replace("x -> h as w1  all ", "x -> h as w1  bernoulli(20 %) ");
    Path file = folder.resolve("program.snn");
    Files.writeString(file, text);
    CommandLineRun run = CommandLineRun.of("run", file.toString(), "convert");
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.err().contains("error[E0607]"), run.err());
    assertTrue(run.err().contains("for 2 reasons"), run.err());
    assertTrue(run.err().contains("is part of a cycle"), run.err());
    assertTrue(run.err().contains("a rule that layers do not have"), run.err());
  }
}
