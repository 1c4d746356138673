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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random experiments come to the same on the JVM and in C: states after every step, spikes,
/// samples, results, failed expectations. `-Dsnel.full` runs more of them.
class RandomProtocolsTest {
  private static final int PROGRAMS =
      Integer.getInteger("protocols", Boolean.getBoolean("snel.full") ? 60 : 4);
  private static final long FIRST = Long.getLong("protocols.first", 0);
  private static final int EXPERIMENTS = 5;

  @TempDir private Path folder = Path.of("");

  @Test
  void givesTheSameOnBothTargets() throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    List<String> failures = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + PROGRAMS; seed++) {
      Path file = folder.resolve("random" + seed + ".snn");
      Files.writeString(file, RandomProtocol.program(seed, EXPERIMENTS));
      try {
        compare(file, failures);
      } catch (RuntimeException | AssertionError problem) {
        failures.add(file.getFileName() + ": " + problem);
      }
    }
    assertEquals(List.of(), failures);
  }

  private void compare(Path file, List<String> failures) throws IOException {
    String last = "e" + (EXPERIMENTS - 1);
    Path out = Files.createTempDirectory(folder, "c");
    List<ProgramRun> found = CProgram.of(out, "-O0", List.of(file.toString(), last)).runs();
    List<ProgramRun> wanted = new JvmProgram(file, Map.of()).runs(last);
    assertEquals(wanted.size(), found.size());
    // one experiment may stop before its first step, not all of them
    assertTrue(wanted.stream().flatMap(run -> run.hashes().stream()).distinct().count() > 10);
    for (int k = 0; k < wanted.size(); k++) {
      if (!wanted.get(k).equals(found.get(k))) {
        failures.add(file.getFileName() + " e" + k + difference(wanted.get(k), found.get(k)));
      }
    }
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
