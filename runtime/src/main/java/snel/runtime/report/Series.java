package snel.runtime.report;

import java.util.List;
import java.util.stream.IntStream;
import snel.runtime.schedule.Drawing;
import snel.runtime.schedule.Results;

/// The curves that the points over time of a figure make, one for each value of a point.
record Series(String name, List<Drawing.Point> points) {
  static Series of(Results.Figure figure) {
    return new Series(
        figure.name(),
        figure.parts().stream()
            .filter(Drawing.Point.class::isInstance)
            .map(Drawing.Point.class::cast)
            .toList());
  }

  /// As many as at the time that had most.
  int count() {
    return points.stream().mapToInt(point -> point.values().length).max().orElse(0);
  }

  String unit() {
    return points.getLast().unit();
  }

  List<String> names() {
    if (count() == 1) {
      boolean isMean = points.stream().anyMatch(Drawing.Point::isMean);
      return List.of(isMean ? "mean of " + name : name);
    }
    return IntStream.range(0, count()).mapToObj(k -> name + " " + k).toList();
  }

  /// Of one curve, NaN where there was none.
  double[] values(int curve) {
    return points.stream()
        .mapToDouble(point -> curve < point.values().length ? point.values()[curve] : Double.NaN)
        .toArray();
  }
}
