package snel.runtime.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.data.Shape;
import snel.runtime.record.RunFolder;
import snel.runtime.record.RunKey;
import snel.runtime.record.SampleLog;
import snel.runtime.record.TimeStep;
import snel.runtime.schedule.Drawing;
import snel.runtime.schedule.Results;
import snel.runtime.schedule.Value;

class RecordedTest {
  private static final TimeStep STEP = TimeStep.ofMilliseconds(0.5);

  @TempDir Path runs;

  private RunFolder folder() {
    return RunFolder.begin(runs, "e", new RunKey("0123456789ab"));
  }

  @Test
  void spikesThatNothingShowsAreShown() {
    try (RunFolder folder = folder()) {
      folder.spikes("A", 3, STEP).append(new long[] {0, 2, 7}, new int[] {0, 2, 2}, 3);
      folder.spikes("B", 2, STEP).append(new long[] {4}, new int[] {1}, 1);
      Report report = new Report("e", "");
      Recorded.put(report, new Results(), folder, 0, 10);
      var raster =
          assertInstanceOf(Figure.Raster.class, report.figure("raster.recorded").orElseThrow());
      assertEquals("Spikes of A, B", raster.title());
      assertEquals(0, raster.from());
      assertEquals(10, raster.to());
      assertArrayEquals(new double[] {0, 1, 3.5}, raster.populations().getFirst().times());
      assertArrayEquals(new int[] {0, 2, 2}, raster.populations().getFirst().ids());
    }
  }

  @Test
  void spikesOfAnExperimentThatGoesOnAreShownFromItsBeginning() {
    try (RunFolder folder = folder()) {
      folder.spikes("A", 3, STEP).append(new long[] {2_002, 2_007}, new int[] {0, 2}, 2);
      Report report = new Report("e", "");
      Recorded.put(report, new Results(), folder, 1_000, 1_010);
      var raster =
          assertInstanceOf(Figure.Raster.class, report.figure("raster.recorded").orElseThrow());
      assertEquals(1_000, raster.from());
      assertEquals(1_010, raster.to());
    }
  }

  @Test
  void ofManySpikesTheLastAreShown() {
    try (RunFolder folder = folder()) {
      for (int n = 0; n < 60_000; n++) {
        folder.spikes("A", 3, STEP).append(new long[] {n}, new int[] {n % 3}, 1);
      }
      Report report = new Report("e", "");
      Recorded.put(report, new Results(), folder, 0, 30_000);
      var raster =
          assertInstanceOf(Figure.Raster.class, report.figure("raster.recorded").orElseThrow());
      assertEquals(19.9995, raster.from());
      String all = Html.number(30);
      assertEquals("Spikes of A, the last 10 s of " + all + " s", raster.title());
      assertEquals(20_000, raster.populations().getFirst().times().length);
    }
  }

  @Test
  void statesThatNothingShowsAreShown() {
    try (RunFolder folder = folder()) {
      var subject = new SampleLog.Subject("A.v", Shape.of(20), "mV", STEP, 4, 2);
      SampleLog log = folder.samples(subject, SampleLog.Precision.SINGLE);
      float[] row = new float[20];
      for (int n = 0; n < 9_000; n++) {
        row[1] = n;
        log.append(row);
      }
      Report report = new Report("e", "");
      Recorded.put(report, new Results(), folder, 0, 10);
      var lines =
          assertInstanceOf(Figure.Lines.class, report.figure("traces.recorded mV").orElseThrow());
      assertEquals(12, lines.lines().size());
      Figure.Line second = lines.lines().get(1);
      assertEquals("A.v[1]", second.name());
      String samples = Html.counted(8_000, "sample");
      assertEquals("Recorded states, the first 12, the last " + samples, lines.title());
      assertEquals(8_000, second.x().length);
      assertEquals(1_002, second.x()[0]); // row 1,000 at step 4 + 2 · 1,000
      assertEquals(1_000, second.y()[0]);
      assertEquals(8_999, second.y()[7_999]);
    }
  }

  @Test
  void whatTheProgramShowsIsNotShownTwice() {
    try (RunFolder folder = folder()) {
      folder.spikes("A", 3, STEP).append(new long[] {2}, new int[] {0}, 1);
      Results results = new Results();
      Drawing raster = new Drawing.Raster(List.of(), 0, 1);
      results.report(
          0, "raster.A", new Results.Shown(new Value.Drawn(List.of(raster)), "", 1, ""), 0);
      Report report = new Report("e", "");
      Recorded.put(report, results, folder, 0, 10);
      assertTrue(report.figure("raster.recorded").isEmpty());
    }
  }
}
