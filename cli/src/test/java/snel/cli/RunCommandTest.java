package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.record.Json;

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
      synapse Learns {
        weight w : real in 0 .. 2
        on pre { deliver w }
        on post { w += 0.01 }
      }
      network Net {
        param drive = 1.5
        population E : Cell[10](v: uniform(0, 1))
        population F : Cell[2]
        connect E -> F as feed  all  weight uniform(0.1, 0.2)  synapse Learns
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
  void tellsWhatAFailedExpectationFound() {
    CommandLineRun run = run("wrong");
    assertEquals(3, run.exit());
    assertTrue(run.err().contains("program.snn:36: `expect count(E) > 1_000`: it is "), run.err());
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

  @Test
  void unknownNamesAreTheCommandLinesFault() {
    CommandLineRun run = run("frist");
    assertEquals(2, run.exit());
    assertEquals("error: there is no experiment `frist`; did you mean `first`?\n", run.err());
    assertEquals(2, CommandLineRun.of("rnu").exit());
    assertEquals(2, CommandLineRun.of("run").exit());
    assertEquals(2, CommandLineRun.of("run", file.toString(), "--sed", "1").exit());
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
}
