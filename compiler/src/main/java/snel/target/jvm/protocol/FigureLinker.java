package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Unit;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.Drawing;
import snel.runtime.schedule.Evaluation;
import snel.runtime.schedule.InUnit;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Measures;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.Operators;
import snel.runtime.schedule.Picked;
import snel.runtime.schedule.ProtocolProblem;
import snel.runtime.schedule.Value;

/// Links what reports draw.
final class FigureLinker {
  private static final int MOST_CURVES = 20;

  private FigureLinker() {}

  static Evaluation link(Term.Call call) {
    List<Term> arguments = call.arguments();
    return switch (call.function()) {
      case RASTER -> raster(arguments);
      case TRACES -> traces(arguments);
      case GRID -> grid(arguments);
      case HISTOGRAM -> histogram(arguments);
      case OVER_TIME -> {
        Evaluation value = TermLinker.link(arguments.getFirst());
        yield m -> drawn(overTime(value.evaluate(m).numbers()));
      }
      case COURSE -> course(arguments);
      case CURVE -> {
        List<Axis> xy = axes(arguments);
        List<String> names = xy.stream().map(Axis::name).toList();
        yield m -> curve(xy.get(0).numbers(m), xy.get(1).numbers(m), names);
      }
      case HEAT_MAP -> {
        List<Axis> xyz = axes(arguments);
        List<String> names = xyz.stream().map(Axis::name).toList();
        yield m ->
            heatMap(xyz.get(0).numbers(m), xyz.get(1).numbers(m), xyz.get(2).numbers(m), names);
      }
      case TABLE -> table(arguments);
      case MAP_OF -> mapOf(arguments);
      case CONFUSION -> {
        String name = ((Term.ReadOut) arguments.getFirst()).name();
        yield m -> drawn(new Drawing.Confusion(m.readOuts().tally(name).confusion()));
      }
      case ACCURACY_BY -> accuracyBy(arguments);
      case DEGREE_DISTRIBUTION -> {
        String name = ((Term.Projection) arguments.getFirst()).name();
        yield m -> drawn(Measures.degrees(m.view(), name));
      }
      default -> throw new IllegalStateException(call.function() + " draws nothing");
    };
  }

  /// What stands on one axis.
  private record Axis(Evaluation values, String name, Unit unit) {
    double[] numbers(Machine machine) {
      return InUnit.of(values.evaluate(machine).numbers(), unit.factor());
    }
  }

  /// Arguments: values, as many names, as many units.
  private static List<Axis> axes(List<Term> arguments) {
    int count = arguments.size() / 3;
    List<Axis> axes = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      Evaluation values = TermLinker.link(arguments.get(k));
      String name = ((Term.Word) arguments.get(count + k)).value();
      axes.add(new Axis(values, name, ((Term.Shown) arguments.get(2 * count + k)).unit()));
    }
    return axes;
  }

  private static Value drawn(Drawing drawing) {
    return new Value.Drawn(List.of(drawing));
  }

  /// A point more, or a whole curve.
  private static Value curve(double[] x, double[] y, List<String> names) {
    if (x.length != y.length) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "`curve` wants as many values as places, not " + y.length + " for " + x.length);
    }
    List<Drawing> points = new ArrayList<>();
    for (int k = 0; k < x.length; k++) {
      points.add(new Drawing.Curve(x[k], y[k], names.get(0), names.get(1)));
    }
    return new Value.Drawn(points);
  }

  /// A cell more, or several.
  private static Value heatMap(double[] x, double[] y, double[] z, List<String> names) {
    if (x.length != z.length || y.length != z.length) {
      throw new ProtocolProblem(
          ProblemKind.SIZES_DIFFER,
          "`heat_map` wants as many values as places, not %d for %d and %d"
              .formatted(z.length, x.length, y.length));
    }
    List<Drawing> cells = new ArrayList<>();
    for (int k = 0; k < z.length; k++) {
      cells.add(new Drawing.HeatPoint(x[k], y[k], z[k], names.get(0), names.get(1), names.get(2)));
    }
    return new Value.Drawn(cells);
  }

  private static List<String> names(List<Term> terms) {
    return terms.stream().map(term -> ((Term.Word) term).value()).toList();
  }

  /// A curve for each of few values; of more their mean, which is then called so.
  private static Drawing overTime(double[] values) {
    return values.length > 0 && values.length <= MOST_CURVES
        ? new Drawing.Point(values, false, "")
        : new Drawing.Point(
            new double[] {Arrays.stream(values).average().orElse(Double.NaN)}, true, "");
  }

  /// Arguments: populations, then as many names.
  private static Evaluation raster(List<Term> arguments) {
    int count = arguments.size() / 2;
    List<Term.Neurons> neurons =
        arguments.subList(0, count).stream().map(term -> (Term.Neurons) term).toList();
    List<String> names = names(arguments.subList(count, 2 * count));
    List<Picked> picked = neurons.stream().map(each -> TermLinker.link(each.selection())).toList();
    return m -> {
      List<Drawing.Group> groups = new ArrayList<>();
      for (int k = 0; k < neurons.size(); k++) {
        String population = neurons.get(k).population();
        String name = ElementNames.of(m, neurons.get(k), names.get(k));
        double[][] trains = Measures.trains(m, population, picked.get(k)).rows();
        groups.add(new Drawing.Group(name, picked.get(k).first(), trains));
      }
      return drawn(new Drawing.Raster(groups, 0, Measures.duration(m), Measures.began(m)));
    };
  }

  /// Arguments: recorded states, then as many names and units, then the title.
  private static Evaluation traces(List<Term> arguments) {
    int count = arguments.size() / 3;
    List<Term> series = arguments.subList(0, count);
    List<String> names = names(arguments.subList(count, 2 * count));
    List<Unit> units =
        arguments.subList(2 * count, 3 * count).stream()
            .map(term -> ((Term.Shown) term).unit())
            .toList();
    List<Evaluation> linked = TermLinker.links(series);
    Evaluation title = TermLinker.link(arguments.getLast());
    return m -> {
      List<Drawing.Trace> traces = new ArrayList<>();
      for (int k = 0; k < linked.size(); k++) {
        Value.Series values = (Value.Series) linked.get(k).evaluate(m);
        traces.add(trace(m, series.get(k), names.get(k), units.get(k), values));
      }
      return drawn(new Drawing.Traces(title.evaluate(m).text(), traces, Measures.began(m)));
    };
  }

  /// Arguments: a series, its name, its unit.
  private static Evaluation course(List<Term> arguments) {
    Term series = arguments.getFirst();
    Evaluation linked = TermLinker.link(series);
    String name = ((Term.Word) arguments.get(1)).value();
    Unit unit = ((Term.Shown) arguments.get(2)).unit();
    return m -> {
      Value.Series values = (Value.Series) linked.evaluate(m);
      Drawing.Trace trace = trace(m, series, name, unit, values);
      return drawn(new Drawing.Course(trace, bin(series, values.times()), Measures.began(m)));
    };
  }

  private static double bin(Term series, double[] middles) {
    boolean isRate = series instanceof Term.Call call && call.function() == Function.RATE_OVER_TIME;
    return isRate && middles.length > 1 ? middles[1] - middles[0] : 0;
  }

  private static Drawing.Trace trace(
      Machine machine, Term term, String name, Unit unit, Value.Series series) {
    double[][] rows =
        Arrays.stream(series.rows()).map(row -> in(unit, row)).toArray(double[][]::new);
    List<String> labels =
        term instanceof Term.Recorded recorded ? ElementNames.of(machine, recorded) : List.of();
    return labels.isEmpty()
        ? new Drawing.Trace(name, series.times(), rows, unit.text())
        : new Drawing.Trace(name, labels, series.times(), rows, unit.text());
  }

  /// Arguments: weights [pre, post], or kernels [.., height, width]; rows; columns; unit. Each
  /// image is what one post-synaptic neuron receives, laid out as the source population is.
  private static Evaluation grid(List<Term> arguments) {
    Evaluation array = TermLinker.link(arguments.get(0));
    Evaluation rows = TermLinker.link(arguments.get(1));
    Evaluation columns = TermLinker.link(arguments.get(2));
    Unit unit = ((Term.Shown) arguments.get(3)).unit();
    return m -> {
      int down = Math.toIntExact(rows.evaluate(m).whole());
      int across = Math.toIntExact(columns.evaluate(m).whole());
      if (arguments.getFirst() instanceof Term.ReadSynapses read && read.dense()) {
        Value.Array weights = (Value.Array) array.evaluate(m);
        NetworkView view = m.view();
        int[] shape = view.population(view.projection(read.projection()).source()).shape();
        return drawn(receptiveFields(in(unit, weights), shape, down, across, unit.text()));
      }
      Value.Array shown = in(unit, Operators.array(array.evaluate(m)));
      return drawn(kernels(shown, down, across, unit.text()));
    };
  }

  private static Value.Array in(Unit unit, Value.Array stored) {
    return new Value.Array(stored.shape(), in(unit, stored.elements()));
  }

  private static double[] in(Unit unit, double[] stored) {
    return Arrays.stream(stored).map(x -> x / unit.factor()).toArray();
  }

  private static Drawing receptiveFields(
      Value.Array weights, int[] shape, int down, int across, String unit) {
    int sources = weights.shape()[0];
    int targets = weights.shape()[1];
    int[] frame = size(shape) == sources ? below(shape) : frame(new int[0], sources);
    int shown = Math.min(targets, down * across);
    double[][] images = new double[shown][frame[0] * frame[1]];
    for (int j = 0; j < shown; j++) {
      for (int i = 0; i < images[j].length; i++) {
        images[j][i] = weights.elements()[i * targets + j];
      }
    }
    return new Drawing.Grid(down, across, frame[0], frame[1], images, targets - shown, unit);
  }

  private static Drawing kernels(Value.Array kernels, int down, int across, String unit) {
    int[] shape = kernels.shape();
    int dimensions = shape.length;
    int[] frame =
        dimensions >= 2
            ? new int[] {shape[dimensions - 2], shape[dimensions - 1]}
            : frame(shape, kernels.elements().length / (down * across));
    int size = Math.max(1, frame[0] * frame[1]);
    int all = kernels.elements().length / size;
    int shown = Math.min(all, down * across);
    double[][] images = new double[shown][];
    for (int k = 0; k < shown; k++) {
      images[k] = Arrays.copyOfRange(kernels.elements(), k * size, (k + 1) * size);
    }
    return new Drawing.Grid(down, across, frame[0], frame[1], images, all - shown, unit);
  }

  /// As `frame`, with the further images of a population of three dimensions below the first.
  private static int[] below(int[] shape) {
    int size = size(shape);
    int[] one = frame(shape, size);
    return new int[] {size / one[1], one[1]};
  }

  private static int size(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /// Height and width of an image of `size` cells: those of the shape, or as square as it can be.
  private static int[] frame(int[] shape, int size) {
    if (shape.length >= 2) {
      return new int[] {shape[shape.length - 2], shape[shape.length - 1]};
    }
    int side = (int) Math.sqrt(size);
    return side * side == size ? new int[] {side, side} : new int[] {1, size};
  }

  /// Arguments: values, how many bins, the unit.
  private static Evaluation histogram(List<Term> arguments) {
    Evaluation values = TermLinker.link(arguments.get(0));
    Evaluation bins = TermLinker.link(arguments.get(1));
    Unit unit = ((Term.Shown) arguments.get(2)).unit();
    return m -> {
      double[] shown = in(unit, values.evaluate(m).numbers());
      int count = Math.toIntExact(bins.evaluate(m).whole());
      return drawn(new Drawing.Histogram(shown, count, unit.text()));
    };
  }

  /// Arguments: the cells of a row, then as many headings.
  private static Evaluation table(List<Term> arguments) {
    int width = arguments.size() / 2;
    List<Evaluation> cells = new ArrayList<>();
    List<Drawing.Column> columns = new ArrayList<>();
    for (int k = 0; k < width; k++) {
      Term.Shown cell = (Term.Shown) arguments.get(k);
      String heading = ((Term.Word) arguments.get(width + k)).value();
      cells.add(TermLinker.link(cell.value()));
      columns.add(new Drawing.Column(heading, cell.unit().text(), cell.unit().factor()));
    }
    return m ->
        drawn(new Drawing.Row(columns, cells.stream().map(cell -> cell.evaluate(m)).toList()));
  }

  /// Arguments: values, the unit, the shape if the values do not have it.
  private static Evaluation mapOf(List<Term> arguments) {
    Evaluation values = TermLinker.link(arguments.getFirst());
    Unit unit = ((Term.Shown) arguments.get(1)).unit();
    int[] shape =
        arguments.size() > 2 && arguments.get(2) instanceof Term.Numbers(var _, double[] lengths)
            ? Arrays.stream(lengths).mapToInt(length -> (int) length).toArray()
            : new int[0];
    return m -> {
      Value.Array map = Operators.array(values.evaluate(m));
      int[] frame = frame(shape.length > 0 ? shape : map.shape(), map.elements().length);
      return drawn(new Drawing.Map(frame[0], frame[1], in(unit, map.elements()), unit.text()));
    };
  }

  private static Evaluation accuracyBy(List<Term> arguments) {
    String name = ((Term.ReadOut) arguments.getFirst()).name();
    ScoredGroups groups = ScoredGroups.of(arguments.get(1));
    return m -> {
      Map<String, Double> by = groups.accuracies(m, m.readOuts().tally(name));
      return drawn(
          new Drawing.Row(
              by.keySet().stream().map(group -> new Drawing.Column(group, "", 1)).toList(),
              by.values().stream().<Value>map(Value.Real::new).toList()));
    };
  }
}
