package snel.runtime.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import snel.runtime.record.RunFolder;
import snel.runtime.record.SampleLog;
import snel.runtime.record.SpikeLog;
import snel.runtime.schedule.Drawing;
import snel.runtime.schedule.Results;

/// What was recorded is shown also where the program reports no figure of it: spikes as a raster if
/// there is no other, states as traces. Of long recordings the end is shown.
final class Recorded {
  private static final int MOST_SPIKES = 20_000;
  private static final int MOST_ROWS = Thinning.MOST_POINTS;
  private static final int MOST_LINES = 12;

  private Recorded() {}

  /// @param fromMs the simulated time at which the experiment began
  /// @param toMs and that at its end
  static void put(Report report, Results results, RunFolder folder, double fromMs, double toMs) {
    List<Drawing> shown =
        results.figures().values().stream().flatMap(figure -> figure.parts().stream()).toList();
    if (shown.stream().noneMatch(part -> part instanceof Drawing.Raster)) {
      spikes(report, folder.spikeLogs(), fromMs, toMs);
    }
    if (shown.stream().noneMatch(part -> part instanceof Drawing.Traces)) {
      states(report, folder.sampleLogs());
    }
  }

  private static void spikes(Report report, List<SpikeLog> logs, double fromMs, double toMs) {
    if (logs.isEmpty()) {
      return;
    }
    List<SpikeLog.Latest> latest =
        logs.stream().map(log -> log.latest(MOST_SPIKES / logs.size())).toList();
    double afterMs = latest.stream().mapToDouble(SpikeLog.Latest::afterMs).max().orElseThrow();
    if (latest.stream().allMatch(spikes -> spikes.times().length == 0)) {
      return;
    }
    List<Drawing.Group> groups = new ArrayList<>();
    for (int k = 0; k < logs.size(); k++) {
      groups.add(
          new Drawing.Group(logs.get(k).population(), trains(logs.get(k), latest.get(k), afterMs)));
    }
    Results.Figure raster =
        figure(
            Titles.ofRaster("raster.", groups) + end(fromMs, afterMs, toMs),
            new Drawing.Raster(groups, Math.max(fromMs, afterMs), toMs));
    Drawn.put(report, "raster.recorded", raster);
  }

  /// `, the last 812 ms of 10 s` where spikes before are left out.
  private static String end(double fromMs, double afterMs, double toMs) {
    return afterMs <= fromMs
        ? ""
        : ", the last " + TimeAxis.told(toMs - afterMs) + " of " + TimeAxis.told(toMs - fromMs);
  }

  private static double[][] trains(SpikeLog log, SpikeLog.Latest spikes, double afterMs) {
    int[] counts = new int[log.neurons()];
    for (int k = 0; k < spikes.times().length; k++) {
      counts[spikes.neurons()[k]] += spikes.times()[k] > afterMs ? 1 : 0;
    }
    double[][] trains = new double[counts.length][];
    Arrays.setAll(trains, i -> new double[counts[i]]);
    Arrays.fill(counts, 0);
    for (int k = 0; k < spikes.times().length; k++) {
      int neuron = spikes.neurons()[k];
      if (spikes.times()[k] > afterMs) {
        trains[neuron][counts[neuron]++] = spikes.times()[k];
      }
    }
    return trains;
  }

  private static void states(Report report, List<SampleLog> logs) {
    List<Drawing.Trace> traces = new ArrayList<>();
    for (SampleLog log : logs) {
      SampleLog.Latest rows = log.latest(MOST_ROWS, MOST_LINES);
      if (rows.times().length > 1) {
        SampleLog.Subject subject = log.subject();
        int drawn = rows.series().length;
        traces.add(
            subject.labels().size() < drawn
                ? new Drawing.Trace(subject.path(), rows.times(), rows.series(), subject.unit())
                : new Drawing.Trace(
                    subject.path(),
                    subject.labels().subList(0, drawn),
                    rows.times(),
                    rows.series(),
                    subject.unit()));
      }
    }
    if (!traces.isEmpty()) {
      String title = "traces.recorded";
      boolean isPart = logs.stream().anyMatch(log -> log.subject().row().size() > MOST_LINES);
      boolean isEnd = logs.stream().anyMatch(log -> log.rows() > MOST_ROWS);
      String heading =
          "Recorded states"
              + (isPart ? ", the first " + MOST_LINES : "")
              + (isEnd ? ", the last " + Html.counted(MOST_ROWS, "sample") : "");
      Drawn.put(report, title, figure(title, new Drawing.Traces(heading, traces)));
    }
  }

  private static Results.Figure figure(String name, Drawing drawing) {
    return new Results.Figure(name, List.of(0.0), List.of(drawing));
  }
}
