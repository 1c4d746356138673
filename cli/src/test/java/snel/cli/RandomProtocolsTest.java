package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import snel.compiler.Compiled;

/// Random experiments come to the same on the JVM and in C: states after every step, spikes,
/// samples, results, failed expectations. `-Dsnel.full` runs more of them.
class RandomProtocolsTest {
  private static final Path PAGE = Path.of("../docs/internals/coverage-protocols.md");

  private static final String PREFACE =
      """
      # What protocols covered

      Each construct of protocols, and how many of %d random experiments and four directed ones
      (`statements.snn`) that had it gave the same states after every step, spikes, samples, results
      and failed expectations on the JVM and in C. Figures are drawn on the JVM only and left out in
      C; what is refused is refused with the message or code shown. Written by `RandomProtocolsTest`
      with `-Dcoverage.update`; the test fails where a cell is empty.
      """;

  private static final Path DIRECTED = Path.of("src/test/resources/targets");

  private static final int USUAL = 4;
  private static final int PROGRAMS =
      Integer.getInteger("protocols", Boolean.getBoolean("snel.full") ? 60 : USUAL);
  private static final long FIRST = Long.getLong("protocols.first", 0);
  private static final int EXPERIMENTS = 5;

  private final ProtocolCoverage coverage = new ProtocolCoverage();

  @TempDir private Path folder = Path.of("");

  @RegisterExtension private final HomeFolder home = new HomeFolder(() -> folder);

  @Test
  void givesTheSameOnBothTargets() throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    List<String> failures = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + PROGRAMS; seed++) {
      Path file = folder.resolve("random" + seed + ".snn");
      Files.writeString(file, RandomProtocol.program(seed, EXPERIMENTS));
      try {
        compare(file, "e" + (EXPERIMENTS - 1), 10, failures);
      } catch (RuntimeException | AssertionError problem) {
        failures.add(file.getFileName() + ": " + problem);
      }
    }
    for (String experiment : List.of("functions", "statements", "learned")) {
      compare(directed(), experiment, 3, failures);
    }
    assertEquals(List.of(), failures);
    assumeTrue(System.getenv("SNEL_DATA") == null && System.getenv("XDG_CACHE_HOME") == null);
    for (String experiment : List.of("trains", "learned")) {
      for (Compiled each : new JvmProgram(directed(), Map.of()).chain(experiment)) {
        ProtocolCoverage.inFiguresOnly(each).forEach(it -> coverage.addOnJvm(it, "left out"));
      }
    }
    refused();
    // fewer programs, or others, are asked for to look at one of them
    boolean usual = FIRST == 0 && PROGRAMS >= USUAL;
    assertEquals(List.of(), usual ? coverage.missing() : List.of(), "covered by nothing");
    String page = PREFACE.formatted(PROGRAMS * EXPERIMENTS) + "\n" + coverage.table();
    if (System.getProperty("coverage.update") != null) {
      Files.writeString(PAGE, page);
    }
  }

  /// What a C program refuses and the JVM runs, and what both refuse.
  private void refused() throws IOException {
    Files.copy(DIRECTED.resolve("refused.snn"), folder.resolve("refused.snn"));
    String file = folder.resolve("refused.snn").toString();
    Map<String, String> constructs =
        Map.of(
            "learns", "Action Learn",
            "converts", "Action Convert",
            "machines", "Read-out LINEAR_SVM");
    constructs.forEach((experiment, construct) -> {
      assertRefused("E0702", file, experiment);
      assertRuns(file, experiment);
      coverage.addOnJvm(construct, "refused (E0702)");
    });
    for (String ofLearning : List.of("LOSS", "RECENT_LOSS", "LOSS_IS_DUE")) {
      coverage.addOnJvm("Function " + ofLearning, "refused (E0702)");
    }
    assertRefused("E0702", file, "times");
    assertRuns(file, "times");
    coverage.addOnJvm("Function EDITS", "refused (E0702)");
    coverage.addOnJvm("Function LABEL", "refused (E0702)");
    assertRuns(file, "groups");
    coverage.addOnJvm("Function ACCURACY_BY", "the same groups (`AccuracyByTest`)");
    assertRuns(file, "saves");
    coverage.addOnJvm("Action Save", "the same archive (`SavedInCTest`)");
    Path saved;
    try (Stream<Path> made = Files.walk(folder.resolve("runs"))) {
      saved = made.filter(path -> path.endsWith("thresholds.npz")).findFirst().orElseThrow();
    }
    Files.copy(saved, folder.resolve("thresholds.npz"));
    assertRuns(file, "loads");
    coverage.addOnJvm("Action Load", "the same weights (`LoadedInCTest`)");
    assertRefused("`sweeps` is a sweep", file, "sweeps");
    assertRuns(file, "sweeps");
    coverage.addOnJvm("Action RunExperiment", "refused (no experiment)");
    coverage.addOnJvm("Term ResultOf", "refused (no experiment)");
  }

  private String runs() {
    return folder.resolve("runs").toString();
  }

  private void assertRefused(String why, String file, String experiment) {
    String out = folder.resolve("refused").toString();
    CommandLineRun run =
        CommandLineRun.of("compile", "--target", "c", "--out", out, file, experiment);
    assertTrue(run.exit() == 1 || run.exit() == 2, run.err());
    assertTrue(run.err().contains(why), run.err());
  }

  private void assertRuns(String file, String experiment) {
    CommandLineRun run = CommandLineRun.of("run", file, experiment, "--out", runs());
    assertEquals(0, run.exit(), run.err());
  }

  private void compare(Path file, String last, int states, List<String> failures)
      throws IOException {
    Path out = Files.createTempDirectory(folder, "c");
    List<ProgramRun> found = CProgram.of(out, "-O0", List.of(file.toString(), last)).runs();
    List<ProgramRun> wanted = new JvmProgram(file, Map.of()).runs(last);
    assertEquals(wanted.size(), found.size());
    List<Compiled> chain = new JvmProgram(file, Map.of()).chain(last);
    // one experiment may stop before its first step, not all of them
    assertTrue(wanted.stream().flatMap(run -> run.hashes().stream()).distinct().count() > states);
    for (int k = 0; k < wanted.size(); k++) {
      if (!wanted.get(k).equals(found.get(k))) {
        failures.add(file.getFileName() + " e" + k + difference(wanted.get(k), found.get(k)));
      } else {
        coverage.addSame(ProtocolCoverage.of(chain.get(k)));
      }
    }
  }

  /// The program of what random experiments have not, with its data beside it.
  private Path directed() throws IOException {
    Path file = folder.resolve("statements.snn");
    if (!Files.exists(file)) {
      for (String name : List.of("statements.snn", "table.csv")) {
        Files.copy(DIRECTED.resolve(name), folder.resolve(name));
      }
      Files.copy(Hdf5DataTest.FILE, folder.resolve("lists.h5"));
      Files.write(folder.resolve("rows.npy"), BinaryFiles.npy(new double[][] {{0.5, 3}, {2, 1}}));
      Path own = Files.createDirectories(folder.resolve(".cache/snel/data/own"));
      Files.write(own.resolve("x"), BinaryFiles.idx(0, 128, 255, 77));
      Files.write(own.resolve("label"), BinaryFiles.idx(0, 1, 2, 1));
      Path sounds = Files.createDirectory(folder.resolve("sounds"));
      for (int k = 0; k < 3; k++) {
        Files.write(sounds.resolve(k + ".wav"), BinaryFiles.wav(8_000, 80, 0.1 + 0.1 * k));
      }
      Path seen = Files.createDirectory(folder.resolve("seen"));
      for (int k = 0; k < 3; k++) {
        int[][] events = {{k, 0, 1, 500}, {1, 0, 0, 1_999}, {2, 0, k & 1, 3_000 + k}};
        Files.write(seen.resolve(k + ".bin"), BinaryFiles.atis(events));
      }
    }
    return file;
  }

  /// Without what is equal.
  private static String difference(ProgramRun jvm, ProgramRun c) {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < Math.min(jvm.hashes().size(), c.hashes().size()); k++) {
      if (!jvm.hashes().get(k).equals(c.hashes().get(k))) {
        text.append(" state after step ").append(k + 1);
        break;
      }
    }
    jvm.results()
        .forEach((name, value) -> {
          if (!value.equals(c.results().get(name))) {
            text.append("\n  ").append(name).append(": ").append(value).append(" in C ");
            text.append(c.results().get(name));
          }
        });
    text.append("\n  ").append(jvm.failures()).append("\n  ").append(c.failures());
    return text.append("\n").toString();
  }

  /// A machine that goes on from a checkpoint comes to the same states, spikes and results as one
  /// that was never broken off.
  @Test
  void goesOnFromAnyCheckpoint() throws IOException {
    Random moments = new Random(5);
    for (long seed = FIRST; seed < FIRST + PROGRAMS; seed++) {
      Path file = folder.resolve("random" + seed + ".snn");
      Files.writeString(file, RandomProtocol.program(seed, EXPERIMENTS));
      String last = "e" + (EXPERIMENTS - 1);
      List<ProgramRun> whole = new JvmProgram(file, Map.of()).runs(last);
      for (int k = 0; k < 3; k++) {
        int checkpoint = moments.nextInt(40);
        List<ProgramRun> resumed = new JvmProgram(file, Map.of()).resumed(last, checkpoint);
        for (int e = 0; e < whole.size(); e++) {
          String place = file.getFileName() + " e" + e + " from checkpoint " + checkpoint;
          assertSameEnd(whole.get(e), resumed.get(e), place);
        }
      }
    }
  }

  /// What was recorded before the checkpoint is in the files of the first part.
  private static void assertSameEnd(ProgramRun whole, ProgramRun resumed, String place) {
    int steps = resumed.hashes().size();
    int all = whole.hashes().size();
    assertEquals(whole.hashes().subList(all - steps, all), resumed.hashes(), place);
    assertEquals(whole.results(), resumed.results(), place);
    assertEquals(whole.spikeCounts(), resumed.spikeCounts(), place);
    assertEquals(whole.synapticOperations(), resumed.synapticOperations(), place);
    assertEquals(whole.failures(), resumed.failures(), place);
    assertEquals(whole.passed(), resumed.passed(), place);
    resumed.spikes().forEach((name, list) -> assertEnd(whole.spikes().get(name), list, place));
    resumed.samples().forEach((name, list) -> assertEnd(whole.samples().get(name), list, place));
  }

  private static <T> void assertEnd(@Nullable List<T> whole, List<T> end, String place) {
    assertNotNull(whole, place);
    assertEquals(whole.subList(whole.size() - end.size(), whole.size()), end, place);
  }
}
