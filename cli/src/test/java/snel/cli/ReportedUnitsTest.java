package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.record.ResultLine;

/// Reported values in the units that they have, worked out by hand: a cell that spikes in every
/// tenth step of 1 ms, for 500 ms.
class ReportedUnitsTest {
  private static final String PROGRAM =
      """
      let slow = 4 ms
      neuron Clock { state n : int = 0; every dt { n += 1 }; spike when n >= 10; reset { n = 0 } }
      network Net { param base = 50 Hz, width = 2 mV; population P : Clock[2] }
      experiment e on Net {
        step 1 ms; seed 1
        param long = 500 ms
        let usual = 50 Hz
        run long
        let times = 500 ms / 20 ms
        report relative = rate(P) / usual, spikes = rate(P) * long, ratio = 2 s / 1 ms, of_slow = 1 / slow
        report square = width^2, seconds = long / 1 s, usual, base, more = base + 0 Hz, share = 5 %, twice = 2 * 5 %
        report slope = 3 mV / slow, "{times} {usual}"
        report lengths = [usual, 2 * usual], counts = [count(P), 2], heights = [1, 2] * 1 V
        report often = count(P) / 500 ms, each_often = P.count / 500 ms, apart = 1 / rate(P)
        report root = sqrt(rate(P) * 4 * rate(P)), unknown = rate(P) / rate(P)
        for each in [10 Hz, 20 Hz] { report "at {each}" }
      }
      """;

  @TempDir private Path folder = Path.of("");
  private Path program = Path.of("");

  @BeforeEach
  void write() throws IOException {
    program = folder.resolve("units.snn");
    Files.writeString(program, PROGRAM);
  }

  @Test
  void productsAndQuotientsHaveUnitsOfTheirOwn() {
    CommandLineRun run =
        CommandLineRun.of(
            "run", program.toString(), "e", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    ResultLine line = ResultLine.parse("the line", run.out().strip());
    Map<String, Object> found = line.results();
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("relative", "2.0"),
            Map.entry("spikes", "50.0"),
            Map.entry("ratio", "2000.0"),
            Map.entry("of_slow", "250.0 Hz"),
            Map.entry("often", "200.0 Hz"),
            Map.entry("each_often", "[100.0, 100.0] Hz"),
            Map.entry("apart", "10.0 ms"),
            Map.entry("root", "200.0 Hz"),
            Map.entry("unknown", "1.0"),
            Map.entry("square", "4.0 mV^2"),
            Map.entry("seconds", "0.5"),
            Map.entry("usual", "50.0 Hz"),
            Map.entry("base", "50.0 Hz"),
            Map.entry("more", "50.0 Hz"),
            Map.entry("share", "5.0 %"),
            Map.entry("twice", "10.0 %"),
            Map.entry("slope", "0.75 mV/ms"),
            Map.entry("lengths", "[50.0, 100.0] Hz"),
            Map.entry("counts", "[100, 2.0]"),
            Map.entry("heights", "[1.0, 2.0] V"));
    ShownResults.assertShown(line, expected);
    assertEquals("25 50 Hz", found.get("\"{times} {usual}\""), found.toString());
  }

  /// Weights are in the unit of their own type, whatever the port takes that they are delivered to.
  @Test
  void weightsHaveTheUnitsOfTheirTypes() throws IOException {
    Files.writeString(
        program,
        """
        neuron Cell { state f : frequency = 0 Hz; state leak : 1/time = 3 / 1 s; f' = -f * leak; receive rate(r : frequency) { f += r } }
        neuron Clock { every dt { }; spike when false }
        synapse Scaled { weight w : real; on pre { deliver w * 1 Hz } }
        synapse Conducted { weight g : conductance; on pre { deliver g * 1 mV / 1 pA * 1 Hz } }
        network Net {
          population A : Clock[2]
          population B : Cell[2]
          connect A -> B.rate as plain      all  weight 2       synapse Scaled
          connect A -> B.rate as conducting all  weight 3 nS    synapse Conducted
          connect A -> B.rate as frequent   all  weight 4 Hz
        }
        experiment e on Net {
          step 1 ms; seed 1; numerics f64
          run 2 ms
          report plain = mean(plain.w), conducting = mean(conducting.g), frequent = mean(frequent.w), leak = B.leak
        }
        """);
    CommandLineRun run =
        CommandLineRun.of(
            "run", program.toString(), "e", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    ShownResults.assertShown(
        ResultLine.parse("the line", run.out().strip()),
        Map.of(
            "plain", "2.0", "conducting", "3.0 nS", "frequent", "4.0 Hz", "leak", "[3.0, 3.0] Hz"));
  }

  /// What experiments report comes in its unit to a sweep, as the values of its axes do.
  @Test
  void resultsInSweepsHaveUnits() throws IOException {
    Files.writeString(
        program,
        """
        neuron Clock { state n : int = 0; every dt { n += 1 }; spike when n >= 10; reset { n = 0 } }
        network Net { param pause : time = 1 s; population P : Clock[2] }
        experiment e on Net {
          step 1 ms; seed 1
          run 500 ms
          report length = 6 s, levels = [1 V, 2 V], rate = rate(P), spikes = count(P), many = [3, 4]
        }
        sweep s over Net.pause in [1 s, 2 s] {
          run e
          report ratio = e.length / Net.pause, sum = e.length + Net.pause, second = e.levels[1]
          report levels = e.levels, expected = e.rate * Net.pause, spikes = e.spikes, last = e.many[1]
          expect e.length == 6 s and e.levels[0] == 1 V
          expect e.rate in 99 Hz .. 101 Hz
        }
        """);
    CommandLineRun run =
        CommandLineRun.of(
            "run", program.toString(), "s", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    List<String> lines = run.out().strip().lines().toList();
    ResultLine line = ResultLine.parse("the line", lines.getLast());
    Map<String, String> expected =
        Map.of(
            "ratio", "3.0",
            "sum", "8.0 s",
            "second", "2.0 V",
            "levels", "[1.0, 2.0] V",
            "expected", "200.0",
            "spikes", "100.0",
            "last", "4.0");
    ShownResults.assertShown(line, expected);
    assertEquals(4, line.expectations().passed());
  }

  /// Parameters that no experiment assigns, and what comes from data, are shown as they are
  /// written.
  @Test
  void parametersAndFieldsHaveUnits() throws IOException {
    Files.writeString(folder.resolve("rows.csv"), "1,2\n3,4\n");
    Files.writeString(
        program,
        """
        neuron Cell {
          param tau = 0.02 s, gain : real, level : voltage, few = [1 nA, 2 nA]
          let half : time = tau / 2
          state v : voltage = 0 mV
          v' = -v / tau
          spike when v > 1 V
          reset { v = 0 mV }
        }
        network Net { population E : Cell[2](tau: 30 ms, gain: 2, level: 4 V) }
        data rows from csv("rows.csv") {
          height : voltage = column(0) * 1 V
          both   : current[2] = columns(0 .. 1) * 0.5 nA
          plain  : real = column(1)
        }
        experiment e on Net {
          step 1 ms; seed 1
          run 1 ms
          report tau = E.tau, one = E[1].tau, gain = E.gain, level = E.level, half = E.half
          for row in rows | take(1) { report height = row.height, both = row.both, plain = row.plain }
          report heights = rows.height
        }
        """);
    CommandLineRun run =
        CommandLineRun.of(
            "run", program.toString(), "e", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    ResultLine line = ResultLine.parse("the line", run.out().strip());
    Map<String, String> expected =
        Map.of(
            "tau", "0.03 s",
            "one", "0.03 s",
            "gain", "2.0",
            "level", "4.0 V",
            "half", "15.0 ms",
            "height", "1.0 V",
            "both", "[0.5, 1.0] nA",
            "plain", "2.0",
            "heights", "[1.0, 3.0] V");
    ShownResults.assertShown(line, expected);
  }

  /// Functions and powers of what is known when compiled, and powers of what is measured.
  @Test
  void functionsAndPowersHaveUnits() throws IOException {
    Files.writeString(
        program,
        """
        neuron Clock { state n : int = 0; every dt { n += 1 }; spike when n >= 10; reset { n = 0 } }
        network Net { population P : Clock[2] }
        experiment e on Net {
          step 1 ms; seed 1
          let half = 1 / 2
          let high = 4 V
          run 500 ms
          report root = sqrt(4 V * 9 V), end = to_step(1 s), above = relu(high)
          report by_power = (high * high)^half, inverse = (2 mV)^-1, square = (2 mV)^(1 + 1)
          report scaled = exp(0) * high, below = sign(-2 V) * 3 V, steps = floor(2.5) * 1 s
          report sized = size([1, 2]) * 3 ms, least = min(infinity, high), plain = sqrt(4)
          report measured = (rate(P) * rate(P))^half
        }
        """);
    CommandLineRun run =
        CommandLineRun.of(
            "run", program.toString(), "e", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    ResultLine line = ResultLine.parse("the line", run.out().strip());
    Map<String, String> expected =
        Map.ofEntries(
            Map.entry("root", "6000.0 mV"),
            Map.entry("end", "1.0 s"),
            Map.entry("above", "4.0 V"),
            Map.entry("by_power", "4000.0 mV"),
            Map.entry("inverse", "0.5 mV^-1"),
            Map.entry("square", "4.0 mV^2"),
            Map.entry("scaled", "4.0 V"),
            Map.entry("below", "-3.0 V"),
            Map.entry("steps", "2.0 s"),
            Map.entry("sized", "6.0 ms"),
            Map.entry("least", "4.0 V"),
            Map.entry("plain", "2.0"),
            Map.entry("measured", "100.0 Hz"));
    ShownResults.assertShown(line, expected);
  }

  @Test
  void histogramsAreOfValuesInTheirUnit() throws IOException {
    Files.writeString(
        program,
        """
        neuron Late { state lag : time = uniform(2 ms, 8 ms); state v : real = 0; v' = -v / lag; spike when v > 1; reset { v = 0 } }
        network Net { population P : Late[9] }
        experiment e on Net {
          step 1 ms; seed 1
          run 5 ms
          report lags = histogram(P.lag), levels = histogram([1 V, 2 V]), counts = histogram(P.count)
        }
        """);
    CommandLineRun run =
        CommandLineRun.of(
            "run", program.toString(), "e", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    List<String> axes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      Path page = files.filter(file -> file.endsWith("report.html")).findFirst().orElseThrow();
      Matcher axis =
          Pattern.compile("horizontal&quot;:&quot;(.*?)&quot;").matcher(Files.readString(page));
      while (axis.find()) {
        axes.add(axis.group(1));
      }
    }
    assertEquals(List.of("lags (ms)", "levels (V)", "counts"), axes);
  }
}
