package snel.runtime.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One thing that a report shows.
public sealed interface Figure {
  String title();

  /// Spikes as dots, one row a neuron, the first population at the bottom.
  ///
  /// @param from,to the window on the horizontal axis
  record Raster(String title, String horizontal, double from, double to, List<Spikes> populations)
      implements Figure {
    public Raster {
      populations = List.copyOf(populations);
    }
  }

  /// The spikes of a population in the order of time: `ids[e]` spiked at `times[e]`.
  ///
  /// @param first the number of the neuron with id 0, where they are numbered one after another
  record Spikes(String name, int first, int neurons, double[] times, int[] ids) {}

  /// Lines over a common horizontal axis: rates, traces, an accuracy over time, a curve.
  ///
  /// @param marked whether each point gets a mark, for curves of few points
  record Lines(String title, String horizontal, String vertical, List<Line> lines, boolean marked)
      implements Figure {
    public Lines {
      lines = List.copyOf(lines);
    }
  }

  /// One line; `NaN` in `y` is a gap.
  record Line(String name, double[] x, double[] y) {}

  /// One value for each of several things, with how far it spreads and a value to compare it with.
  record Ranges(String title, String horizontal, List<Range> ranges) implements Figure {
    public Ranges {
      ranges = List.copyOf(ranges);
    }
  }

  /// @param reference what it is compared with; `NaN` for nothing
  record Range(String name, double value, double low, double high, double reference) {}

  /// Named points in a plane whose horizontal axis is logarithmic.
  record Points(String title, String horizontal, String vertical, List<Point> points)
      implements Figure {
    public Points {
      points = List.copyOf(points);
    }
  }

  record Point(String name, double x, double y) {}

  /// How many values lie in each bin.
  ///
  /// @param edges one more than there are counts
  record Bars(String title, String horizontal, double[] edges, long[] counts) implements Figure {}

  /// Images side by side, such as the weights of neurons as what they look at.
  ///
  /// @param columns images in a row
  /// @param height,width of each image
  /// @param images row by row, each `height` × `width` numbers
  /// @param unit of the numbers
  record Images(
      String title, int columns, int height, int width, List<double[]> images, String unit)
      implements Figure {
    public Images {
      images = List.copyOf(images);
    }
  }

  /// A value for each pair of two parameters.
  ///
  /// @param values `values[row][column]` belongs to `rows[row]` and `columns[column]`
  record HeatMap(
      String title,
      String columnName,
      double[] columns,
      String rowName,
      double[] rows,
      double[][] values)
      implements Figure {}

  /// Texts in rows and columns; cells that are numbers stand to the right.
  record Table(String title, List<String> header, List<List<String>> rows) implements Figure {
    public Table {
      header = List.copyOf(header);
      rows = List.copyOf(rows);
    }
  }

  /// How often each class (row) was answered by each class (column), an optional last column for no
  /// answer.
  record Confusion(String title, List<String> classes, long[][] counts) implements Figure {
    public Confusion {
      classes = List.copyOf(classes);
    }
  }

  /// Names with values: operations, a manifest. Values may be maps and lists themselves.
  ///
  /// @param folded whether it is shown only when asked for
  record Facts(String title, Map<String, Object> facts, boolean folded) implements Figure {
    public Facts {
      facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
  }
}
