package snel.runtime.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.Npy;
import snel.runtime.data.NumberArray;
import snel.runtime.data.Shape;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.record.ResultLine.State;

class RunFolderTest {
  private static final RunKey KEY = new RunKey("0123456789ab");
  private static final TimeStep STEP = TimeStep.ofMilliseconds(0.1);
  private static final SampleLog.Subject POTENTIAL =
      new SampleLog.Subject("column[0].E.v", Shape.of(3), "mV", STEP, 10, 10);

  @TempDir Path runs;

  static ResultLine result(State state) {
    return new ResultLine(
        "cuba",
        state,
        Map.of("rate.E", 5.25),
        Map.of("E", 12L),
        new ResultLine.Operations(34, 0, OptionalLong.empty()),
        new ResultLine.Times(1.5, 2.5, 3.5, 4.5, 3.25),
        new ResultLine.Expectations(1, 0));
  }

  private static void record(RunFolder folder, int from, int to) {
    SpikeLog excitatory = folder.spikes("E", 5_000, STEP);
    SpikeLog inhibitory = folder.spikes("column[1].I", 3, STEP);
    SampleLog samples = folder.samples(POTENTIAL, SampleLog.Precision.SINGLE);
    for (int n = from; n < to; n++) {
      excitatory.append(new long[] {n, n}, new int[] {n % 7, 4_999}, n % 3);
      inhibitory.append(new long[] {n, n, n}, new int[] {2, 0, 1}, n % 2);
      samples.append(new float[] {n, -n, n + 0.5f});
    }
  }

  @Test
  void aRunThatIsDoneLeavesFilesThatOthersRead() throws IOException {
    try (RunFolder folder = RunFolder.begin(runs, "cuba", KEY)) {
      record(folder, 1, 5);
      folder.finish(result(State.DONE));
    }
    Path path = runs.resolve("cuba-0123456789ab");
    assertEquals(
        """
        time_ms,population,neuron
        0.1,E,1
        0.1,column[1].I,2
        0.2,E,2
        0.2,E,4999
        0.3,column[1].I,2
        0.4,E,4
        """,
        Files.readString(path.resolve("spikes.csv")));
    try (HdfFile file = new HdfFile(path.resolve("spikes.h5"))) {
      assertEquals(0x0A7A, file.getAttribute("magic").getData());
      assertArrayEquals(
          new double[] {0.1, 0.2, 0.2, 0.4},
          (double[]) file.getDatasetByPath("/spikes/E/timestamps").getData());
      assertArrayEquals(
          Stream.of(1, 2, 4_999, 4).map(BigInteger::valueOf).toArray(),
          (BigInteger[]) file.getDatasetByPath("/spikes/E/node_ids").getData());
    }
    NumberArray samples = Npy.read(DataFile.at(path.resolve("samples/column-0.E.v.npy")));
    assertEquals(Shape.of(4, 3), samples.shape());
    assertArrayEquals(
        new float[] {1, -1, 1.5f, 2, -2, 2.5f, 3, -3, 3.5f, 4, -4, 4.5f}, samples.toFloats());
    String manifest = Files.readString(path.resolve("manifest.json"));
    Map<String, Object> read = Json.object("manifest", manifest);
    assertEquals("done", read.get("state"));
    assertTrue(manifest.contains("\"first_ms\":\"1.0\""), manifest);
    assertFalse(Files.exists(path.resolve("recording")));
    assertEquals(result(State.DONE), RunFolder.stored(runs, "cuba", KEY).orElseThrow());
  }

  /// The HDF5 project's own reader, where it is installed.
  @Test
  void theHdf5ToolsReadTheSpikes() throws IOException, InterruptedException {
    try (RunFolder folder = RunFolder.begin(runs, "cuba", KEY)) {
      record(folder, 1, 5);
      folder.finish(result(State.DONE));
    }
    Path file = RunFolder.pathOf(runs, "cuba", KEY).resolve("spikes.h5");
    Process process;
    try {
      process = new ProcessBuilder("h5dump", "-y", file.toString()).start();
    } catch (IOException _) {
      Assumptions.abort("skipped, h5dump is not installed (apt-get install hdf5-tools)");
      return;
    }
    String dump = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    String flat = dump.replaceAll("\\s+", " ");
    assertTrue(flat.contains("DATASET \"timestamps\" { DATATYPE H5T_IEEE_F64LE"), dump);
    assertTrue(flat.contains("DATA { 0.1, 0.2, 0.2, 0.4 }"), dump);
    assertTrue(flat.contains("DATASET \"node_ids\" { DATATYPE H5T_STD_U64LE"), dump);
    assertTrue(flat.contains("DATA { 1, 2, 4999, 4 }"), dump);
    assertTrue(flat.contains("GROUP \"column[1].I\""), dump);
  }

  @Test
  void silenceIsWrittenToo() throws IOException {
    try (RunFolder folder = RunFolder.begin(runs, "cuba", KEY)) {
      folder.spikes("E", 10, STEP);
      folder.finish(result(State.DONE));
    }
    Path path = RunFolder.pathOf(runs, "cuba", KEY);
    assertEquals("time_ms,population,neuron\n", Files.readString(path.resolve("spikes.csv")));
    try (HdfFile file = new HdfFile(path.resolve("spikes.h5"))) {
      assertTrue(((Group) file.getByPath("/spikes")).getChildren().isEmpty());
    }
  }

  @Test
  void aResumedRunLeavesTheSameFilesAsOneThatWasNotStopped() throws IOException {
    try (RunFolder whole = RunFolder.begin(runs, "whole", KEY)) {
      record(whole, 1, 200);
      whole.finish(result(State.DONE));
    }
    Map<String, Long> lengths;
    try (RunFolder first = RunFolder.begin(runs, "cut", KEY)) {
      record(first, 1, 90);
      lengths = first.sync();
      record(first, 90, 140);
      first.spikes("later", 1, STEP).append(new long[] {140}, new int[] {0}, 1);
      first.finish(result(State.INTERRUPTED));
    }
    assertTrue(RunFolder.stored(runs, "cut", KEY).isEmpty(), "an interrupted run is no result");
    try (RunFolder second = RunFolder.resume(runs, "cut", KEY, lengths)) {
      assertEquals(events(1, 90).count(), second.spikes("E", 5_000, STEP).events().count());
      record(second, 90, 200);
      second.finish(result(State.DONE));
    }
    for (String file : List.of("spikes.csv", "spikes.h5", "samples/column-0.E.v.npy")) {
      assertArrayEquals(
          Files.readAllBytes(RunFolder.pathOf(runs, "whole", KEY).resolve(file)),
          Files.readAllBytes(RunFolder.pathOf(runs, "cut", KEY).resolve(file)),
          file);
    }
  }

  private SpikeEvents events(int from, int to) {
    try (RunFolder folder = RunFolder.begin(runs, "other", KEY)) {
      record(folder, from, to);
      return folder.spikes("E", 5_000, STEP).events();
    }
  }

  @Test
  void manySpikesInOneStepAreKept() {
    try (RunFolder folder = RunFolder.begin(runs, "many", KEY)) {
      int[] all = java.util.stream.IntStream.rangeClosed(0, 50_000).map(k -> k % 50_000).toArray();
      long[] stamps = new long[all.length];
      Arrays.fill(stamps, 7);
      stamps[50_000] = 9;
      SpikeLog log = folder.spikes("E", 50_000, STEP);
      log.append(stamps, all, all.length);
      SpikeEvents events = log.events();
      assertEquals(50_001, events.count());
      assertEquals(49_999, events.neurons()[49_999]);
      assertArrayEquals(
          new double[] {0.7, 0.9},
          new double[] {events.times(STEP)[0], events.times(STEP)[50_000]});
    }
  }

  @Test
  void spikesWithinAStepAreInTheOrderOfTime() throws IOException {
    try (RunFolder folder = RunFolder.begin(runs, "within", KEY)) {
      SpikeLog first = folder.spikes("A", 3, STEP);
      SpikeLog second = folder.spikes("B", 1, STEP);
      double[] early = {0.25, 0.75, 0.5, 0};
      first.append(new long[] {7, 7, 7, 8}, early, new int[] {0, 1, 2, 0}, 4);
      second.append(new long[] {7}, new double[] {0.625}, new int[] {0}, 1);
      assertArrayEquals(new int[] {1, 2, 0, 0}, first.events().neurons());
      assertArrayEquals(new double[] {0.625, 0.65, 0.675, 0.8}, first.events().times(STEP), 1e-15);
      folder.finish(result(State.DONE));
      List<String> lines = Files.readAllLines(folder.path().resolve("spikes.csv"));
      assertEquals(
          List.of("A,1", "B,0", "A,2", "A,0", "A,0"),
          lines.stream().skip(1).map(l -> l.substring(l.indexOf(',') + 1)).toList());
      assertEquals("0.8,A,0", lines.getLast());
    }
  }

  @Test
  void recordingsShorterThanTheCheckpointAreRefused() {
    Map<String, Long> lengths;
    try (RunFolder folder = RunFolder.begin(runs, "short", KEY)) {
      record(folder, 1, 90);
      lengths = folder.sync();
    }
    Map<String, Long> longer = new java.util.HashMap<>(lengths);
    longer.replaceAll((_, length) -> length + 1);
    DataProblem problem =
        assertThrows(DataProblem.class, () -> RunFolder.resume(runs, "short", KEY, longer).close());
    assertTrue(problem.getMessage().contains("the run cannot go on"), problem.getMessage());
  }

  @Test
  void recordingsThatAreGoneAreRefused() throws IOException {
    Map<String, Long> lengths;
    try (RunFolder folder = RunFolder.begin(runs, "gone", KEY)) {
      record(folder, 1, 90);
      lengths = folder.sync();
    }
    Path path = RunFolder.pathOf(runs, "gone", KEY);
    for (String inside : List.of("samples", "recording")) {
      Files.move(path.resolve(inside), runs.resolve(inside));
      DataProblem problem =
          assertThrows(
              DataProblem.class, () -> RunFolder.resume(runs, "gone", KEY, lengths).close());
      assertEquals(ProblemKind.OTHER_CHECKPOINT, problem.problem());
      assertTrue(problem.getMessage().contains(inside), problem.getMessage());
      assertTrue(problem.getMessage().contains("is missing"), problem.getMessage());
      assertTrue(problem.getMessage().contains("(`--fresh` begins again)"), problem.getMessage());
      Files.move(runs.resolve(inside), path.resolve(inside));
    }
    RunFolder.resume(runs, "gone", KEY, lengths).close();
  }

  @Test
  void anOlderResultIsKeptUntilTheNewRunIsDone() throws IOException {
    try (RunFolder folder = RunFolder.begin(runs, "cuba", KEY)) {
      record(folder, 1, 5);
      folder.finish(result(State.DONE));
    }
    Path path = RunFolder.pathOf(runs, "cuba", KEY);
    try (RunFolder folder = RunFolder.begin(runs, "cuba", KEY)) {
      record(folder, 1, 3);
      folder.sync();
    }
    assertTrue(Files.exists(path.resolve("previous/spikes.h5")));
    assertTrue(RunFolder.stored(runs, "cuba", KEY).isEmpty());
    try (RunFolder folder = RunFolder.begin(runs, "cuba", KEY)) {
      record(folder, 1, 5);
      folder.finish(result(State.DONE));
    }
    assertFalse(Files.exists(path.resolve("previous")));
  }

  @Test
  void aRunThatIsNotDoneDoesNotTakeThePlaceOfAnOlderResult() throws IOException {
    try (RunFolder folder = RunFolder.begin(runs, "cuba", KEY)) {
      record(folder, 1, 5);
      folder.finish(result(State.DONE));
    }
    Path previous = RunFolder.pathOf(runs, "cuba", KEY).resolve("previous");
    for (State state : List.of(State.FAILED, State.INTERRUPTED)) {
      try (RunFolder folder = RunFolder.begin(runs, "cuba", KEY)) {
        record(folder, 1, 3);
        folder.finish(result(state));
      }
      assertTrue(Files.readString(previous.resolve("result.json")).contains("done"));
      assertTrue(Files.exists(previous.resolve("spikes.h5")));
    }
  }

  @Test
  void twoRunsDoNotShareAFolder() {
    try (RunFolder first = RunFolder.begin(runs, "cuba", KEY)) {
      MachineRefused refused =
          assertThrows(MachineRefused.class, () -> RunFolder.begin(runs, "cuba", KEY).close());
      assertTrue(
          refused.getMessage().startsWith("another process is running this experiment into "),
          refused.getMessage());
      record(first, 1, 3);
    }
    RunFolder.begin(runs, "cuba", KEY).close();
  }

  /// Beside the lock they are those that the page about results lists.
  @Test
  void whatARunWritesItselfIsNotSavedOver() throws IOException {
    String page = Files.readString(Path.of("../docs/results.md"));
    List<String> listed =
        Pattern.compile("^\\| `([^`/]+)(/[^`]*)?` \\|", Pattern.MULTILINE)
            .matcher(page.substring(0, page.indexOf("```python")))
            .results()
            .map(row -> row.group(1))
            .toList();
    assertEquals(FolderContent.OWN, listed);
    FolderContent.OWN.forEach(name -> assertTrue(SavedName.refusal(name).isPresent(), name));
    for (String name : List.of("", ".", "a/..", "..", "../w.npz", "a/../../w.npz", "/", "/w.npz")) {
      assertTrue(SavedName.refusal(name).isPresent(), name);
    }
    assertEquals(Optional.empty(), SavedName.refusal("weights/last.npz"));
  }
}
