package snel.runtime.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What a report shows besides numbers; how it looks is decided where the report is written.
public sealed interface Drawing {
  /// @param beganMs what of the experiment came before time 0 and is not drawn
  record Raster(List<Group> groups, double fromMs, double toMs, double beganMs) implements Drawing {
    public Raster {
      groups = List.copyOf(groups);
    }

    /// With nothing before.
    public Raster(List<Group> groups, double fromMs, double toMs) {
      this(groups, fromMs, toMs, 0);
    }
  }

  /// Spikes of one population, in ms.
  ///
  /// @param first the number of the first neuron, where they are numbered one after another; else 0
  record Group(String name, int first, double[][] trains) {
    public Group(String name, double[][] trains) {
      this(name, 0, trains);
    }
  }

  /// @param beganMs what of the experiment came before time 0 and is not drawn
  record Traces(String title, List<Trace> traces, double beganMs) implements Drawing {
    public Traces {
      traces = List.copyOf(traces);
    }

    /// With nothing before.
    public Traces(String title, List<Trace> traces) {
      this(title, traces, 0);
    }
  }

  /// What `over_time` draws whole.
  ///
  /// @param binMs the width of the bins in which it was counted, 0 where it was not
  /// @param beganMs what of the experiment came before time 0 and is not drawn
  record Course(Trace trace, double binMs, double beganMs) implements Drawing {}

  /// One or more rows of samples in the author's unit.
  ///
  /// @param labels of the rows
  record Trace(String name, List<String> labels, double[] times, double[][] rows, String unit) {
    public Trace {
      labels = List.copyOf(labels);
    }

    /// Rows that are counted from 0.
    public Trace(String name, double[] times, double[][] rows, String unit) {
      this(name, counted(name, rows.length), times, rows, unit);
    }

    private static List<String> counted(String name, int rows) {
      String one = name.matches("[\\w.]+(\\[[^\\]]*][\\w.]+)*") ? name : "(" + name + ")";
      return rows == 1
          ? List.of(name)
          : IntStream.range(0, rows).mapToObj(row -> one + "[" + row + "]").toList();
    }
  }

  /// Images laid out in rows and columns: image k is `images[k]`, `height` x `width`.
  ///
  /// @param left how many more there are than the grid has room for
  record Grid(
      int rows, int columns, int height, int width, double[][] images, int left, String unit)
      implements Drawing {}

  record Histogram(double[] values, int bins, String unit) implements Drawing {}

  /// One more point of a curve over time, or of several.
  ///
  /// @param isMean whether it is but the mean of what was more than can be drawn
  record Point(double[] values, boolean isMean, String unit) implements Drawing {
    public Point(double value, String unit) {
      this(new double[] {value}, false, unit);
    }
  }

  /// One more point of a curve.
  record Curve(double x, double y, String xName, String yName) implements Drawing {}

  record HeatPoint(double x, double y, double z, String xName, String yName, String zName)
      implements Drawing {}

  /// One more row of a table.
  record Row(List<Column> columns, List<Value> cells) implements Drawing {
    public Row {
      columns = List.copyOf(columns);
      cells = List.copyOf(cells);
    }
  }

  /// What stands above the cells of a table, and the unit they are shown in.
  ///
  /// @param factor stored = shown * factor
  record Column(String heading, String unit, double factor) {}

  /// Values in the shape of what has them, one image of `height` x `width` after the other.
  record Map(int height, int width, double[] values, String unit) implements Drawing {
    /// The values of each image.
    public List<double[]> images() {
      int size = Math.max(1, height * width);
      return IntStream.range(0, values.length / size)
          .mapToObj(k -> Arrays.copyOfRange(values, k * size, (k + 1) * size))
          .toList();
    }
  }

  /// @param counts truth by answer; the last column counts those without an answer
  record Confusion(long[][] counts) implements Drawing {}

  record Degrees(int[] in, int[] out) implements Drawing {}
}
