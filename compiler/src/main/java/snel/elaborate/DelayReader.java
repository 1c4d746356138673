package snel.elaborate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Known;
import snel.math.Lattice;
import snel.math.Owner;
import snel.model.Connection;
import snel.model.Population;
import snel.model.Slice;
import snel.model.Synapse;
import snel.syntax.Clause;
import snel.syntax.Connect;

/// The delays of a connection: on the grid of the step, and with an end that is known before
/// anything is drawn, since it sizes the rings of arrivals.
final class DelayReader {
  private final Context context;
  private final NetworkElaborator network;
  private final Connect connect;
  private final Evaluator times;
  private final Synapse synapse;

  DelayReader(
      Context context,
      NetworkElaborator network,
      Connect connect,
      Evaluator times,
      Synapse synapse) {
    this.context = context;
    this.network = network;
    this.connect = connect;
    this.times = times;
    this.synapse = synapse;
  }

  /// @param places bounds of what differs between the synapses
  /// @param grid where it lies
  Optional<Expr> read(
      Function<Expr.Ref, Interval> places,
      Function<Expr.Ref, Optional<Lattice>> grid,
      Clause.DelayKind... kinds) {
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.Delay(var found, var value, _)
          && List.of(kinds).contains(found)) {
        Optional<Expr> delay = times.one(value);
        if (delay.isPresent()
            && delay.get() instanceof Expr.Num(var ms)
            && Double.isFinite(ms.toDouble())) {
          if (Times.steps(context, ms, value.span()).isPresent()) {
            Times.fitsIntoRing(context, ms.toDouble(), value.span());
          }
        } else if (delay.isPresent()
            && Double.isInfinite(Interval.of(delay.get(), places).high())) {
          context.fault(
              Diagnostic.of(
                      Code.OUT_OF_RANGE, "nothing says how long this delay can be", value.span())
                  .help("bound it: `clip(…, 0 ms, 20 ms)`, or `max: 20 ms` in the draw"));
          return Optional.empty();
        } else if (delay.isPresent()) {
          Times.onGrid(context, "delay", delay.get(), grid, value.span());
          Times.fitsIntoRing(context, Interval.of(delay.get(), places).high(), value.span());
          if (!clips(synapse, found)) {
            DrawnDelays.check(context, delay.get(), value);
          }
        }
        return delay;
      }
    }
    return Optional.empty();
  }

  /// Whether the delay is only where the synapse's own begins, which its range clips.
  private static boolean clips(Synapse synapse, Clause.DelayKind kind) {
    return synapse.delay().isPresent()
        && (kind == Clause.DelayKind.AXONAL || kind == Clause.DelayKind.PLAIN);
  }

  /// Indices and places are whole numbers, what an edge list has is known, and so are parameters
  /// that begin with such values.
  Function<Expr.Ref, Optional<Lattice>> grid(
      Slice source, Optional<Slice> target, Connection connection) {
    return ref -> {
      if (ref.name().startsWith("edge.")
          && connection instanceof Connection.Edges(_, _, var columns)) {
        return Optional.of(Lattice.of(Known.in(columns, ref.name().substring("edge.".length()))));
      }
      if (ref.owner() == Owner.PRE || ref.owner() == Owner.POST) {
        return (ref.owner() == Owner.PRE ? Optional.of(source) : target)
            .flatMap(slice -> network.population(slice.population()))
            .flatMap(population -> Times.grid(context, population.parameters(), ref));
      }
      return ref.name().equals("fan_in") ? Optional.of(Lattice.WHOLE) : Optional.empty();
    };
  }

  /// Bounds by the sizes of the two populations and by the table of an edge list.
  Function<Expr.Ref, Interval> places(Slice source, Optional<Slice> target, Connection connection) {
    List<Integer> sources = shape(source);
    List<Integer> targets = target.map(this::shape).orElse(List.of(1));
    return ref -> {
      List<Integer> shape = ref.owner() == Owner.PRE ? sources : targets;
      if (ref.name().equals("index")) {
        return new Interval(0, shape.stream().mapToDouble(n -> n).reduce(1, (a, b) -> a * b) - 1);
      }
      if (ref.name().startsWith("position.")) {
        int axis = Integer.parseInt(ref.name().substring("position.".length()));
        return new Interval(0, axis < shape.size() ? shape.get(axis) - 1.0 : 0);
      }
      if (ref.name().startsWith("edge.")
          && connection instanceof Connection.Edges(_, _, var columns)) {
        double[] values = Known.in(columns, ref.name().substring("edge.".length()));
        return new Interval(
            Arrays.stream(values).min().orElse(0), Arrays.stream(values).max().orElse(0));
      }
      return Interval.UNKNOWN;
    };
  }

  private List<Integer> shape(Slice slice) {
    return network.population(slice.population()).map(Population::shape).orElse(slice.shape());
  }
}
