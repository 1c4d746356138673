package snel.runtime.report;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import snel.runtime.file.DurableFile;
import snel.runtime.record.ResultLine;
import snel.runtime.record.RunFolder;
import snel.runtime.schedule.Results;

/// The report of one run: what the program asked for, then what every report has (operations,
/// expectations that did not hold, the manifest).
public final class RunReport {
  /// Longer values stand in a list, not on a card.
  private static final int LONGEST_CARD = 18;

  private RunReport() {}

  /// Writes `report.html` into the folder of the run, and each figure that is a table of numbers as
  /// `tables/NAME.csv`.
  ///
  /// @param manifest as the run folder has it
  public static void write(
      Path folder, Results results, ResultLine line, Map<String, Object> manifest) {
    tables(folder, results);
    of(results, line, manifest).write(folder.resolve("report.html"));
  }

  /// The same with what was recorded and not reported.
  ///
  /// @param fromMs the simulated time at which the experiment began
  /// @param toMs and that at its end
  public static void write(
      RunFolder folder,
      Results results,
      ResultLine line,
      Map<String, Object> manifest,
      double fromMs,
      double toMs) {
    tables(folder.path(), results);
    Report report = figures(results, line, manifest);
    Recorded.put(report, results, folder, fromMs, toMs);
    closing(report, line, manifest).write(folder.reportFile());
  }

  private static void tables(Path folder, Results results) {
    Set<String> taken = new HashSet<>();
    for (Results.Figure figure : results.figures().values()) {
      String csv = ReportedTables.csv(figure);
      if (!csv.isEmpty()) {
        String name = RunFolder.fileName(figure.name());
        for (int k = 2; !taken.add(name); k++) {
          name = RunFolder.fileName(figure.name()) + "-" + k;
        }
        DurableFile.writeText(RunFolder.tablesIn(folder).resolve(name + ".csv"), csv);
      }
    }
  }

  /// The report itself.
  ///
  /// @param manifest as the run folder has it
  public static Report of(Results results, ResultLine line, Map<String, Object> manifest) {
    return closing(figures(results, line, manifest), line, manifest);
  }

  private static Report closing(Report report, ResultLine line, Map<String, Object> manifest) {
    report.put("operations", isSweep(manifest) ? duration(line) : operations(line));
    return report.put("manifest", new Figure.Facts("Manifest", manifest, true));
  }

  private static Report figures(Results results, ResultLine line, Map<String, Object> manifest) {
    Report report = new Report(line.experiment(), subtitle(line, manifest));
    var longer = new LinkedHashMap<String, Object>();
    results
        .values()
        .forEach((name, shown) -> {
          String text = shown.value().isNumeric() ? Html.grouped(shown.text()) : shown.text();
          if (text.length() <= LONGEST_CARD) {
            report.result(name, text);
          } else {
            longer.put(name, text);
          }
        });
    if (!longer.isEmpty()) {
      report.put("results", new Figure.Facts("Results", longer, false));
    }
    failures(report, results);
    results.figures().forEach((key, figure) -> Drawn.put(report, key, figure));
    return report;
  }

  private static String subtitle(ResultLine line, Map<String, Object> manifest) {
    String ended =
        switch (line.state()) {
          case DONE -> "%s s".formatted(Html.number(Math.round(line.times().run()) / 1e3));
          case INTERRUPTED -> "interrupted: results so far";
          case FAILED -> "stopped by an error: results so far";
        };
    Stream<String> known =
        (isSweep(manifest) ? Stream.of("source") : Stream.of("source", "network", "seed", "step"))
            .filter(manifest::containsKey)
            .map(name -> named(name, String.valueOf(manifest.get(name))));
    return String.join(" · ", Stream.concat(known, Stream.of(ended)).toList());
  }

  /// A sweep has no network, seed or step of its own, and what its points did is told by them.
  private static boolean isSweep(Map<String, Object> manifest) {
    return "".equals(manifest.get("network"));
  }

  private static String named(String name, String value) {
    return name.equals("source") ? value : name + " " + value;
  }

  private static void failures(Report report, Results results) {
    if (results.failures().isEmpty()) {
      return;
    }
    List<List<String>> rows =
        results.failures().stream()
            .map(failure ->
                List.of(failure.spot().toString(), failure.spot().text(), failure.found()))
            .toList();
    report.put(
        "failures",
        new Figure.Table(
            "Expectations that did not hold", List.of("where", "expected", "found"), rows));
  }

  private static Figure operations(ResultLine line) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("synaptic operations", line.operations().synaptic());
    facts.put("neuron updates", line.operations().neurons());
    line.operations().plastic().ifPresent(updates -> facts.put("updates by learning", updates));
    line.spikes().forEach((population, count) -> facts.put("spikes of " + population, count));
    facts.put("time to compile", Html.number(Math.round(line.times().compile())) + " ms");
    facts.put("time to build", Html.number(Math.round(line.times().build())) + " ms");
    facts.put("time to run", ran(line));
    return new Figure.Facts("Operations", facts, false);
  }

  private static Figure duration(ResultLine line) {
    return new Figure.Facts("All points together", Map.of("time to run", ran(line)), false);
  }

  private static String ran(ResultLine line) {
    return Html.number(Math.round(line.times().run())) + " ms";
  }
}
