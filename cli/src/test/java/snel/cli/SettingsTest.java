package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.runtime.record.Json;

/// What `--set` gives is of the kind of what it replaces, and the later of two counts.
class SettingsTest {
  private static final String PROGRAM =
      """
      network Net {
        param p = 20 %, on = true, kind = "a", ws = [1 ms, 2 ms], n = 3
        state x : real = 0
      }
      experiment e on Net {
        step 1 ms; seed 1
        param T = 3 ms
        run 1 ms
        report share = p, on = on, kind = kind, total = sum(ws), n = n, twice = 2 * T, x = x
      }
      """;

  @TempDir private Path folder = Path.of("");
  private String file = "";

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("program.snn").toString();
    Files.writeString(Path.of(file), PROGRAM);
  }

  private CommandLineRun run(String... settings) {
    List<String> words =
        new ArrayList<>(
            List.of("run", file, "--fresh", "--format", "json", "--out", folder.resolve("r") + ""));
    Arrays.stream(settings).forEach(setting -> words.addAll(List.of("--set", setting)));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private static Object result(CommandLineRun run, String name) {
    assertEquals(0, run.exit(), run.out() + run.err());
    return Json.object("line", run.lastLine()).get("results") instanceof Map<?, ?> results
        ? String.valueOf(results.get(name))
        : "";
  }

  @Test
  void theManifestHasListsToo() throws IOException {
    assertEquals(0, run("ws=[3 ms, 4 ms]").exit());
    try (Stream<Path> all = Files.walk(folder)) {
      Path manifest = all.filter(path -> path.endsWith("manifest.json")).findFirst().orElseThrow();
      String text = Files.readString(manifest);
      assertTrue(text.contains("\"[3.0 ms, 4.0 ms]\""), text);
    }
  }

  @Test
  void blanksAroundTheSignAreNoPartOfIt() {
    assertEquals("4.0", result(run("n = 4"), "n"));
    assertEquals("30.0", result(run(" Net.p= 30 %"), "share"));
  }

  /// A parameter of a network that is called `seed` is no seed.
  @Test
  void seedsAreThoseOfExperiments() throws IOException {
    Files.writeString(
        Path.of(file),
        PROGRAM.replace("n = 3", "n = 3, seed = 1.5").replace("report", "report own = seed,"));
    CommandLineRun run =
        CommandLineRun.of(
            "run", file, "--seed", "7", "--format", "json", "--out", folder.resolve("r") + "");
    assertEquals("1.5", result(run, "own"));
    assertEquals("2.5", result(run("Net.seed=2.5"), "own"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          p=30 mV; `Net.p` is a plain number, but `30 mV` is a voltage
          on=1; `Net.on` is true or false, but `1` is a plain number
          T=5; give `--set \\"T=5 ms\\"`
          e.T=5 mV; `e.T` is a time, but `5 mV` is a voltage
          ws=[1 mV, 2 mV]; `Net.ws` is a time, but `[1 mV, 2 mV]` is a voltage
          n="three"; is a text
          kind=3; `Net.kind` is a text, but `3` is a plain number
          kind=b; give `--set 'kind=\\"b\\"'`
          """)
  void anotherKindOrDimensionIsRefused(String setting, String said) {
    CommandLineRun run = run(setting);
    assertEquals(1, run.exit(), run.out());
    assertTrue(run.out().contains("\"code\":\"E0202\""), run.out());
    assertTrue(run.out().contains(said.replace("\\\\", "\\")), run.out());
  }

  @Test
  void theSameKindIsTaken() {
    assertEquals("30.0", result(run("p=0.3"), "share"));
    assertEquals("false", result(run("on=false"), "on"));
    assertEquals("b", result(run("kind=\"b\""), "kind"));
    assertEquals("6.0", result(run("ws=[1 ms, 2 ms, 3 ms]"), "total"));
    assertEquals("2.5", result(run("n=2.5"), "n"));
    assertEquals("10.0", result(run("T=0.005 s"), "twice"));
  }

  @Test
  void theLaterOfTwoCounts() {
    assertEquals("4.0", result(run("n=5", "n=4"), "n"));
    assertEquals("4.0", result(run("Net.n=5", "n=4"), "n"));
    assertEquals("4.0", result(run("n=5", "Net.n=4"), "n"));
    assertEquals("6.0", result(run("n=5", "Net.n=4", "n=6"), "n"));
  }
}
