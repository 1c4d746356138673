package snel.lower;

import static snel.lower.Emit.i;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Length;
import snel.ir.Role;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Endpoint;
import snel.model.Equation;
import snel.model.Handler;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Synapse;
import snel.model.SynapseText;
import snel.model.Trace;
import snel.model.Variable;
import snel.model.WeightSource;

/// Where each variable of one projection's synapses lives.
final class Plasticity {
  /// How many values a variable has.
  enum Place {
    SYNAPSE,
    TARGET,
    SOURCE,
    PROJECTION
  }

  final Links links;
  final Projection projection;
  final Synapse synapse;
  private final World world;
  private final Map<String, Buffer> variables = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, TraceStore> traces = new LinkedHashMap<>();
  private final Map<String, LastArrival> lastOfPre = new LinkedHashMap<>();
  private final Map<String, LastArrival> lastOfPost = new LinkedHashMap<>();
  private final Optional<Buffer> weight;
  private final Set<String> lazy;
  private final Delays delays;
  private Optional<Buffer> tiedPlaces = Optional.empty();

  Plasticity(World world, Links links) {
    this.world = world;
    this.links = links;
    this.projection = links.projection;
    this.synapse = projection.synapse();
    this.weight = weightBuffer();
    this.lazy = new LinkedHashSet<>(Laziness.of(synapse));
    // what the protocol assigns it assigns now, not at the last touch
    this.lazy.removeIf(state -> world.needs().assigned().contains(links.path + "." + state));
    this.delays = new Delays(world, this);
    for (Variable parameter : synapse.parameters()) {
      boolean differs = synapse.differs(parameter);
      declare(parameter, differs ? Place.SYNAPSE : Place.PROJECTION, Role.PARAMETER);
    }
    for (Variable state : synapse.states()) {
      boolean once =
          targetStates().contains(state.name()) && !world.isAssignedByProtocol(links.path);
      Place place = once ? Place.TARGET : Place.SYNAPSE;
      declare(
          state,
          state.shared() ? Place.PROJECTION : place,
          state.plastic() ? Role.PLASTIC : Role.STATE);
    }
    synapse.delay().ifPresent(this::declareDelay);
    synapse.inputs().forEach(v -> declare(v, Place.PROJECTION, Role.INPUT));
    synapse.inputsOfPost().forEach(v -> declare(v, Place.TARGET, Role.INPUT));
    synapse.inputsOfPre().forEach(v -> declare(v, Place.SOURCE, Role.INPUT));
    for (Trace trace : synapse.traces()) {
      traces.put(trace.name(), new TraceStore(world, this, delays, trace));
    }
    SynapseText.of(projection).forEach(this::follow);
  }

  /// Keeps what `since(…)` and `spiked` of the two neurons ask for.
  private void follow(Expr expression) {
    if (expression instanceof Expr.Since since) {
      follow(since.owner(), sinceEvent(since));
    } else if (expression instanceof Expr.Ref(var owner, var name, _) && name.equals("spiked")) {
      follow(owner, "");
    }
    Walk.children(expression).forEach(this::follow);
  }

  /// The event that `since` asks for: `pre` is what the projection carries.
  String sinceEvent(Expr.Since since) {
    boolean plain = since.event().equals("spike") || since.event().isEmpty();
    if (plain) {
      return since.owner() == Owner.PRE ? projection.sourceEvent() : "";
    }
    return since.event();
  }

  /// The event of the source that makes `on pre` or `on pre.EVENT` run: empty for spikes.
  String preEvent(String handler) {
    return handler.equals("pre") ? projection.sourceEvent() : eventOf(handler);
  }

  /// The handlers of events of the source, in text order.
  List<Handler> preHandlers() {
    return synapse.handlers().stream().filter(h -> isOf(h.event(), "pre")).toList();
  }

  private void follow(Owner owner, String event) {
    if (owner == Owner.PRE) {
      lastOfPre.computeIfAbsent(
          event, e -> new LastArrival(world, links, delays, EndValues.Side.PRE, e));
    } else if (owner == Owner.POST) {
      lastOfPost.computeIfAbsent(
          event, e -> new LastArrival(world, links, delays, EndValues.Side.POST, e));
    }
  }

  /// The delays that the synapses own.
  Buffer declareDelay(Variable delay) {
    if (!variables.containsKey(delay.name())) {
      declare(delay, Place.SYNAPSE, Role.PLASTIC);
    }
    return variable(delay.name());
  }

  private void declare(Variable variable, Place place, Role role) {
    Length length =
        switch (place) {
          case SYNAPSE -> links.perSynapse();
          case TARGET -> Length.of(Math.max(1, links.targets));
          case SOURCE -> Length.of(Math.max(1, links.sources));
          case PROJECTION -> Length.of(1);
        };
    variables.put(
        variable.name(),
        world.buffers.of(variable.kind(), links.path + "." + variable.name(), length, role));
    places.put(variable.name(), place);
  }

  /// States whose equations depend on the target neuron alone and that no handler assigns: one a
  /// target neuron.
  private List<String> targetStates() {
    List<String> found = new ArrayList<>();
    for (Equation equation : synapse.equations()) {
      String name = equation.variable();
      boolean isState =
          synapse.states().stream()
              .anyMatch(s -> s.name().equals(name) && startsAlikeAtATarget(s.initial()));
      boolean own =
          !Walk.any(
              equation.rate(),
              e ->
                  e instanceof Expr.Ref ref
                          && (ref.owner() == Owner.PRE
                              || ref.owner() == Owner.SELF && !ref.name().equals(name))
                      || delays.backprop().differs() && isOfClock(e));
      boolean readsPost =
          Walk.any(equation.rate(), e -> e instanceof Expr.Ref ref && ref.owner() == Owner.POST);
      if (isState && own && readsPost && !isAssigned(name)) {
        found.add(name);
      }
    }
    return found;
  }

  /// Whether it follows the synapse's own clock, which the delays set.
  private static boolean isOfClock(Expr expression) {
    return expression instanceof Expr.Since
        || expression instanceof Expr.Ref ref && ref.name().equals("spiked");
  }

  private static boolean startsAlikeAtATarget(Expr initial) {
    return !Walk.any(
        initial,
        e ->
            e instanceof Expr.Draw
                || e instanceof Expr.Ref ref
                    && (ref.owner() == Owner.PRE || ref.owner() == Owner.SELF));
  }

  boolean isAssigned(String name) {
    return synapse.assigns(name);
  }

  private Optional<Buffer> weightBuffer() {
    return switch (projection.weight()) {
      case WeightSource.None _ -> Optional.empty();
      case WeightSource.Value _ ->
          isConstantWeight() || links.layout == Links.Layout.PROCEDURAL
              ? Optional.empty()
              : Optional.of(stored());
      case WeightSource.Matrix _ -> Optional.of(stored());
      case WeightSource.Tied _ -> Optional.empty();
    };
  }

  private Buffer stored() {
    String name = synapse.weight().map(Variable::name).orElse("w");
    Kind kind = synapse.weight().map(Variable::kind).orElse(Kind.REAL);
    return world.buffers.of(kind, links.path + "." + name, links.weightLength(), Role.PLASTIC);
  }

  /// One constant weight for all synapses, which nothing changes.
  boolean isConstantWeight() {
    return projection.weight() instanceof WeightSource.Value(var e)
        && e instanceof Expr.Num
        && !changesWeight()
        && !world.isAssignedByProtocol(links.path);
  }

  boolean changesWeight() {
    return projection.changesWeight();
  }

  /// Whether the only thing the synapse does is to deliver a fixed amount at a pre spike.
  boolean isStatic() {
    return Constancy.isStatic(projection)
        && !Constancy.sharesWhatLearns(projection, world.network)
        && (synapse.delay().isEmpty() || isRinged());
  }

  /// Whether what a spike brings can be put where its delay says when it is emitted.
  private boolean isRinged() {
    return projection.target() instanceof Endpoint.NeuronPort
        && !looksUpArrivals()
        && !world.carriesPrecise(projection);
  }

  /// Whether a draw decides what a pre spike delivers.
  boolean releasesAtRandom() {
    return Constancy.releasesAtRandom(synapse);
  }

  /// Whether the effect of a spike is known when it is emitted: class ii of semantics.md §3, by the
  /// text alone.
  boolean isKnownAtEmission() {
    return isStatic() || delays.axonal().isNone() && !releasesAtRandom();
  }

  /// The static model's delivery is the weight itself.
  boolean deliversWeight() {
    return Constancy.deliversWeight(projection);
  }

  Optional<Buffer> weight() {
    return weight;
  }

  /// Where the owner of tied weights has them, once they have been looked for.
  Optional<Buffer> tiedPlaces() {
    return tiedPlaces;
  }

  void tiedPlaces(Optional<Buffer> places) {
    tiedPlaces = places;
  }

  Buffer variable(String name) {
    Buffer buffer = variables.get(name);
    if (buffer == null) {
      throw new CompilerBug("no variable " + name + " in synapses of " + links.path);
    }
    return buffer;
  }

  boolean has(String name) {
    return variables.containsKey(name);
  }

  /// A column of the edge list that the wiring came from.
  Buffer edgeColumn(String column) {
    var edges = (snel.model.Connection.Edges) projection.connection();
    double[] values = snel.math.Known.in(edges.columns(), column);
    String name = links.path + ".synapses.edge." + column;
    boolean known = world.buffers.all().stream().anyMatch(b -> b.name().equals(name));
    Buffer buffer = world.buffers.real(name, values.length, Role.WIRING);
    if (!known) {
      world.build.add(new snel.ir.Build.Fill(buffer, values));
    }
    return buffer;
  }

  Place place(String name) {
    return snel.math.Known.in(places, name);
  }

  Optional<Variable> declared(String name) {
    for (List<Variable> group :
        List.of(
            synapse.states(),
            synapse.parameters(),
            synapse.inputs(),
            synapse.inputsOfPost(),
            synapse.inputsOfPre())) {
      for (Variable variable : group) {
        if (variable.name().equals(name)) {
          return Optional.of(variable);
        }
      }
    }
    if (synapse.weight().filter(w -> w.name().equals(name)).isPresent()) {
      return synapse.weight();
    }
    return synapse.delay().filter(d -> d.name().equals(name));
  }

  Optional<TraceStore> trace(String name) {
    return Optional.ofNullable(traces.get(name));
  }

  Iterable<TraceStore> allTraces() {
    return traces.values();
  }

  LastArrival lastArrival(EndValues.Side side, String event) {
    return snel.math.Known.in(side == EndValues.Side.PRE ? lastOfPre : lastOfPost, event);
  }

  List<LastArrival> lastArrivals() {
    List<LastArrival> all = new ArrayList<>(lastOfPre.values());
    all.addAll(lastOfPost.values());
    return all;
  }

  /// All that follows the events of the two ends.
  List<EndValues> followers() {
    List<EndValues> all = new ArrayList<>(traces.values());
    all.addAll(lastArrivals());
    return all;
  }

  /// Whether what synapses do while a step lasts, by equations and `transmit`, depends on it.
  boolean isReadWithinStep(EndValues values) {
    return SynapseText.withinStep(synapse).anyMatch(values::isReadIn);
  }

  /// Steps from the start of an episode to the arrival of the first spike that belongs to it.
  int firstArrival(EndValues.Side side) {
    boolean pre = side == EndValues.Side.PRE;
    Delays.Delay of = pre ? delays.axonal() : delays.backprop();
    int delay = of.constant().orElse(0);
    boolean atStart = pre ? projection.instant() || sourceCells().isOutside() : isPostGiven();
    return atStart ? delay : delay + 1;
  }

  /// States that decay lazily, between the handlers that touch the synapse.
  Set<String> lazy() {
    return lazy;
  }

  Buffer touched() {
    return world.buffers.declare(
        links.path + ".synapses.touched", Cell.I32, links.perSynapse(), Role.STATE);
  }

  /// The projections onto one of its ports.
  List<Plasticity> onto(String port) {
    List<Plasticity> all = new ArrayList<>();
    for (Plasticity other : world.allPlasticities()) {
      if (other.projection.target() instanceof Endpoint.SynapsePort(var path, var name, _)
          && path.equals(links.path)
          && name.equals(port)) {
        all.add(other);
      }
    }
    return all;
  }

  /// Population of the source, and of the target unless the projection ends on synapses.
  Cells sourceCells() {
    return world.cells(projection.source().population());
  }

  Optional<Cells> targetCells() {
    return projection.target().neurons().map(slice -> world.cells(slice.population()));
  }

  End sources() {
    return End.ofSource(world, projection);
  }

  End targets() {
    return new End(
        world,
        targetCells().orElseThrow(),
        Links.targetSlice(projection).orElseThrow(),
        links.path + ".synapses.target_index");
  }

  Delays delays() {
    return delays;
  }

  /// Whether spikes of the step reach the synapses at its start, before they get their own stamp.
  boolean isWithinStep() {
    return projection.instant() && !sourceCells().isOutside();
  }

  /// Whether a source's spike comes before one of the target that meets it at the synapse: then the
  /// target's waits for the start of the next step, when all that meet it are known.
  boolean isPreFirst() {
    return synapse.coincident() == Synapse.Coincident.PRE_FIRST && !isWithinStep();
  }

  /// The sides whose events of the instant count already in a handler of `side`: those that come
  /// first by the author's word (semantics.md §5).
  Set<EndValues.Side> countedBefore(EndValues.Side side) {
    return switch (synapse.coincident()) {
      case IGNORED -> Set.of();
      case PRE_FIRST -> side == EndValues.Side.POST ? Set.of(EndValues.Side.PRE) : Set.of();
      case POST_FIRST -> side == EndValues.Side.PRE ? Set.of(EndValues.Side.POST) : Set.of();
    };
  }

  /// Whether the post-synaptic event that reaches a synapse at an instant is known only at its
  /// start: spikes from outside, unless they take time to get there.
  boolean isPostGiven(String event) {
    boolean late = !delays.backprop().differs() && !delays.backprop().isNone();
    return event.isEmpty() && !late && isPostGiven();
  }

  private boolean isPostGiven() {
    return targetCells().orElseThrow().isOutside();
  }

  /// Whether the effect of a spike is looked up when it is due and not added up on its way: events
  /// for synapses, and bodies of ports that are not linear.
  boolean looksUpArrivals() {
    return projection.target() instanceof Endpoint.SynapsePort
        || targetPort().filter(p -> !p.parameters().isEmpty() && !Delivery.isLinear(p)).isPresent();
  }

  /// The port of neurons that it leads to.
  Optional<Port> targetPort() {
    return projection.target() instanceof Endpoint.NeuronPort(_, var name)
        ? targetCells().orElseThrow().population.port(name)
        : Optional.empty();
  }

  /// Whether it is a spike or an event of that end.
  static boolean isOf(String event, String side) {
    return event.equals(side) || event.startsWith(side + ".");
  }

  /// `burst` of `pre.burst`; empty for spikes.
  static String eventOf(String event) {
    int dot = event.indexOf('.');
    return dot < 0 ? "" : event.substring(dot + 1);
  }

  /// Whether `freeze` holds the wiring.
  snel.ir.Expr frozen() {
    return held(links.path);
  }

  /// Whether `freeze` holds a weight, delay or plastic state.
  snel.ir.Expr frozen(String variable) {
    return held(links.path + "." + variable);
  }

  private snel.ir.Expr held(String path) {
    return Emit.compare(snel.ir.CompareOp.NE, Emit.one(world.frozen(path)), i(0));
  }
}
