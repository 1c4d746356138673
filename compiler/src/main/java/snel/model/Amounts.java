package snel.model;

import java.util.Arrays;
import java.util.function.Function;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Known;
import snel.math.Owner;

/// How large the amounts are that come to a port, and how many may come to one neuron at once: the
/// two give the scale of exact sums (semantics.md §3). Both follow from the text alone.
public final class Amounts {
  /// Events of a drive that one neuron gets in a step at most.
  private static final long MOST_DRIVEN = 4096;

  private final Function<String, Projection> projections;

  /// @param projections by path, for weights that are shared
  public Amounts(Function<String, Projection> projections) {
    this.projections = projections;
  }

  /// The largest magnitude that a projection delivers; infinite if nothing bounds it.
  public double largest(Projection projection) {
    return projection.synapse().handlers().stream()
        .filter(h -> h.event().equals("pre"))
        .flatMap(h -> Action.delivered(h.body()))
        .mapToDouble(e -> magnitude(Interval.of(e, ref -> range(ref, projection))))
        .max()
        .orElse(0);
  }

  /// The largest magnitude of a drive's events.
  public static double largest(Drive drive) {
    return magnitude(Interval.of(drive.weight(), _ -> Interval.UNKNOWN));
  }

  private static double magnitude(Interval range) {
    return Math.max(Math.abs(range.low()), Math.abs(range.high()));
  }

  private Interval range(Expr.Ref ref, Projection projection) {
    Synapse synapse = projection.synapse();
    if (ref.owner() == Owner.SELF && ref.name().equals(synapse.weightName())) {
      return weights(projection);
    }
    if (ref.owner() == Owner.SELF) {
      return synapse.parameters().stream()
          .filter(p -> p.name().equals(ref.name()))
          .findFirst()
          .map(p -> Interval.of(p.initial(), r -> place(r, projection)))
          .orElseGet(() -> place(ref, projection));
    }
    return place(ref, projection);
  }

  /// Indices, and columns of an edge list.
  private static Interval place(Expr.Ref ref, Projection projection) {
    if (ref.name().equals("index") && ref.owner() == Owner.PRE) {
      return indices(projection.source());
    }
    if (ref.name().equals("index") && ref.owner() == Owner.POST) {
      return projection.target().neurons().map(Amounts::indices).orElse(Interval.UNKNOWN);
    }
    if (ref.name().startsWith("edge.")
        && projection.connection() instanceof Connection.Edges(_, _, var columns)) {
      return range(Known.in(columns, ref.name().substring("edge.".length())));
    }
    return Interval.UNKNOWN;
  }

  private static Interval indices(Slice slice) {
    return new Interval(0, Math.max(0, slice.greatest()));
  }

  private static Interval range(double[] values) {
    return new Interval(
        Arrays.stream(values).min().orElse(0), Arrays.stream(values).max().orElse(0));
  }

  /// Whether something says how large the weights of a projection are.
  public boolean boundsWeights(Projection projection) {
    return !Double.isInfinite(magnitude(weights(projection)));
  }

  private Interval weights(Projection projection) {
    Bounds bounds = projection.synapse().weight().map(Variable::bounds).orElse(Bounds.NONE);
    double low =
        bounds.lower().map(b -> bound(b, projection).low()).orElse(Double.NEGATIVE_INFINITY);
    double high =
        bounds.upper().map(b -> bound(b, projection).high()).orElse(Double.POSITIVE_INFINITY);
    Interval start =
        switch (projection.weight()) {
          case WeightSource.None _ -> new Interval(1, 1);
          case WeightSource.Value(var e) -> Interval.of(e, ref -> place(ref, projection));
          case WeightSource.Matrix(var values) -> range(values);
          case WeightSource.Tied tied -> weights(projections.apply(tied.projection()));
        };
    return projection.changesWeight()
        ? new Interval(low, high)
        : new Interval(Math.max(low, start.low()), Math.min(high, start.high()));
  }

  private static Interval bound(Expr bound, Projection projection) {
    return Interval.of(bound, ref -> place(ref, projection));
  }

  /// How many synapses of a projection end at one neuron at most.
  public static long fanIn(Projection projection) {
    long sources = projection.source().size();
    return switch (projection.connection()) {
      case Connection.All _, Connection.Bernoulli _ -> sources;
      case Connection.OneToOne _ -> 1;
      case Connection.FixedIndegree(var k, _) -> k;
      case Connection.FixedOutdegree(var k, var multapses) -> multapses ? k * sources : sources;
      case Connection.FixedTotal(var n, var multapses) -> multapses ? n : Math.min(n, sources);
      case Connection.Convolution(var kernel, _, _, _, _, _) -> window(kernel, projection);
      case Connection.Pooling(var kernel, _, _) -> window(kernel, projection);
      case Connection.Window(var kernel, _, _) -> window(kernel, projection);
      case Connection.Edges(_, var targets, _) -> {
        long[] counts = new long[projection.target().size()];
        Arrays.stream(targets).forEach(t -> counts[t]++);
        yield Arrays.stream(counts).max().orElse(0);
      }
    };
  }

  private static long window(int[] kernel, Projection projection) {
    var shape = projection.source().shape();
    long maps = shape.size() == 3 ? shape.get(0) : 1;
    return Math.min(maps * kernel[0] * kernel[1], projection.source().size());
  }

  public static long fanIn(Drive drive) {
    return MOST_DRIVEN;
  }

  /// s = 62 - ceil(log2 `largest`) - ceil(log2 `fanIn`).
  public static int shift(double largest, long fanIn) {
    return 62 - ceilLog2(Math.max(largest, Double.MIN_NORMAL)) - ceilLog2(Math.max(1, fanIn));
  }

  private static int ceilLog2(double value) {
    int exponent = Math.getExponent(value);
    return value > StrictMath.scalb(1.0, exponent) ? exponent + 1 : exponent;
  }
}
