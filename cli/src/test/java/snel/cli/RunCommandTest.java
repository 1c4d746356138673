package snel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.record.Json;
import snel.runtime.record.RunFolder;
import snel.runtime.record.RunKey;

class RunCommandTest {
  private static final String PROGRAM =
      """
      neuron Cell {
        param tau = 10 ms
        input I : real
        state v : real = 0
        v' = (I - v) / tau
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
      }
      neuron Unspiking { state v : real = 0; receive syn(w : real) { v += w }; v' = -v / 10 ms }
      synapse Learns {
        weight w : real in 0 .. 2
        on pre { deliver w }
        on post { w += 0.01 }
      }
      network Net {
        param drive : real in 0 .. 10 = 1.5
        population E : Cell[10](v: uniform(0, 1))
        population F : Cell[2](tau: drive * 5 ms)
        population Y : Unspiking[2]
        connect E -> F as feed  all  weight uniform(0.1, 0.2)  synapse Learns
        connect E -> Y  all  weight 1
      }
      experiment first on Net {
        param length = 100 ms
        step 0.1 ms; seed 3
        present E.I = 1.5 for length
        report rate(E), mean_weight = mean(feed.w)
        expect rate(E) in 10 Hz .. 200 Hz
      }
      experiment second on Net from first {
        freeze all
        present E.I = 2 for 50 ms
        report rate(E), mean_weight = mean(feed.w), n = count(F)
      }
      experiment wrong on Net {
        step 0.1 ms; seed 3
        run 10 ms
        expect count(E) > 1_000
      }
      sweep lengths over first.length in [50 ms, 100 ms], first.seed in 1 .. 2 {
        run first
        report table(first.length, first.mean_weight), curve(first.length, first.mean_weight)
      }
      """;

  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("program.snn");
    out = folder.resolve("runs");
    Files.writeString(file, PROGRAM);
  }

  private CommandLineRun run(String... more) {
    String[] first = {"run", file.toString(), "--out", out.toString()};
    return CommandLineRun.of(
        Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new));
  }

  private static Map<String, Object> results(CommandLineRun run) {
    Map<String, Object> line = Json.object("line", run.lastLine());
    return line.get("results") instanceof Map<?, ?> map
        ? Json.object("results", Json.line(Map.copyOf(cast(map))))
        : Map.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  @Test
  void nothingRunsWhereALaterExperimentIsWrong() throws IOException {
    Files.writeString(
        file,
        PROGRAM
            + """
            experiment faulty on Net { step 0.1 ms; seed 3; load npz("a.npz", maximum: [feed]) }
            experiment taking on Net { step 0.1 ms; seed 3; load npz("b.npz", of: faulty) }
            """);
    for (String[] names : new String[][] {{"first", "faulty"}, {"first", "taking"}, {}}) {
      CommandLineRun run = run(names);
      assertEquals(1, run.exit(), run.out() + run.err());
      assertTrue(run.err().contains("`feed` is neither"), run.err());
      assertFalse(Files.exists(out), run.out());
    }
  }

  @Test
  void runsWhatAnExperimentBuildsOnAndUsesStoredResults() {
    CommandLineRun once = run("second", "--format", "json");
    assertEquals(0, once.exit(), once.err());
    CommandLineRun again = run("second", "--format", "json");
    assertEquals(once.lastLine(), again.lastLine());
    CommandLineRun fresh = run("second", "--format", "json", "--fresh");
    assertEquals(results(once), results(fresh));
    assertNotEquals(once.lastLine(), fresh.lastLine());
  }

  @Test
  void whatIsLearntIsTakenOverAndFrozen() {
    Map<String, Object> first = results(run("first", "--format", "json"));
    Map<String, Object> second = results(run("second", "--format", "json"));
    assertEquals(first.get("mean_weight"), second.get("mean_weight"));
  }

  @Test
  void runsTheLastOfEachChainWhenNoneIsNamed() {
    CommandLineRun run = run("--format", "json");
    List<String> lines = run.out().lines().toList();
    assertEquals(2, lines.size(), run.out());
    assertTrue(lines.get(0).contains("\"experiment\":\"second\""), lines.get(0));
    assertTrue(lines.get(1).contains("\"experiment\":\"wrong\""), lines.get(1));
    assertEquals(3, run.exit());
    assertTrue(run.out().contains("\"failed\":1"), run.out());
  }

  @Test
  void aGridTellsHowManyNeuronsItHasNoRoomFor() throws IOException {
    Files.writeString(
        file,
        PROGRAM
            + "experiment drawn on Net { step 1 ms; seed 3; run 1 ms; report grid(feed.w, 1, 1) }\n"
            + "experiment whole on Net { step 1 ms; seed 3; run 1 ms; report grid(feed.w, 1, 2) }\n");
    assertEquals(0, run("drawn").exit());
    assertEquals(0, run("whole").exit());
    assertTrue(report("drawn").contains("feed.w (and 1 more)"));
    assertFalse(report("whole").contains(" more)"));
  }

  private String report(String experiment) throws IOException {
    try (Stream<Path> folders = Files.list(out)) {
      Path run =
          folders
              .filter(each -> each.getFileName().toString().startsWith(experiment + "-"))
              .findFirst()
              .orElseThrow();
      return Files.readString(run.resolve("report.html"));
    }
  }

  /// Sweeps, and what says so, run only by name; what is run is what no other starts from.
  @Test
  void runsNeitherSweepsNorBasesNorWhatIsByNameOnly() throws IOException {
    Files.writeString(
        file,
        PROGRAM.replace("experiment wrong", "/// Takes long. By name only.\nexperiment wrong"));
    CommandLineRun run = run("--format", "json");
    assertEquals(0, run.exit(), run.err());
    assertEquals(1, run.out().lines().count(), run.out());
    assertTrue(run.out().contains("\"experiment\":\"second\""), run.out());
    assertEquals(3, run("wrong").exit());
    CommandLineRun several = run("first", "second", "--format", "json");
    assertEquals(
        List.of("first", "second"),
        several.out().lines().map(line -> Json.object("line", line).get("experiment")).toList());
  }

  /// The form that tools rely on.
  @Test
  void theLastLineHasTheAgreedForm() {
    CommandLineRun run = run("second", "--format", "json");
    Map<String, Object> line = Json.object("line", run.lastLine());
    assertEquals("second", line.get("experiment"));
    assertEquals("done", line.get("state"));
    Map<String, Object> results = results(run);
    assertTrue(results.get("rate.E") instanceof Number rate && rate.doubleValue() > 10, "Hz");
    assertTrue(results.get("mean_weight") instanceof Number);
    assertEquals(0, ((Number) results.getOrDefault("n", -1)).intValue() % 1);
    Map<?, ?> spikes = (Map<?, ?>) line.getOrDefault("spikes", Map.of());
    assertEquals(java.util.Set.of("E", "F"), spikes.keySet());
    assertTrue(spikes.values().stream().allMatch(count -> count instanceof Integer), "counts");
    assertTrue(line.get("synaptic_operations") instanceof Integer);
    for (String time : List.of("compile_ms", "build_ms", "run_ms")) {
      assertTrue(line.get(time) instanceof Number number && number.doubleValue() > 0, time);
    }
    assertEquals(Map.of("passed", 0, "failed", 0), line.get("expectations"));
    // 50 ms with 10 neurons: the rate is that of the counted spikes
    double count = spikes.get("E") instanceof Integer number ? number : -1;
    double rate = ((Number) results.getOrDefault("rate.E", 0)).doubleValue();
    assertEquals(count, rate * 0.05 * 10, 1e-3);
  }

  /// Of one read-out it is `accuracy`, of several in one report each has its name.
  @Test
  void accuraciesOfSeveralReadOutsStandSideBySide() throws IOException {
    Files.writeString(
        file,
        """
        import std.neurons.Parrot
        import std.decode.{FirstSpike, MaxCount}
        network Net {
          input trains : spikes[2]
          population out : Parrot[2]
          connect trains -> out.fire  one_to_one
          readout first : FirstSpike(out, classes: 2)
          readout most  : MaxCount(out)
        }
        experiment both on Net {
          step 1 ms; seed 1
          present trains = [[1 ms], [2 ms, 4 ms]] for 10 ms
          score first against 0
          score most against 0
          report accuracy(first), accuracy(most)
        }
        experiment one on Net from both { report accuracy(first) }
        """);
    CommandLineRun run = run("both", "--format", "json");
    assertEquals(0, run.exit(), run.err());
    Object results = Json.object("line", run.lastLine()).get("results");
    assertEquals(Map.of("accuracy.first", 1.0, "accuracy.most", 0.0), results);
    String alone = run("one", "--format", "json").lastLine();
    assertTrue(alone.contains("\"accuracy\":"), alone);
  }

  /// A layer whose values are transmitted is one of the equal network, too; what it hands on is not
  /// counted.
  @Test
  void layersThatTransmitHaveOperationsInTheEqualNetwork() throws IOException {
    Files.writeString(
        file,
        """
        import std.decode.MaxCount
        neuron Cell {
          input I : real
          state v : real = 0
          v' = (I - v) / 10 ms
          receive syn(w : real) { v += w }
          spike when v > 1
          reset { v = 0 }
        }
        neuron Pixel { input value : real }
        synapse Shining { weight w : real; transmit w * pre.value }
        network Net {
          input image : real[4]
          population x : Pixel[4](value: image)
          population h : Cell[3]
          population y : Cell[2]
          connect x -> h.I  all  weight 2  synapse Shining
          connect h -> y.syn  all  weight 2
          readout first : MaxCount(y)
        }
        experiment e on Net {
          step 1 ms; seed 1
          present image = [1, 1, 1, 1] for 50 ms
          score first against 0
          expect count(h) > 0
        }
        """);
    CommandLineRun run = run("e", "--format", "json");
    assertEquals(0, run.exit(), run.err());
    String line = run.lastLine();
    assertTrue(line.contains("\"dense_operations\":" + (4 * 3 + 3 * 2)), line);
  }

  /// Fourteen pairs of neurons lead from the input to the answer: 6 + 2 + 6. Sub-synapses join the
  /// same pairs again; inhibition and the teacher, who is silent, are no layers.
  @Test
  void toldWhatAnAnswerTakes() throws IOException {
    Files.writeString(
        file,
        """
        import std.neurons.Parrot
        import std.decode.FirstSpike
        network Net {
          input trains  : spikes[2]
          input teacher : spikes[3]
          population hidden : Parrot[3]
          population out    : Parrot[2]
          connect trains -> hidden.fire  all
          connect trains -> hidden.fire  all  delay 2 ms
          connect trains -> out.fire    one_to_one
          connect hidden -> out.syn     all  weight 1
          connect out -> out.syn        all where pre != post  weight -1
          connect teacher -> hidden.fire  one_to_one
          readout first : FirstSpike(out, classes: 2)
        }
        experiment asked on Net {
          step 1 ms; seed 1
          present trains = [[1 ms], [2 ms]], teacher = [[3 ms], [], []] for 10 ms
        }
        experiment answered on Net from asked {
          for label in [0, 1] {
            present trains = [[1 ms], [2 ms]] for 10 ms
            score first against label
          }
          report updates = plastic_updates(), neurons = neuron_updates(), dense = dense_operations(), n = scored(first)
        }
        """);
    CommandLineRun run = run("answered", "--format", "json");
    assertEquals(0, run.exit(), run.err());
    Map<String, Object> line = Json.object("line", run.lastLine());
    // two spikes meet 3 + 3 + 1 synapses each, 3 x 4 spikes of the hidden layer two, two answers
    // one
    assertEquals(
        Map.of(
            "first",
            Map.of(
                "scored",
                2,
                "accuracy",
                0.5,
                "chance",
                0.5,
                "latency_ms",
                2.0,
                "synaptic_operations",
                2 * 7 + 12 * 2 + 2 * 1.0,
                "dense_operations",
                14)),
        line.get("answers"));
    assertEquals(
        Map.of("updates", 0, "neurons", 5 * 20, "dense", (6 + 6 + 2 + 6 + 2 + 3) * 20.0, "n", 2),
        line.get("results"));
  }

  @Test
  void faultsAndTestsAreLinesOfJsonToo() throws IOException {
    Files.writeString(file, PROGRAM.replace("spike when v > 1", "spike when v > 1 mV"));
    for (String command : List.of("check", "run", "plan", "test")) {
      CommandLineRun run = CommandLineRun.of(command, file.toString(), "--format", "json");
      assertEquals(1, run.exit(), command);
      assertEquals("", run.err(), command);
      Map<String, Object> fault = Json.object("line", run.out().lines().findFirst().orElse(""));
      assertEquals("E0204", fault.get("code"), command);
      assertEquals("error", fault.get("severity"));
      Map<?, ?> place = (Map<?, ?>) fault.getOrDefault("primary", Map.of());
      assertEquals(file.toString(), place.get("file"));
      assertEquals(Map.of("line", 7, "column", 14), withoutOffset(place.get("start")));
    }
    Files.writeString(
        file,
        PROGRAM
            + """
            test "quiet" on Net { step 0.1 ms; seed 1; run 1 ms; expect count(F) == 0 }
            test "loud" on Net { step 0.1 ms; seed 1; run 1 ms; expect count(F) > 9 }
            """);
    CommandLineRun tests = CommandLineRun.of("test", file.toString(), "--format", "json");
    assertEquals(3, tests.exit(), tests.err());
    List<String> lines = tests.out().lines().toList();
    assertEquals(3, lines.size(), tests.out());
    Map<String, Object> loud = Json.object("line", lines.get(1));
    assertEquals("loud", loud.get("test"));
    assertEquals(false, loud.get("passed"));
    assertTrue(String.valueOf(loud.get("faults")).contains("instead of more than 9"), lines.get(1));
    assertEquals(
        Map.of("passed", 1, "failed", 1),
        Json.object("line", tests.lastLine()).get("expectations"));
    assertEquals(
        "", CommandLineRun.of("check", file.toString(), "--format", "json").out(), "no fault");
  }

  private static Map<?, ?> withoutOffset(@Nullable Object place) {
    var all = new java.util.HashMap<>(place instanceof Map<?, ?> map ? map : Map.of());
    all.remove("offset");
    return all;
  }

  @Test
  void tellsWhatAFailedExpectationFound() {
    CommandLineRun run = run("wrong");
    assertEquals(3, run.exit());
    assertTrue(run.err().contains("program.snn:39: `expect count(E) > 1_000`: it is "), run.err());
    assertTrue(run.err().contains(" instead of more than 1000"), run.err());
  }

  @Test
  void setsParametersByNameAndBare() {
    Object usual = results(run("first", "--format", "json")).get("rate.E");
    Object same = results(run("first", "--format", "json", "--set", "length=100 ms")).get("rate.E");
    Object other =
        results(run("first", "--format", "json", "--set", "first.length=20 ms")).get("rate.E");
    assertEquals(usual, same);
    assertNotEquals(usual, other);
    CommandLineRun unknown = run("first", "--set", "lenght=1 ms");
    assertEquals(1, unknown.exit());
    assertTrue(unknown.err().contains("did you mean `length`?"), unknown.err());
  }

  /// A setting is checked as if it stood in the program.
  @Test
  void settingsOfTheWrongKindAreRefused() {
    for (String wrong : List.of("length=20 mV", "length=20", "first.step=1 mV", "drive=1 mV")) {
      CommandLineRun run = run("first", "--set", wrong);
      assertEquals(1, run.exit(), wrong + run.out() + run.err());
      assertTrue(run.err().contains("error[E0202]"), run.err());
      assertTrue(run.err().contains(" = " + wrong.split("=", 2)[1]), run.err());
    }
    CommandLineRun unit = run("first", "--set", "length=20");
    assertTrue(unit.err().contains("help: give `--set \"length=20 ms\"`"), unit.err());
    CommandLineRun outside = run("first", "--set", "drive=11");
    assertEquals(1, outside.exit(), outside.err());
    assertTrue(outside.err().contains("error[E0216]"), outside.err());
    assertTrue(outside.err().contains("program.snn with --set drive"), outside.err());
    assertEquals(0, run("first", "--set", "drive=9", "--set", "first.step=0.2 ms").exit());
    assertFalse(Files.exists(out.resolve("first")));
  }

  @Test
  void optionsThatContradictOneAnotherAreRefused() {
    CommandLineRun begun = run("first", "--fresh", "--resume");
    assertEquals(2, begun.exit());
    assertTrue(begun.err().contains("give one of them"), begun.err());
    for (String setting : List.of("first.seed=4", "first.seed = 4")) {
      CommandLineRun seeded = run("first", "--seed", "3", "--set", setting);
      assertEquals(2, seeded.exit());
      assertTrue(
          seeded.err().contains("`--seed` and `--set first.seed=…` both give a seed"),
          seeded.err());
    }
  }

  @Test
  void optionsThatCannotBeReadAreTheCommandLinesFault() {
    CommandLineRun nameless = run("first", "--set", "drive");
    assertEquals(2, nameless.exit());
    assertTrue(nameless.err().contains("`--set` takes a name and a value"), nameless.err());
    CommandLineRun broken = run("first", "--seed", "1.5");
    assertEquals(2, broken.exit());
    assertTrue(broken.err().contains("`1.5` is no whole number"), broken.err());
    for (String threads : List.of("-1", "0", "257")) {
      CommandLineRun many = run("first", "--threads", threads);
      assertEquals(2, many.exit(), threads);
      assertTrue(many.err().contains("--threads is a number from 1 to 256"), many.err());
    }
    CommandLineRun words = run("first", "--threads", "two");
    assertTrue(words.err().contains("`two` is no whole number"), words.err());
    assertEquals(0, run("first", "--threads", "2").exit());
  }

  @Test
  void aStoredResultThatIsDamagedIsMadeAnew() throws IOException {
    Map<String, Object> whole = results(run("second", "--format", "json"));
    byte[] noText = {(byte) 0xff, (byte) 0xfe};
    byte[] cut = "{\"experiment\":\"first\"".getBytes(StandardCharsets.UTF_8);
    byte[] other = "{\"experiment\":\"first\"}".getBytes(StandardCharsets.UTF_8);
    for (byte[] damaged : List.of(new byte[0], noText, cut, other)) {
      for (String resume : List.of("--checkpoint-every=60", "--resume")) {
        Files.write(stored("first", "result.json"), damaged);
        CommandLineRun again = run("second", resume);
        assertEquals(0, again.exit(), again.err());
        assertTrue(again.err().contains("counts as not stored: `first` runs anew"), again.err());
        assertEquals("", run("second", "--format", "json").err());
        assertEquals(whole, results(run("second", "--format", "json")));
      }
    }
  }

  @Test
  void ofAStateThatIsDamagedItIsSaidHowToGoOn() throws IOException {
    assertEquals(0, run("first").exit());
    Files.write(stored("first", "state.snel"), new byte[0]);
    CommandLineRun run = run("second");
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.err().contains("`--fresh` begins again"), run.err());
    assertEquals(0, run("second", "--fresh").exit());
  }

  private Path stored(String experiment, String name) throws IOException {
    try (Stream<Path> all = Files.walk(out)) {
      return all.filter(path -> path.endsWith(name))
          .filter(path -> out.relativize(path).toString().startsWith(experiment + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /// Neither the option nor the values of the sweep may be dropped without a word.
  @Test
  void whatASweepVariesCannotBeSet() {
    for (String given : List.of("length=20 ms", "first.length=20 ms", "first.seed=9")) {
      CommandLineRun run = run("lengths", "--set", given);
      assertEquals(2, run.exit(), run.out() + run.err());
      String path = given.contains("seed") ? "first.seed" : "first.length";
      String said = "`--set " + given + "` sets `" + path + "`, which the sweep `lengths` varies";
      assertTrue(run.err().contains(said), run.err());
    }
    CommandLineRun seeded = run("first", "lengths", "--seed", "4294967295");
    assertEquals(2, seeded.exit(), seeded.out() + seeded.err());
    String said = "`--seed 4294967295` sets `first.seed`, which the sweep `lengths` varies";
    assertTrue(seeded.err().contains(said), seeded.err());
    assertEquals("", seeded.out());
    assertEquals(0, run("lengths", "--set", "drive=9").exit());
  }

  /// Also where the experiment says nothing of them itself.
  @Test
  void stepsAndSeedsThatAreSetMustBeSuch() {
    List<String> wrong =
        List.of(
            "first.seed=1.5",
            "second.seed=1.5",
            "second.seed=2^32",
            "first.seed=-1",
            "second.step=0 ms");
    for (String setting : wrong) {
      CommandLineRun run = run("second", "--set", setting);
      assertEquals(1, run.exit(), setting + run.out() + run.err());
      String said =
          setting.contains("step")
              ? "longer than zero"
              : setting.contains(".5") ? "whole" : "0 ..< 4_294_967_296";
      assertTrue(run.err().contains(said), run.err());
    }
    assertEquals(0, run("first", "--set", "first.seed=2^32 - 1").exit());
  }

  /// An experiment that leaves out seed and step is run with those of the command line.
  @Test
  void seedsAndStepsMayBeGivenFromOutside() throws IOException {
    Object written = results(run("first", "--format", "json", "--seed", "7")).get("mean_weight");
    Files.writeString(file, PROGRAM.replaceFirst("step 0.1 ms; seed 3", "step 0.1 ms"));
    assertTrue(run("first").err().contains("error[E0305]"));
    for (List<String> given : List.of(List.of("--seed", "7"), List.of("--set", "first.seed=7"))) {
      Stream<String> all = Stream.concat(Stream.of("first", "--format", "json"), given.stream());
      CommandLineRun run = run(all.toArray(String[]::new));
      assertEquals(0, run.exit(), run.err());
      assertEquals(written, results(run).get("mean_weight"));
    }
    assertTrue(run("first", "--set", "wrong.seed=7").err().contains("error[E0305]"));
    Files.writeString(file, PROGRAM.replaceFirst("step 0.1 ms; seed 3", "seed 7"));
    assertTrue(run("first").err().contains("error[E0304]"));
    CommandLineRun stepped = run("first", "--format", "json", "--set", "first.step=0.1 ms");
    assertEquals(written, results(stepped).get("mean_weight"));
  }

  /// A state whose value is a parameter is shown in the unit of its type.
  @Test
  void unitsFollowTheType() throws IOException {
    Files.writeString(
        file,
        """
        neuron Cell {
          param E_L = -0.07 V
          state v : voltage = E_L
          state slope : voltage/time = 2 mV / 1 ms
          state often : frequency = 1 / 1 s
          v' = (E_L - v) / 10 ms
        }
        network Net { population E : Cell[3] }
        experiment e on Net {
          step 1 ms; seed 1
          record E.v
          E.often = 62.5 Hz
          run 3 ms
          report mean(E.v), mean(E.slope), mean(E.often)
          for k in 0 ..< 1 { report over_time(mean(E.often)), over_time(mean(E.v)) }
        }
        """);
    CommandLineRun run = run("e");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().lines().anyMatch(l -> l.matches(" +mean.E.v +-70 mV")), run.out());
    assertTrue(run.out().lines().anyMatch(l -> l.matches(" +mean.E.slope +2 mV/ms")), run.out());
    assertTrue(run.out().lines().anyMatch(l -> l.matches(" +mean.E.often +62\\.5 Hz")), run.out());
    assertEquals("time_ms,mean.E.often (Hz)\n3,62.5\n", table("mean.E.often"));
    assertEquals("time_ms,mean.E.v (mV)\n3,-70\n", table("mean.E.v"));
    try (Stream<Path> all = Files.walk(out)) {
      Path manifest = all.filter(path -> path.endsWith("manifest.json")).findFirst().orElseThrow();
      String text = Files.readString(manifest).replaceAll("\\s", "");
      assertTrue(text.contains("\"unit\":\"mV\""), text);
    }
  }

  @Test
  void aStoredResultRepeatsTheWarningsOfItsRun() throws IOException {
    Files.writeString(
        file,
        """
        neuron Cell { state v : real = 0; receive kick(w : real) { v += w }; spike when v > 9 }
        network Net { population E : Cell[1] }
        experiment e on Net {
          step 1 ms; seed 1
          send E.kick(1) after 2 ms
          run 2 ms
        }
        """);
    String warning =
        "the experiment ends just as what was sent to `E.kick` is due: it never arrives";
    CommandLineRun first = run("e");
    CommandLineRun second = run("e");
    assertEquals(0, first.exit(), first.err());
    assertTrue(first.err().contains(warning + System.lineSeparator()), first.err());
    assertTrue(second.out().contains("stored"), second.out());
    assertTrue(
        second.err().contains(warning + " (told by the run whose result is stored)"), second.err());
  }

  /// Neuron `i` rises by i + 1 a step. What is read of a list, and a curve, goes on through the
  /// loop.
  @Test
  void eachNeuronHasASeriesOfItsOwn() throws IOException {
    Files.writeString(
        file,
        """
        neuron Counter { state n : real = 0; every dt { n += self.index + 1 } }
        network Net { population E : Counter[3] }
        experiment e on Net {
          step 1 ms; seed 1
          let amounts = [5, 7]
          for pass in 0 .. 1 {
            run 1 ms
            for i in 1 .. 2 { report over_time(E[i - 1].n), curve(i, E[i].n) }
            report over_time(amounts[pass])
            report over_time(E.n)
          }
        }
        """);
    CommandLineRun run = run("e");
    assertEquals(0, run.exit(), run.err());
    assertEquals("time_ms,E[0].n\n1,1\n2,2\n", table("E-0.n"));
    assertEquals("time_ms,E[1].n\n1,2\n2,4\n", table("E-1.n"));
    assertEquals("time_ms,amounts[pass]\n1,5\n2,7\n", table("amounts-pass"));
    assertEquals("time_ms,E.n 0,E.n 1,E.n 2\n1,1,2,3\n2,2,4,6\n", table("E.n"));
    assertEquals("i,E[i].n\n1,2\n2,3\n1,4\n2,6\n", table("curve.i.E-i.n"));
  }

  /// 10 ms · ln 6 and 10 ms · ln(20 / 15) to the threshold: 18 and 3 steps, 5 and 33 spikes.
  @Test
  void curvesAndMapsOfASweepAreInTheirUnits() throws IOException {
    Files.writeString(
        file,
        """
        neuron Cell {
          input I : voltage
          state v : voltage = 0 mV
          v' = (I - v) / 10 ms
          spike when v > 5 mV
          reset { v = 0 mV }
        }
        network Net {
          param drive = 10 mV
          population A : Cell[4](I: drive)
        }
        experiment e on Net { step 1 ms; seed 1; run 100 ms; report rate = rate(A) }
        sweep s over Net.drive in [6 mV, 20 mV], e.seed in [1, 2] {
          run e
          report curve(x: Net.drive, y: e.rate), heat_map(x: Net.drive, y: e.seed, z: e.rate)
        }
        """);
    assertEquals(0, run("s").exit());
    assertEquals("Net.drive (mV),e.rate (Hz)\n6,50\n6,50\n20,330\n20,330\n", table("curve"));
    assertEquals(
        "Net.drive (mV),e.seed,e.rate (Hz)\n6,1,50\n6,2,50\n20,1,330\n20,2,330\n",
        table("heat_map"));
  }

  private String table(String name) throws IOException {
    try (Stream<Path> all = Files.walk(out)) {
      Path file = all.filter(path -> path.endsWith(name + ".csv")).findFirst().orElseThrow();
      return Files.readString(file).replace("\r", "");
    }
  }

  @Test
  void anotherSeedIsAnotherRun() {
    Object one = results(run("first", "--format", "json")).get("mean_weight");
    Object two = results(run("first", "--format", "json", "--seed", "4")).get("mean_weight");
    assertNotEquals(one, two);
  }

  @Test
  void sweepsRunEveryPointAndKeepTheirTables() throws IOException {
    CommandLineRun run = run("lengths");
    assertEquals(0, run.exit(), run.err());
    try (Stream<Path> runs = Files.list(out)) {
      assertEquals(5, runs.count());
    }
    try (Stream<Path> all = Files.walk(out)) {
      Path table =
          all.filter(path -> path.toString().contains("table") && path.toString().endsWith(".csv"))
              .findFirst()
              .orElseThrow();
      assertEquals(5, Files.readAllLines(table).size(), Files.readString(table));
    }
  }

  /// Of what the experiments expect, that of the base counts once, also where the sweep stopped at
  /// a file that was not there yet and went on later.
  @Test
  void whatABaseExpectsCountsOnceInASweepThatGoesOn() throws IOException {
    Files.writeString(
        file,
        """
        neuron Cell {
          state v : real = 0
          v' = (1.5 - v) / 10 ms
          receive syn(w : real) { v += w }
          spike when v > 1
          reset { v = 0 }
        }
        network Net {
          population A : Cell[10]
          connect A -> A.syn as f  all  weight 0.001
        }
        experiment saves on Net { step 0.1 ms; seed 1; run 0.1 ms; save "weights.npz" }
        experiment base on Net {
          step 0.1 ms; seed 1
          run 100 ms
          let n = count(A)
          expect n > 0
          expect n > 10000
          report weight = mean(f.w)
        }
        experiment next on Net from base {
          param least = 1
          run 100 ms
          let n = count(A)
          expect n > least
          if least == 3 { load "weights.npz" }
          report n = n
        }
        sweep many over next.least in [1, 2, 3, 4] { report n = next.n }
        """);
    assertEquals(0, run("saves").exit());
    CommandLineRun stopped = run("many", "--checkpoint-every", "0.001");
    assertTrue(stopped.err().contains("there is no such file"), stopped.err());
    try (Stream<Path> all = Files.walk(out)) {
      Path saved = all.filter(path -> path.endsWith("weights.npz")).findFirst().orElseThrow();
      Files.copy(saved, file.resolveSibling("weights.npz"));
    }
    CommandLineRun goesOn = run("many", "--resume");
    assertTrue(goesOn.out().contains("expectations: 5 held, 1 failed"), goesOn.out());
    assertTrue(run("many", "--fresh").out().contains("expectations: 5 held, 1 failed"));
  }

  @Test
  void unknownNamesAreTheCommandLinesFault() {
    CommandLineRun run = run("frist");
    assertEquals(2, run.exit());
    assertEquals(
        "error[E0911]: there is no experiment `frist`; did you mean `first`?\n", run.err());
    assertEquals(2, CommandLineRun.of("rnu").exit());
    assertEquals(2, CommandLineRun.of("run").exit());
    assertEquals(2, CommandLineRun.of("run", file.toString(), "--sed", "1").exit());
    assertEquals("snel 0.1.0\n", CommandLineRun.of("run", "--version").out());
  }

  @Test
  void aFolderThatIsInUseIsTheMachinesRefusal() throws IOException {
    assertEquals(0, run("first").exit());
    Path one;
    try (Stream<Path> runs = Files.list(out)) {
      one = runs.findFirst().orElseThrow();
    }
    byte[] result = Files.readAllBytes(one.resolve("result.json"));
    RunKey key = new RunKey(one.getFileName().toString().substring("first-".length()));
    try (RunFolder held = RunFolder.resume(out, "first", key, Map.of())) {
      CommandLineRun run = run("first", "--fresh");
      assertEquals(4, run.exit(), run.err());
      assertTrue(run.err().contains("another process is running this experiment"), run.err());
      assertTrue(Files.exists(held.path()));
    }
    assertArrayEquals(result, Files.readAllBytes(one.resolve("result.json")));
    CommandLineRun file = CommandLineRun.of("run", this.file.toString(), "--out", this.file + "");
    assertEquals(4, file.exit(), file.err());
    assertTrue(file.err().contains("a part of its path is a file, not a folder"), file.err());
  }

  @Test
  void writesAManifestAReportAndNoRawLogs() throws IOException {
    run("first");
    try (Stream<Path> runs = Files.list(out)) {
      Path one = runs.findFirst().orElseThrow();
      for (String name : List.of("manifest.json", "report.html", "result.json", "state.snel")) {
        assertTrue(Files.exists(one.resolve(name)), name);
      }
      assertFalse(Files.exists(one.resolve("recording")));
      Map<String, Object> manifest =
          Json.object("manifest", Files.readString(one.resolve("manifest.json")));
      assertEquals("first", manifest.get("experiment"));
      assertEquals(1, ((Number) manifest.getOrDefault("semantics", 0)).intValue());
    }
  }

  @Test
  void theManifestSaysHowToGetTheSameAgain() throws IOException {
    Files.writeString(
        file,
        """
        neuron Cell { param I = 2 mV; state v : voltage = 0 mV; v' = (I - v) / 5 ms }
        network Net { param amp = 20 mV, size = 1; population E : Cell[size](I: amp) }
        experiment e on Net { param rounds = 2; step 1 ms; seed 1; run rounds * 1 ms; report mean(E.v) }
        """);
    List<String> words =
        List.of("run", file.toString(), "e", "--seed", "7", "--set", "Net.amp=30 mV");
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of("--out", out.toString()));
    CommandLineRun run = CommandLineRun.of(command.toArray(String[]::new));
    assertEquals(0, run.exit(), run.err());
    try (Stream<Path> runs = Files.list(out)) {
      Path one = runs.findFirst().orElseThrow();
      Map<String, Object> manifest =
          Json.object("manifest", Files.readString(one.resolve("manifest.json")));
      List<String> told = new ArrayList<>(List.of("snel"));
      told.addAll(words);
      assertEquals(told, manifest.get("command"));
      assertEquals(
          Map.of("Net.amp", "30.0 mV", "Net.size", "1.0", "rounds", "2.0"),
          manifest.get("parameters"));
    }
  }
}
