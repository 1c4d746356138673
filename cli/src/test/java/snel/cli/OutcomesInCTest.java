package snel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.rng.Philox;
import snel.runtime.rng.Words;

/// What failed expectations say, on the JVM and in C, and what an experiment may record that others
/// start from.
class OutcomesInCTest {
  private static final String PROGRAM =
      """
      neuron Cell { state v : real = 0.5; v' = -v / 10 ms; spike when v > 1; reset { v = 0 } }
      network Net { population A : Cell[2] }
      experiment first on Net {
        step 0.1 ms; seed 1; numerics f64
        record A.v at deliver
        run 0.2 ms
      }
      experiment second on Net from first {
        run 0.1 ms
        let nothing = count(A)
        expect nothing != 0
        expect nothing + 0.1 + 0.2 == 0.3
        expect 1e-7 * (1 + 1e-12) == 1e-7
        expect nothing > 2
      }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void saysTheSame() throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path file = folder.resolve("outcomes.snn");
    Files.writeString(file, PROGRAM);
    List<ProgramRun> onJvm = new JvmProgram(file, Map.of()).runs("second");
    assertEquals(
        List.of(
            "it is 0 instead of other than 0",
            "it is 0.30000000000000004 (0.3) instead of equal to 0.3",
            "it is 1.000000000001e-07 (1e-07) instead of equal to 1e-07",
            "it is 0 instead of more than 2"),
        onJvm.getLast().failures().stream().map(line -> line.replaceAll(".*`: ", "")).toList());
    assertEquals(2, onJvm.getFirst().samples().values().iterator().next().size());
    List<String> arguments = List.of(file.toString(), "second");
    assertEquals(onJvm, CProgram.of(folder.resolve("c"), "-O0", arguments).runs());
  }

  /// Lines that nobody could read are no results.
  @Test
  void resultsThatFindNoRoomAreMissed() throws IOException, InterruptedException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no device that is always full");
    Path file = Files.writeString(folder.resolve("outcomes.snn"), PROGRAM);
    CProgram program = CProgram.of(folder.resolve("c"), "-O0", List.of(file.toString(), "first"));
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(program.folder().resolve("first").toString())
            .redirectOutput(full.toFile())
            .redirectError(said.toFile())
            .start();
    assertEquals(4, process.waitFor());
    assertTrue(Files.readString(said).startsWith("the standard output: "), Files.readString(said));
  }

  /// Conditions of lists: element by element, and all together where one answer is wanted.
  @Test
  void conditionsOfMany() throws IOException {
    ProgramRun run =
        alike(
            """
            function between(x : real, low : real, high : real) : real = if x > low and not (x > high) then x else 0
            function total(x : real) : real = sum(x)
            function nothing(x : real) : real = x - x
            neuron Cell { state v : real = 0.5; v' = -v / 10 ms; spike when v > 1; reset { v = 0 } }
            network Net { population A : Cell[2] }
            experiment e on Net {
              step 0.1 ms; seed 1; numerics f64
              let x = [1, 2, 3] * uniform(2, 2.001)
              expect nothing(uniform(0, 1)) == 0
              expect nothing(nothing(uniform(0, 1)) + uniform(1, 2)) == 0
              run 0.1 ms
              report middle = sum(between(x, 3, 5)), ends = sum(if x < 3 or x > 5 then 1 else 0), total = total(x) + 1
              expect x > 1 and x < 7
              expect x > 3
              expect x > 1 and x > 3
              expect not (x > 1) or x < 7
              expect not (x > 1)
              if x > 1 { report all_of_them = 1 }
              if x > 3 { report not_all = 1 }
              repeat until x > 1 { run 0.1 ms }
            }
            """);
    assertEquals(
        List.of("expect x > 3", "expect x > 1 and x > 3", "expect not (x > 1)"),
        run.failures().stream()
            .map(line -> line.replaceAll("(?s).*`(expect [^`]*)`.*", "$1"))
            .toList());
    assertEquals(List.of(2.0), run.results().get("ends"));
  }

  /// Rows are sorted by delay; values of synapses are listed target by target all the same, and
  /// lists have their unit.
  @Test
  void valuesOfSynapsesWithDelaysOfTheirOwn() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              v' = -v / 10 ms
              receive syn(w : real) { v += w }
              spike when v > 100
              reset { v = 0 }
            }
            synapse Learns { weight w : real; on pre { deliver w; w += 0 } }
            network Net {
              population A : Cell[2]
              population B : Cell[3]
              connect A -> B.syn as h  all
                weight 10 * pre.index + post.index
                delay (1 + mod(2 * (pre.index + post.index), 3)) * 1 ms
                synapse Learns
            }
            experiment e on Net {
              step 1 ms; seed 1
              record h.w every 1 ms
              run 1 ms
              report built = h.w
              h.w = [[1, 2, 3], [4, 5, 6]]
              report assigned = h.w, one = h.w[1, 2], row = h.w[1, ..], last = h.w[.., 2]
              report lengths = [1, 2] * 1 V, listed = [h.w[0, 1] * 1 V, 2 V]
              run 1 ms
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(0.0, 1.0, 2.0, 10.0, 11.0, 12.0), results.get("built"));
    assertEquals(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), results.get("assigned"));
    assertEquals(List.of(6.0), results.get("one"));
    assertEquals(List.of(4.0, 5.0, 6.0), results.get("row"));
    assertEquals(List.of(3.0, 6.0), results.get("last"));
    assertEquals(List.of(1.0, 2.0), results.get("lengths"));
  }

  /// What is listed of connections without self-connections and with written weights, of initial
  /// states that weights read, and of winners.
  @Test
  void valuesOfSynapsesOfAllKinds() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              state twice : real = 2 * v
              input I : real
              v' = (I - v) / 10 ms
              receive syn(w : real) { v += w }
              spike when v > 1
              reset { v = 0 }
            }
            network Net {
              population A : Cell[3](I: 2, v: [0.25, 0.5, 0.75])
                winners first(1, per: image)
              population B : Cell[3]
              population M : Cell[1, 3, 3](I: 2)
              population K : Cell[2, 2, 2]
              connect A -> A.syn as own  all where pre != post  weight [[9, 1, 2], [3, 9, 5], [6, 7, 9]] / 100
              connect A[0 ..< 2] -> A[1 ..< 3].syn as shifted  all where pre != post  weight pre.index + 10 * post.index
              connect A[[0, 2]] -> A[[1, 2]].syn as some  all where pre != post  weight 1
              connect A -> B.syn as pairs  one_to_one  weight [1, 2, 3]
              connect A -> B.syn as late  one_to_one  weight [[1, 0, 0], [0, 2, 0], [0, 0, 3]]  delay (4 - post.index) * 1 ms
              connect A -> B.syn as starts  all  weight pre.twice / 2
              connect A -> B.syn as most  all where pre.v > 0.3  weight 1
              connect M -> K.syn as maps  conv([2, 2])  weight [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              record A.win
              run 10 ms
              report own = own.w, mean_of_own = round(1000 * mean(own.w)), own_row = own.w[1, ..], shifted = shifted.w
              report some = count(some), pairs = pairs.w, late = late.w, starts = starts.w, most = count(most)
              report maps = maps.w, wins = count(A.win), first = first_spike(A.win)
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(0.01, 0.02, 0.03, 0.05, 0.06, 0.07), results.get("own"));
    assertEquals(List.of(40.0), results.get("mean_of_own"));
    assertEquals(List.of(0.03, 0.05), results.get("own_row"));
    assertEquals(List.of(10.0, 20.0, 21.0), results.get("shifted"));
    assertEquals(List.of(3.0), results.get("some"));
    assertEquals(List.of(1.0, 2.0, 3.0), results.get("pairs"));
    assertEquals(List.of(1.0, 2.0, 3.0), results.get("late"));
    List<Double> states = List.of(0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 0.75, 0.75, 0.75);
    assertEquals(states, results.get("starts"));
    assertEquals(List.of(6.0), results.get("most"));
    assertEquals(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0), results.get("maps"));
    assertEquals(List.of(1.0), results.get("wins"));
  }

  /// Every result is there under a name that says which it is: by its arguments, by where a loop
  /// stands, by what a protocol is given.
  @Test
  void resultsOfAKindHaveNamesOfTheirOwn() throws IOException {
    ProgramRun run =
        alike(
            """
            function near(x : real, by : real) : real = x + by
            neuron Cell {
              state v : real = self.index
              v' = 0 * v / 10 ms
              spike when v > 100
              reset { v = 0 }
            }
            network Net {
              population E : Cell[3]
              protocol look(k : int) { run 1 ms; report near(E[k].v, by: 3) }
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 1 ms
              report near(E[1].v, by: 1), near(E[1].v, by: 2), mean(E.v)
              for i in 0 ..< 3 { report E[i].v, "cell {i}" }
              for shift in [0.5, 1.5] { report mean(E.v) + shift }
              var n = 0
              repeat 2 times { report E[n].v * 10; n += 1 }
              for i in 1 .. 2 { do look(i) }
              do look(0)
              for pass in 1 .. 2 { report running = pass, sum(E.v) }
              for k in 1 .. 2 { report 3 * E[k - 1].v }
              n = 0
              repeat 2 times { report E[2 - n].v / 2; n += 1 }
            }
            """);
    Map<String, List<Double>> numbers =
        Map.ofEntries(
            Map.entry("near(E[1].v, by: 1)", List.of(2.0)),
            Map.entry("near(E[1].v, by: 2)", List.of(3.0)),
            Map.entry("mean.E.v", List.of(1.0)),
            Map.entry("E[0].v", List.of(0.0)),
            Map.entry("E[1].v", List.of(1.0)),
            Map.entry("E[2].v", List.of(2.0)),
            Map.entry("mean(E.v) + 0.5", List.of(1.5)),
            Map.entry("mean(E.v) + 1.5", List.of(2.5)),
            Map.entry("E[0].v * 10", List.of(0.0)),
            Map.entry("E[1].v * 10", List.of(10.0)),
            Map.entry("near.E[1].v", List.of(4.0)),
            Map.entry("near.E[2].v", List.of(5.0)),
            Map.entry("near.E[0].v", List.of(3.0)),
            Map.entry("running", List.of(2.0)),
            Map.entry("sum.E.v", List.of(3.0)),
            Map.entry("3 * E[0].v", List.of(0.0)),
            Map.entry("3 * E[1].v", List.of(3.0)),
            Map.entry("E[2].v / 2", List.of(1.0)),
            Map.entry("E[1].v / 2", List.of(0.5)));
    numbers.forEach((name, value) -> assertEquals(value, run.results().get(name), name));
    assertEquals("cell 2", run.results().get("\"cell 2\""));
    assertEquals(numbers.size() + 3, run.results().size(), run.results().keySet().toString());
  }

  /// A range clips what the network itself has, as it clips what neurons have.
  @Test
  void statesOfTheNetworkStayInTheirRanges() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell { state v : real = 0; v' = (1 - v) / 10 ms; spike when v > 100; reset { v = 0 } }
            network Net {
              state x : real in 0 .. 1 = 0.5
              state y : real in -1 .. infinity = 0
              x' = 0.25 / 1 ms
              y' = -0.4 / 1 ms
              population A : Cell[3]
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 1 ms
              report before = x
              run 5 ms
              report top = x, bottom = y
              x = -3
              report assigned = x
              run 1 ms
              report after = x
            }
            """);
    Map<String, Double> expected =
        Map.of("before", 0.75, "top", 1.0, "bottom", -1.0, "assigned", 0.0, "after", 0.25);
    expected.forEach((name, value) -> assertEquals(List.of(value), run.results().get(name), name));
  }

  /// Functions of what is known only when running, against those of Python's `math`.
  @Test
  void everyFunctionOfNumbersIsKnownInExperiments() throws IOException {
    Map<String, Object> results =
        alike(
                """
                network Net { population A : Poisson[1] }
                neuron Poisson { input rate : frequency = 0 Hz; spike at poisson(rate) }
                experiment e on Net {
                  step 1 ms; seed 1; numerics f64
                  var x = 0.3
                  x += 0.2
                  run 1 ms
                  report p = log1p(x), s = asin(x), c = acos(x), t = atan(x), sh = sinh(x), ch = cosh(x)
                  report q = atan2(y: x, x: -2), many = atan2([1, -1] * x, 0.5), whole = atan2(1, 1)
                  report volts = atan2(x * 2 mV, x * 2 V / 1000)
                }
                """)
            .results();
    assertEquals(List.of(0.4054651081081644), results.get("p"));
    assertEquals(List.of(0.5235987755982989), results.get("s"));
    assertEquals(List.of(1.0471975511965979), results.get("c"));
    assertEquals(List.of(0.4636476090008061), results.get("t"));
    assertEquals(List.of(0.5210953054937474), results.get("sh"));
    assertEquals(List.of(1.1276259652063807), results.get("ch"));
    assertEquals(List.of(2.896613990462929), results.get("q"));
    assertEquals(List.of(0.7853981633974483, -0.7853981633974483), results.get("many"));
    assertEquals(List.of(0.7853981633974483), results.get("whole"));
    assertEquals(List.of(0.7853981633974483), results.get("volts"));
  }

  /// Ranges, lists and `..` pick elements of an input that changes while the network runs.
  @Test
  void networksReadPartsOfAnInput() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell { input a : real; state v : real = 0; every dt { v = a } }
            network Net {
              input x : real[4]
              input y : real[2, 3]
              population M : Cell[2](a: mean(x[0 .. 1]))
              population S : Cell[1](a: sum(x[1 ..< 4]) + sum(x[[0, 3]]))
              population R : Cell[1](a: sum(y[1, ..]) + 100 * sum(y[0 .. 1, 2]))
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              present x = [1, 4, 9, 16], y = [[1, 2, 3], [4, 5, 6]] for 3 ms
              report mean = M[1].v, sums = S[0].v, rows = R[0].v
            }
            """);
    Map<String, List<Double>> wanted =
        Map.of("mean", List.of(2.5), "sums", List.of(46.0), "rows", List.of(915.0));
    assertEquals(wanted, run.results());
  }

  /// What is to come after `infinity` never comes, and a run without end ends by its condition.
  @Test
  void afterInfinity() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              state heard : real = 0
              v' = (2 - v) / 10 ms
              receive syn(w : real) { heard += w }
              spike when v > 1
              reset { v = 0 }
            }
            network Net { population A : Cell[2] }
            experiment e on Net {
              step 1 ms; seed 1
              var n = 0
              run 2 ms
              after infinity { n += 1 }
              every infinity { n += 1 }
              send A[0].syn(0.5) after infinity
              run 3 ms
              run infinity until count(A) >= 4
              report n, heard = A.heard, spikes = count(A), never = to_step(infinity)
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(0.0), results.get("n"));
    assertEquals(List.of(0.0, 0.0), results.get("heard"));
    assertEquals(List.of(4.0), results.get("spikes"));
    assertEquals(List.of(Double.POSITIVE_INFINITY), results.get("never"));
  }

  /// What was recorded in the last part of an episode, of a count of the steps.
  @Test
  void lastPartsOfEpisodes() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Clock { state n : real = 0; every dt { n += 1 } }
            network Net { population A : Clock[2] }
            experiment e on Net {
              step 1 ms; seed 1
              run 10 ms
              report whole = mean_over_time(A[0].n), end = mean_over_time(A[0].n, last: 2 ms)
              report least = max_over_time(-A[0].n, last: 3 ms)
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(5.5), results.get("whole"));
    assertEquals(List.of(9.5), results.get("end"));
    assertEquals(List.of(-8.0), results.get("least"));
  }

  /// Four clocks after three steps, and what is asked of them.
  private ProgramRun clocks(String statements) throws IOException {
    return alike(
        """
        neuron Clock { state n : real = 10 * self.index; every dt { n += 1 } }
        network Net { population A : Clock[4] }
        experiment e on Net {
          step 1 ms; seed 1
          run 3 ms
          %s
        }
        """
            .formatted(statements));
  }

  /// Reductions over the neurons of each sample: at step t, neuron i has 10 i + t.
  @Test
  void reductionsOfRecordings() throws IOException {
    ProgramRun run =
        clocks(
            """
            report mean = max_over_time(mean(A.n)), most = mean_over_time(max(A.n) - min(A[1 ..< 4].n))
            report spread = peak(deviation(A.n)), whole = max_over_time(2 * sum(A.n) + 1)
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(18.0), results.get("mean"));
    assertEquals(List.of(20.0), results.get("most"));
    assertEquals(List.of(Math.sqrt(125)), results.get("spread"));
    assertEquals(List.of(145.0), results.get("whole"));
  }

  /// Parts of what was recorded, and of what only a measure asks for: elements that are known when
  /// compiled, or only when running. State and weight are 10 i + j more than the step.
  @Test
  void partsOfRecordings() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Clock {
              state n : real = 10 * self.index
              every dt { n += 1 }
              receive syn(w : real) { n += 0 }
              spike when n > 1000
            }
            synapse Grows { weight w : real; on pre { deliver w }; every 1 ms { w += 1 } }
            network Net {
              population A : Clock[4]
              connect A -> A.syn as f  all  weight 10 * pre.index + post.index  synapse Grows
            }
            experiment e on Net {
              step 1 ms; seed 1
              record A[[3, 1]].n, f.w[1 .. 2, ..], A[1 .. 2].n
              run 3 ms
              var i = 2
              report chosen = peak(A[i].n), known = peak(A[2].n), means = mean_over_time(A[1 .. 2].n)
              for k in [3, 1] { expect peak(A[k].n) == 10 * k + 3 }
              report most = max_over_time(A.n), weight = peak(f.w[1, 2]), row = max_over_time(f.w[2, ..])
              report column = mean_over_time(f.w[.., 3]), other = mean_over_time(f.w[i, i + 1])
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(), run.failures());
    assertEquals(List.of(23.0), results.get("chosen"));
    assertEquals(List.of(23.0), results.get("known"));
    assertEquals(List.of(12.0, 22.0), results.get("means"));
    assertEquals(List.of(33.0, 13.0, 23.0), results.get("most"));
    assertEquals(List.of(15.0), results.get("weight"));
    assertEquals(List.of(23.0, 24.0, 25.0, 26.0), results.get("row"));
    assertEquals(List.of(15.0, 25.0), results.get("column"));
    assertEquals(List.of(25.0), results.get("other"));
  }

  /// After arrivals and before integration, labelled with the start of the step: states of a
  /// network and its parts, shared states, all that synapses own, in rows of any kind.
  @ParameterizedTest
  @ValueSource(strings = {"all", "bernoulli(1) where pre.index < 5"})
  void whatIsRecordedAtDeliver(String rule) throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Sum {
              state n : real = 0
              shared state heard : real = 2
              receive syn(w : real) { n += w; heard += w }
            }
            synapse Later {
              weight w : real
              delay d : time in 0 ms .. 20 ms
              state e : real = 0
              shared state count : real = 0
              e' = -e / 10 ms
              on pre { deliver w; w += 1; e += 1; count += 1; d += 1 ms }
            }
            network Part { state z : real = 1; z' = -z / 10 ms }
            network Net {
              state q : real = 2
              q' = -q / 10 ms
              input a : spikes[2]
              network p : Part
              population A : Sum[1]
              connect a -> A.syn as f  %s  weight 1  delay 1 ms  synapse Later
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              record q, p.z, A.n, A.heard, f.w, f.d, f.e, f.count at deliver
              present a = [[1 ms], [2 ms]] for 4 ms
            }
            """
                .formatted(rule));
    double p = Math.exp(-0.1);
    double[][] expected = {
      {2, 2 * p, 2 * p * p, 2 * p * p * p},
      {1, p, p * p, p * p * p},
      {0, 0, 1, 2},
      {2, 2, 3, 4},
      {1, 1, 1, 1, 2, 1, 2, 2},
      {1, 1, 1, 1, 2, 1, 2, 2},
      {0, 0, 0, 0, 1, 0, p, 1},
      {0, 0, 1, 2}
    };
    List<String> paths = List.of("q", "p.z", "A.n", "A.heard", "f.w", "f.d", "f.e", "f.count");
    for (int k = 0; k < expected.length; k++) {
      List<List<Double>> rows = Objects.requireNonNull(run.samples().get(paths.get(k)));
      assertEquals(List.of(0.0, 1.0, 2.0, 3.0), rows.stream().map(List::getFirst).toList());
      double[] found =
          rows.stream().flatMap(row -> row.stream().skip(1)).mapToDouble(x -> x).toArray();
      assertArrayEquals(expected[k], found, 1e-12, paths.get(k));
    }
  }

  @Test
  void partsOfWhatIsNotRecorded() throws IOException {
    ProgramRun run =
        clocks(
            """
            var i = 3
            report first = mean_over_time(A[0].n), second = mean_over_time(A[1].n)
            report both = mean_over_time(A[0 .. 1].n), chosen = mean_over_time(A[i].n)
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(2.0), results.get("first"));
    assertEquals(List.of(12.0), results.get("second"));
    assertEquals(List.of(2.0, 12.0), results.get("both"));
    assertEquals(List.of(32.0), results.get("chosen"));
  }

  /// Before anything ran nothing has spiked.
  @Test
  void firstSpikesBeforeTheFirstRun() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Clock { state n : int = 0; every dt { n += 1 }; spike when n >= 2; reset { n = 0 } }
            network Net { population A : Clock[2] }
            experiment e on Net {
              step 1 ms; seed 1
              expect first_spike(A) == infinity and A[1].first_spike == infinity
              run 5 ms
              report first = first_spike(A)
            }
            """);
    assertEquals(List.of(), run.failures());
    assertEquals(List.of(2.0), run.results().get("first"));
  }

  /// Constants are rounded as the states are that they stand beside: 0.1 in single precision is not
  /// 0.1 in double.
  @Test
  void constantsBesideStates() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0.3
              v' = -v / 10 ms
              receive syn(w : real) { v += w }
              spike when v > 0.2
              reset { v = 0.25 }
            }
            synapse Grows { weight w : real in 0 .. 0.1; on pre { deliver w; w += 1 } }
            network Net {
              population A : Cell[3]
              connect A -> A.syn as h  all  weight 0.05  synapse Grows
            }
            experiment e on Net {
              step 1 ms; seed 1
              expect A.v == 0.3 and A[0].v >= 0.3 and not (A[0].v > 0.3)
              run 5 ms
              expect h.w in 0 .. 0.1
              expect max(h.w) <= 0.1
              expect h.w[0, 1] == 0.1
              expect h.w[0, 1] > 0.1
            }
            """);
    assertEquals(1, run.failures().size());
  }

  /// What many elements are set to is drawn for each of them.
  @Test
  void drawsForEachElement() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              state seen : real = 0
              input I : real
              v' = -v / 10 ms
              every dt { seen = I }
              receive syn(w : real) { v += w }
              spike when v > 1000
              reset { v = 0 }
            }
            synapse Learns { weight w : real; on pre { deliver w; w += 0 } }
            network Net {
              input image : real[2, 3]
              population A : Cell[6](I: image)
              connect A -> A.syn as h  fixed_indegree(3)  weight 1  synapse Learns
            }
            experiment e on Net {
              step 1 ms; seed 1
              A.v = 10 + uniform(0, 1)
              let spread_of_v = max(A.v) - min(A.v)
              A[[1, 4]].v = 20 + abs(normal(0, 1))
              h.w = 2 + uniform(0, 1) * 3
              let one = uniform(0, 1)
              A[0 ..< 3].v += one - one
              present image = 5 * uniform(0, 1) for 2 ms
              report v = A.v, some = A[[1, 4]].v, w = h.w, seen = A.seen
              expect spread_of_v > 0.1
              expect max(h.w) - min(h.w) > 0.3
              expect min(h.w) > 2 and max(h.w) < 5
              expect max(A.seen) - min(A.seen) > 0.5
              expect min(A[[1, 4]].v) > 16 and A[1].v > A[4].v or A[1].v < A[4].v
            }
            """);
    assertEquals(List.of(), run.failures());
  }

  /// Spikes written as 0 and 1 for each step, and measures in bins: two bins of 5 ms hold 6 spikes
  /// and none.
  @Test
  void binsAndWrittenSteps() throws IOException {
    ProgramRun run =
        alike(
            """
            import std.neurons.Parrot
            network Net {
              input trains : spikes[3]
              population P : Parrot[3]
              connect trains -> P.fire  one_to_one
            }
            experiment e on Net {
              step 1 ms; seed 1
              present trains = [[1, 0, 1], [0, 0, 1], [1, 1, 1]] for 10 ms
              report first = count(P[0]), second = count(P[1]), third = count(P[2])
              report synchrony = synchrony(P, bin: 5 ms), usual = synchrony(P), together = correlation(P, bin: 5 ms)
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(2.0), results.get("first"));
    assertEquals(List.of(1.0), results.get("second"));
    assertEquals(List.of(3.0), results.get("third"));
    assertEquals(List.of(3.0), results.get("synchrony"));
    assertEquals(List.of(1.0), results.get("together"));
  }

  /// A spike at the beginning of an episode belongs to the first bin, in a later one too. The
  /// numbers are those of numpy on the counts 1 0 0 0 0 0 (three times) and 0 1 0 0 0 0.
  @Test
  void theFirstBinHasTheBeginning() throws IOException {
    ProgramRun run =
        alike(
            """
            import std.encode.Poisson
            neuron Source { input at : time = infinity; spike at at }
            network Net {
              population P : Source[4](at: [0 ms, 0 ms, 5 ms, 6 ms])
              population R : Poisson[50](rate: 100 Hz)
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 30 ms
              expect fano_factor(P, bin: 5 ms) == 11 / 6 within 1e-12
              expect correlation(P, bin: 5 ms) == 0.4 within 1e-12
              run 30 ms
              report synchrony = synchrony(R), raster(P, R)
            }
            """);
    assertEquals(List.of(), run.failures());
  }

  /// Names of connections are known before the place where they are declared, in turns of a loop
  /// too. What those who have the weights of others deliver is the same in any order of the text.
  @Test
  void connectionsInAnyOrder() throws IOException {
    String needing =
        """
          connect Y -> B.exc as a  all  tied to transpose(b.w)
          if true { connect X -> C.exc as c  all  tied to b.w }
          for k in 0 .. 1 { connect X -> A.exc as f[k]  all  tied to g[1 - k].w }
          connect q -> b.teacher  one_to_one
        """;
    String needed =
        """
          for k in 0 .. 1 { connect X -> A.exc as g[k]  all  weight 10 * k + 1  synapse Rising }
          connect X -> A.exc as b  all  weight [[1, 2, 3], [4, 5, 6]]  synapse Rising
        """;
    Map<String, Object> results = connected(needing + needed).results();
    assertEquals(connected(needed + needing).results(), results);
    // 1 of the first source, 4 of the second, taught 10, and 1 more with each spike
    assertEquals(List.of(12.0 + 15 + 16, 13.0 + 16 + 17, 14.0 + 17 + 18), results.get("C"));
  }

  private ProgramRun connected(String connections) throws IOException {
    return alike(
        """
        import std.neurons.Parrot
        neuron Sum { state v : real = 0; receive exc(w : real) { v += w } }
        synapse Rising {
          weight w : real
          on pre { deliver w; w += 1 }
          receive teacher of post { w += 10 }
        }
        network Net {
          input p : spikes[2]
          input q : spikes[3]
          population X : Parrot[2]
          population Y : Parrot[3]
          population A : Sum[3]
          population B : Sum[2]
          population C : Sum[3]
          connect p -> X.fire  one_to_one
        """
            + connections
            + """
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              present p = [[1 ms], [2 ms, 3 ms]], q = [[0 ms], [0 ms], [0 ms]] for 8 ms
              report A = A.v, B = B.v, C = C.v, b = b.w
            }
            """);
  }

  /// Lists of constants as parameters and weights: truths, whole numbers, and rows for columns.
  @Test
  void listsOfConstants() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron D {
              param on : bool = false
              param n : int = 0
              param a = 0
              state v : real = 0
              receive exc(w : real) { v += w }
              v' = (if on then n else -a) / 1 ms
            }
            network Net {
              input p : spikes[2]
              population A : D[2](on: [true, false], n: [3, 4], a: [5, 6])
              population B : D[2, 2](a: transpose([[1, 2], [3, 4]]))
              population C : D[2]
              connect p -> C.exc  all  weight transpose([[1, 2], [3, 4]])
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              present p = [[0 ms], []] for 1 ms
              report A = A.v, B = B.v, C = C.v
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(3.0, -6.0), results.get("A"));
    assertEquals(List.of(-1.0, -3.0, -2.0, -4.0), results.get("B"));
    assertEquals(List.of(1.0, 3.0), results.get("C"));
  }

  /// Functions of lists mean the same in a network as in an experiment.
  @Test
  void listFunctionsOnBothSides() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron D { param a = 0; state v : real = a; v' = 0 / 1 ms }
            network Net {
              population A : D[4](a: repeat_each([1, 2], 2))
              population B : D[3](a: one_hot(1, 3))
              population C : D[1](a: linspace(3, 3, 1))
              population E : D[1](a: decay(8, 0.25))
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              let x = uniform(1, 1)
              run 1 ms
              expect sum(abs(A.v - repeat_each([x, 2 * x], 2))) == 0
              expect sum(abs(B.v - one_hot(1, 3))) == 0
              expect sum(linspace(3, 3, 1)) == 3 and sum(C.v) == 3
              expect decay(8 * x, 0.25) == 2 and sum(E.v) == 2
              report A = A.v, B = B.v
            }
            """);
    assertEquals(List.of(), run.failures());
    assertEquals(List.of(1.0, 1.0, 2.0, 2.0), run.results().get("A"));
    assertEquals(List.of(0.0, 1.0, 0.0), run.results().get("B"));
  }

  /// Synapse i of `one_to_one` joins i to i: there is none from 0 to 1.
  @Test
  void synapsesOfOneToOne() throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path file = folder.resolve("pairs.snn");
    Files.writeString(
        file,
        """
        neuron Sum { state v : real = 0; receive exc(w : real) { v += w } }
        synapse Rising {
          weight w : real
          state seen : int = 0
          on pre { deliver w; w += 1; seen += 1 }
        }
        network Net {
          input s : spikes[3]
          population S : Sum[3]
          connect s -> S.exc as g  one_to_one  weight 2 + pre.index  synapse Rising
        }
        experiment e on Net {
          step 1 ms; seed 1
          present s = [[1 ms], [1 ms, 3 ms], [2 ms]] for 5 ms
          expect mean(g.w) == (3 + 5 + 5) / 3 within 1e-6
          expect g.w[1, 1] == 5
          expect g.seen[2, 2] == 1
          expect sum(g.w[0, ..]) == 3
        }
        """);
    List<ProgramRun> onJvm = new JvmProgram(file, Map.of()).runs("e");
    assertEquals(List.of(), onJvm.getFirst().failures());
    List<String> arguments = List.of(file.toString(), "e");
    assertEquals(onJvm, CProgram.of(folder.resolve("c"), "-O0", arguments).runs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"report x = g.w[0, 1]", "record g.w[0, k]"})
  void aPairWithoutASynapseIsNamed(String statement) throws IOException {
    refusedAlike(
        """
        neuron Sum { state v : real = 0; receive exc(w : real) { v += w } }
        network Net {
          input s : spikes[3]
          population S : Sum[3]
          connect s -> S.exc as g  one_to_one  weight 2
        }
        experiment e on Net {
          step 1 ms; seed 1
          var k = 1
          %s
          run 5 ms
        }
        """
            .formatted(statement),
        "`g` has no synapse from neuron 0 to neuron 1");
  }

  /// A read-out that goes on from an experiment that fitted it is fitted.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ResponseLabels(A, classes: 2)     | response labels were
          Ridge(A.v, classes: 2)            | a ridge read-out was
          """)
  void readOutsWantToBeFitted(String readOut, String which) throws IOException {
    String program =
        """
        neuron Cell { state v : real = 0; v' = 1 / 3 ms; spike when v > 1; reset { v = 0 } }
        network Net { population A : Cell[2]; readout kind : %s }
        experiment fits on Net { step 1 ms; seed 1; run 9 ms; fit kind to 1 }
        experiment e on Net%s run 9 ms; score kind against 1; report accuracy(kind) }
        """;
    refusedAlike(
        program.formatted(readOut, " { step 1 ms; seed 1;"),
        which + " scored before anything was fitted");
    assertEquals(
        Map.of("accuracy", List.of(1.0)),
        alike(program.formatted(readOut, " from fits {")).results());
  }

  @Test
  void supportVectorMachinesWantToBeFitted() throws IOException {
    refusedAlike(
        """
        neuron Cell { state v : real = 0; v' = 1 / 3 ms; spike when v > 1; reset { v = 0 } }
        network Net { population A : Cell[2]; readout kind : LinearSvm(A.spiked, classes: 2) }
        experiment e on Net { step 1 ms; seed 1; run 9 ms; score kind against 1; report accuracy(kind) }
        """,
        "a support vector machine was scored before anything was fitted");
  }

  @Test
  void featuresOfARidgeAreIndependent() throws IOException {
    refusedAlike(
        """
        neuron Cell { state v : real = 0; v' = 1 / 3 ms; spike when v > 1; reset { v = 0 } }
        network Net { population A : Cell[2]; readout kind : Ridge(A.v, classes: 2, penalty: 0) }
        experiment e on Net { step 1 ms; seed 1; run 9 ms; fit kind to 1; report kind.label }
        """,
        "the features of a ridge read-out depend on one another");
  }

  private void refusedAlike(String program, String said) throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path file = folder.resolve("refused.snn");
    Files.writeString(file, program);
    CommandLineRun onJvm =
        CommandLineRun.of("run", file.toString(), "e", "--out", folder.resolve("runs").toString());
    assertEquals(1, onJvm.exit(), onJvm.err());
    assertTrue(onJvm.err().contains(said), onJvm.err());
    CProgram.Ended inC =
        CProgram.of(folder.resolve("c"), "-O0", List.of(file.toString(), "e")).run();
    assertEquals(1, inC.exit());
    assertTrue(inC.err().contains(said), inC.err());
  }

  /// What is assigned to a parameter is known only while the experiment runs: its range is checked
  /// then.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          f.eta = 0.75 * k       | `f.eta` cannot be 1.5: its range is 0 .. 1
          A.gain = 8 mV * k + dv | `A.gain` cannot be 24 mV: its range is 1 mV .. 20 mV
          A.th = [1, 3] * k      | `A.th` cannot be 6: its range is 0 .. 5
          drive += k             | `drive` cannot be 4: its range is 0 .. 3
          A.share = k / 2        | `A.share` cannot be 1: its range is 0 ..< 1
          """)
  void aParameterStaysInItsRange(String assignment, String said) throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path file = folder.resolve("range.snn");
    Files.writeString(
        file,
        """
        neuron Cell {
          param th : real in 0 .. 5 = 1
          param gain : voltage in 1 mV .. 20 mV = 10 mV
          param share : real in 0 ..< 1 = 0
          state v : real = 0
          state u : voltage = 0 mV
          v' = (2 - share - v) / 10 ms
          u' = (gain - u) / 10 ms
          receive syn(w : real) { v += w }
          spike when v > th
          reset { v = 0 }
        }
        synapse Learns {
          param eta : real in 0 .. 1 = 0.1
          weight w : real
          on pre { deliver w; w += eta }
        }
        network Net {
          param drive : real in 0 .. 3 = 1
          population A : Cell[2]
          population B : Cell[1](v: 0.1 * drive)
          connect A -> A.syn as f  all  weight 0.1  synapse Learns
        }
        experiment e on Net {
          step 1 ms; seed 1
          var dv = 0 mV
          for k in 1 .. 2 { %s; run 1 ms; dv = 8 mV }
        }
        """
            .formatted(assignment));
    CommandLineRun onJvm =
        CommandLineRun.of("run", file.toString(), "--out", folder.resolve("runs").toString());
    assertEquals(1, onJvm.exit(), onJvm.err());
    assertTrue(onJvm.err().contains("error[E0919]: " + file + ":27: " + said), onJvm.err());
    CProgram.Ended inC =
        CProgram.of(folder.resolve("c"), "-O0", List.of(file.toString(), "e")).run();
    assertEquals(1, inC.exit());
    assertTrue(inC.err().contains(said), inC.err());
  }

  /// Stamped 1.5 ms, on neuron 1 alone; then none at all.
  @Test
  void aNeuronMayHaveNoSpikes() throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path file = folder.resolve("silent.snn");
    Files.writeString(
        file,
        """
        neuron Sum { state v : real = 0; receive exc(w : real) { v += w } }
        network Net {
          input s : spikes[3]
          population S : Sum[3]
          connect s -> S.exc  one_to_one  weight 2
        }
        experiment e on Net {
          step 0.5 ms; seed 1
          present s = [[], [1.5 ms], []] for 5 ms
          report one = S.v
          let silent = [[], [], []]
          present s = silent for 5 ms
          present s = [[], [], [0 ms, 1 ms]] for 5 ms
          report two = S.v
        }
        """);
    List<ProgramRun> onJvm = new JvmProgram(file, Map.of()).runs("e");
    assertEquals(List.of(0.0, 2.0, 0.0), onJvm.getFirst().results().get("one"));
    assertEquals(List.of(0.0, 2.0, 4.0), onJvm.getFirst().results().get("two"));
    List<String> arguments = List.of(file.toString(), "e");
    assertEquals(onJvm, CProgram.of(folder.resolve("c"), "-O0", arguments).runs());
  }

  @Test
  void parametersAreOnesOwnWhereAnAssignmentMakesThemSo() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              param tau = 10 ms
              param k = uniform(0, 1)
              param bias = 0.5 * self.index
              state v : real = 1
              state q : real = 0
              v' = -v / tau
              every dt { q = bias }
              receive exc(w : real) { v += w }
              spike when v > 1e9
              reset { v = 0 }
            }
            synapse Drifting { param k = 0.1; weight w : real; on pre { deliver w }; every 1 ms { w += k } }
            network Net {
              population E : Cell[3]
              connect E -> E.exc as f  one_to_one  weight lognormal(2, 0.5)  synapse Drifting
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              report drawn = E.k
              f.k = 0
              E[1].tau = 100 ms
              E[2].bias = 7
              run 5 ms
              report first = E.v, q = E.q
              E.tau = [1 ms, 2 ms, 4 ms]
              E.v = 1
              run 5 ms
              report second = E.v
              E.tau = uniform(5 ms, 15 ms)
              report spread = max(E.tau) - min(E.tau)
            }
            """);
    List<?> drawn = list(run, "drawn");
    assertEquals(3, Set.copyOf(drawn).size(), drawn.toString());
    assertClose(run, "first", Math.exp(-0.5), Math.exp(-0.05), Math.exp(-0.5));
    assertClose(run, "q", 0, 0.5, 7);
    assertClose(run, "second", Math.exp(-5), Math.exp(-2.5), Math.exp(-1.25));
    assertNear(run, "spread", 4.5, 5.5); // from 1 to 10 ms
  }

  /// Nine steps begin at 0.4 to 1.2 ms, after 0.3 ms, the first that ends after 0.6 ms does so at
  /// 0.7 ms, and 1.3 ms come no more than 0.3 ms after 1 ms.
  @ParameterizedTest
  @ValueSource(strings = {"f32", "f64"})
  void timesAreWholeStepsRoundedOnce(String numerics) throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Late {
              state x : real = 0
              x' = (if t > 0.3 ms then 1 else 0) / dt
              spike when t > 0.6 ms
              refractory 21 s
            }
            neuron Given { input at : time = infinity; spike at at }
            neuron Hearing {
              receive syn(w : real) {}
              spike when t >= 1.3 ms
              refractory 21 s
            }
            synapse Near {
              weight w : real
              state near : real = 0
              on post { if since(pre) <= 0.3 ms { near += 1 } }
            }
            network Net {
              population A : Late[1]
              population X : Given[1]
              population Y : Hearing[1]
              connect X -> Y.syn as s  all  weight 1  synapse Near
            }
            experiment e on Net {
              step 0.1 ms; seed 1; numerics %s
              present X.at = 1 ms for 1.3 ms
              report after = A.x, first = first_spike(A), near = s.near
            }
            """
                .formatted(numerics));
    assertEquals(
        Map.of("after", List.of(9.0), "first", List.of(0.7), "near", List.of(1.0)), run.results());
  }

  /// Inputs of encoders are those of the instant at which the step begins: of 0 to 4 ms, while `1 -
  /// t` is over 0.95, and of the three steps that begin before 0.3 ms. Each presentation begins
  /// with 0.
  @Test
  void encodersFollowTimeAndStatesWithoutDelay() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Given { input at : time; spike at at }
            neuron Poisson { input rate : 1/time; spike at poisson(rate) }
            neuron Rising { state v : real = 0; v' = 1 / 1 ms }
            network Net {
              state s : real = 1
              s' = -1 / 1 ms
              population A : Given[1](at: 1 ms * floor(t / 1 ms + 0.001))
              population B : Given[1](at: if s > 0.95 then t else infinity)
              population D : Rising[1]
              population C : Given[1](at: if D.v < 0.25 then t else infinity)
              population E : Poisson[1](rate: if t < 0.3 ms then 10 kHz else 0 Hz)
            }
            experiment e on Net {
              step 0.1 ms; seed 1; numerics f64
              record E.spikes
              run 5 ms
              report a = count(A), b = count(B), c = count(C), e = count(E)
              run 1 ms
              report again = count(E), first = first_spike(A)
            }
            """);
    var wanted = Map.of("a", 5.0, "b", 1.0, "c", 3.0, "e", 3.0, "again", 3.0, "first", 0.0);
    wanted.forEach((name, value) -> assertEquals(List.of(value), run.results().get(name), name));
  }

  /// On a grid of 2 x 3 each target but those of the last column has a source to its right, in each
  /// of 2 rows; only the upper row has one below; and all offsets together are those of an axis
  /// each, times the length of the other.
  @Test
  void offsetsStandInConditionsProbabilitiesAndArguments() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Given { input at : time = 0 ms; spike at at }
            neuron Acc { state z : real = 0; receive syn(w : real) { z += w } }
            synapse Scaled { param k : real = 0; weight w : real; on pre { deliver w * k } }
            network Net {
              population S : Given[2, 3]
              population A : Acc[2, 3]
              population B : Acc[2, 3]
              population C : Acc[2, 3]
              connect S -> A  all where offset.x == 1  weight 1
              connect S -> B  bernoulli(if offset.y == 1 then 1 else 0)  weight 1
              connect S -> C  all  weight 1  synapse Scaled(k: 10 * offset.y + offset.x)
            }
            experiment e on Net {
              step 1 ms; seed 1
              run 1 ms
              report a = A.z, b = B.z, c = C.z
            }
            """);
    assertEquals(List.of(2.0, 2.0, 0.0, 2.0, 2.0, 0.0), run.results().get("a"));
    assertEquals(List.of(3.0, 3.0, 3.0, 0.0, 0.0, 0.0), run.results().get("b"));
    assertEquals(List.of(36.0, 30.0, 24.0, -24.0, -30.0, -36.0), run.results().get("c"));
  }

  /// What follows integration is at the end of the step, as the stamp of its spike and `since` are.
  @Test
  void timesThatHandlersNoteAreThoseOfTheirSpikes() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              state arrived : time = -1 ms
              state sent : time = -1 ms
              state told : time = -1 ms
              state ticked : time = -1 ms
              receive syn(w : real) { v += w; arrived = t }
              spike when v > 0.5
              reset { v = 0; sent = t }
              on spike { told = t }
              every 4 ms { ticked = t }
            }
            synapse Noting {
              weight w : real
              state arrived : time = -1 ms
              state followed : time = -1 ms
              state apart : time = -1 ms
              on pre { deliver w; arrived = t }
              on post { followed = t; apart = since(pre) }
            }
            network Net {
              input tick : spikes[1]
              population A : Cell[1]
              population B : Cell[1]
              connect tick -> A.syn      one_to_one  weight 1
              connect A -> B.syn as f  one_to_one  weight 1  delay 2 ms  synapse Noting
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 5 ms
              present tick = [[2 ms]] for 10 ms
              report arrived = A.arrived
              report sent = A.sent, told = A.told, ticked = A.ticked, after = B.sent
              report first = A.first_spike, second = B.first_spike
              report here = f.arrived, followed = f.followed, apart = f.apart
            }
            """);
    assertClose(run, "arrived", 2);
    assertClose(run, "sent", 3);
    assertClose(run, "told", 3);
    assertClose(run, "first", 3);
    assertClose(run, "ticked", 7); // 12 ms after the beginning
    assertClose(run, "here", 5);
    assertClose(run, "after", 6);
    assertClose(run, "second", 6);
    assertClose(run, "followed", 6);
    assertClose(run, "apart", 1);
  }

  @Test
  void drawsHaveTheMeanAndDeviationThatAreWritten() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              param unread = uniform(1, 2)
              state v : real = 0
              receive exc(w : real) { v += w }
              spike when v > 9
              reset { v = 0 }
            }
            network Net {
              population A : Cell[100]
              population B : Cell[100]
              connect A -> B.exc as h  all  weight lognormal(2, 0.5)
              connect A -> B.exc as g  all  weight gamma(mean: 2, sd: 0.5)
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              report unread = mean(A.unread)
              report h = mean(h.w), h2 = mean((h.w - 2)^2), g = mean(g.w), g2 = mean((g.w - 2)^2)
              h.w = lognormal(2, 0.5)
              report later = mean(h.w), later2 = mean((h.w - 2)^2)
            }
            """);
    assertNear(run, "unread", 0.1, 1.5);
    for (String mean : List.of("h", "g", "later")) {
      assertNear(run, mean, 0.02, 2);
      assertNear(run, mean + "2", 0.02, 0.25);
    }
  }

  private static void assertClose(ProgramRun run, String name, double... wanted) {
    assertNear(run, name, 1e-9, wanted);
  }

  private static void assertNear(ProgramRun run, String name, double by, double... wanted) {
    double[] found = list(run, name).stream().mapToDouble(x -> (double) x).toArray();
    assertArrayEquals(wanted, found, by, name);
  }

  private static List<?> list(ProgramRun run, String name) {
    return (List<?>) Objects.requireNonNull(run.results().get(name), name);
  }

  /// Ranges clip what states start with and what an experiment assigns: a delay that is too long
  /// for its ring among them.
  @Test
  void rangesClip() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Source { input at : time = infinity; spike at at }
            neuron Acc {
              state v : real in 0 .. 3 = 5
              state q : real in 0 .. 1 = self.index - 3
              state o : real in 2 .. infinity = 1
              state late : time = -1 ms
              receive exc(w : real) { v += w; late = t }
              spike when v > 1e9; reset { v = 0 }
            }
            synapse D {
              weight w : real in 0 .. 2
              delay d : time in 0 ms .. 5 ms
              state s : real in 0 .. 1 = 7
              on pre { deliver w }
            }
            network Net {
              population X : Source[1](at: 2 ms)
              population A : Acc[1]
              connect X -> A.exc as f  all  weight 1  delay 3 ms  synapse D
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              report v = A.v, q = A.q, o = A.o, s = f.s
              let x = 10 * uniform(1, 1.5)
              A.v = x
              A.o = 0 * x
              report high = A.v, raised = A.o
              A.v = 0
              f.d = 100 ms; f.w = 5; f.s += 3
              run 20 ms
              report d = f.d, w = f.w, more = f.s, heard = A.v, late = A.late
              f.d = -3 ms; f.w = x; f.w -= 100
              run 1 ms
              report back = f.d, none = f.w
            }
            """);
    Map<String, List<Double>> wanted =
        Map.ofEntries(
            Map.entry("v", List.of(3.0)),
            Map.entry("q", List.of(0.0)),
            Map.entry("o", List.of(2.0)),
            Map.entry("s", List.of(1.0)),
            Map.entry("high", List.of(3.0)),
            Map.entry("raised", List.of(2.0)),
            Map.entry("d", List.of(5.0)),
            Map.entry("w", List.of(2.0)),
            Map.entry("more", List.of(1.0)),
            Map.entry("heard", List.of(2.0)),
            Map.entry("late", List.of(7.0)),
            Map.entry("back", List.of(0.0)),
            Map.entry("none", List.of(0.0)));
    assertEquals(wanted, run.results());
  }

  /// `reset all` leaves a plastic state of the network as it is, and `freeze` holds it.
  @Test
  void plasticStatesOfNetworksAreKeptAndHeld() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Follower { input a : real; state v : real = 0; v' = (a - v) / 10 ms }
            network Net {
              input z : real
              plastic state b : real = 0.25
              state s : real = 0.25
              b' = z / 10 ms
              s' = z / 10 ms
              population y : Follower[2](a: b + s)
            }
            experiment e on Net {
              step 1 ms; seed 3; numerics f64
              present z = 1 for 10 ms
              report grown = floor(100 * b + 0.5), beside = floor(100 * s + 0.5)
              reset all
              report kept = floor(100 * b + 0.5), anew = floor(100 * s + 0.5)
              freeze b
              present z = 1 for 10 ms
              report held = floor(100 * b + 0.5), moved = floor(100 * s + 0.5)
              unfreeze b
              present z = 1 for 10 ms
              report free = floor(100 * b + 0.5)
            }
            """);
    Map<String, List<Double>> wanted =
        Map.of(
            "grown", List.of(125.0),
            "beside", List.of(125.0),
            "kept", List.of(125.0),
            "anew", List.of(25.0),
            "held", List.of(125.0),
            "moved", List.of(125.0),
            "free", List.of(225.0));
    assertEquals(wanted, run.results());
  }

  /// `reset` of a projection clears what its synapses hold; spikes on their way arrive after it, at
  /// 6, 8 and 10 ms, and traces jump then, whether all delays are one or each synapse has its own.
  @Test
  void whatIsOnItsWayArrivesAfterAReset() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              v' = -v / 10 ms
              receive syn(w : real) { v += w }
              spike when v > 100
              reset { v = 0 }
            }
            synapse Sees {
              weight w : real
              trace x of pre tau 10 ms
              trace s of pre tau 10 ms set 1
              trace n of pre window 4 ms
              state sum : real = 0
              state set_to : real = 0
              state stamps : real = 0
              state last : real = 0
              state arrived : real = 0
              on pre { deliver w; arrived += 1 }
              every 1 ms { sum = x; set_to = s; stamps = n; last = min(since(pre) / 1 ms, 99) }
            }
            network Net {
              input a : spikes[1]
              population B : Cell[2]
              connect a -> B.syn as f  all  weight 1  delay 3 ms  synapse Sees
              connect a -> B.syn as g  all  weight 1  delay (3 + 2 * post.index) * 1 ms  synapse Sees
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              present a = [[1 ms, 5 ms]] for 6 ms
              reset f, g
              report f0 = f.arrived, g0 = g.arrived
              run 3 ms
              report f1 = floor(1e6 * f.sum), g1 = floor(1e6 * g.sum), n1 = f.stamps, m1 = g.stamps
              run 3 ms
              report f2 = floor(1e6 * f.sum), g2 = floor(1e6 * g.sum), n2 = f.stamps, m2 = g.stamps
              report s2 = floor(1e6 * g.set_to), last_f = f.last, last_g = g.last, g_arrived = g.arrived
            }
            """);
    double once = Math.floor(1e6 * Math.exp(-0.1));
    double later = Math.floor(1e6 * Math.exp(-0.4));
    double twice = Math.floor(1e6 * (Math.exp(-0.6) + Math.exp(-0.2)));
    Map<String, List<Double>> wanted =
        Map.ofEntries(
            Map.entry("f0", List.of(0.0, 0.0)),
            Map.entry("g0", List.of(0.0, 0.0)),
            Map.entry("f1", List.of(once, once)),
            Map.entry("g1", List.of(once, Math.floor(1e6 * Math.exp(-0.3)))),
            Map.entry("n1", List.of(1.0, 1.0)),
            Map.entry("m1", List.of(1.0, 1.0)),
            Map.entry("f2", List.of(later, later)),
            Map.entry("g2", List.of(later, twice)),
            Map.entry("n2", List.of(0.0, 0.0)),
            Map.entry("m2", List.of(0.0, 1.0)),
            Map.entry("s2", List.of(later, Math.floor(1e6 * Math.exp(-0.2)))),
            Map.entry("last_f", List.of(4.0, 4.0)),
            Map.entry("last_g", List.of(4.0, 2.0)),
            Map.entry("g_arrived", List.of(1.0, 2.0)));
    assertEquals(wanted, run.results());
  }

  /// What is assigned behind the last `run` is part of the state that the experiment leaves.
  @Test
  void assignmentsBehindTheLastRunAreLeft() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              param gain = 2
              state v : real = 0
              v' = (gain - v) / 10 ms
              receive syn(w : real) { v += w }
              spike when v > 1
              reset { v = 0 }
            }
            network Net {
              population A : Cell[3]
              connect A -> A.syn as f  all  weight 0.1
            }
            experiment e on Net {
              step 1 ms; seed 1
              run 10 ms
              A.v = 0.5
              f.w = 0.25
              A.gain = 3
              report v = A.v
            }
            """);
    assertEquals(List.of(0.5, 0.5, 0.5), run.results().get("v"));
    assertNotEquals(run.hashes().getLast(), run.last());
  }

  /// Neuron k is driven by k: 10 ms of v' = (k - v) / 10 ms bring 0, 0.63, 1.26, 1.90. Of the two
  /// over 1 the last is first to be there, and wins.
  @Test
  void whoHasSpikedOrWonInTheLatestEpisode() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              input a : real
              state v : real = 0
              v' = (a - v) / 10 ms
              spike when v > 1
              reset { v = 0 }
            }
            network Net {
              population E : Cell[4]
                winners first(1, per: image)
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              present E.a = [0, 1, 2, 3] for 10 ms
              report spiked = E.spiked, won = E.won, part = E[1 .. 2].spiked
              if E[3].spiked and E[3].won { report last = 1 }
              for k in 0 .. 3 { if E[k].spiked { report "neuron {k}" } }
              present E.a = 0 for 10 ms
              report quiet = E.spiked, lost = E.won
            }
            """);
    Map<String, Object> wanted =
        Map.of(
            "spiked", List.of(0.0, 0.0, 1.0, 1.0),
            "won", List.of(0.0, 0.0, 0.0, 1.0),
            "part", List.of(0.0, 1.0),
            "last", List.of(1.0),
            "\"neuron 2\"", "neuron 2",
            "\"neuron 3\"", "neuron 3",
            "quiet", List.of(0.0, 0.0, 0.0, 0.0),
            "lost", List.of(0.0, 0.0, 0.0, 0.0));
    assertEquals(wanted, run.results());
  }

  /// A bright square of 2 x 2 has 32 places of edges; whether its maps fit is known when it is
  /// read.
  @Test
  void picturesFromFilesAreEncoded() throws IOException {
    double[][] square = new double[6][6];
    for (int[] bright : new int[][] {{2, 2}, {2, 3}, {3, 2}, {3, 3}}) {
      square[bright[0]][bright[1]] = 1;
    }
    Files.write(folder.resolve("square.npy"), BinaryFiles.npy(square));
    Files.write(
        folder.resolve("rows.npy"),
        BinaryFiles.npy(
            new double[][] {
              new double[36], Stream.of(square).flatMapToDouble(DoubleStream::of).toArray()
            }));
    ProgramRun run =
        alike(
            """
            import std.encode.{oriented_edges, averaged}
            data rows from npy("rows.npy") { image : real[6, 6] = columns(0 .. 35) }
            neuron Cell { input x : real; state v : real = 0; every dt { v = x } }
            network Net {
              input edges : real[8, 6, 6]
              population E : Cell[8, 6, 6](x: edges)
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              let square = npy("square.npy")
              report quarter = sum(averaged(square, side: 3))
              present edges = oriented_edges(square) for 1 ms
              report of_file = sum(E.v), right = sum(E.v[0, .., ..])
              present edges = oriented_edges(rows.image[1]) for 1 ms
              report of_record = sum(E.v)
              present edges = oriented_edges(rows.image[0]) for 1 ms
              report of_none = sum(E.v)
            }
            """);
    Map.of("quarter", 4 / 9.0, "of_file", 32.0, "right", 4.0, "of_record", 32.0, "of_none", 0.0)
        .forEach((name, value) -> assertEquals(List.of(value), run.results().get(name), name));
  }

  /// All digits, as `snel run --format json` has them.
  @Test
  void listsAreNotRounded() throws IOException {
    ProgramRun run =
        alike(
            """
            network Net { state x : real = 1; x' = 0 / 1 ms }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 1 ms
              var n = 3
              report thirds = [x / n, 2 * x / n, n], in_unit = [x / n * 1 ms, n * 1 ms]
              report mixed = (x / n, "third", -1e-7 * x), nested = [[x / n, n], [1, 2 * x / n]]
            }
            """);
    assertEquals(List.of(1 / 3.0, 2 / 3.0, 3.0), run.results().get("thirds"));
    assertEquals(List.of(1 / 3.0, 3.0), run.results().get("in_unit"));
    assertEquals("(0.3333333333333333, third, -1.0E-7)", run.results().get("mixed"));
  }

  /// First weights are clipped when they are made: what bounds them is there before, whether it is
  /// assigned later, differs from synapse to synapse or starts anew at `reset`.
  @Test
  void whatBoundsFirstWeightsIsThereBefore() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              receive syn(w : real) { v += w }
              spike when v > 100
              reset { v = 0 }
            }
            synapse Held {
              param low = 0.25, top = 1
              weight w : real in low .. top
              on pre { deliver w; w += 0.5 }
            }
            synapse Apart {
              param top = 0.2 * pre.index
              weight w : real in 0 .. top
              on pre { deliver w; w += 0.5 }
            }
            synapse Moving {
              shared state top : real = 0.375
              weight w : real in 0 .. top
              on pre { deliver w; w += 0.5 }
            }
            network Net {
              input a : spikes[3]
              population B : Cell[1]
              connect a -> B.syn as held  all  weight 0.5 * pre.index  synapse Held
              connect a -> B.syn as apart  all  weight 0.3  synapse Apart
              connect a -> B.syn as moving  all  weight 0.3 * pre.index  synapse Moving
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 1 ms
              report held = held.w, apart = apart.w, moving = moving.w
              held.top = 0.75
              held.low = 0
              present a = [[0 ms], [0 ms], [0 ms]] for 1 ms
              report later = held.w
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(0.25, 0.5, 1.0), results.get("held"));
    assertEquals(List.of(0.0, 0.2, 0.3), results.get("apart"));
    assertEquals(List.of(0.0, 0.3, 0.375), results.get("moving"));
    assertEquals(List.of(0.75, 0.75, 0.75), results.get("later"));
  }

  /// What is given to an input of values starts it, whether the network is a part or stands alone.
  @Test
  void argumentsSetInputs() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell { input x : real; state v : real = 0; every dt { v += x } }
            network Net {
              input one : real = 1
              input each : real[2]
              population A : Cell[2](x: one)
              population B : Cell[2](x: each)
            }
            experiment e on Net(one: 3, each: [4, 5]) {
              step 1 ms; seed 1
              run 2 ms
              report given = A.v, listed = B.v
              present one = 10 for 1 ms
              report presented = A.v
            }
            """);
    assertEquals(List.of(6.0, 6.0), run.results().get("given"));
    assertEquals(List.of(8.0, 10.0), run.results().get("listed"));
    assertEquals(List.of(16.0, 16.0), run.results().get("presented"));
  }

  /// Sums of rounded milliseconds differ where times are the same: 3 · 0.1 ms is not 0.3 ms in
  /// double precision. Of 40 pairs of spikes, each 3 steps apart, none is missed.
  @Test
  void timesAreComparedInSteps() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              state now : int = 0, at_most : int = 0
              state seen : real = 0
              input back : real
              receive fire { v += 2 }
              every dt {
                if t == 0.7 ms { now += 1 }
                if since(spike) <= 0.3 ms { at_most += 1 }
                seen = back
              }
              spike when v > 1
              reset { v = 0 }
            }
            synapse Later {
              weight w : real
              transmit if pre.first_spike == min(post.first_spike + 0.3 ms, 100 ms) then w else 0
            }
            network Net {
              input a : spikes[1]
              input b : spikes[1]
              population A : Cell[1]
              population B : Cell[1]
              connect a -> A.fire  all
              connect b -> B.fire  all
              connect B -> A.back  all  weight 1  synapse Later
            }
            experiment e on Net {
              step 0.1 ms; seed 1; numerics f64
              var later = 0
              for n in 1 .. 40 {
                reset all
                present a = [[n * 0.1 ms]], b = [[n * 0.1 ms + 0.3 ms]] for 6 ms
                later += A[0].seen
              }
              report later = later, now = A.now, at_most = A.at_most
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(40.0), results.get("later"));
    assertEquals(List.of(1.0), results.get("now"));
    // `every dt` runs 1, 2 and 3 steps after the spike
    assertEquals(List.of(3.0), results.get("at_most"));
  }

  /// A normal draw above its mean is half a normal one: mean sqrt(2 / pi), and what is clipped
  /// after 64 trials stands at the bound. The first that fits is the first of the redraws that
  /// does.
  @Test
  void drawsWithBoundsAreRepeated() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell { state v : real = 0; v' = 0 / 1 ms; spike when v > 100; reset { v = 0 } }
            network Net { population A : Cell[4000]; population B : Cell[5] }
            experiment e on Net {
              step 1 ms; seed 7; numerics f64
              run 1 ms
              A.v = normal(0, 1, min: 0)
              report half_mean = mean(A.v), half_least = min(A.v), half_square = mean(A.v * A.v)
              A.v = uniform(0, 4, min: 1, max: 2)
              report between = mean(A.v), least = min(A.v), most = max(A.v)
              A.v = exponential(1, min: 0.5)
              report later = mean(A.v), not_before = min(A.v)
              A.v = gamma(mean: 1, sd: 0.5, max: 1.5)
              report gamma = max(A.v)
              A.v = binomial(10, p: 0.5, min: 5)
              report binomial = min(A.v)
              A.v = lognormal(1, 0.5, max: 1)
              report lognormal = max(A.v)
              let far = 50 + mean(B.v)
              B.v = normal(0, 1, min: far)
              report clipped = B.v
              B.v = uniform(0, 1, min: 0.9)
              report few = B.v
              let late = normal(5 ms, 3 ms, min: 4 ms, max: 6 ms)
              report late
            }
            """);
    assertEquals(Math.sqrt(2 / Math.PI), number(run, "half_mean"), 0.03);
    assertEquals(1, number(run, "half_square"), 0.06);
    assertTrue(number(run, "half_least") >= 0);
    assertEquals(1.5, number(run, "between"), 0.02);
    assertTrue(number(run, "least") >= 1 && number(run, "most") <= 2);
    assertEquals(1.5, number(run, "later"), 0.05);
    assertTrue(number(run, "not_before") >= 0.5);
    assertTrue(number(run, "gamma") <= 1.5 && number(run, "lognormal") <= 1);
    assertEquals(5, number(run, "binomial"));
    assertEquals(List.of(50.0, 50.0, 50.0, 50.0, 50.0), run.results().get("clipped"));
    assertEquals(redrawn(), run.results().get("few"));
    assertTrue(number(run, "late") >= 4 && number(run, "late") <= 6);
  }

  /// `uniform(0, 1, min: 0.9)` of five elements: word i & 3 of the counter (i >> 2, 0, 0, redraw)
  /// of the eighth stream of the experiment.
  private static List<Double> redrawn() {
    int stream = snel.runtime.rng.Stream.of("e:draw@7");
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      double value = 0;
      for (int redraw = 0; value < 0.9; redraw++) {
        value = Words.uniformDouble(Philox.word(7, stream, i >> 2, 0, 0, redraw, i & 3));
      }
      values.add(value);
    }
    return values;
  }

  private static double number(ProgramRun run, String name) {
    return ((List<?>) Objects.requireNonNull(run.results().get(name), name))
        .stream().mapToDouble(each -> (Double) each).sum();
  }

  /// What is transmitted holds until the next step, also behind an episode that presents; `reset
  /// all` begins anew. The input is 3 times the stamp of the first spike, 3 ms.
  @Test
  void whatIsTransmittedHolds() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              input back : real
              receive syn(w : real) { v += w }
              spike when v > 1
              reset { v = 0 }
            }
            synapse Late {
              weight w : real
              transmit if pre.first_spike < infinity then w * (pre.first_spike / 1 ms) else 0
            }
            synapse Counts { weight w : real; transmit w * pre.count }
            network Net {
              input a : spikes[1]
              population up : Cell[1]
              population down : Cell[2]
              connect a -> up.syn  all  weight 2
              connect up -> down[0].back  all  weight 3  synapse Late
              connect up -> down[1].back  all  weight 5  synapse Counts
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              present a = [[2 ms]] for 6 ms
              report first = down.back
              rest 1 ms
              report rested = down.back
              reset all
              report anew = down.back
              run 1 ms
              report later = down.back
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(9.0, 5.0), results.get("first"));
    assertEquals(List.of(9.0, 5.0), results.get("rested"));
    assertEquals(List.of(0.0, 0.0), results.get("anew"));
    assertEquals(List.of(0.0, 0.0), results.get("later"));
  }

  /// What is made of a parameter that differs between synapses differs between them too.
  @Test
  void parametersOfParametersDifferBySynapse() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell { state v : real = 0; receive syn(w : real) { v += w }; spike when v > 100; reset { v = 0 } }
            synapse Graded {
              param half = 0.25 * pre.index
              param whole = 2 * half
              param more = whole + 1
              weight w : real
              on pre { deliver more }
            }
            network Net {
              input a : spikes[3]
              population B : Cell[1]
              connect a -> B.syn as p  all  weight 0  synapse Graded
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              present a = [[0 ms], [0 ms], [0 ms]] for 1 ms
              report v = B.v, whole = p.whole, more = p.more
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(0.0, 0.5, 1.0), results.get("whole"));
    assertEquals(List.of(1.0, 1.5, 2.0), results.get("more"));
    assertEquals(List.of(4.5), results.get("v"));
  }

  private ProgramRun alike(String text) throws IOException {
    return BothTargets.alike(folder, text);
  }

  /// A delay of 63.5 steps, which a product and a sum that are not fused fall short of, takes 64
  /// and not none; one of 33.5 steps takes 34.
  @ParameterizedTest
  @CsvSource({
    "f32, 22, 0.3, 6.5, v += w",
    "f64, 8, 0.9, 6.5, v += w",
    "f64, 12, 0.3, 3.5, if v < 2 { v += w } else { v += 0.5 * w }",
  })
  void theLongestDelayIsBetweenTwoSteps(
      String numerics, int cells, String perCell, String before, String body) throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              receive b(w : real) { %s }
              spike when v > 1.5
              reset { v = 0 }
            }
            network Net {
              population X : Cell[%d]
              connect X -> X.b  all  weight 0.125  delay to_step(%s ms * distance(pre, post) + 0.05 ms)
            }
            experiment e on Net {
              step 0.1 ms
              seed 3
              numerics %s
              send X[0].b(2) after 0 ms
              run %s ms
              let before = X.v[%d]
              run 0.1 ms
              report before = before, after = X.v[%d]
            }
            """
                .formatted(body, cells, perCell, numerics, before, cells - 1, cells - 1));
    assertEquals(Map.of("before", List.of(0.0), "after", List.of(0.125)), run.results());
  }

  /// Bounds hold for weights that are written one by one, and for those of synapses that grow.
  @Test
  void writtenAndGrownWeightsLieWithinTheirBounds() throws IOException {
    ProgramRun run =
        alike(
            """
            import std.neurons.unit.Lif
            synapse Bounded {
              param w_max = 1
              weight w : real in 0 .. w_max
              on pre  { deliver w }
              on post { w += 0.01 }
            }
            network Net {
              input x : spikes[2]
              population M : Lif[3, 3]
              population A : Lif[3]
              population K : Lif[1, 2, 2]
              connect x -> A as all_pairs  all  weight [[2, 0.5, -1], [0.25, 3, 0.75]]  synapse Bounded
              connect A -> A as pairs  one_to_one  weight [4, 0.5, -4]  synapse Bounded
              connect A -> A as others  all where pre != post
                weight [[9, 0.1, 2], [-3, 9, 0.5], [6, 0.7, 9]]  synapse Bounded(w_max: 1.5)
              connect M -> K as maps  conv([2, 2])  weight [[[[2, 0.5], [-1, 1]]]]  synapse Bounded
              connect x -> A as later  bernoulli(0 %)  weight [[2, 0.5, -1], [0.25, 3, 0.75]]
                grow bernoulli(100 %) every 1 ms  synapse Bounded
              connect x -> A as drawn  bernoulli(0 %)  weight 2 * post.index - 1
                grow bernoulli(100 %) every 1 ms  synapse Bounded
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 3 ms
              report all_pairs = all_pairs.w, pairs = pairs.w, others = others.w, maps = maps.w, later = later.w, drawn = drawn.w
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(1.0, 0.5, 0.0, 0.25, 1.0, 0.75), results.get("all_pairs"));
    assertEquals(List.of(1.0, 0.5, 0.0), results.get("pairs"));
    assertEquals(List.of(0.1, 1.5, 0.0, 0.5, 1.5, 0.7), results.get("others"));
    assertEquals(List.of(1.0, 0.5, 0.0, 1.0), results.get("maps"));
    assertEquals(List.of(1.0, 0.5, 0.0, 0.25, 1.0, 0.75), results.get("later"));
    assertEquals(List.of(0.0, 1.0, 1.0, 0.0, 1.0, 1.0), results.get("drawn"));
  }

  /// Synapses, neurons and the network are all integrated from what the step found.
  @Test
  void nobodySeesAStateOfTheNetworkThatThisStepHasWritten() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Follower { input m : real; state a : real = 0; a' = m / 1 ms; receive syn(w : real) { } }
            synapse Following { weight w : real; input m : real; state a : real = 0; a' = m / 1 ms; on pre { deliver w } }
            network Net {
              input train : spikes[1]
              state tone : real = 1
              state sum : real = 0
              tone' = -tone / 10 ms
              sum' = mean(cell.a) / 1 ms
              population cell : Follower[2](m: tone)
              connect train -> cell.syn as late  all  weight 1  synapse Following(m: tone)
              connect train -> cell.syn as at_once  all  weight 1  instant  synapse Following(m: tone)
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 4 ms
              report cell = cell.a, late = late.a, at_once = at_once.a, sum = sum
            }
            """);
    double total = 0;
    double sum = 0;
    for (int n = 0; n < 4; n++) {
      double tone = Math.exp(-n / 10.0);
      sum += total;
      total += tone;
    }
    assertNear(run, "cell", 1e-12, total, total);
    assertNear(run, "late", 1e-12, total, total);
    assertNear(run, "at_once", 1e-12, total, total);
    assertNear(run, "sum", 1e-12, sum);
  }

  /// Of times in a list each is a train, of lists in a list each of these is.
  @Test
  void timesAreOneSpikeForEachNeuronAndListsATrain() throws IOException {
    ProgramRun run =
        alike(
            """
            import std.neurons.Parrot
            network Net {
              input x : spikes[2]
              population P : Parrot[2]
              connect x -> P.fire  one_to_one
            }
            experiment e on Net {
              step 1 ms; seed 1
              present x = at_times([2 ms, 4 ms]) for 9 ms
              report flat = [count(P[0]), count(P[1])], late = first_spike(P[1]) - first_spike(P[0])
              present x = at_times([[1 ms, 2 ms, 6 ms], [3 ms]]) for 9 ms
              report nested = [count(P[0]), count(P[1])]
              present x = at_times([[1 ms, 2 ms], [3 ms, 7 ms]]) for 9 ms
              report even = [count(P[0]), count(P[1])]
              present x = at_times([[], [3 ms, 7 ms, 8 ms]]) for 9 ms
              report empty = [count(P[0]), count(P[1])]
            }
            """);
    Map<String, Object> results = run.results();
    assertEquals(List.of(1.0, 1.0), results.get("flat"));
    assertEquals(List.of(2.0), results.get("late"));
    assertEquals(List.of(3.0, 1.0), results.get("nested"));
    assertEquals(List.of(2.0, 2.0), results.get("even"));
    assertEquals(List.of(0.0, 3.0), results.get("empty"));
  }

  /// `let`s of a network that take all neurons together are reported like others.
  @Test
  void letsOfANetworkOverAllNeurons() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell { state v : voltage = 1 mV; v' = -v / 10 ms }
            network Net {
              state q : real = 2
              population A : Cell[3](v: [1 mV, 2 mV, 3 mV])
              let av = mean(A.v)
              let tot = sum(A.v)
              let both = tot / 3 mV + q
              let largest = max(A.v)
              let part = min(A[1 ..< 3].v)
              let square = sum(A.v * A.v)
              let many = sum(if A.v > 1.5 mV and not (A.v > 2.5 mV) then 1 else 0)
              let state = if tot > 3 mV then 1 else 0
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              run 1 ms
              let x = av
              report x, tot, both, largest, part, square, many, state
              expect mean(A.v) == av
            }
            """);
    double left = Math.exp(-0.1);
    assertClose(run, "x", 2 * left);
    assertClose(run, "tot", 6 * left);
    assertClose(run, "both", 2 * left + 2);
    assertClose(run, "largest", 3 * left);
    assertClose(run, "part", 2 * left);
    assertClose(run, "square", 14 * left * left);
    assertClose(run, "many", 1);
    assertClose(run, "state", 1);
    assertEquals(1, run.passed());
  }

  /// Parameters of synapses that nothing changes are read like those of neurons.
  @Test
  void constantsOfSynapses() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell { state v : real = 0; v' = -v / 10 ms; receive exc(w : real) { v += w } }
            synapse Scaled {
              param a = 0.5
              param tau = 20 ms
              weight w : real
              state e : real = 1
              e' = -e / tau
              on pre { deliver w * a * e }
            }
            network Net {
              input z : spikes[2]
              population A : Cell[2]
              connect z -> A.exc as s all weight 1 synapse Scaled(a: 0.25)
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              present z = [[0 ms], []] for 1 ms
              report a = s.a, twice = 2 * s.a, steps = s.tau / 1 ms
              expect s.a == 0.25
            }
            """);
    assertClose(run, "a", 0.25);
    assertClose(run, "twice", 0.5);
    assertClose(run, "steps", 20);
    assertEquals(1, run.passed());
  }

  /// Lists that are worked out are parameters of synapses like those that are written; the numbers
  /// by hand.
  @Test
  void listsOfSynapses() throws IOException {
    ProgramRun run =
        alike(
            """
            let base = [[1, 2, 3], [4, 5, 6]]
            neuron Cell {
              state v : voltage = 0 mV
              v' = -v / 10 ms
              receive exc(w : voltage) { v += w }
            }
            synapse Scaled {
              param k : voltage[3] = [1, 2, 3] * 1 mV
              param a = 0.5
              param row = base[1, ..]
              param back : voltage[3] = -k
              weight w : voltage
              on pre { deliver w; w += a * k[2] + (row[0] + row[1]) * 1 mV - back[1] }
            }
            network Net {
              param gains = [1, 2, 3]
              input z : spikes[1]
              population A : Cell[1]
              connect z -> A.exc as usual all weight 1 mV synapse Scaled
              connect z -> A.exc as given all weight 1 mV synapse Scaled(k: 2 * gains * 1 mV, a: 1)
              connect z -> A.exc as drawn all weight 1 mV synapse Scaled(k: [0, 1, 1] * uniform(1 mV, 2 mV))
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              present z = [[0 ms]] for 2 ms
              report usual = usual.w[0, 0], given = given.w[0, 0], drawn = drawn.w[0, 0]
              expect drawn.w[0, 0] in 11.5 mV .. 13 mV
            }
            """);
    assertClose(run, "usual", 1 + 0.5 * 3 + 9 + 2);
    assertClose(run, "given", 1 + 6 + 9 + 4);
    assertEquals(1, run.passed());
  }

  /// `spiked` is of the present episode, without a reset too. The cell spikes as soon as a train
  /// reaches it: a synapse sees its train (1000; 100 if the cell has spiked before in the episode)
  /// and then the cell (1; 10 if its own train has not come).
  @Test
  void spikedInThisEpisodeWithoutReset() throws IOException {
    ProgramRun run =
        alike(
            """
            neuron Cell {
              state v : real = 0
              receive exc(w : real) { v += w }
              spike when v > 1
              reset { v = 0 }
            }
            synapse Order {
              weight w : real
              on pre { deliver 2; w += if post.spiked then 100 else 1000 }
              on post { w += if pre.spiked then 1 else 10 }
            }
            network Net {
              input z : spikes[2]
              population A : Cell[1]
              connect z -> A.exc as s all weight 0 delay 1 ms synapse Order
            }
            experiment e on Net {
              step 1 ms; seed 1; numerics f64
              present z = [[0 ms], []] for 4 ms
              report first = s.w
              rest 3 ms
              present z = [[], [0 ms]] for 4 ms
              report second = s.w
              run 3 ms
              present z = [[0 ms, 2 ms], []] for 5 ms
              report third = s.w
            }
            """);
    assertEquals(List.of(1001.0, 10.0), run.results().get("first"));
    assertEquals(List.of(1001.0 + 10, 10.0 + 1001), run.results().get("second"));
    assertEquals(List.of(1011.0 + 1001 + 101, 1011.0 + 20), run.results().get("third"));
  }

  /// An input of a part is what is connected to it and no population of its own: its spikes are
  /// counted there.
  @Test
  void inputsOfPartsAreTheirSources() throws IOException {
    ProgramRun run =
        alike(
            """
            import std.neurons.Parrot
            network Inner {
              input i : spikes[2]
              population E : Parrot[2]
              connect i -> E.fire  one_to_one
            }
            network Outer {
              input j : spikes[2]
              network inner : Inner
              connect j -> inner.i  one_to_one
            }
            network Net {
              input trains : spikes[2]
              network outer : Outer
              connect trains -> outer.j  one_to_one
            }
            experiment e on Net {
              step 1 ms; seed 1
              present trains = [[1 ms], [1 ms, 2 ms]] for 5 ms
              report E = outer.inner.E.count
            }
            """);
    assertEquals(List.of(1.0, 2.0), run.results().get("E"));
    assertEquals(Map.of("trains", 3L, "outer.inner.E", 3L), run.spikeCounts());
  }
}
