package snel.elaborate;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Relation;
import snel.model.Amounts;
import snel.model.Connection;
import snel.model.Drive;
import snel.model.Endpoint;
import snel.model.Firing;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Slice;
import snel.model.Synapse;
import snel.model.WeightSource;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Reference;

/// Elaborates `connect` and `drive`.
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
      if (new FedInputs(context, network, connect).allow(source, event, slice)) {
        network.alias(slice.population(), source);
      }
      return;
    }
    Optional<Slice> targetSlice = target.neurons();
    Evaluator pairs = pairEvaluator(source, targetSlice);
    boolean excludeSelf = false;
    Optional<Expr> where = Optional.empty();
    for (Expr condition : conditions(connect, pairs)) {
      boolean same =
          targetSlice.filter(s -> s.population().equals(source.population())).isPresent();
      if (isOther(condition, "identity")) {
        excludeSelf |= same;
      } else if (isOther(condition, "index")) {
        excludeSelf = true;
      } else {
        Expr plain = withoutIdentity(condition);
        where = Optional.of(where.map(w -> snel.math.Fold.and(w, plain)).orElse(plain));
      }
    }
    Optional<Connection> connection =
        new Rules(pairs, source, targetSlice.orElse(Slice.ONE), excludeSelf, connect)
            .read(connect.rule());
    if (connection.isEmpty()) {
      name(connect, source, event, target, Val.BAD);
      return;
    }
    if (where.isPresent() && !chooses(connection.get())) {
      context.fault(
          Diagnostic.of(
                  Code.NO_MEANING_HERE,
                  "`where` has no meaning beside `"
                      + connect.rule().name().text()
                      + "`, which says itself what is joined",
                  connect.rule().span())
              .help("choose among `all` pairs, or those of `bernoulli(p)`"));
    }
    Offsets.define(
        pairs.env(), connection.get(), axes(source), targetSlice.map(this::axes).orElse(0));
    Optional<Port> port = port(target);
    Kind kind = port.filter(p -> !p.kinds().isEmpty()).map(p -> p.kinds().get(0)).orElse(Kind.REAL);
    Optional<WeightSource> weight = weight(connect, pairs, targetSlice);
    boolean takesValue =
        !(target instanceof Endpoint.SynapsePort)
            && port.filter(p -> p.parameters().isEmpty()).isEmpty();
    Synapse synapse = synapse(connect, source, targetSlice, weight, kind, takesValue).orElse(null);
    if (synapse == null || !weightFits(connect, target, port, weight)) {
      name(connect, source, event, target, Val.BAD);
      return;
    }
    checkSource(connect, source, event, synapse);
    if (target instanceof Endpoint.SynapsePort(var taught, var name, _)) {
      RelayedSpikes.check(context, synapse, taught + "." + name, connect.span());
    }
    String path = path(connect, source, event, target);
    // the draws of all delays are numbered together, so that no two are the same
    var times = new Evaluator(context, pairs.env());
    var delays = new DelayReader(context, network, connect, times);
    Function<Expr.Ref, Interval> places = delays.places(source, targetSlice, connection.get());
    Optional<Expr> axonal = delays.read(places, Clause.DelayKind.AXONAL, Clause.DelayKind.PLAIN);
    Optional<Expr> dendritic = delays.read(places, Clause.DelayKind.DENDRITIC);
    Optional<Expr> backprop = delays.read(places, Clause.DelayKind.BACKPROP);
    Optional<Synapse> learning = ownDelay(connect, synapse, axonal);
    if (learning.isEmpty() || !mayComeAndGo(connect, synapse, connection.get(), weight)) {
      return;
    }
    var projection =
        new Projection(
            path,
            Optional.ofNullable(connect.alias()).map(a -> path),
            source,
            event,
            target,
            connection.get(),
            excludeSelf,
            where,
            weight.orElse(new WeightSource.None()),
            synapse.delay().isPresent() ? Optional.empty() : axonal,
            dendritic,
            backprop,
            connect.clauses().stream().anyMatch(c -> c instanceof Clause.Instant),
            learning.get(),
            normalise(connect),
            grow(connect, source, targetSlice, pairs),
            false,
            weightUnit(connect),
            Literals.factor(weightUnit(connect)),
            connect.span());
    bounded(projection, port);
    notOnTheWay(projection, port);
    if (projection.weight() instanceof WeightSource.Tied(var owner, _, _)) {
      network.projections().stream()
          .filter(p -> p.path().equals(owner))
          .findFirst()
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

  private int axes(Slice slice) {
    return network.population(slice.population()).map(p -> p.shape().size()).orElse(0);
  }

  private Evaluator pairEvaluator(Slice source, Optional<Slice> target) {
    Env env = scope.env().inner();
    env.define("pre", new Val.Marker("pre"));
    env.define("post", new Val.Marker("post"));
    env.define("edge", new Val.Marker("edge"));
    env.define("offset", new Val.Marker("offset"));
    env.define("fan_in", Val.of(new Expr.Ref(Owner.SELF, "fan_in", Kind.REAL)));
    info(env, "pre", source);
    target.ifPresent(t -> info(env, "post", t));
    return new Evaluator(context, env);
  }

  /// Whether a condition may leave out some of the pairs.
  private static boolean chooses(Connection connection) {
    return connection instanceof Connection.All || connection instanceof Connection.Bernoulli;
  }

  private void info(Env env, String side, Slice slice) {
    IntSummaryStatistics indices =
        IntStream.range(0, slice.size()).map(slice::at).summaryStatistics();
    env.define(
        "#indices:" + side,
        new Val.Range(Val.of(indices.getMin()), Val.of(indices.getMax()), true));
    context.neuron(slice.population()).ifPresent(n -> env.define("#" + side, new Val.Info(n)));
    network
        .population(slice.population())
        .ifPresent(p -> env.define("#axes:" + side, Val.of(p.shape().size())));
  }

  private List<Expr> conditions(Connect connect, Evaluator pairs) {
    List<Expr> all = new ArrayList<>();
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.Where(var condition, _)) {
        pairs.scalar(condition).ifPresent(c -> split(c, all));
      }
    }
    return all;
  }

  private static void split(Expr condition, List<Expr> all) {
    if (condition instanceof Expr.And(var a, var b)) {
      split(a, all);
      split(b, all);
    } else if (!(condition instanceof Expr.Truth(var truth)) || !truth) {
      all.add(condition);
    }
  }

  private static boolean isOther(Expr condition, String name) {
    return condition instanceof Expr.Compare(var relation, Expr.Ref a, Expr.Ref b)
        && relation == Relation.NOT_EQUAL
        && a.name().equals(name)
        && b.name().equals(name)
        && a.owner() != b.owner();
  }

  private static Expr withoutIdentity(Expr condition) {
    return snel.math.Walk.rebuild(
        condition,
        e ->
            e instanceof Expr.Ref(var owner, var name, var kind) && name.equals("identity")
                ? new Expr.Ref(owner, "index", kind)
                : e);
  }

  private Optional<Port> port(Endpoint target) {
    return switch (target) {
      case Endpoint.NeuronPort(var slice, var port) ->
          network.population(slice.population()).flatMap(p -> p.port(port));
      case Endpoint.SynapsePort(var path, var port, _) ->
          network.projections().stream()
              .filter(p -> p.path().equals(path))
              .flatMap(p -> p.synapse().ports().stream())
              .filter(p -> p.name().equals(port))
              .findFirst();
      case Endpoint.NeuronInput _, Endpoint.SynapseInput _ -> Optional.empty();
    };
  }

  private static Optional<Clause.Weight> weightClause(Connect connect) {
    return connect.clauses().stream()
        .flatMap(c -> c instanceof Clause.Weight w ? java.util.stream.Stream.of(w) : null)
        .findFirst();
  }

  private static String weightUnit(Connect connect) {
    return weightClause(connect).flatMap(w -> Literals.unitIn(w.value())).orElse("");
  }

  private Optional<WeightSource> weight(Connect connect, Evaluator pairs, Optional<Slice> target) {
    for (Clause clause : connect.clauses()) {
      switch (clause) {
        case Clause.Weight(var expression, var span) -> {
          // draws are numbered anew in each clause
          Val value = new Evaluator(context, pairs.env()).eval(expression);
          return switch (value) {
            case Val.Num(var e, _) -> Optional.of(new WeightSource.Value(e));
            case Val.Items(var items) -> matrix(items, span);
            case Val.Bad _ -> Optional.empty();
            default -> {
              context.fault(Code.WRONG_KIND, "a weight must be a number", span);
              yield Optional.empty();
            }
          };
        }
        case Clause.TiedTo(var weights, var span) -> {
          return tied(weights, 1, false, span);
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  private Optional<WeightSource> matrix(List<Val> items, Span span) {
    List<Val> flat = Lists.flat(items);
    double[] values = new double[flat.size()];
    for (int k = 0; k < values.length; k++) {
      if (flat.get(k) instanceof Val.Num(Expr.Num(var number), _)) {
        values[k] = number.toDouble();
      } else {
        context.fault(Code.CHANGES_IN_TIME, "weights in a list must be constants", span);
        return Optional.empty();
      }
    }
    return Optional.of(new WeightSource.Matrix(values));
  }

  private Optional<WeightSource> tied(Expression weights, int sign, boolean transposed, Span span) {
    return switch (weights) {
      case Expression.Unary(_, var operand, _) -> tied(operand, -sign, transposed, span);
      case Expression.Group(var inner, _) -> tied(inner, sign, transposed, span);
      case Expression.Call(Expression.Variable(var name, _), var arguments, _)
          when name.text().equals("transpose") ->
          tied(arguments.get(0).value(), sign, !transposed, span);
      case Expression.Member(var owner, _, _) -> {
        if (new Evaluator(context, scope.env()).eval(owner) instanceof Val.Wires(var path)) {
          yield Optional.of(new WeightSource.Tied(path, transposed, sign));
        }
        context.fault(
            Code.NOTHING_TO_LEARN, "`tied to` wants the weights of a named projection", span);
        yield Optional.empty();
      }
      default -> {
        context.fault(
            Code.NOTHING_TO_LEARN, "`tied to` wants the weights of a named projection", span);
        yield Optional.empty();
      }
    };
  }

  private Optional<Synapse> synapse(
      Connect connect,
      Slice source,
      Optional<Slice> target,
      Optional<WeightSource> weight,
      Kind kind,
      boolean takesValue) {
    for (Clause clause : connect.clauses()) {
      if (!(clause instanceof Clause.SynapseModel(var model, var span))) {
        continue;
      }
      Optional<Entity> entity = scope.env().file().find(model.name());
      if (entity.isPresent()
          && entity.get() instanceof Entity.Declared declared
          && declared.declaration() instanceof Declaration.Synapse) {
        Optional<Expr> initial =
            weight.flatMap(
                w -> w instanceof WeightSource.Value(var e) ? Optional.of(e) : Optional.empty());
        return Optional.of(
            new SynapseElaborator(
                    context,
                    scope.env(),
                    model.name().text(),
                    model.arguments(),
                    network.settings().assigned(),
                    context.neuron(source.population()),
                    target.flatMap(t -> context.neuron(t.population())),
                    initial)
                .elaborate(declared));
      }
      String name = model.name().text();
      context.fault(
          entity.isPresent() ? Code.NOT_A_MODEL : Code.UNKNOWN_NAME,
          entity.isPresent()
              ? "`" + name + "` is no synapse"
              : "unknown synapse `" + name + "`" + Nearest.hint(name, scope.env().file().names()),
          span);
      return Optional.empty();
    }
    return Optional.of(
        SynapseElaborator.fixed(connect.span(), kind, takesValue && weight.isPresent()));
  }

  private boolean weightFits(
      Connect connect, Endpoint target, Optional<Port> port, Optional<WeightSource> weight) {
    boolean written =
        connect.clauses().stream()
            .anyMatch(c -> c instanceof Clause.Weight || c instanceof Clause.TiedTo);
    boolean takes = port.isEmpty() || !port.get().parameters().isEmpty();
    if (takes && !written && target instanceof Endpoint.NeuronPort(_, var name)) {
      context.fault(
          Code.WEIGHT_MISSING, "`" + name + "` takes a value: write `weight`", connect.span());
      return false;
    }
    if (!takes && written) {
      context.fault(
          Code.WEIGHT_UNWANTED,
          "`" + port.map(Port::name).orElse("") + "` takes no value: remove `weight`",
          weightClause(connect).map(Clause.Weight::span).orElse(connect.span()));
      return false;
    }
    return !written || weight.isPresent();
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

  /// Synapses that share their weights stay: a weight belongs to none of them.
  private boolean mayComeAndGo(
      Connect connect, Synapse synapse, Connection connection, Optional<WeightSource> weight) {
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

  /// A delay that the synapse owns starts as the clause says, and stays within its bounds.
  private Optional<Synapse> ownDelay(Connect connect, Synapse synapse, Optional<Expr> start) {
    if (synapse.delay().isEmpty()) {
      return Optional.of(synapse);
    }
    var delay = synapse.delay().get();
    boolean bounded =
        delay
            .bounds()
            .upper()
            .filter(u -> !Double.isInfinite(Interval.of(u, _ -> Interval.UNKNOWN).high()))
            .isPresent();
    if (!bounded) {
      context.fault(
          Diagnostic.of(
                  Code.OUT_OF_RANGE,
                  "nothing says how long the delay `" + delay.name() + "` can become",
                  delay.span())
              .help("bound it: `delay " + delay.name() + " : time in 0 ms .. 20 ms`"));
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
    return Optional.of(synapse.startingDelay(start.orElse(Expr.num(0))));
  }

  /// Where arrivals are taken one by one they are looked up among the synapses that are there then.
  private void notOnTheWay(Projection projection, Optional<Port> port) {
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

  /// An exact sum is scaled by the largest amount.
  private void bounded(Projection projection, Optional<Port> port) {
    boolean exact =
        projection.synapse().sum() == Port.Sum.EXACT
            || port.filter(p -> p.sum() == Port.Sum.EXACT).isPresent();
    var amounts =
        new Amounts(path ->
            network.projections().stream()
                .filter(p -> p.path().equals(path))
                .findFirst()
                .orElse(projection));
    if (exact
        && projection.target() instanceof Endpoint.NeuronPort
        && Double.isInfinite(amounts.largest(projection))) {
      context.fault(
          Diagnostic.of(
                  Code.OUT_OF_RANGE,
                  "nothing says how large the amounts are that this `sum exact` adds",
                  projection.span())
              .help("bound what is delivered: `weight w : real in 0 .. 1`"));
    }
  }

  private Optional<Projection.Normalise> normalise(Connect connect) {
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.Normalise(var sum, var per, var total, var event, var span)) {
        if (!sum.name().text().equals("sum") || !per.text().equals("post")) {
          context.fault(
              Code.UNKNOWN_OPTION, "weights are normalised by `sum(w) per post to …`", span);
          return Optional.empty();
        }
        return new Evaluator(context, scope.env())
            .scalar(total)
            .map(t -> new Projection.Normalise(t, event.text()));
      }
    }
    return Optional.empty();
  }

  private Optional<Projection.Grow> grow(
      Connect connect, Slice source, Optional<Slice> target, Evaluator pairs) {
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.Grow(var rule, var period, _) && target.isPresent()) {
        boolean replaced = rule.name().text().equals("replaced");
        if (!replaced && !rule.name().text().equals("bernoulli")) {
          context.fault(
              Code.UNKNOWN_OPTION,
              "new synapses are drawn by `bernoulli(p)` or `replaced()`",
              rule.span());
          return Optional.empty();
        }
        Optional<Connection> connection =
            replaced
                ? Optional.of(new Connection.All())
                : new Rules(pairs, source, target.get(), false, connect).read(rule);
        Optional<Long> steps =
            pairs
                .constant(period, "a period")
                .flatMap(ms -> Times.steps(context, ms, period.span()));
        if (connection.isPresent() && steps.isPresent()) {
          return Optional.of(new Projection.Grow(connection.get(), replaced, steps.get()));
        }
      }
    }
    return Optional.empty();
  }

  void drive(NetworkItem.Drive drive) {
    var evaluator = new Evaluator(context, scope.env());
    if (!drive.source().name().text().equals("poisson") || drive.source().arguments().size() != 1) {
      context.fault(Code.UNKNOWN_OPTION, "a drive is `by poisson(rate)`", drive.source().span());
      return;
    }
    Argument rateArgument = drive.source().arguments().get(0);
    Optional<Expr> rate = evaluator.scalar(rateArgument.value());
    Optional<Expr> weight = new Evaluator(context, scope.env()).scalar(drive.weight());
    for (Reference reference : drive.ports()) {
      Optional<Endpoint> target = new Endpoints(network, evaluator).target(reference);
      if (target.isPresent()
          && rate.isPresent()
          && weight.isPresent()
          && target.get() instanceof Endpoint.NeuronPort(var slice, var port)) {
        boolean exact =
            network
                .population(slice.population())
                .flatMap(p -> p.port(port))
                .filter(p -> p.sum() == Port.Sum.EXACT)
                .isPresent();
        if (exact && !(weight.get() instanceof Expr.Num)) {
          context.fault(
              Code.OUT_OF_RANGE,
              "nothing says how large the events are that this `sum exact` adds: write a constant",
              drive.weight().span());
          return;
        }
        network.add(
            new Drive(
                context.unique("drive " + slice.population() + "." + port),
                slice,
                port,
                rate.get(),
                weight.get(),
                network.projections().size(),
                drive.span()));
      }
    }
  }
}
