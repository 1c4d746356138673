package snel.elaborate;

import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Amounts;
import snel.model.Connection;
import snel.model.Endpoint;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Synapse;
import snel.model.SynapseText;
import snel.model.Variable;
import snel.model.WeightSource;
import snel.syntax.Clause;
import snel.syntax.Connect;

/// What a connection cannot have at once: delays that learn, synapses that come and go, shared
/// weights, sums without bounds.
final class ProjectionLimits {
  private final Context context;
  private final NetworkElaborator network;
  private final Connect connect;

  ProjectionLimits(Context context, NetworkElaborator network, Connect connect) {
    this.context = context;
    this.network = network;
    this.connect = connect;
  }

  /// Synapses that share their weights stay: a weight belongs to none of them.
  boolean mayComeAndGo(Synapse synapse, Connection connection, Optional<WeightSource> weight) {
    boolean grows = connect.clauses().stream().anyMatch(c -> c instanceof Clause.Grow);
    boolean tied = weight.filter(w -> w instanceof WeightSource.Tied).isPresent();
    if (!grows && synapse.prune().isEmpty()
        || !tied && !(connection instanceof Connection.Convolution)) {
      return true;
    }
    String word = grows ? "`grow`" : "the `prune` of `" + synapse.model() + "`";
    String why =
        tied ? "the weights are those of another connection" : "a `conv` shares its weights";
    context.fault(Code.NO_MEANING_HERE, word + " has no meaning here: " + why, connect.span());
    return false;
  }

  /// A kernel that all neurons share hangs on none of them.
  void kernel(Connection connection, Optional<WeightSource> weight) {
    if (connection instanceof Connection.Convolution
        && weight.orElse(null) instanceof WeightSource.Value(Expr value)
        && Walk.any(value, ProjectionLimits::isOfOneNeuron)) {
      context.fault(
          Diagnostic.of(
                  Code.NO_MEANING_HERE,
                  "the weights of a `conv` are the same for all neurons and cannot hang on one",
                  connect.span())
              .help("use `offset.x` and `offset.y`, or `window`, where each pair has its own"));
    }
  }

  private static boolean isOfOneNeuron(Expr part) {
    return part instanceof Expr.Ref(Owner owner, String name, _)
        && (owner == Owner.PRE || owner == Owner.POST)
        && !name.startsWith("position."); // of which offsets are made
  }

  /// A delay that the synapse owns starts as the clause says, and stays within its bounds.
  Optional<Synapse> ownDelay(Synapse synapse, Optional<Expr> start) {
    if (synapse.delay().isEmpty()) {
      return Optional.of(synapse);
    }
    var delay = synapse.delay().get();
    double longest =
        delay
            .bounds()
            .upper()
            .map(upper -> Interval.of(upper, _ -> Interval.UNKNOWN).high())
            .orElse(Double.POSITIVE_INFINITY);
    if (Double.isInfinite(longest)) {
      context.fault(
          Diagnostic.of(
                  Code.OUT_OF_RANGE,
                  "nothing says how long the delay `" + delay.name() + "` can become",
                  delay.span())
              .help("bound it: `delay " + delay.name() + " : time in 0 ms .. 20 ms`"));
      return Optional.empty();
    }
    if (!Times.fitsIntoRing(context, longest, delay.span())) {
      return Optional.empty();
    }
    boolean isPositive =
        delay
            .bounds()
            .lower()
            .filter(low -> Interval.of(low, _ -> Interval.UNKNOWN).low() >= 0)
            .isPresent();
    if (!isPositive) {
      context.fault(
          Diagnostic.of(
                  Code.NEGATIVE_TIME,
                  "the delay `" + delay.name() + "` may become negative",
                  delay.span())
              .help("bound it: `delay " + delay.name() + " : time in 0 ms .. 20 ms`"));
      return Optional.empty();
    }
    for (Clause clause : connect.clauses()) {
      boolean excludes = clause instanceof Clause.Instant || clause instanceof Clause.Grow;
      if (excludes || synapse.prune().isPresent()) {
        context.fault(
            Code.DELAY_CONFLICT,
            "the delay `"
                + delay.name()
                + "` of `"
                + synapse.model()
                + "` excludes "
                + (clause instanceof Clause.Instant
                    ? "`instant`"
                    : "synapses that come and go: spikes are on their way to them"),
            connect.span());
        return Optional.empty();
      }
    }
    start.ifPresent(ms -> new ClippedBeginnings(context).delay(connect, delay, ms));
    return Optional.of(synapse.startingDelay(start.orElse(Expr.num(0))));
  }

  /// Where arrivals are taken one by one they are looked up among the synapses that are there then.
  void notOnTheWay(Projection projection, Optional<Port> port) {
    boolean comeAndGo = projection.grow().isPresent() || projection.synapse().prune().isPresent();
    boolean oneByOne =
        port.filter(p -> !p.parameters().isEmpty() && !p.isLinear()).isPresent()
            && projection.target() instanceof Endpoint.NeuronPort;
    boolean late =
        Stream.of(projection.axonal(), projection.dendritic())
            .flatMap(Optional::stream)
            .anyMatch(d -> !(d instanceof Expr.Num(var ms)) || !ms.isZero());
    if (comeAndGo && oneByOne && late) {
      context.fault(
          Diagnostic.of(
                  Code.DELAY_CONFLICT,
                  "a delay excludes synapses that come and go where `"
                      + port.orElseThrow().name()
                      + "` takes arrivals one by one: spikes are on their way to them",
                  projection.span())
              .help(
                  "let the port add its argument up, as `{ g += w }` does, or leave the delay out"));
    }
  }

  /// What reaches all synapses of a connection at once has no neuron on its other end.
  boolean hasPostWhereAsked(Projection projection) {
    Stream<Expr> written =
        Stream.of(
                projection.weight() instanceof WeightSource.Value(var weight)
                    ? Stream.of(weight)
                    : Stream.<Expr>empty(),
                Stream.of(
                        projection.where(),
                        projection.axonal(),
                        projection.dendritic(),
                        projection.backprop())
                    .flatMap(Optional::stream),
                projection.synapse().states().stream().map(Variable::initial),
                projection.synapse().parameters().stream().map(Variable::initial),
                SynapseText.of(projection))
            .flatMap(expressions -> expressions);
    boolean asks =
        projection.target().neurons().isEmpty()
            && (SynapseText.followsEvents(projection.synapse(), Owner.POST)
                || written.anyMatch(expression ->
                    Walk.any(expression, e -> e instanceof Expr.Ref r && r.owner() == Owner.POST)));
    if (asks) {
      context.fault(
          Diagnostic.of(
                  Code.NO_MEANING_HERE,
                  "`post` has no meaning here: what this connection brings reaches all synapses"
                      + " of another one, and no neuron",
                  projection.span())
              .help(
                  "leave `post` out, or declare the input as `input … of post`, which has a value"
                      + " for each target neuron"));
    }
    return !asks;
  }

  /// An exact sum is scaled by the largest amount.
  void bounded(Projection projection, Optional<Port> port) {
    boolean exact =
        projection.synapse().sum() == Port.Sum.EXACT
            || port.filter(p -> p.sum() == Port.Sum.EXACT).isPresent();
    var amounts = new Amounts(path -> network.projection(path).orElse(projection));
    if (exact
        && projection.target() instanceof Endpoint.NeuronPort
        && Double.isInfinite(amounts.largest(projection))) {
      context.fault(
          Diagnostic.of(
                  Code.OUT_OF_RANGE,
                  "nothing says how large the amounts are that this `sum exact` adds",
                  projection.span())
              .help(
                  amounts.boundsWeights(projection)
                      ? "the weights are bounded, but not what stands beside them: write"
                          + " `deliver clip(…, 0, 1)`, with the least and the largest amount"
                      : "bound what is delivered: `weight w : real in 0 .. 1`"));
    }
  }
}
