package snel.runtime.report;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import snel.runtime.schedule.Drawing;
import snel.runtime.schedule.NumberText;

/// Titles of figures and labels of axes. What the program named keeps its name; a result without a
/// name of its own is called `FUNCTION.ARGUMENTS`, of which words are made.
final class Titles {
  private static final Pattern UNNAMED = Pattern.compile("([a-z_]+)\\.(.+)");
  private static final Pattern PATH = Pattern.compile("[\\w.]+(\\[[^\\]]*][\\w.]+)*");
  private static final Pattern GROUPED = Pattern.compile("accuracy_by\\.([^.]+)\\.(.+)");
  private static final int MOST_NAMES = 4;

  /// Functions of populations and connections, whose own names look the same: `rate.E`, `feed.w`.
  private static final Set<String> MEASURES =
      Set.of(
          "accuracy",
          "confusion",
          "correlation",
          "count",
          "cv_isi",
          "degree_distribution",
          "deviation",
          "fano_factor",
          "filtered",
          "first_spike",
          "latency",
          "max",
          "max_over_time",
          "mean",
          "mean_displacement",
          "mean_over_time",
          "min",
          "peak",
          "rate",
          "rate_outside",
          "scored",
          "size",
          "sum",
          "synchrony",
          "van_rossum",
          "victor_purpura");

  private Titles() {}

  /// `mean of E.v` for `mean.E.v`.
  static String of(String name) {
    Matcher grouped = GROUPED.matcher(name);
    if (grouped.matches()) {
      return "accuracy of " + grouped.group(1) + " by " + grouped.group(2);
    }
    Matcher unnamed = UNNAMED.matcher(name);
    return unnamed.matches() && MEASURES.contains(unnamed.group(1))
        ? unnamed.group(1).replace('_', ' ') + " of " + unnamed.group(2)
        : name;
  }

  /// `feed.w` for `grid.feed.w.10.20`, since one sees that it is a grid.
  static String ofSubject(String function, String name) {
    return name.startsWith(function + ".")
        ? name.substring(function.length() + 1).replaceAll("(\\.\\d+)+$", "")
        : name;
  }

  /// `told`, where the program gives no name.
  static String unlessNamed(String function, String name, String told) {
    return name.equals(function) || name.startsWith(function + ".") ? told : name;
  }

  /// The traces of one unit.
  static String ofTraces(String name, Drawing.Traces traces, String unit) {
    List<String> drawn =
        traces.traces().stream()
            .filter(trace -> trace.unit().equals(unit))
            .map(Drawing.Trace::name)
            .distinct()
            .toList();
    String told = drawn.size() > MOST_NAMES ? drawn.size() + " traces" : String.join(", ", drawn);
    return unlessNamed("traces", name, told);
  }

  static String ofRaster(String name, List<Drawing.Group> groups) {
    if (!name.startsWith("raster.")) {
      return name;
    }
    return groups.size() > MOST_NAMES
        ? "Spikes of " + groups.size() + " populations"
        : groups.stream()
            .map(Drawing.Group::name)
            .collect(Collectors.joining(", ", "Spikes of ", ""));
  }

  /// `feed.w (and 12 more)` where that many are left out.
  static String andMore(String title, int left) {
    return left == 0 ? title : title + " (and " + left + " more)";
  }

  /// `rate of E in bins of 5 ms`.
  static String inBins(String title, double binMs) {
    return binMs == 0 ? title : title + " in bins of " + NumberText.of(binMs) + " ms";
  }

  /// `v (mV)`; without a name or a unit only the other.
  static String axis(String what, String unit) {
    return unit.isEmpty() ? what : (what + " (" + unit + ")").strip();
  }

  /// What all traces are of: `v` of `E[0].v` and `E[1].v`; empty if they are of several things.
  static String shared(List<Figure.Line> lines) {
    List<String> members =
        lines.stream().map(Figure.Line::name).map(Titles::member).distinct().toList();
    return members.size() == 1 ? members.getFirst() : "";
  }

  /// `v` of `E[0].v`, `feed.w` and `E.v[3]`; of what is worked out the whole, `E.v - I.v`.
  private static String member(String line) {
    String name = line.replaceAll("\\[[^\\]]*]$", "");
    return PATH.matcher(name).matches() ? name.substring(name.lastIndexOf('.') + 1) : name;
  }
}
