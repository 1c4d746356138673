package snel.runtime.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import snel.runtime.data.CsvOptions;
import snel.runtime.data.CsvReader;
import snel.runtime.data.DataFile;
import snel.runtime.data.Table;
import snel.runtime.measure.Histogram;
import snel.runtime.readout.Response;
import snel.runtime.readout.Ridge;
import snel.runtime.readout.Tally;

/// A report of every kind of figure, from real digits and a simulated cell.
final class SampleReport {
  private static final double DURATION = 1_000;
  private final SplittableRandom random = new SplittableRandom(7);
  private final Table digits =
      CsvReader.read(
          DataFile.at(Path.of("../stdlib/src/main/resources/std/data/digits8x8.csv")),
          CsvOptions.withoutHeader());

  Report report() {
    Figure.Spikes excitatory = spikes("E", 800, 9);
    Figure.Spikes inhibitory = spikes("I", 200, 14);
    Tally tally = tally();
    return new Report("evaluate", "digits.snn · network Digits · seed 42 · step 0.5 ms · 12.4 s")
        .result("accuracy", Html.number(100 * tally.accuracy()) + " %")
        .result("rate.E", "9.02 Hz")
        .result("rate.I", "14.1 Hz")
        .result("synaptic operations", Html.number(12_345_678))
        .put(
            "raster",
            new Figure.Raster("Spikes", "time (ms)", 0, DURATION, List.of(excitatory, inhibitory)))
        .put("rates", rates(excitatory, inhibitory))
        .put("traces", traces())
        .put(
            "weights",
            new Figure.Images("feed.w: what each neuron looks at", 20, 8, 8, images(), "mV"))
        .put("learning", learning())
        .put("curve", curve())
        .put("theta", histogram())
        .put(
            "systems",
            new Figure.Ranges(
                "Accuracy of each",
                "accuracy (%)",
                List.of(
                    new Figure.Range("one", 80, 78, 83, 91),
                    new Figure.Range("the other", 72, 72, 72, Double.NaN))))
        .put(
            "energy",
            new Figure.Points(
                "Accuracy and energy",
                "energy (nJ)",
                "accuracy (%)",
                List.of(new Figure.Point("one", 30, 80), new Figure.Point("the other", 4e3, 72))))
        .put("confusion", new Figure.Confusion("digit", classes(), tally.confusion()))
        .put("sweep", heatMap())
        .put("map", new Figure.Images("Rate of each cell", 1, 40, 60, List.of(wave(40, 60)), "Hz"))
        .put("layers", table())
        .put("operations", operations())
        .put("manifest", manifest());
  }

  private Figure.Spikes spikes(String name, int neurons, double rate) {
    int steps = (int) (DURATION * 10);
    double[] times = new double[(int) (neurons * rate * DURATION / 1_000 * 2) + 100];
    int[] ids = new int[times.length];
    int count = 0;
    for (int n = 1; n <= steps; n++) {
      double wave = 1 + 0.8 * Math.sin(2 * Math.PI * n / 800.0);
      for (int i = 0; i < neurons; i++) {
        if (random.nextDouble() < rate * wave * 1e-4) {
          times[count] = n * 0.1;
          ids[count++] = i;
        }
      }
    }
    return new Figure.Spikes(
        name, 0, neurons, Arrays.copyOf(times, count), Arrays.copyOf(ids, count));
  }

  private static Figure rates(Figure.Spikes... populations) {
    List<Figure.Line> lines = new ArrayList<>();
    double[] centres = IntStream.range(0, 200).mapToDouble(b -> 5 * b + 2.5).toArray();
    for (Figure.Spikes spikes : populations) {
      double[] rate = new double[200];
      for (double time : spikes.times()) {
        rate[Math.min(199, (int) (time / 5))] += 1_000 / 5.0 / spikes.neurons();
      }
      lines.add(new Figure.Line(spikes.name(), centres, rate));
    }
    return new Figure.Lines("Rates", "time (ms)", "rate (Hz)", lines, false);
  }

  /// Three leaky integrate-and-fire cells with a noisy current.
  private Figure traces() {
    List<Figure.Line> lines = new ArrayList<>();
    double[] times = IntStream.range(0, 30_000).mapToDouble(n -> n * 0.01).toArray();
    for (int cell = 0; cell < 3; cell++) {
      double[] v = new double[times.length];
      double potential = -65;
      for (int n = 0; n < v.length; n++) {
        double current = 15 + 2 * cell + 40 * (random.nextDouble() - 0.5);
        potential += 0.01 / 20 * (-65 - potential + current);
        if (potential > -50.5) {
          potential = -65;
        }
        v[n] = potential;
      }
      lines.add(new Figure.Line("E[" + cell + "].v", times, v));
    }
    return new Figure.Lines("Membrane potentials", "time (ms)", "potential (mV)", lines, false);
  }

  private List<double[]> images() {
    List<double[]> images = new ArrayList<>();
    for (int row = 0; row < 100; row++) {
      images.add(pixels(row));
    }
    return images;
  }

  private double[] pixels(int row) {
    double[] pixels = new double[64];
    for (int i = 0; i < 64; i++) {
      pixels[i] = digits.number(row, i) / 16;
    }
    return pixels;
  }

  private static Figure learning() {
    double[] shown = IntStream.rangeClosed(1, 30).mapToDouble(k -> k * 500).toArray();
    double[] accuracy = Arrays.stream(shown).map(n -> 0.85 - 0.75 * Math.exp(-n / 3_000)).toArray();
    return new Figure.Lines(
        "Accuracy over time",
        "presentations",
        "accuracy",
        List.of(new Figure.Line("accuracy(digit)", shown, accuracy)),
        true);
  }

  private static Figure curve() {
    double[] few = {10, 25, 50, 100};
    double[] many = {5, 10, 20, 40, 80, 160};
    return new Figure.Lines(
        "Accuracy by duration",
        "duration (ms)",
        "accuracy",
        List.of(
            new Figure.Line("float", few, new double[] {0.62, 0.85, 0.93, 0.95}),
            new Figure.Line("int8", many, new double[] {0.3, 0.58, 0.8, 0.9, 0.93, 0.94})),
        true);
  }

  private Figure histogram() {
    double[] values = random.doubles(5_000).map(u -> 20 - 4 * Math.log(1 - u)).toArray();
    Histogram histogram = Histogram.of(values, 40);
    return new Figure.Bars("E.theta", "threshold (mV)", histogram.edges(), histogram.counts());
  }

  private Tally tally() {
    Ridge ridge = new Ridge(64, 10, 1e-2);
    for (int row = 0; row < 1_500; row++) {
      ridge.fit(Response.of(pixels(row)), (long) digits.number(row, 64));
    }
    Tally tally = new Tally(10);
    for (int row = 1_500; row < 1_797; row++) {
      tally.add(
          ridge.predict(Response.of(pixels(row))),
          (long) digits.number(row, 64),
          Tally.Scored.UNKNOWN,
          new Tally.Cost(0, 0));
    }
    return tally;
  }

  private static List<String> classes() {
    return IntStream.range(0, 10).mapToObj(String::valueOf).toList();
  }

  private static Figure heatMap() {
    double[] g = {3, 4, 4.5, 5, 6, 8};
    double[] eta = {0.9, 1, 1.5, 2, 4};
    double[][] rate = new double[eta.length][g.length];
    for (int r = 0; r < eta.length; r++) {
      for (int c = 0; c < g.length; c++) {
        rate[r][c] = g[c] < 4 ? 330 - 20 / eta[r] : 40 * eta[r] / (g[c] - 3);
      }
    }
    rate[0][5] = Double.NaN;
    return new Figure.HeatMap("Rate (Hz)", "Brunel.g", g, "Brunel.eta", eta, rate);
  }

  private static double[] wave(int rows, int columns) {
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(i % columns / 6.0) * Math.cos(i / columns / 5.0);
    }
    return values;
  }

  private static Figure table() {
    return new Figure.Table(
        "Layers",
        List.of("population", "neurons", "rate", "mean CV"),
        List.of(
            List.of("L2/3 E", "20\u202f683", "0.86 Hz", "0.84"),
            List.of("L2/3 I", "5\u202f834", "2.8 Hz", "0.92"),
            List.of("L4 E", "21\u202f915", "4.45 Hz", "0.91")));
  }

  private static Figure operations() {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("synaptic operations", 12_345_678L);
    facts.put("dense operations", 987_654_321L);
    facts.put("part of the dense ones", 0.0125);
    return new Figure.Facts("Operations", facts, false);
  }

  private static Figure manifest() {
    var parameters = new LinkedHashMap<String, Object>();
    parameters.put("Digits.N", "200");
    parameters.put("learn.eta", "0.05");
    var facts = new LinkedHashMap<String, Object>();
    facts.put("snel", "0.1.0");
    facts.put("source_sha256", "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed");
    facts.put("seed", 42L);
    facts.put("parameters", parameters);
    facts.put("command", List.of("snel", "run", "digits.snn", "<evaluate>"));
    facts.put("data", Map.of());
    return new Figure.Facts("Manifest", facts, true);
  }
}
