package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.data.DataFile;
import snel.runtime.data.Npy;
import snel.runtime.data.Npz;
import snel.runtime.data.NumberArray;

/// ONNX graphs as they are and with spikes, against onnxruntime (networks/make_networks.py): values
/// that are cut off at 6 (ReLU6), layers in a row.
class ConvertedGraphsTest {
  private static final Path NETWORKS =
      Path.of("../runtime/src/test/resources/snel/runtime/convert/networks");

  private static final String ANALOG =
      """
      import std.neurons.unit.Rectified.{RectifiedTo, Linear, Shown, Weighted, Strongest}
      network Net {
        input image : real[1, 4, 4]
        population x : Shown[1, 4, 4](value: image)
        population c : RectifiedTo[3, 4, 4]
        population p : Linear[3, 2, 2]
        population h : RectifiedTo[8]
        population y : Linear[3]
        connect x -> c.x as k   conv([3, 3], padding: 1)  weight 0  synapse Weighted
        connect c -> p.x as q   pool([2, 2])              weight 1  synapse Strongest
        connect p -> h.x as w1  all                       weight 0  synapse Weighted
        connect h -> y.x as w2  all                       weight 0  synapse Weighted
      }
      experiment same on Net {
        step 1 ms; seed 1
        numerics f64
        load onnx("cut_off.onnx", scale: none)
        let picture = npy("picture.npy")
        present image = picture for 6 ms
        report v0 = y.v[0], v1 = y.v[1], v2 = y.v[2]
      }
      """;

  private static final String SPIKING =
      """
      import std.neurons.unit.Converted.{Converted, Largest, Counted}
      data seen from npy("pictures.npy") { image : real[1, 4, 4] = columns(0 .. 15) }
      network Net {
        input image : real[1, 4, 4]
        population x : Converted[1, 4, 4](drive: image / 1 ms)
        population c : Converted[3, 4, 4]
        population p : Largest[3, 2, 2]
        population h : Converted[8]
        population y : Converted[3](V_th: infinity, v: 0)
        connect x -> c as k   conv([3, 3], padding: 1)  weight 0  instant
        connect c -> p as q   pool([2, 2])              weight 1  instant  synapse Counted
        connect p -> h as w1  all                       weight 0  instant
        connect h -> y as w2  all                       weight 0  instant
      }
      experiment same on Net {
        step 1 ms; seed 1
        load onnx("cut_off.onnx", maximum: [q], SCALE)
        let picture = npy("picture.npy")
        present image = picture for 4_000 ms
        report v0 = y.v[0], v1 = y.v[1], v2 = y.v[2]
      }
      """;

  @TempDir private Path folder = Path.of("");

  /// A full layer makes fewer numbers of what comes, and another one more, without a `Relu`
  /// between.
  private static final String ROW =
      """
      import std.neurons.unit.Rectified.{Rectified, Linear, Shown, Weighted}
      import std.neurons.unit.Converted.Converted
      network Net {
        input values : real[4]
        population x : Shown[4](value: values)
        population h : Rectified[5]
        population y : Linear[3]
      JOINED
        connect h -> y.x as w3  all  weight 0  synapse Weighted
      }
      experiment same on Net {
        step 1 ms; seed 1
        numerics f64
        load onnx("row.onnx", scale: noneMAP)
        let picture = npy("picture.npy")
        present values = picture for 6 ms
        report v0 = y.v[0], v1 = y.v[1], v2 = y.v[2]
      }
      """;

  private static double[] known(String name) {
    var values = Npz.read(DataFile.at(NETWORKS.resolve("values.npz")));
    return Objects.requireNonNull(values.get(name)).toDoubles();
  }

  private CommandLineRun run(String text) throws IOException {
    for (String model : List.of("cut_off.onnx", "row.onnx")) {
      Files.copy(NETWORKS.resolve(model), folder.resolve(model));
    }
    try (var out = Files.newOutputStream(folder.resolve("picture.npy"))) {
      NumberArray picture =
          text.contains("row.onnx")
              ? NumberArray.of(Arrays.copyOf(known("row.x"), 4), 4)
              : NumberArray.of(Arrays.copyOf(known("cut_off.x"), 16), 1, 4, 4);
      Npy.write(picture, out);
    }
    try (var out = Files.newOutputStream(folder.resolve("pictures.npy"))) {
      Npy.write(NumberArray.of(known("cut_off.x"), 2, 16), out);
    }
    Path file = Files.writeString(folder.resolve("program.snn"), text);
    return CommandLineRun.of(
        "run", file.toString(), "--format", "json", "--out", folder.resolve("runs").toString());
  }

  private double[] outputs(String text) throws IOException {
    CommandLineRun run = run(text);
    assertEquals(0, run.exit(), run.out() + run.err());
    double[] found = new double[3];
    for (int k = 0; k < 3; k++) {
      String name = "\"v" + k + "\":";
      String line = run.lastLine();
      String from = line.substring(line.indexOf(name) + name.length());
      found[k] = Double.parseDouble(from.split("[,}]")[0]);
    }
    return found;
  }

  @Test
  void rateNeuronsThatAreCutOffComputeTheSame() throws IOException {
    double[] y = known("cut_off.y");
    double[] v = outputs(ANALOG);
    for (int k = 0; k < 3; k++) {
      assertEquals(y[k], v[k], 1e-5);
    }
  }

  @Test
  void whereValuesAreCutOffIsCompared() throws IOException {
    CommandLineRun run = run(ANALOG.replace("RectifiedTo[8]", "RectifiedTo[8](most: 5)"));
    assertEquals(1, run.exit());
    assertTrue(
        (run.out() + run.err())
            .contains(
                "expected values of `h` that are cut off at 5; found values that are cut off at 6, as"
                    + " by `RectifiedTo` with `most: 6`"),
        run.out() + run.err());
  }

  /// A spike in each step is the most that there is, and stands for no more than 6.
  @ParameterizedTest
  @ValueSource(strings = {"scale: model", "scale: data, calibrate: seen", "calibrate: seen"})
  void spikesSaturateWhereValuesAreCutOff(String scale) throws IOException {
    double[] found = outputs(SPIKING.replace("SCALE", scale));
    Proportional.assertProportional(known("cut_off.y"), found, 0.01);
  }

  /// Either a neuron for each layer, which hands on the sum, or one projection for both.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connect x -> h.x as w1  all  weight 0  synapse Weighted | ''",
        "connect x -> h.x as w1  all  weight 0  synapse Weighted | , map: [(\"1\", w1), (\"3\", w3)]",
        "population m : Linear[2]; connect x -> m.x as w1  all  weight 0  synapse Weighted;"
            + " connect m -> h.x as w2  all  weight 0  synapse Weighted | ''",
      })
  void layersInARowAreOneOrTwo(String joined, String map) throws IOException {
    double[] y = known("row.y");
    double[] v = outputs(ROW.replace("JOINED", joined.replace("; ", "\n")).replace("MAP", map));
    for (int k = 0; k < 3; k++) {
      assertEquals(y[k], v[k], 1e-5);
    }
  }

  @Test
  void spikesDoNotStandForWhatIsBelowZero() throws IOException {
    String joined =
        "connect x -> m as w1 all weight 0 instant; connect m -> h as w2 all weight 0 instant";
    CommandLineRun run =
        run(
            ROW.replace("JOINED", "population m : Converted[2]; " + joined)
                .replace("; ", "\n")
                .replace("step 1 ms\n", "step 1 ms; ")
                .replace("MAP", "")
                .replace("Shown[4](value: values)", "Converted[4](drive: values / 1 ms)")
                .replace("Rectified[5]", "Converted[5]")
                .replace("Linear[3]", "Converted[3](V_th: infinity, v: 0)")
                .replace(
                    "h -> y.x as w3  all  weight 0  synapse Weighted",
                    "h -> y as w3 all weight 0 instant"));
    assertEquals(1, run.exit());
    assertTrue((run.out() + run.err()).contains("values below 0 before"), run.out() + run.err());
  }
}
