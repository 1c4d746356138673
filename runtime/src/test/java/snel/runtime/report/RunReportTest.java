package snel.runtime.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.record.ResultLine;
import snel.runtime.schedule.Drawing;
import snel.runtime.schedule.Results;
import snel.runtime.schedule.Script;
import snel.runtime.schedule.Value;

class RunReportTest {
  @TempDir Path folder;

  private static final ResultLine LINE =
      new ResultLine(
          "learn",
          ResultLine.State.DONE,
          Map.of(),
          Map.of("E", 12L),
          new ResultLine.Operations(3_400, 0, OptionalLong.empty()),
          new ResultLine.Times(1, 2, 3_456, 3_500, 3_400),
          new ResultLine.Expectations(1, 1));

  private static void draw(Results results, int id, String name, Drawing drawing, double time) {
    results.report(id, name, new Results.Shown(new Value.Drawn(List.of(drawing)), "", 1, ""), time);
  }

  private static Drawing.Row row(long value) {
    return new Drawing.Row(
        List.of(new Drawing.Column("a", "", 1)), List.of(new Value.Whole(value)));
  }

  private static <T extends Figure> T figure(Report report, String key, Class<T> kind) {
    return assertInstanceOf(kind, report.figure(key).orElseThrow());
  }

  @Test
  void everythingThatWasReportedIsShown() {
    Results results = new Results();
    results.report(0, "rate.E", new Results.Shown(new Value.Real(0.00525), "Hz", 0.001, ""), 0);
    draw(results, 1, "accuracy", new Drawing.Point(0.5, ""), 10_000);
    draw(results, 1, "accuracy", new Drawing.Point(0.75, ""), 20_000);
    draw(results, 2, "sweep", new Drawing.HeatPoint(2, 7, 0.2, "g", "eta", "rate"), 0);
    draw(results, 2, "sweep", new Drawing.HeatPoint(1, 8, 0.1, "g", "eta", "rate"), 0);
    draw(results, 3, "by_time", new Drawing.Curve(9, 1, "duration", "accuracy"), 0);
    draw(results, 3, "by_time", new Drawing.Curve(4, 0, "duration", "accuracy"), 0);
    draw(results, 4, "layers", row(1), 0);
    draw(results, 4, "layers", row(2), 0);
    draw(results, 5, "wiring", new Drawing.Degrees(new int[] {1, 1, 4}, new int[] {2, 2, 2}), 0);
    results.fail(new Script.Spot("a.snn", 3, "expect rate(E) in 3 Hz .. 9 Hz"), "1 Hz");
    Report report = RunReport.of(results, LINE, Map.of("seed", 42L, "source", "a.snn"));

    Figure.Line accuracy = figure(report, "1", Figure.Lines.class).lines().getFirst();
    assertArrayEquals(new double[] {10, 20}, accuracy.x());
    assertArrayEquals(new double[] {0.5, 0.75}, accuracy.y());
    Figure.HeatMap map = figure(report, "2", Figure.HeatMap.class);
    assertArrayEquals(new double[] {1, 2}, map.columns());
    assertArrayEquals(new double[][] {{Double.NaN, 0.2}, {0.1, Double.NaN}}, map.values());
    assertArrayEquals(
        new double[] {4, 9}, figure(report, "3", Figure.Lines.class).lines().getFirst().x());
    assertEquals(
        List.of(List.of("1"), List.of("2")), figure(report, "4", Figure.Table.class).rows());
    Figure.Bars in = figure(report, "5 in", Figure.Bars.class);
    assertEquals(3, Arrays.stream(in.counts()).sum());
    String html = report.toHtml();
    assertTrue(html.contains("<b>5.25 Hz</b><span>rate.E</span>"), html);
    assertTrue(html.contains("a.snn · seed 42 · 3.456 s"));
    assertTrue(html.contains("<td>a.snn:3</td><td>expect rate(E) in 3 Hz .. 9 Hz</td>"));
    assertTrue(html.contains("<dt>synaptic operations</dt><dd>3\u202f400</dd>"));
  }

  @Test
  void aCurveOfASweepOverTwoParametersHasALineForEachValueOfTheOther() {
    Results results = new Results();
    for (double x : new double[] {1, 2, 3}) {
      for (double other : new double[] {10, 20}) {
        draw(results, 0, "dw", new Drawing.Curve(x, x + other, "f", "dw"), 0);
      }
    }
    Report report = RunReport.of(results, LINE, Map.of("seed", 42L, "source", "a.snn"));
    List<Figure.Line> lines = figure(report, "0", Figure.Lines.class).lines();
    assertEquals(List.of("dw 0", "dw 1"), lines.stream().map(Figure.Line::name).toList());
    for (int k = 0; k < 2; k++) {
      double other = 10 * (k + 1);
      assertArrayEquals(new double[] {1, 2, 3}, lines.get(k).x());
      assertArrayEquals(new double[] {1 + other, 2 + other, 3 + other}, lines.get(k).y());
    }
  }

  private static Drawing.Row cells() {
    return new Drawing.Row(
        List.of(
            new Drawing.Column("third", "", 1),
            new Drawing.Column("v", "mV", 1),
            new Drawing.Column("all", "ms", 0.5),
            new Drawing.Column("each", "", 1),
            new Drawing.Column("name", "", 1)),
        List.of(
            new Value.Real(1 / 3.0),
            new Value.Real(-64.98765432),
            Value.Array.row(617283.625, 1.25e-5),
            new Value.Listing(List.of(new Value.Whole(1))),
            new Value.Text("ada")));
  }

  @Test
  void tablesOfNumbersLieBesideTheReport() throws IOException {
    Results results = new Results();
    draw(results, 1, "accuracy", new Drawing.Point(0.5, ""), 10);
    draw(results, 1, "accuracy", new Drawing.Point(0.75, ""), 20);
    draw(results, 2, "rate(E), all", new Drawing.Point(3, "Hz"), 20);
    draw(results, 3, "confusion", new Drawing.Confusion(new long[][] {{5, 1, 0}, {0, 4, 2}}), 0);
    draw(results, 4, "accuracy", new Drawing.HeatPoint(2, 7, 0.2, "g", "eta", "rate"), 0);
    draw(results, 6, "cells", cells(), 0);
    draw(results, 7, "E.v", new Drawing.Point(new double[] {1, 1 / 3.0}, false, "mV"), 5);
    draw(results, 7, "E.v", new Drawing.Point(new double[] {2}, false, "mV"), 6);
    draw(results, 8, "many", new Drawing.Point(new double[] {0.25}, true, ""), 5);
    draw(results, 5, "grid", new Drawing.Grid(1, 1, 1, 1, new double[][] {{1}}, 0, ""), 0);
    RunReport.write(folder, results, LINE, Map.of());
    assertTrue(Files.readString(folder.resolve("report.html")).startsWith("<!doctype html>"));
    Path tables = folder.resolve("tables");
    assertEquals(
        "time_ms,accuracy\n10,0.5\n20,0.75\n", Files.readString(tables.resolve("accuracy.csv")));
    assertEquals(
        "time_ms,\"rate(E), all (Hz)\"\n20,3\n",
        Files.readString(tables.resolve("rate-E-all.csv")));
    assertEquals(
        "is,0,1,no_answer\n0,5,1,0\n1,0,4,2\n", Files.readString(tables.resolve("confusion.csv")));
    assertEquals("g,eta,rate\n2,7,0.2\n", Files.readString(tables.resolve("accuracy-2.csv")));
    assertEquals(
        "third,v (mV),all (ms),each,name\n"
            + "0.3333333333333333,-64.98765432,\"[1234567.25, 2.5E-5]\",[1],ada\n",
        Files.readString(tables.resolve("cells.csv")));
    assertEquals(
        List.of("0.333333", "-64.9877 mV", "[1.23457e+06, 2.5e-05] ms", "[1]", "ada"),
        figure(RunReport.of(results, LINE, Map.of()), "6", Figure.Table.class).rows().getFirst());
    assertEquals(
        "time_ms,E.v 0 (mV),E.v 1 (mV)\n5,1,0.3333333333333333\n6,2,\n",
        Files.readString(tables.resolve("E.v.csv")));
    assertEquals("time_ms,mean of many\n5,0.25\n", Files.readString(tables.resolve("many.csv")));
    Figure.Lines lines = figure(RunReport.of(results, LINE, Map.of()), "7", Figure.Lines.class);
    assertArrayEquals(new double[] {1, 2}, lines.lines().getFirst().y());
    assertArrayEquals(new double[] {1 / 3.0, Double.NaN}, lines.lines().getLast().y());
    assertFalse(Files.exists(tables.resolve("grid.csv")));
  }

  @Test
  void aGridTellsHowManyItHasNoRoomFor() {
    Results results = new Results();
    draw(results, 1, "grid.ff.w.1.1", new Drawing.Grid(1, 1, 1, 1, new double[][] {{1}}, 0, ""), 0);
    draw(results, 2, "grid.ff.w.1.2", new Drawing.Grid(1, 2, 1, 1, new double[2][1], 298, ""), 0);
    Report report = RunReport.of(results, LINE, Map.of());
    assertEquals("ff.w", figure(report, "1", Figure.Images.class).title());
    assertEquals("ff.w (and 298 more)", figure(report, "2", Figure.Images.class).title());
  }

  @Test
  void aRasterComesWithItsRates() {
    Results results = new Results();
    double[][] trains = {{1, 2.5, 200}, {}};
    draw(
        results,
        1,
        "raster",
        new Drawing.Raster(List.of(new Drawing.Group("E", trains)), 0, 200),
        0);
    Report report = RunReport.of(results, LINE, Map.of());
    Figure.Spikes spikes = figure(report, "1", Figure.Raster.class).populations().getFirst();
    assertEquals(2, spikes.neurons());
    assertArrayEquals(new int[] {0, 0, 0}, spikes.ids());
    Figure.Line rate = figure(report, "1 rates", Figure.Lines.class).lines().getFirst();
    assertEquals(200, rate.y().length); // bins of 1 ms
    assertEquals(500, rate.y()[0]); // one spike of two neurons in one ms
    assertEquals(500, rate.y()[199]);
    assertEquals(1_500, Arrays.stream(rate.y()).sum());
  }

  /// Of several episodes the latest is drawn, and its time is not that of the experiment.
  @Test
  void anAxisSaysWhatCameBeforeAndIsNotDrawn() {
    Results results = new Results();
    var group = new Drawing.Group("E", new double[][] {{1, 2.5, 200}});
    var trace = new Drawing.Trace("E.v", new double[] {1, 2}, new double[][] {{1, 2}}, "mV");
    draw(results, 1, "raster", new Drawing.Raster(List.of(group), 0, 200, 700), 900);
    draw(results, 2, "traces", new Drawing.Traces("", List.of(trace), 75_000), 75_200);
    Report report = RunReport.of(results, LINE, Map.of());
    assertEquals(
        "time since the latest episode began, at 700 ms (ms)",
        figure(report, "1", Figure.Raster.class).horizontal());
    assertEquals(
        "time since the latest episode began, at 700 ms (ms)",
        figure(report, "1 rates", Figure.Lines.class).horizontal());
    assertEquals(
        "time since the latest episode began, at 75 s (ms)",
        figure(report, "2 mV", Figure.Lines.class).horizontal());
  }

  @Test
  void tracesOfUnlikeUnitsDoNotShareAnAxis() {
    Results results = new Results();
    double[] times = {1, 2};
    double[][] many = new double[20][2];
    draw(
        results,
        1,
        "traces",
        new Drawing.Traces(
            "",
            List.of(
                new Drawing.Trace("E.v", times, many, "mV"),
                new Drawing.Trace("E.g", times, new double[][] {{1, 2}}, "nS"))),
        0);
    Report report = RunReport.of(results, LINE, Map.of());
    Figure.Lines volts = figure(report, "1 mV", Figure.Lines.class);
    assertEquals(12, volts.lines().size());
    assertEquals("E.v (and 8 more)", volts.title());
    assertEquals("E.v[11]", volts.lines().getLast().name());
    assertEquals("g (nS)", figure(report, "1 nS", Figure.Lines.class).vertical());
  }

  /// A result without a name of its own is told in words; axes say what they show, and in which
  /// unit.
  @Test
  void titlesAndAxesAreWords() {
    Results results = new Results();
    draw(
        results,
        1,
        "raster.E.I",
        new Drawing.Raster(
            List.of(
                new Drawing.Group("E", new double[][] {{1, 2}}),
                new Drawing.Group("I", new double[][] {{3}})),
            0,
            10),
        0);
    draw(results, 2, "mean.E.v", new Drawing.Point(-60, "mV"), 1);
    draw(
        results,
        3,
        "grid.feed.w.1.1",
        new Drawing.Grid(1, 1, 1, 1, new double[][] {{1}}, 0, ""),
        0);
    draw(results, 4, "histogram.E.v", new Drawing.Histogram(new double[] {1, 2}, 2, "mV"), 0);
    draw(
        results,
        5,
        "traces.E.v",
        new Drawing.Traces(
            "",
            List.of(
                new Drawing.Trace(
                    "E.v",
                    List.of("E[0].v", "E[1].v"),
                    new double[] {1},
                    new double[][] {{2}, {2}},
                    "mV"))),
        0);
    draw(results, 6, "learnt", new Drawing.Point(0.5, ""), 1);
    draw(results, 7, "histogram.cv_isi.E", new Drawing.Histogram(new double[] {1, 2}, 2, ""), 0);
    Report report = RunReport.of(results, LINE, Map.of());
    assertEquals("Spikes of E, I", report.figure("1").orElseThrow().title());
    assertEquals("mean of E.v", report.figure("2").orElseThrow().title());
    assertEquals("mean of E.v (mV)", figure(report, "2", Figure.Lines.class).vertical());
    assertEquals("feed.w", report.figure("3").orElseThrow().title());
    assertEquals("E.v (mV)", figure(report, "4", Figure.Bars.class).horizontal());
    assertEquals("cv isi of E", report.figure("7").orElseThrow().title());
    assertEquals("v (mV)", figure(report, "5 mV", Figure.Lines.class).vertical());
    assertEquals("E.v", report.figure("5 mV").orElseThrow().title());
    assertEquals("learnt", report.figure("6").orElseThrow().title());
    assertEquals("learnt", figure(report, "6", Figure.Lines.class).vertical());
  }

  @Test
  void pathsAreNotTakenForFunctions() {
    Results results = new Results();
    draw(results, 1, "cell.v", new Drawing.Point(-60, "mV"), 1);
    draw(results, 2, "rate.cell", new Drawing.Point(5, "Hz"), 1);
    draw(results, 3, "curve", new Drawing.Curve(1, 2, "t (ms)", "v (mV)"), 1);
    draw(results, 4, "accuracy_by.answer.rows.who", row(1), 1);
    Report report = RunReport.of(results, LINE, Map.of());
    assertEquals("cell.v", report.figure("1").orElseThrow().title());
    assertEquals("v (mV)", report.figure("3").orElseThrow().title());
    assertEquals("accuracy of answer by rows.who", report.figure("4").orElseThrow().title());
    assertEquals("rate of cell", report.figure("2").orElseThrow().title());
  }

  @Test
  void aSweepHasNoNetworkOfItsOwn() {
    Map<String, Object> manifest =
        Map.of("source", "a.snn", "network", "", "seed", 0L, "step", "1.0 ms");
    String html = RunReport.of(new Results(), LINE, manifest).toHtml();
    assertTrue(html.contains("<p>a.snn · "), html.substring(html.indexOf("<h1>")));
    assertFalse(html.contains("· seed 0"));
    assertFalse(html.contains("synaptic operations"), html);
    assertTrue(html.contains("<dt>time to run</dt><dd>3\u202f456 ms</dd>"), html);
  }

  @Test
  void thousandsStandApartWhateverTheNumberIs() {
    Results results = new Results();
    report(results, "real", new Value.Real(1_234_567));
    report(results, "broken", new Value.Real(12_345.678));
    report(results, "whole", new Value.Whole(-7_654_321));
    report(results, "row", Value.Array.row(5_000, 0.12345));
    report(results, "text", new Value.Text("run 20261130"));
    String html = RunReport.of(results, LINE, Map.of()).toHtml();
    for (String text :
        List.of(
            "1\u202f234\u202f567",
            "12\u202f345.7",
            "-7\u202f654\u202f321",
            "[5\u202f000, 0.12345]",
            "run 20261130")) {
      assertTrue(html.contains("<b>" + text + "</b>"), text);
    }
  }

  private static void report(Results results, String name, Value value) {
    results.report(0, name, new Results.Shown(value, "", 1, ""), 0);
  }

  @Test
  void longTimesAreInSecondsOrMinutes() {
    Results results = new Results();
    draw(results, 1, "raster.E", raster(10_000), 0);
    draw(results, 2, "raster.E", raster(150_000), 0);
    draw(results, 3, "raster.E", raster(7_200_000), 0);
    double[] times = {30_000, 60_000};
    Drawing.Trace trace = new Drawing.Trace("E.v", times, new double[][] {{1, 2}}, "mV");
    draw(results, 4, "traces.E.v", new Drawing.Traces("", List.of(trace)), 0);
    draw(results, 5, "accuracy", new Drawing.Point(0.5, ""), 6_000_000);
    Report report = RunReport.of(results, LINE, Map.of());
    assertEquals("time (ms)", figure(report, "1", Figure.Raster.class).horizontal());
    Figure.Raster seconds = figure(report, "2", Figure.Raster.class);
    assertEquals("time (s)", seconds.horizontal());
    assertEquals(150, seconds.to());
    assertArrayEquals(new double[] {75}, seconds.populations().getFirst().times());
    Figure.Lines rates = figure(report, "2 rates", Figure.Lines.class);
    assertEquals("time (s)", rates.horizontal());
    assertEquals(150 - 0.375, rates.lines().getFirst().x()[199], 1e-9);
    assertEquals("time (min)", figure(report, "3", Figure.Raster.class).horizontal());
    Figure.Lines lines = figure(report, "4 mV", Figure.Lines.class);
    assertEquals("time (s)", lines.horizontal());
    assertArrayEquals(new double[] {30, 60}, lines.lines().getFirst().x());
    Figure.Lines accuracy = figure(report, "5", Figure.Lines.class);
    assertEquals("simulated time (min)", accuracy.horizontal());
    assertArrayEquals(new double[] {100}, accuracy.lines().getFirst().x());
  }

  private static Drawing raster(double toMs) {
    return new Drawing.Raster(
        List.of(new Drawing.Group("E[10 .. 20]", 10, new double[][] {{toMs / 2}})), 0, toMs);
  }

  @Test
  void countsOfOneAreSingular() {
    Results results = new Results();
    Drawing.Group group = new Drawing.Group("E", new double[][] {{1}});
    draw(results, 1, "raster.E", new Drawing.Raster(List.of(group), 0, 1), 0);
    draw(results, 2, "histogram.E.v", new Drawing.Histogram(new double[] {1}, 2, "mV"), 0);
    String html = RunReport.of(results, LINE, Map.of()).toHtml();
    assertTrue(html.contains("<small>1 spike</small>"), html);
    assertTrue(html.contains("<small>1 value</small>"), html);
  }

  @Test
  void whatCannotBeDrawnIsTold() {
    Results results = new Results();
    Drawing.Trace none = new Drawing.Trace("E.v", new double[0], new double[1][0], "mV");
    draw(results, 1, "traces.E.v", new Drawing.Traces("", List.of(none)), 0);
    draw(results, 2, "ratio", new Drawing.Point(Double.POSITIVE_INFINITY, ""), 1);
    String html = RunReport.of(results, LINE, Map.of()).toHtml();
    assertTrue(html.contains("E.v <small>nothing was sampled</small>"), html);
    assertTrue(html.contains("ratio <small>no finite value</small>"), html);
    assertFalse(html.contains("data-kind=\"lines\""), html);
  }
}
