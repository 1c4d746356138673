package snel.elaborate;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Kind;
import snel.math.Lattice;
import snel.model.Connection;
import snel.model.Endpoint;
import snel.model.Firing;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Slice;
import snel.model.Synapse;
import snel.model.WeightSource;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Expression;
import snel.syntax.Reference;

/// Elaborates `connect`.
final class ConnectElaborator {
  private final NetworkElaborator network;
  private final NetworkScope scope;
  private final Context context;

  ConnectElaborator(NetworkElaborator network, NetworkScope scope) {
    this.network = network;
    this.scope = scope;
    this.context = network.context();
  }

  void connect(Connect connect) {
    if (connect.alias() != null && (connect.sources().size() > 1 || connect.targets().size() > 1)) {
      context.fault(
          Code.SHARED_PROJECTION_NAME,
          "`"
              + connect.alias().name().text()
              + "` would name "
              + connect.sources().size() * connect.targets().size()
              + " projections: give each a `connect` of its own",
          connect.alias().span());
      return;
    }
    var evaluator = new Evaluator(context, scope.env());
    for (Reference source : connect.sources()) {
      Val from = evaluator.eval(source);
      if (!(from instanceof Val.Cells(var slice, var event))) {
        if (!(from instanceof Val.Bad)) {
          var diagnostic =
              Diagnostic.of(
                  Code.NOT_CONNECTABLE,
                  "only a population can be a source",
                  source.span(),
                  "no population");
          context.fault(
              source instanceof Expression.Member(var owner, var name, _)
                      && evaluator.eval(owner) instanceof Val.Cells
                  ? diagnostic.help(
                      name.text().equals("spikes")
                          ? "leave `.spikes` out: a connection carries spikes"
                          : "a value reaches other neurons by a synapse: `transmit w * pre."
                              + name.text()
                              + "`")
                  : diagnostic);
        }
        continue;
      }
      for (Reference target : connect.targets()) {
        new Endpoints(network, evaluator)
            .target(target)
            .ifPresent(to -> projection(connect, network.resolved(slice), event, to));
      }
    }
  }

  /// Where the clauses of one projection come together.
  private void projection(Connect connect, Slice source, String event, Endpoint target) {
    if (target instanceof Endpoint.NeuronPort(var slice, var port) && port.isEmpty()) {
      new FedInputs(context, network).connect(connect, source, event, slice);
      return;
    }
    Optional<Slice> targetSlice = target.neurons();
    Optional<Slice> empty =
        Stream.concat(Stream.of(source), targetSlice.stream())
            .filter(slice -> slice.size() == 0)
            .findFirst();
    if (empty.isPresent()) {
      context.fault(
          Code.INDEX_OUT_OF_RANGE,
          "a slice of `" + empty.get().population() + "` picks no neuron: there is none to connect",
          connect.span());
      name(connect, source, event, target, Val.BAD);
      return;
    }
    var names = new PairNames(network, scope, source, targetSlice);
    Evaluator pairs = names.evaluator();
    // the rules that conditions and probabilities stand beside have no windows
    names.offsets(pairs.env(), new Connection.All());
    PairConditions conditions =
        PairConditions.of(
            connect, pairs, targetSlice.map(to -> Selves.of(source, to)).orElse(Selves.NONE));
    Optional<Connection> connection =
        new Rules(pairs, source, targetSlice.orElse(Slice.ONE), conditions.excludeSelf(), connect)
            .read(connect.rule());
    if (connection.isEmpty()) {
      name(connect, source, event, target, Val.BAD);
      return;
    }
    if (conditions.where().isPresent() && !chooses(connection.get())) {
      context.fault(
          Diagnostic.of(
                  Code.NO_MEANING_HERE,
                  "`where` has no meaning beside `"
                      + connect.rule().name().text()
                      + "`, which says itself what is joined",
                  connect.rule().span())
              .help("choose among `all` pairs, or those of `bernoulli(p)`"));
    }
    names.offsets(pairs.env(), connection.get());
    Optional<Port> port = port(target);
    Kind kind = port.filter(p -> !p.kinds().isEmpty()).map(p -> p.kinds().get(0)).orElse(Kind.REAL);
    var weights = new WeightReader(context, connect);
    Optional<WeightSource> weight =
        weights.read(
            pairs,
            scope.env(),
            new WrittenWeights(context, connection.get(), source, targetSlice.orElse(Slice.ONE)));
    boolean takesValue =
        !(target instanceof Endpoint.SynapsePort)
            && port.filter(p -> p.parameters().isEmpty()).isEmpty();
    SynapseReader.Filled filled =
        new SynapseReader(network, names.arguments(connection.get()), source, targetSlice)
            .read(connect, weight, kind, takesValue)
            .orElse(null);
    if (filled == null || !weights.fits(target, port, weight)) {
      name(connect, source, event, target, Val.BAD);
      return;
    }
    Synapse synapse = filled.synapse();
    weight.ifPresent(w -> new ClippedBeginnings(context).weight(connect, synapse, w));
    checkSource(connect, source, event, synapse);
    new RepeatedNeurons(context, connect).check(synapse, source, targetSlice);
    if (target instanceof Endpoint.SynapsePort(var taught, var name, _)) {
      RelayedSpikes.check(context, synapse, taught + "." + name, connect.span());
    }
    String path = path(connect, source, event, target);
    context.lists(path, filled.lists());
    // the draws of all delays are numbered together, so that no two are the same
    var times = new Evaluator(context, pairs.env());
    var delays = new DelayReader(context, network, connect, times, synapse);
    Function<Expr.Ref, Interval> places = delays.places(source, targetSlice, connection.get());
    Function<Expr.Ref, Optional<Lattice>> grid = delays.grid(source, targetSlice, connection.get());
    Optional<Expr> axonal =
        delays.read(places, grid, Clause.DelayKind.AXONAL, Clause.DelayKind.PLAIN);
    Optional<Expr> dendritic = delays.read(places, grid, Clause.DelayKind.DENDRITIC);
    Optional<Expr> backprop = delays.read(places, grid, Clause.DelayKind.BACKPROP);
    new DelaysOfValues(context, connect).check(synapse, axonal, dendritic);
    var limits = new ProjectionLimits(context, network, connect);
    limits.kernel(connection.get(), weight);
    Optional<Synapse> learning = limits.ownDelay(synapse, axonal);
    if (learning.isEmpty() || !limits.mayComeAndGo(synapse, connection.get(), weight)) {
      name(connect, source, event, target, Val.BAD);
      return;
    }
    String unit = weights.unit(filled.weightUnit(), port);
    var projection =
        new Projection(
            path,
            Optional.ofNullable(connect.alias()).map(a -> path),
            source,
            event,
            target,
            connection.get(),
            conditions.excludeSelf(),
            conditions.where(),
            weight.orElse(new WeightSource.None()),
            synapse.delay().isPresent() ? Optional.empty() : axonal,
            dendritic,
            backprop,
            connect.clauses().stream().anyMatch(c -> c instanceof Clause.Instant),
            learning.get(),
            normalise(connect),
            targetSlice.flatMap(to -> new GrowReader(connect, source, to, pairs).read()),
            unit,
            Literals.factor(unit),
            connect.span());
    if (!limits.hasPostWhereAsked(projection)) {
      name(connect, source, event, target, Val.BAD);
      return;
    }
    limits.bounded(projection, port);
    limits.notOnTheWay(projection, port);
    if (projection.weight() instanceof WeightSource.Tied(var owner, _, _)) {
      network
          .projection(owner)
          .ifPresent(p -> TiedPairs.check(context, projection, p, connect.span()));
    }
    network.add(projection);
    define(connect, path, new Val.Wires(path));
  }

  /// What is named by `as` is known even where it could not be made, so that it is missed once.
  private void name(Connect connect, Slice source, String event, Endpoint target, Val value) {
    if (connect.alias() != null) {
      define(connect, path(connect, source, event, target), value);
    }
  }

  private void define(Connect connect, String path, Val value) {
    if (connect.alias() != null) {
      String local = path.substring(scope.prefix().length());
      scope.define(local, value);
      network.publish(scope, local, value);
    }
  }

  /// Whether a condition may leave out some of the pairs.
  private static boolean chooses(Connection connection) {
    return connection instanceof Connection.All || connection instanceof Connection.Bernoulli;
  }

  private Optional<Port> port(Endpoint target) {
    return switch (target) {
      case Endpoint.NeuronPort(var slice, var port) ->
          network.population(slice.population()).flatMap(p -> p.port(port));
      case Endpoint.SynapsePort(var path, var port, _) ->
          network.projection(path).stream()
              .flatMap(p -> p.synapse().ports().stream())
              .filter(p -> p.name().equals(port))
              .findFirst();
      case Endpoint.NeuronInput _, Endpoint.SynapseInput _ -> Optional.empty();
    };
  }

  private void checkSource(Connect connect, Slice source, String event, Synapse synapse) {
    Optional<Population> population = network.population(source.population());
    boolean silent =
        population.filter(p -> p.firing() instanceof Firing.Never && !p.isInput()).isPresent();
    if (silent && event.isEmpty() && synapse.transmit().isEmpty()) {
      String model = population.orElseThrow().model();
      context.fault(
          Diagnostic.of(
                  Code.NEVER_SPIKES,
                  "`spike when` and `reset` are missing: `"
                      + model
                      + "` never spikes but is a source here",
                  connect.sources().get(0).span(),
                  "no spike comes from here")
              .help("write in `" + model + "`: `spike when v > …` and `reset { v = … }`"));
    }
  }

  private String path(Connect connect, Slice source, String event, Endpoint target) {
    if (connect.alias() != null) {
      var evaluator = new Evaluator(context, scope.env());
      List<Val> indices = connect.alias().indices().stream().map(evaluator::eval).toList();
      String name =
          Indexing.family(connect.alias().name().text(), indices)
              .orElse(connect.alias().name().text());
      return scope.prefix() + name;
    }
    String from = source.population() + (event.isEmpty() ? "" : "." + event);
    String to =
        switch (target) {
          case Endpoint.NeuronPort(var slice, var port) -> slice.population() + "." + port;
          case Endpoint.NeuronInput(var slice, var input) -> slice.population() + "." + input;
          case Endpoint.SynapsePort(var projection, var port, _) -> projection + "." + port;
          case Endpoint.SynapseInput(var projection, var input, _) -> projection + "." + input;
        };
    return context.unique(from + "->" + to);
  }

  private Optional<Projection.Normalise> normalise(Connect connect) {
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.Normalise(_, _, var total, var event, _)) {
        return new Evaluator(context, scope.env())
            .one(total)
            .map(t -> new Projection.Normalise(t, event.text()));
      }
    }
    return Optional.empty();
  }
}
