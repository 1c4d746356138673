package snel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Processes that are killed at any moment, and go on to the same bits. `-Dsnel.full` kills them
/// more often.
class KillTest {
  private static final int KILLS = Boolean.getBoolean("snel.full") ? 20 : 4;
  private static final String NEVER = "--checkpoint-every=100000";

  /// What the background jobs of a shell start ignores Ctrl-C, and so would a run that they start.
  private static final List<String> INTERRUPTIBLE =
      succeeds("env", "--default-signal=INT", "true")
          ? List.of("env", "--default-signal=INT")
          : List.of();

  private static final String PROGRAM =
      """
      neuron Cell {
        input I : real
        noise xi
        state v : real = 0
        v' = (I - v) / 10 ms + 0.1 * xi / sqrt(1 ms)
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
        refractory 2 ms holding v
      }
      synapse Learns {
        weight w : real in 0 .. 1
        trace x of pre tau 20 ms
        trace y of post tau 20 ms
        on pre  { deliver w; w -= 0.001 * y }
        on post { w += 0.001 * x }
      }
      network Net {
        population E : Cell[100](v: uniform(0, 1))
        connect E -> E as rec  bernoulli(20 %) where pre != post
          weight uniform(0, 0.1)  delay to_step(uniform(1 ms, 5 ms))  synapse Learns
      }
      experiment e on Net {
        step 0.1 ms; seed 5
        record E.spikes, E[0 ..< 3].v every 1 ms
        var total = 0
        every 30 ms { report over_time(mean(rec.w)) }
        for k in 1 .. 300 {
          present E.I = 1 + uniform(0, 0.5) for 40 ms
          total += count(E)
          rest 5 ms
          run to_step(uniform(5 ms, 25 ms))
          report total = total
        }
      }
      """;

  @TempDir private Path folder = Path.of("");

  private Process start(Path out, String... more) throws IOException {
    List<String> command = new ArrayList<>(INTERRUPTIBLE);
    command.addAll(JavaMachine.running(Main.class, "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(
        List.of("run", folder.resolve("killed.snn").toString(), "--out", out.toString()));
    command.addAll(List.of(more));
    if (!command.contains(NEVER)) {
      command.add("--checkpoint-every=0.02");
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile())
        .start();
  }

  private static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException | InterruptedException _) {
      return false;
    }
  }

  private static int finish(Process process) throws InterruptedException {
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "still running");
    return process.exitValue();
  }

  private static Path only(Path out) throws IOException {
    try (Stream<Path> runs = Files.list(out)) {
      return runs.findFirst().orElse(out.resolve("no run"));
    }
  }

  @Test
  void goesOnToTheSameBitsAfterBeingKilled() throws Exception {
    Files.writeString(folder.resolve("killed.snn"), PROGRAM);
    Path whole = folder.resolve("whole");
    assertEquals(0, finish(start(whole, NEVER)), () -> output());

    Path killed = folder.resolve("killed");
    Random moments = new Random(11);
    int kills = 0;
    while (kills < KILLS && killed(killed, moments)) {
      kills++;
    }
    assertTrue(kills >= KILLS / 2, "it was over after " + kills + " kills");
    assertEquals(0, finish(start(killed, "--resume", NEVER)), () -> output());

    assertArrayEquals(
        Files.readAllBytes(only(whole).resolve("state.snel")),
        Files.readAllBytes(only(killed).resolve("state.snel")));
    for (String file : List.of("spikes.csv", "tables")) {
      assertEquals(text(only(whole).resolve(file)), text(only(killed).resolve(file)), file);
    }
    assertEquals(
        results(only(whole).resolve("result.json")), results(only(killed).resolve("result.json")));
  }

  /// Goes on with the run and kills it: at any moment, or soon after it has left a checkpoint, so
  /// that kills on a slow machine do not all come while it starts, nor on a fast one after its end.
  ///
  /// @return whether it was still running
  private boolean killed(Path out, Random moments) throws Exception {
    long before = checkpointed(out);
    Process process = start(out, "--resume");
    if (moments.nextBoolean()) {
      process.waitFor(moments.nextInt(600), TimeUnit.MILLISECONDS);
    } else {
      while (process.isAlive() && checkpointed(out) == before) {
        process.waitFor(2, TimeUnit.MILLISECONDS);
      }
      process.waitFor(moments.nextInt(60), TimeUnit.MILLISECONDS);
    }
    boolean running = process.isAlive();
    process.destroyForcibly();
    process.waitFor();
    return running;
  }

  /// When the last checkpoint was written; 0 before the first.
  private static long checkpointed(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return 0;
    }
    return only(out).resolve("checkpoint.snel").toFile().lastModified();
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output.txt"));
    } catch (IOException problem) {
      return problem.toString();
    }
  }

  private static String text(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Files.readString(path);
    }
    var all = new StringBuilder();
    try (Stream<Path> inside = Files.list(path)) {
      for (Path file : inside.sorted().toList()) {
        all.append(file.getFileName()).append('\n').append(Files.readString(file));
      }
    }
    return all.toString();
  }

  /// The result line without the times that it took.
  private static String results(Path file) throws IOException {
    return Files.readString(file)
        .replaceAll("\"(compile|build|run|run_cpu|run_thread_cpu)_ms\":[0-9.eE+-]+", "");
  }

  /// Stopped after some time, wherever that is, it goes on from there and not from the beginning.
  @Test
  void goesOnWhereItWasInterrupted() throws Exception {
    Files.writeString(folder.resolve("killed.snn"), PROGRAM.replace("1 .. 300", "1 .. 80"));
    Path whole = folder.resolve("whole");
    assertEquals(0, finish(start(whole, NEVER)), () -> output());
    Path out = folder.resolve("interrupted");
    Process process = start(out, NEVER);
    try {
      for (int k = 0; k < 1_200 && !recordsIn(out); k++) {
        Thread.sleep(20);
      }
      signal(process, "INT");
      assertEquals(130, finish(process), () -> output());
    } finally {
      process.destroyForcibly();
    }
    assertTrue(output().contains("; with --resume it goes on"), output());
    assertTrue(Files.exists(only(out).resolve("checkpoint.snel")));
    assertEquals(0, finish(start(out, "--resume", NEVER)), () -> output());
    assertArrayEquals(
        Files.readAllBytes(only(whole).resolve("state.snel")),
        Files.readAllBytes(only(out).resolve("state.snel")));
    assertEquals(
        results(only(whole).resolve("result.json")), results(only(out).resolve("result.json")));
  }

  private static boolean recordsIn(Path out) throws IOException {
    return Files.isDirectory(out) && Files.isDirectory(only(out).resolve("recording"));
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void keepsTheResultsSoFarWhenStopped(String signal, int exit) throws Exception {
    Files.writeString(folder.resolve("killed.snn"), PROGRAM.replace("1 .. 300", "1 .. 1_000_000"));
    Path out = folder.resolve("interrupted");
    Process process = start(out);
    try {
      waitForSpikesOfSeveralPasses(out);
      signal(process, signal);
      assertEquals(exit, finish(process), () -> output());
    } finally {
      process.destroyForcibly();
    }
    assertTrue(output().contains("stopped; the results so far are in "), output());
    String result = Files.readString(only(out).resolve("result.json"));
    assertTrue(result.contains("\"state\":\"interrupted\""), result);
    assertTrue(result.contains("\"total\":"), result);
    assertTrue(Files.exists(only(out).resolve("spikes.csv")));
  }

  /// They are on the disk when a checkpoint is.
  private static void waitForSpikesOfSeveralPasses(Path out) throws Exception {
    for (int k = 0; k < 1_200; k++) {
      if (Files.isDirectory(out)) {
        try (Stream<Path> all = Files.walk(out)) {
          if (all.anyMatch(KillTest::holdsSpikesOfSeveralPasses)) {
            return;
          }
        } catch (UncheckedIOException _) {
          continue; // a file was renamed while we looked
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no spikes");
  }

  private static boolean holdsSpikesOfSeveralPasses(Path file) {
    return file.toString().endsWith(".spikes") && file.toFile().length() > 50_000;
  }
}
