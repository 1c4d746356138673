package snel.runtime.report;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import snel.runtime.schedule.Drawing;

/// Titles of figures and labels of axes. What the program named keeps its name; a result without a
/// name of its own is called `FUNCTION.ARGUMENTS`, of which words are made.
final class Titles {
  private static final Pattern UNNAMED = Pattern.compile("([a-z_]+)\\.(.+)");
  private static final int MOST_NAMES = 4;

  private Titles() {}

  /// `mean of E.v` for `mean.E.v`.
  static String of(String name) {
    Matcher unnamed = UNNAMED.matcher(name);
    return unnamed.matches()
        ? unnamed.group(1).replace('_', ' ') + " of " + unnamed.group(2)
        : name;
  }

  /// `feed.w` for `grid.feed.w.10.20`, since one sees that it is a grid.
  static String ofSubject(String function, String name) {
    return name.startsWith(function + ".")
        ? name.substring(function.length() + 1).replaceAll("(\\.\\d+)+$", "")
        : name;
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

  /// `v (mV)`; without a name or a unit only the other.
  static String axis(String what, String unit) {
    return unit.isEmpty() ? what : (what + " (" + unit + ")").strip();
  }

  /// What all traces are of: `v` of `E[0].v` and `E[1].v`; empty if they are of several things.
  static String shared(List<Figure.Line> lines) {
    List<String> members =
        lines.stream()
            .map(Figure.Line::name)
            .map(name -> name.substring(name.lastIndexOf('.') + 1).replaceAll("\\[[^\\]]*]$", ""))
            .distinct()
            .toList();
    return members.size() == 1 ? members.getFirst() : "";
  }
}
