package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  /// One spike meets three synapses in each answer; the answer comes with the first spike, 2 ms
  /// after the beginning.
  private static final String ANSWERS =
      """
      import std.neurons.Parrot
      import std.decode.FirstSpike
      network Net {
        input trains : spikes[1]
        population out : Parrot[3]
        connect trains -> out.fire  all
        readout first : FirstSpike(out, classes: 3)
      }
      experiment learn on Net { step 1 ms; seed 1; run 1 ms }
      experiment smoke on Net from learn {
        for label in [0, 1, 0, 2] { present trains = [[1 ms]] for 10 ms; score first against label }
        report accuracy = accuracy(first), published = 90 %, paper = "Who and others (1999), answers", training_images = 1_000
      }
      """;

  private static final String COUNTS =
      """
      import std.neurons.Parrot
      network Net { population cell : Parrot[1] }
      experiment measure on Net {
        step 1 ms; seed 1
        let draw = uniform(0, 1)
        run 1 ms
        report passes = 7 + draw
      }
      """;

  /// Synapses that hand on values: two of them, five steps, which the program counts by itself.
  private static final String VALUES =
      """
      neuron Cell { input x : real; state v : real = 1; every dt { v = x + 1 } }
      synapse Sent { weight w : real; transmit w * pre.v }
      network Net {
        population a : Cell[2]
        population b : Cell[1]
        connect a -> b.x  all  weight 1  synapse Sent
      }
      experiment smoke on Net {
        step 1 ms; seed 1
        run 5 ms
        report accuracy = 1, tested_images = 2, synaptic_operations = dense_operations()
      }
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    program("answers", ANSWERS);
    program("counts", COUNTS);
    program("values", VALUES);
    Files.writeString(folder.resolve("systems/answers/README.md"), "# What it answers\n\nMore.\n");
  }

  private void program(String name, String text) throws IOException {
    Path home = Files.createDirectories(folder.resolve("systems").resolve(name));
    Files.writeString(home.resolve(name + ".snn"), text);
  }

  private CommandLineRun compare(String... more) {
    return compared("smoke", more);
  }

  private CommandLineRun compared(String experiments, String... more) {
    List<String> words =
        List.of(
            "compare",
            folder.resolve("systems").toString(),
            experiments,
            "--out",
            folder.resolve("runs").toString(),
            "--write",
            folder.resolve("table").toString());
    return CommandLineRun.of(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
  }

  /// The row of a program, by column.
  private Map<String, String> cells(String name) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("table.md"));
    List<String> header = parts(lines, "system");
    List<String> row = parts(lines, name);
    Map<String, String> cells = new LinkedHashMap<>();
    for (int k = 0; k < header.size(); k++) {
      cells.put(header.get(k), row.get(k));
    }
    return cells;
  }

  private static List<String> parts(List<String> lines, String first) {
    String line =
        lines.stream()
            .filter(each -> each.startsWith("| " + first + " |"))
            .findFirst()
            .orElseThrow();
    return Stream.of(line.substring(2).split(" ?\\| ?", -1)).toList();
  }

  /// Both answer alike; what is told is of the one whose accuracy is reported, under whatever name:
  /// it answers 2 ms and a step later.
  @Test
  void tellsOfTheReadOutThatIsReported() throws IOException {
    String two =
        ANSWERS
            .replace("population out", "population late : Parrot[3]\n  population out")
            .replace(
                "readout first",
                "connect out -> late.fire one_to_one delay 2 ms\n"
                    + "  readout second : FirstSpike(late, classes: 3)\n  readout first")
            .replace("against label }", "against label; score second against label }");
    program("two", two.replace("= accuracy(first)", "= accuracy(second)"));
    program("named", two.replace("accuracy = accuracy(first)", "right = accuracy(second)"));
    CommandLineRun run = compare("--only", "two,named", "--seeds", "1");
    assertEquals(0, run.exit(), run.err());
    for (String name : List.of("two", "named")) {
      Map<String, String> cells = cells(name);
      assertEquals("50.0", cells.get("ours"));
      assertEquals("50.0", cells.get("chance"));
      assertEquals("5.0", cells.get("latency, ms"));
      assertEquals("6", cells.get("dense MACs"));
    }
  }

  @Test
  void saysWhatWasExpectedInVain() throws IOException {
    program("values", VALUES.replace("run 5 ms\n", "run 5 ms\n    expect 1 > 2\n"));
    CommandLineRun run = compare("--only", "values,answers", "--seeds", "2");
    assertTrue(run.err().contains("  2 expectations failed"), run.err());
    String table = Files.readString(folder.resolve("table.md"));
    assertTrue(table.contains("* **values**: 2 expectations failed"), table);
    assertTrue(table.contains("(1999), answers\n"), table);
  }

  @Test
  void putsWhatProgramsReportSideBySide() throws IOException {
    CommandLineRun run = compare("--seeds", "2");
    assertEquals(0, run.exit(), run.err());
    Map<String, String> answers = cells("answers");
    String cpu = answers.remove("CPU s");
    assertTrue(cpu != null && Double.parseDouble(cpu) >= 0, "processor time");
    assertEquals(
        "{system=answers, experiment=smoke, published=90.0, ours=50.0, range=50.0–50.0, chance=50.0,"
            + " above chance=0.0, seeds=2, training images=1000, synaptic operations=3, dense MACs=3,"
            + " energy, nJ=0.0, dense energy, nJ=0.0, latency, ms=2.0, =}",
        answers.toString());
    Map<String, String> counts = cells("counts");
    assertEquals("measure", counts.get("experiment"));
    assertTrue(String.valueOf(counts.get("ours")).startsWith("passes 7."), counts.toString());
    String[] range = String.valueOf(counts.get("range")).split("–");
    assertTrue(Double.parseDouble(range[0]) <= Double.parseDouble(range[1]), counts.toString());
    for (String none : List.of("chance", "training images", "synaptic operations", "dense MACs")) {
      assertEquals("", counts.get(none), none);
    }
    Map<String, String> values = cells("values");
    assertEquals("5", values.get("synaptic operations"));
    assertEquals("", values.get("dense MACs"));
    String text = Files.readString(folder.resolve("table.md"));
    assertTrue(
        text.contains(
            "* **answers**: What it answers. Published: Who and others (1999), answers\n"),
        text);
    String page = Files.readString(folder.resolve("table.html"));
    assertTrue(page.contains("data-kind=\"ranges\"") && page.contains("data-kind=\"points\""));
  }

  @Test
  void takesTheFirstExperimentThatAProgramHas() throws IOException {
    assertEquals(0, compared("small,learn,smoke", "--seeds", "1").exit());
    assertEquals("learn", cells("answers").get("experiment"));
    assertEquals("", cells("answers").get("range"), "it reports nothing");
    assertEquals("smoke", cells("values").get("experiment"));
  }

  @Test
  void goesOnWhereItWasBrokenOff() throws IOException {
    assertEquals(0, compare("--seeds", "1", "--only", "answers").exit());
    Path runs = folder.resolve("runs");
    assertEquals(2, results(runs).size());
    List<Object> before = results(runs);
    assertEquals(0, compare("--seeds", "2").exit());
    assertTrue(results(runs).containsAll(before), "stored results are used");
    assertEquals(2 * 2 + 2 + 2, results(runs).size());
  }

  /// Name and time of each.
  private static List<Object> results(Path runs) throws IOException {
    try (Stream<Path> files = Files.walk(runs)) {
      List<Object> found = new java.util.ArrayList<>();
      for (Path file : files.filter(f -> f.endsWith("result.json")).toList()) {
        found.add(file + " " + Files.getLastModifiedTime(file));
      }
      return found;
    }
  }

  @Test
  void whatThereIsNotIsTold() throws IOException {
    CommandLineRun near = compare("--only", "answers,count");
    assertEquals(2, near.exit());
    assertTrue(near.err().contains("there is no program `count` in "), near.err());
    assertTrue(near.err().contains("; did you mean `counts`?"), near.err());
    CommandLineRun none = compare("--only", "elsewhere");
    assertEquals(2, none.exit());
    String all = "; there are `answers`, `counts` and `values`";
    assertTrue(none.err().contains(all), none.err());
    CommandLineRun other = compare("--only", "counts", "--seeds", "1");
    assertEquals(0, other.exit());
    String instead = "has no experiment `smoke`; what is run is `measure`";
    assertTrue(other.err().contains(instead), other.err());
  }

  @Test
  void oneProgramThatIsWrongDoesNotHinderTheOthers() throws IOException {
    program("answers", ANSWERS.replace("trains = [[1 ms]]", "trains = [[1 mV]]"));
    CommandLineRun run = compare("--seeds", "1");
    assertEquals(1, run.exit());
    assertEquals("is wrong", cells("answers").get("ours"));
    assertNotEquals("", cells("counts").get("ours"));
    assertEquals(2, CommandLineRun.of("compare", folder.resolve("runs").toString(), "x").exit());
  }

  @Test
  void aFolderThatCannotBeReadIsRefusedByTheMachine() throws IOException {
    Path round = folder.resolve("round");
    Files.createSymbolicLink(round, round);
    CommandLineRun run = CommandLineRun.of("compare", round.toString(), "x");
    assertEquals(4, run.exit());
    assertTrue(run.err().startsWith("error[E0902]: cannot read " + round + ": "), run.err());
    CommandLineRun missing = CommandLineRun.of("compare", round + "s", "x");
    assertEquals(2, missing.exit());
    assertEquals("error: there is no folder " + round + "s\n", missing.err());
  }
}
