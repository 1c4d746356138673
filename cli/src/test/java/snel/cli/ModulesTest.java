package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.record.ResultLine;

/// Constants, functions and data sets of files that are imported as a whole.
class ModulesTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Path lab = Files.createDirectory(folder.resolve("lab"));
    Files.writeString(
        lab.resolve("consts.snn"),
        """
        let base = 3
        let tau = 5 ms
        let high = 2 V
        let list = [4, 5, 6]
        let edges = csv("edges.csv", header: true)
        function twice(x : real) : real = 2 * x
        function above(x : real, y : real = base) : real = twice(x) + y
        data rows from csv("rows.csv") { height : voltage = column(0) * 1 V }
        """);
    Files.writeString(lab.resolve("edges.csv"), "from,to,weight\n0,1,2\n1,0,3\n");
    Files.writeString(lab.resolve("rows.csv"), "7\n8\n");
  }

  private CommandLineRun run(String program) throws IOException {
    Path file = Files.writeString(folder.resolve("program.snn"), program);
    return CommandLineRun.of(
        "run", file.toString(), "e", "--out", folder.toString(), "--format", "json");
  }

  @Test
  void namesOfModulesStandInModelsNetworksAndExperiments() throws IOException {
    CommandLineRun run =
        run(
            """
            import lab.consts as k
            import lab
            import std.encode as enc
            neuron Cell {
              param tau = k.tau
              state v : real = k.base
              v' = (k.base - v) / tau
              integrate v by exact
              receive syn(w : real) { v += k.twice(w) }
            }
            let power = (2 V)^(k.base - 1)
            network Net {
              input a : spikes[2]
              population E : Cell[k.base - 1]
              connect a -> E.syn as f  edges_of(k.edges, from: "from", to: "to")  weight edge.weight
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              var i = 1
              present a = [[], [k.twice(1) * 1 ms]] for 3 ms
              report v = E.v, power = power, high = k.high, list = k.list, element = k.list[i]
              report deep = lab.consts.above(2), live = k.above(E[1].v, y: 0)
              report moved = enc.moved([[1, 2], [3, 4]], 1, 0)
              for row in k.rows | take(1) { report height = row.height }
            }
            """);
    assertEquals(0, run.exit(), run.out() + run.err());
    ResultLine line = ResultLine.parse("the line", run.out().strip());
    // 3 (rest) + 2 * 3 (the edge from 1 to 0) that decays for one step of 1 ms with 5 ms
    double v = 3 + 6 * Math.exp(-0.2);
    Map<String, String> expected =
        Map.of(
            "v", "[" + v + ", 3.0]",
            "power", "4000000.0 mV^2",
            "high", "2.0 V",
            "list", "[4.0, 5.0, 6.0]",
            "element", "5.0",
            "deep", "7.0",
            "live", "6.0",
            "moved", "[0.0, 0.0, 1.0, 2.0]",
            "height", "7.0 V");
    ShownResults.assertShown(line, expected);
  }

  /// One of each kind that a program imports: it does the same under another name.
  @Test
  void otherNames() throws IOException {
    String program =
        """
        import std.data.iris as Flowers
        import std.encode.{Latency as Early, averaged as Meant}
        import std.neurons.unit.IntegrateFire as Cell
        import std.rules.PairStdp as Pairs
        import std.synapses.Static as Plain
        import std.decode.{MaxCount as Most, Ridge as Straight}
        import std.train.FirstSpikeTime as When
        import std.train.surrogates.{triangle as Tent}
        network Net {
          input f : real[4]
          population x : Early[4](value: f, window: 10 ms)
          population o : Cell[3](V_th: 1)
          population came : When[3]
          connect x -> o  all  weight uniform(0.3, 0.7)  instant  synapse Pairs(w_max: 1)
          connect x -> o  all  weight uniform(0.3, 0.7)  instant  synapse Plain
          connect o -> came.spike  one_to_one  weight 1
          readout most : Most(o)
          readout straight : Straight(o.count, classes: 3)
        }
        network Trained {
          input f : real[4]
          population x : Early[4](value: f, window: 10 ms)
          population o : Cell[3](V_th: 1)
          connect x -> o  all  weight uniform(0.3, 0.7)  instant
        }
        experiment learn on Trained {
          step 1 ms; seed 1
          train by bptt(surrogate: Tent(height: 0.5)) with adam(0.01)
          for batch in Flowers.train | take(20) | batch(5) {
            reset all
            present f = batch.features for 12 ms
            minimise cross_entropy(max_over_time(o.v), batch.label)
          }
        }
        experiment e on Net {
          step 1 ms; seed 1
          for flower in Flowers.train | take(10) {
            reset all
            present f = flower.features for 12 ms
            fit straight to flower.label
          }
          freeze all
          for flower in Flowers.test {
            reset all
            present f = flower.features for 12 ms
            score most against flower.label
            score straight against flower.label
          }
          report accuracy(most), accuracy(straight), came = came.time, mean = Meant([[1, 2], [3, 4]], side: 2)
        }
        """;
    Map<String, String> names =
        Map.of(
            "Flowers", "iris",
            "Early", "Latency",
            "Meant", "averaged",
            "Cell", "IntegrateFire",
            "Pairs", "PairStdp",
            "Most", "MaxCount",
            "Straight", "Ridge",
            "When", "FirstSpikeTime",
            "Tent", "triangle",
            "Plain", "Static");
    String plain = program.replaceAll(" as \\w+", "");
    for (Map.Entry<String, String> name : names.entrySet()) {
      plain = plain.replaceAll("\\b" + name.getKey() + "\\b", name.getValue());
    }
    for (String experiment : List.of("learn", "e")) {
      Map<String, Object> results = results(plain, experiment);
      assertEquals(experiment.equals("e") ? 4 : 1, results.size());
      assertEquals(results, results(program, experiment));
    }
  }

  private Map<String, Object> results(String program, String experiment) throws IOException {
    Path file = Files.writeString(folder.resolve("named.snn"), program);
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            file.toString(),
            experiment,
            "--fresh",
            "--out",
            folder.toString(),
            "--format",
            "json");
    assertEquals(0, run.exit(), run.out() + run.err());
    return ResultLine.parse("the line", run.lastLine()).results();
  }

  /// The same weights as with the surrogate imported by its name.
  @Test
  void surrogatesOfModules() throws IOException {
    String program =
        """
        import %s
        import std.neurons.unit.Lif
        network Net {
          input a : spikes[2]
          population h : Lif[1]
          connect a -> h.syn as f  all  weight 2 - pre.index  instant
        }
        experiment e on Net {
          step 1 ms; seed 1; numerics f64
          train by bptt(surrogate: %s) with adam(0.1)
          repeat 2 times {
            reset all; present a = [[1 ms, 2 ms], [2 ms]] for 5 ms
            minimise mean((h.count - 4)^2)
          }
          report f.w
        }
        """;
    CommandLineRun one = run(program.formatted("std.train.surrogates.arctan", "arctan(alpha: 3)"));
    CommandLineRun other =
        run(program.formatted("std.train.surrogates as s", "s.arctan(alpha: 3)"));
    assertEquals(0, one.exit(), one.out() + one.err());
    assertEquals(0, other.exit(), other.out() + other.err());
    assertEquals(weights(one), weights(other));
    assertNotEquals("[2.0, 1.0]", weights(one));
  }

  private static String weights(CommandLineRun run) {
    return Objects.toString(ResultLine.parse("the line", run.out().strip()).results().get("f.w"));
  }

  /// What is called so nearer by is meant.
  @Test
  void namesOfOnesOwnGoBeforeModules() throws IOException {
    CommandLineRun run =
        run(
            """
            import lab.consts as k
            neuron Cell { param k = 2; state v : real = k }
            network Net { population E : Cell[1] }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 1 ms
              report v = E.v, base = k.base
            }
            """);
    assertEquals(0, run.exit(), run.out() + run.err());
    Map<String, Object> results = ResultLine.parse("the line", run.out().strip()).results();
    assertEquals("2.0", Objects.toString(results.get("v")));
    assertEquals("3.0", Objects.toString(results.get("base")));
  }

  @Test
  void whatModulesHaveIsCheckedAsWhatIsImported() throws IOException {
    CommandLineRun run =
        run(
            """
            import lab.consts as k
            network Net { population E : Cell[1] }
            neuron Cell { state v : real = 0 }
            experiment e on Net {
              step 1 ms; seed 1
              run 1 ms
              report E.v, k.twice(1 V), k.twice(1, 2), k.thrice(1), k.base(1), k.high + k.base
            }
            """);
    assertEquals(1, run.exit());
    for (String code : new String[] {"E0205", "E0213", "E0120", "E0217", "E0201"}) {
      assertTrue(run.out().contains("\"" + code + "\""), code + " of " + run.out());
    }
  }
}
