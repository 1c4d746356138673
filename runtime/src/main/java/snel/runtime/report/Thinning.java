package snel.runtime.report;

import java.util.Arrays;

/// Makes figures of long runs small enough for a page, and keeps what an eye would see.
final class Thinning {
  /// Points of a line: about four for each pixel of a wide screen.
  static final int MOST_POINTS = 8_000;

  /// Dots of a raster.
  static final int MOST_DOTS = 60_000;

  private Thinning() {}

  /// The line with at most [#MOST_POINTS] points: from each of equal stretches the least and the
  /// greatest, in their order, so that no peak is lost.
  static Figure.Line line(Figure.Line line) {
    int length = line.y().length;
    if (length <= MOST_POINTS) {
      return line;
    }
    int stretches = MOST_POINTS / 2;
    double[] x = new double[MOST_POINTS];
    double[] y = new double[MOST_POINTS];
    int count = 0;
    for (int s = 0; s < stretches; s++) {
      int from = (int) ((long) s * length / stretches);
      int until = (int) ((long) (s + 1) * length / stretches);
      int least = from;
      int greatest = from;
      for (int i = from; i < until; i++) {
        least = line.y()[i] < line.y()[least] ? i : least;
        greatest = line.y()[i] > line.y()[greatest] ? i : greatest;
      }
      for (int i : new int[] {Math.min(least, greatest), Math.max(least, greatest)}) {
        x[count] = line.x()[i];
        y[count++] = line.y()[i];
      }
    }
    return new Figure.Line(line.name(), x, y);
  }

  /// Every how many-th neuron a raster can show.
  static int stride(Figure.Raster raster) {
    long dots = raster.populations().stream().mapToLong(spikes -> spikes.times().length).sum();
    return (int) Math.max(1, (dots + MOST_DOTS - 1) / MOST_DOTS);
  }

  /// The spikes of every `stride`-th neuron.
  static Figure.Spikes spikes(Figure.Spikes all, int stride) {
    if (stride == 1) {
      return all;
    }
    double[] times = new double[all.times().length];
    int[] ids = new int[times.length];
    int count = 0;
    for (int e = 0; e < times.length; e++) {
      if (all.ids()[e] % stride == 0) {
        times[count] = all.times()[e];
        ids[count++] = all.ids()[e];
      }
    }
    return new Figure.Spikes(
        all.name(),
        all.first(),
        all.neurons(),
        Arrays.copyOf(times, count),
        Arrays.copyOf(ids, count));
  }
}
