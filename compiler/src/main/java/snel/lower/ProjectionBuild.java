package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;
import snel.math.Kind;
import snel.model.Action;
import snel.model.Endpoint;
import snel.model.Handler;
import snel.model.Variable;
import snel.model.WeightSource;

/// Lays out one projection, fills its arrays and decides where its deliveries go.
final class ProjectionBuild {
  private final World world;
  private final Plasticity plasticity;
  private final Links links;
  private final String path;

  ProjectionBuild(World world, Plasticity plasticity) {
    this.world = world;
    this.plasticity = plasticity;
    this.links = plasticity.links;
    this.path = links.path;
  }

  /// Adds the build steps; returns where `deliver` in each handler of the source's events leads.
  Map<Handler, Arrivals> build(Inboxes inboxes) {
    links.wiring().ifPresent(w -> world.build.addAll(ChosenPairs.steps(world, links, w)));
    FanIn.build(world, links).ifPresent(world.build::add);
    Delays delays = plasticity.delays();
    delays.build();
    List<Variable> variables = variables();
    Set<Variable> boundaries = Boundaries.among(variables, plasticity.synapse);
    boundaries.forEach(this::initial);
    weights();
    ownedDelays();
    for (Variable variable : variables) {
      if (!boundaries.contains(variable) && !isResettable(variable)) {
        initial(variable);
      }
    }
    boolean needsColumns = needsColumns();
    delays.sort();
    plasticity.tiedPlaces(new TiedPlaces(world, plasticity).build());
    if (needsColumns) {
      links.transposed(delays.backprop()).ifPresent(world.build::add);
    }
    if (!(plasticity.projection.target() instanceof Endpoint.NeuronPort(var slice, var port))) {
      return Map.of();
    }
    Inbox.Timing timing =
        plasticity.projection.instant()
            ? Inbox.Timing.INSTANT
            : isPrecise() ? Inbox.Timing.PRECISE : Inbox.Timing.SLOT;
    Inbox inbox = inboxes.of(slice.population(), port, timing);
    Map<Handler, Arrivals> arrivals = new LinkedHashMap<>();
    for (Handler handler : EndEvents.handlersOfSource(plasticity.projection)) {
      if (Action.delivered(handler.body()).findAny().isPresent()) {
        arrivals.put(handler, arrivals(inbox, handler, arrivals.values()));
      }
    }
    return arrivals;
  }

  private boolean isPrecise() {
    return world.carriesPrecise(plasticity.projection);
  }

  private boolean needsColumns() {
    boolean post =
        plasticity.synapse.handlers().stream().anyMatch(h -> h.event().startsWith("post"));
    boolean teacher = plasticity.synapse.ports().stream().anyMatch(p -> p.perTarget());
    boolean traces = false;
    for (TraceStore trace : plasticity.followers.traces()) {
      traces |= trace.isOfSynapses() && trace.side != EndValues.Side.PRE;
    }
    boolean shared = SharedWeights.learn(plasticity);
    return post || teacher || traces || shared || plasticity.projection.normalise().isPresent();
  }

  /// By the text alone (semantics.md §3): class i for one constant weight, ii for what is known
  /// when the spike is emitted, iii for what is read when the handler runs.
  ///
  /// @param others of the handlers before
  private Arrivals arrivals(Inbox inbox, Handler handler, Collection<Arrivals> others) {
    for (Arrivals other : others) {
      if (!(other instanceof Arrivals.Single)) {
        return other; // the sums are the projection's
      }
    }
    // a spike at its own time is looked up when it is due, and nothing is on its way in a ring
    Delays.Delay delay = isPrecise() ? Delays.Delay.NONE : plasticity.delays().arrival();
    var route = new Arrivals.Route(links, delay, inbox.cells.size);
    boolean isEvent = plasticity.projection.weight() instanceof WeightSource.None;
    Optional<ExactScale> own = ExactScale.of(world.network, plasticity.projection, inbox.port);
    boolean constant =
        plasticity.isConstantWeight()
            && Constancy.deliversWeight(plasticity.projection)
            && own.isEmpty();
    if (isEvent || constant) {
      Optional<snel.math.Expr> weight =
          isEvent
              ? Optional.empty()
              : Optional.of(((WeightSource.Value) plasticity.projection.weight()).expression());
      return new Arrivals.Counted(
          route, inbox.counted(path, CountCell.of(plasticity), delay.longest(), weight));
    }
    boolean early = plasticity.delays().isKnownAtEmission();
    if (plasticity.effect.isLookedUp()) {
      var single = new SingleArrivals(world, plasticity, handler, inbox.kind());
      inbox.single(single, early);
      return new Arrivals.Single(single);
    }
    if (early && own.isEmpty()) {
      inbox.reserve(delay.longest());
      return new Arrivals.Early(route, inbox);
    }
    return new Arrivals.Summed(route, inbox.late(path, delay.longest(), own), inbox.kind());
  }

  // Weights and per-synapse variables

  private void weights() {
    if (plasticity.weight().isEmpty()) {
      return;
    }
    Buffer buffer = plasticity.weight().get();
    Kind kind = plasticity.synapse.weight().map(Variable::kind).orElse(Kind.REAL);
    switch (plasticity.projection.weight()) {
      case WeightSource.Value(var expression) -> {
        if (links.sharedWeights().isPresent()) {
          Expr k = world.names().index("k");
          fill(buffer, "weight", expression, kind, k, i(0), k);
        } else {
          perSynapse(buffer, "weight", expression, kind);
        }
      }
      case WeightSource.Matrix _ -> new MatrixWeights(world, plasticity).build(buffer);
      case WeightSource.Tied _, WeightSource.None _ -> {}
    }
  }

  private void fill(
      Buffer buffer,
      String purpose,
      snel.math.Expr expression,
      Kind kind,
      Expr synapse,
      Expr source,
      Expr target) {
    var at = SynapseScope.At.of(synapse, source, target);
    List<Stmt> body = value(buffer, purpose, expression, kind, at, synapse);
    long count = links.sharedWeights().orElseThrow();
    run(purpose, List.of(Emit.serial(synapse, i(0), i((int) count), body)));
  }

  private void run(String purpose, List<Stmt> body) {
    world.build.add(new Build.Run(new Kernel(path + ":" + purpose, Phase.BUILD, body)));
  }

  void perSynapse(Buffer buffer, String purpose, snel.math.Expr expression, Kind kind) {
    boolean oneForAll = buffer.length() instanceof snel.ir.Length.Fixed(var n) && n == 1;
    if (oneForAll && links.sources * links.targets > 1) {
      var at = SynapseScope.At.of(i(0), i(0), i(0));
      run(purpose, value(buffer, purpose, expression, kind, at, i(0)));
      return;
    }
    run(
        purpose,
        links.all((synapse, source, target) ->
            value(
                buffer,
                purpose,
                expression,
                kind,
                SynapseScope.At.of(synapse, source, target),
                synapse)));
  }

  private List<Stmt> value(
      Buffer buffer,
      String purpose,
      snel.math.Expr expression,
      Kind kind,
      SynapseScope.At at,
      Expr place) {
    var kernel = world.kernel();
    return kernel.collect(() -> {
      Expr computed = InitialValue.of(world, plasticity, purpose, expression, kind, at, kernel);
      kernel.statements().add(store(buffer, place, convert(buffer.cell().scalar(), computed)));
    });
  }

  private List<Variable> variables() {
    List<Variable> all = new ArrayList<>(plasticity.synapse.parameters());
    all.addAll(plasticity.synapse.states());
    all.addAll(plasticity.synapse.inputs());
    all.addAll(plasticity.synapse.inputsOfPost());
    all.addAll(plasticity.synapse.inputsOfPre());
    return all;
  }

  private void ownedDelays() {
    plasticity
        .synapse
        .delay()
        .ifPresent(d -> perSynapse(plasticity.variable(d.name()), "delay", d.initial(), d.kind()));
  }

  private void initial(Variable variable) {
    if (snel.math.Fold.isZero(variable.initial())) {
      return;
    }
    if (plasticity.place(variable.name()) != Plasticity.Place.SYNAPSE) {
      run(variable.name(), each(variable));
      return;
    }
    perSynapse(
        plasticity.variable(variable.name()), variable.name(), variable.initial(), variable.kind());
  }

  private boolean isResettable(Variable variable) {
    return plasticity.synapse.states().contains(variable) && !variable.plastic();
  }

  /// The initial value of what there is once for each synapse, target or source, or for all.
  private List<Stmt> each(Variable variable) {
    Expr k = world.names().index("k");
    Expr none = i(0);
    Plasticity.Place place = plasticity.place(variable.name());
    Expr count =
        switch (place) {
          case SYNAPSE -> links.synapseCount();
          case TARGET -> i(links.targets);
          case SOURCE -> i(links.sources);
          case PROJECTION -> i(1);
        };
    var at =
        place == Plasticity.Place.SOURCE
            ? SynapseScope.At.of(k, k, none)
            : SynapseScope.At.of(k, none, k);
    Buffer buffer = plasticity.variable(variable.name());
    return List.of(
        Emit.serial(
            k,
            none,
            count,
            value(buffer, variable.name(), variable.initial(), variable.kind(), at, k)));
  }

  /// Restores the states that `reset all` restores.
  Optional<Kernel> reset() {
    List<Stmt> all = new ArrayList<>();
    for (Variable state : plasticity.synapse.states()) {
      if (!isResettable(state) || snel.math.Fold.isZero(state.initial())) {
        continue;
      }
      Buffer buffer = plasticity.variable(state.name());
      boolean perSynapse = plasticity.place(state.name()) == Plasticity.Place.SYNAPSE;
      if (perSynapse && !(state.initial() instanceof snel.math.Expr.Num)) {
        all.addAll(
            links.all((synapse, source, target) ->
                value(
                    buffer,
                    state.name(),
                    state.initial(),
                    state.kind(),
                    SynapseScope.At.of(synapse, source, target),
                    synapse)));
        continue;
      }
      all.addAll(each(state));
    }
    if (!plasticity.lazy().isEmpty()) {
      Buffer touched = plasticity.touched();
      all.add(
          Emit.loop("k", links.synapseCount(), List.of(store(touched, index("k"), Emit.step32()))));
    }
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(new Kernel(path + ":reset", Phase.RESET, all));
  }
}
