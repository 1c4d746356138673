package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

/// What does not hold is told and counts, wherever it was run.
class UnmetExpectationsTest {
  private static final String PROGRAM =
      """
      network Net { param g = 1, unread = 2
        state x : real = 0
      }
      experiment base on Net { step 1 ms; run 1 ms; report b = g; expect g > 5 }
      experiment child on Net from base { param p = 1; run 1 ms; report c = g * p; expect g > 0 }
      sweep own over Net.g in [1, 10, 2] { run base; report table(Net.g, base.b) }
      sweep chains over Net.g in [1, 10] { run child; report table(Net.g, child.c) }
      sweep shared over child.p in [1, 2] { run child; report table(child.c) }
      """;

  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("program.snn");
    Files.writeString(file, PROGRAM);
  }

  private CommandLineRun run(String... more) {
    String[] first = {"run", file.toString(), "--out", folder.resolve("runs").toString()};
    return CommandLineRun.of(
        Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new));
  }

  private static List<String> failures(CommandLineRun run) {
    return run.err().lines().filter(line -> line.startsWith("failed: ")).toList();
  }

  private static Object expectations(CommandLineRun run, String key) {
    return Json.object("line", run.lastLine()).get("expectations") instanceof Map<?, ?> map
        ? String.valueOf(map.get(key))
        : "";
  }

  @Test
  void anExperimentFailsWithTheOneThatItStartsFrom() {
    for (String how : List.of("fresh", "stored")) {
      CommandLineRun run = run("child");
      assertEquals(3, run.exit(), how);
      assertEquals(1, failures(run).size(), run.err());
      assertTrue(failures(run).getFirst().contains(":4: `expect g > 5`: it is 1 instead"), how);
    }
    CommandLineRun both = run("child", "base");
    assertEquals(1, failures(both).size(), "told once: " + both.err());
    assertEquals(0, run("child", "--set", "g=6").exit());
  }

  @Test
  void aSweepFailsWithItsPointsAndNamesThem() {
    CommandLineRun own = run("own");
    assertEquals(3, own.exit());
    assertEquals(2, failures(own).size(), own.err());
    assertTrue(failures(own).get(0).endsWith("; `base` at Net.g = 1"), own.err());
    assertTrue(failures(own).get(1).endsWith("; `base` at Net.g = 2"), own.err());
    CommandLineRun chains = run("chains", "--format", "json");
    assertEquals(3, chains.exit());
    assertEquals("1", expectations(chains, "failed"));
    assertEquals("3", expectations(chains, "passed"));
  }

  /// Each run counts once: two points start from the same one.
  @Test
  void whatPointsShareCountsOnce() {
    CommandLineRun run = run("shared", "--format", "json");
    assertEquals(3, run.exit(), run.err());
    assertEquals("1", expectations(run, "failed"));
    assertEquals("2", expectations(run, "passed"));
  }

  @Test
  void toolsReadWhichItWas() {
    CommandLineRun run = run("child", "--format", "json");
    List<Map<String, Object>> said =
        run.err()
            .lines()
            .filter(line -> line.startsWith("{"))
            .map(line -> Json.object("line", line))
            .toList();
    Map<String, Object> unmet =
        said.stream().filter(line -> line.containsKey("unmet")).findFirst().orElseThrow();
    assertEquals("base", unmet.get("unmet"));
    assertEquals("expect g > 5", unmet.get("statement"));
    assertEquals(4, unmet.get("line"));
    assertTrue(said.stream().anyMatch(line -> "W0801".equals(line.get("code"))), run.err());
    assertEquals(1, run.out().lines().count(), run.out());
    CommandLineRun base = run("base", "--format", "json");
    assertTrue(
        base.lastLine().contains("\"unmet\":[{\"file\":\"" + file + "\",\"line\":4,"),
        base.lastLine());
  }

  @Test
  void aDoubtIsToldOnce() throws IOException {
    Files.writeString(
        file,
        """
        import std.neurons.unit.Lif
        network Net { param g = 1; population Silent : Lif[2](tau_m: g * 20 ms) }
        experiment base on Net { step 1 ms; seed 1; run 1 ms; report b = g }
        experiment child on Net from base { run 1 ms; report c = g }
        sweep points over Net.g in 1 .. 4 { run child; report table(child.c) }
        """);
    CommandLineRun run = run("points");
    assertEquals(0, run.exit(), run.err());
    assertEquals(1, run.err().split("warning\\[W0802]", -1).length - 1, run.err());
    assertFalse(run.err().contains("2 warnings"), run.err());
  }
}
