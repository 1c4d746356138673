package snel.lower;

import java.util.Locale;
import java.util.Optional;
import snel.ir.Wiring;
import snel.math.Expr;
import snel.model.Connection;
import snel.model.Endpoint;
import snel.model.Firing;
import snel.model.Network;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Slice;
import snel.model.WeightSource;

/// Which projections keep their rows as bits, and why: where all synapses have one weight and one
/// delay, a spike only counts, and many rows are counted at once (see [snel.ir.Stmt.AddBits]).
///
/// A list of targets costs by its synapses, a row of bits by the targets that there might be, and
/// the counts of a step by the targets once, however many spikes there are. So bits are for dense
/// rows and many spikes a step.
final class BitRows {
  /// Mean rate assumed of neurons whose rate is not written, in 1/ms: 20 Hz. Where that is too
  /// much, few spikes are delivered and little time is lost.
  private static final double ASSUMED_RATE = 0.02;

  private final Network network;
  private final Needs needs;
  private final Resources.Rows rows;
  private final SynapseCounts counts;

  BitRows(Network network, Needs needs, Resources.Rows rows, SynapseCounts counts) {
    this.network = network;
    this.needs = needs;
    this.rows = rows;
    this.counts = counts;
  }

  boolean isChosen(Projection projection) {
    return switch (rows) {
      case LISTS, MASKS -> false;
      case BITS -> isPossible(projection);
      case BY_COST, STORED, REGENERATED -> isPossible(projection) && cost(projection).pays();
    };
  }

  /// One sentence where there is a choice.
  Optional<String> explained(Projection projection) {
    if (!isPossible(projection)) {
      return Optional.empty();
    }
    Cost cost = cost(projection);
    boolean chosen = isChosen(projection);
    String prices =
        String.format(
            Locale.ROOT,
            "at %s spikes a step %.2f us as bits, %.2f as lists; %.1f MB as bits, %.1f as lists",
            String.format(Locale.ROOT, cost.spikes < 10 ? "%.1f" : "%.0f", cost.spikes),
            cost.bitNanos() / 1e3,
            cost.listNanos() / 1e3,
            cost.bitBytes() / 1e6,
            cost.listBytes() / 1e6);
    String assumed = rate(projection).isPresent() ? "" : " (20 Hz assumed)";
    String why =
        rows == Resources.Rows.LISTS || rows == Resources.Rows.BITS
            ? "as asked"
            : chosen
                ? "because that is faster"
                : cost.isThin() ? "because few pairs are joined" : "because bits would gain little";
    return Optional.of(
        (chosen ? "rows are bits that are added up together, " : "rows are lists, ")
            + why
            + ": "
            + prices
            + assumed);
  }

  boolean isPossible(Projection projection) {
    return isOfPairs(projection.connection())
        && Constancy.isStatic(projection)
        && projection.synapse().delay().isEmpty()
        && projection.synapse().transmit().isEmpty()
        && isConstant(projection.axonal())
        && isConstant(projection.dendritic())
        && projection.normalise().isEmpty()
        && !Rewiring.changes(projection)
        && !network.preciseTimes()
        && !needs.inspected().contains(projection.path())
        && projection.source().isRange()
        && projection.target().neurons().filter(Slice::isRange).isPresent()
        && onlyCounts(projection)
        && !isTiedTo(projection.path())
        && cost(projection).bitBytes() / 8 <= RowCost.MOST_STORED;
  }

  /// Rules that join two neurons once, and not all of them.
  private static boolean isOfPairs(Connection connection) {
    return switch (connection) {
      case Connection.Bernoulli _ -> true;
      case Connection.FixedIndegree(_, var multapses) -> !multapses;
      case Connection.FixedOutdegree(_, var multapses) -> !multapses;
      case Connection.FixedTotal(_, var multapses) -> !multapses;
      case Connection.All _,
          Connection.OneToOne _,
          Connection.Convolution _,
          Connection.Pooling _,
          Connection.Window _,
          Connection.Edges _ ->
          false;
    };
  }

  private static boolean isConstant(Optional<Expr> delay) {
    return delay.filter(d -> !(d instanceof Expr.Num)).isEmpty();
  }

  /// Whether a spike adds 1 to the counts of class i, whatever its synapse.
  private boolean onlyCounts(Projection projection) {
    if (!(projection.target() instanceof Endpoint.NeuronPort(var slice, var name))) {
      return false;
    }
    Optional<Port> port = population(slice.population()).port(name);
    return port.isPresent()
        && switch (projection.weight()) {
          case WeightSource.None _ -> true;
          case WeightSource.Value(var e) ->
              e instanceof Expr.Num
                  && Constancy.deliversWeight(projection)
                  && !needs.touchedWeights().contains(projection.path())
                  && ExactScale.of(network, projection, port.get()).isEmpty();
          case WeightSource.Matrix _, WeightSource.Tied _ -> false;
        };
  }

  private boolean isTiedTo(String path) {
    return network.projections().stream()
        .anyMatch(
            p -> p.weight() instanceof WeightSource.Tied tied && tied.projection().equals(path));
  }

  private Population population(String path) {
    return network.populations().stream()
        .filter(p -> p.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  /// Spikes of a neuron in a millisecond, if they are written.
  private Optional<Double> rate(Projection projection) {
    Firing firing = population(projection.source().population()).firing();
    return firing instanceof Firing.Poisson(Expr.Num(var rate), _)
            && projection.sourceEvent().isEmpty()
        ? Optional.of(rate.toDouble())
        : Optional.empty();
  }

  Cost cost(Projection projection) {
    int sources = projection.source().size();
    int targets = projection.target().neurons().map(Slice::size).orElse(0);
    double rate = rate(projection).orElse(ASSUMED_RATE);
    return new Cost(
        sources, targets, counts.rounded(projection), sources * rate * network.stepMs());
  }

  /// What the rows of a projection cost either way.
  ///
  /// @param synapses made on the average
  /// @param spikes of all sources in a step, on the average
  record Cost(int sources, int targets, long synapses, double spikes) {
    /// A synapse of a list.
    private static final double SYNAPSE_NANOS = 0.63;

    /// Coming to the row of a spike, from memory or from a cache.
    private static final double FAR_NANOS = 270;

    private static final double NEAR_NANOS = 60;

    /// Bytes of lists that are likely to stay in a cache.
    private static final long NEAR_BYTES = 1 << 20;

    /// A target of a row of bits: a column of 512 for all rows before the next column.
    private static final double BIT_NANOS = 0.012;

    /// A target of which the digits of the sum are put together and added.
    private static final double COUNT_NANOS = 0.2;

    /// What there is to do before the first column.
    private static final double FIRST_NANOS = 150;

    /// Below this share of the pairs, bits never pay.
    private static final double LEAST_SHARE = 0.05;

    /// Nanoseconds a step that are worth compiling the sums of bits for.
    private static final double LEAST_GAIN = 1_000;

    boolean pays() {
      return !isThin() && listNanos() - bitNanos() >= LEAST_GAIN;
    }

    boolean isThin() {
      return synapses < LEAST_SHARE * sources * (double) targets;
    }

    /// Of a step with lists.
    double listNanos() {
      double row = listBytes() > NEAR_BYTES ? FAR_NANOS : NEAR_NANOS;
      return spikes * ((double) synapses / sources * SYNAPSE_NANOS + row);
    }

    /// Of a step with bits: counts are touched only if there is a spike.
    double bitNanos() {
      double any = -Math.expm1(-spikes);
      return spikes * targets * BIT_NANOS + any * (targets * COUNT_NANOS + FIRST_NANOS);
    }

    long bitBytes() {
      return 8 * Wiring.bitWords(sources, targets);
    }

    long listBytes() {
      return synapses * (targets <= 65_536 ? 2 : 4);
    }
  }
}
