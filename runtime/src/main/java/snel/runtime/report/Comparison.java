package snel.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.runtime.record.ResultLine;

/// What several programs report, side by side: a table in Markdown, and a page with charts.
///
/// @param command that made it
public record Comparison(String command, List<Row> rows) {
  private static final String TITLE = "The systems side by side";

  private static final List<String> HEADER =
      List.of(
          "system",
          "experiment",
          "published",
          "ours",
          "range",
          "chance",
          "above chance",
          "seeds",
          "training images",
          "synaptic operations",
          "dense MACs",
          "energy, nJ",
          "dense energy, nJ",
          "latency, ms",
          "CPU s");

  private static final Set<String> WORDS = Set.of("system", "experiment");

  private static final String ABOUT =
      """
      * **published** is what the paper has, with its own data and size, which are named below; **ours** the mean over the seeds and their **range**, in percent where it is
        an accuracy. Labels of the test part are used for scoring only.
      * **chance** is the accuracy of answering everything by the commonest class of what was scored; **above chance** what ours has more, in points.
      * **synaptic operations** are the spikes times the synapses that they met for one answer, and where synapses hand on values one for each synapse and
        step; **dense MACs** the multiplications of the network without spikes that has the same layers.
      * **energy** takes an addition for each synaptic operation (0.9 pJ), **dense energy** a multiplication and an addition for each MAC (3.7 + 0.9 = 4.6
        pJ), numbers of 32 bits in 45 nm: M. Horowitz (2014), Computing's energy problem, ISSCC, DOI 10.1109/ISSCC.2014.6757323. Memory is left out.
      * **latency** is the time, in the model, from the beginning of a picture to the answer; **CPU s** the processor time of a seed, training included,
        which depends on the machine.
      """;

  public Comparison {
    rows = List.copyOf(rows);
  }

  /// A program and its runs.
  ///
  /// @param title what the page beside the program is called
  /// @param runs for each seed the experiment, last, and those that it starts or takes weights from
  /// @param problem why there are no more; empty if nothing went wrong
  public record Row(String name, String title, List<List<ResultLine>> runs, String problem) {
    public Row {
      runs = runs.stream().map(List::copyOf).toList();
    }

    /// How many expectations did not hold, in words; empty if all did.
    public String failures() {
      int failed =
          runs.stream().flatMap(List::stream).mapToInt(line -> line.expectations().failed()).sum();
      return failed == 0
          ? ""
          : failed == 1 ? "One expectation failed" : failed + " expectations failed";
    }
  }

  /// The table with what its columns mean.
  public String toMarkdown() {
    var text = new StringBuilder();
    text.append("# ").append(TITLE).append("\n\n");
    text.append("Made by `").append(command).append("`.\n\n");
    text.append(line(HEADER));
    text.append(line(HEADER.stream().map(name -> WORDS.contains(name) ? "---" : "---:").toList()));
    rows.forEach(row -> text.append(line(cells(row))));
    text.append('\n').append(ABOUT).append('\n');
    for (Row row : rows) {
      String about = about(row);
      if (!about.isEmpty()) {
        text.append("* **").append(row.name()).append("**: ").append(about).append('\n');
      }
    }
    return text.toString();
  }

  /// What it is, and where the published figure is from.
  private static String about(Row row) {
    String paper = row.runs().isEmpty() ? "" : Summary.of(row).paper();
    return Stream.of(row.title(), paper.isEmpty() ? "" : "Published: " + paper, row.failures())
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining(". "));
  }

  /// A page that asks for nothing else.
  public String toHtml() {
    Report report = new Report(TITLE, command);
    List<Figure.Range> ranges = new ArrayList<>();
    List<Figure.Point> points = new ArrayList<>();
    for (Row row : rows) {
      Summary summary = Summary.of(row);
      if (summary.isAccuracy()) {
        Summary.Spread ours = summary.main();
        ranges.add(
            new Figure.Range(
                row.name(),
                100 * ours.mean(),
                100 * ours.low(),
                100 * ours.high(),
                100 * summary.published()));
        if (summary.energy() > 0) {
          points.add(new Figure.Point(row.name(), summary.energy(), 100 * ours.mean()));
        }
      }
    }
    if (!ranges.isEmpty()) {
      report.put("accuracy", new Figure.Ranges("Accuracy", "accuracy (%)", ranges));
    }
    if (!points.isEmpty()) {
      report.put(
          "energy",
          new Figure.Points(
              "Accuracy and energy", "energy of an answer (nJ)", "accuracy (%)", points));
    }
    report.put(
        "table", new Figure.Table("All figures", HEADER, rows.stream().map(this::cells).toList()));
    return report.toHtml();
  }

  private List<String> cells(Row row) {
    if (row.runs().isEmpty()) {
      List<String> cells = new ArrayList<>(List.of(row.name(), "", "", row.problem()));
      while (cells.size() < HEADER.size()) {
        cells.add("");
      }
      return cells;
    }
    Summary summary = Summary.of(row);
    double scale = summary.isAccuracy() ? 100 : 1;
    Summary.Spread main = summary.main();
    int digits = summary.isAccuracy() ? 1 : 2;
    String what = summary.isAccuracy() ? "" : summary.mainName().replace('_', ' ') + " ";
    return List.of(
        row.name(),
        row.runs().getFirst().getLast().experiment(),
        fixed(scale * summary.published(), 1),
        what + fixed(scale * main.mean(), digits),
        range(scale * main.low(), scale * main.high(), digits),
        fixed(100 * summary.chance(), 1),
        fixed(100 * (main.mean() - summary.chance()), 1),
        String.valueOf(row.runs().size()),
        fixed(summary.trainingImages(), 0),
        fixed(summary.operations(), 0),
        fixed(summary.dense(), 0),
        fixed(summary.energy(), 1),
        fixed(summary.denseEnergy(), 1),
        fixed(summary.latency(), 1),
        fixed(summary.cpuSeconds(), 1));
  }

  private static String range(double low, double high, int digits) {
    return low <= high ? fixed(low, digits) + "–" + fixed(high, digits) : "";
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells).replace("\n", " ") + " |\n";
  }

  /// A number with so many digits behind the point; nothing where there is none.
  private static String fixed(double value, int digits) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "";
  }
}
