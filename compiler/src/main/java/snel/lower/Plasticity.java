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
import snel.math.Known;
import snel.model.Endpoint;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Synapse;
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
  final SpikeEffect effect;
  final EndFollowers followers;
  final Coincidence coincidence;
  private final World world;
  private final Map<String, Buffer> variables = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Optional<Buffer> weight;
  private final Set<String> lazy;
  private final Delays delays;
  private Optional<Buffer> tiedPlaces = Optional.empty();

  Plasticity(World world, Links links) {
    this.world = world;
    this.links = links;
    this.projection = links.projection;
    this.synapse = projection.synapse();
    this.effect = new SpikeEffect(world, projection);
    this.weight = weightBuffer();
    this.lazy = new LinkedHashSet<>(Laziness.of(synapse));
    // what the protocol assigns it assigns now, not at the last touch
    this.lazy.removeIf(state -> world.needs().assigned().contains(links.path + "." + state));
    this.delays = new Delays(world, this);
    this.coincidence = new Coincidence(this);
    this.followers = new EndFollowers(world, this, delays);
    for (Variable parameter : synapse.parameters()) {
      boolean differs = synapse.differs(parameter);
      declare(parameter, differs ? Place.SYNAPSE : Place.PROJECTION, Role.PARAMETER);
    }
    Set<String> ofTargets = TargetStates.of(synapse, delays.backprop().differs());
    for (Variable state : synapse.states()) {
      boolean once = ofTargets.contains(state.name()) && !world.isAssignedByProtocol(links.path);
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
    followers.declare();
  }

  /// Whether the order of what arrives is left open (`sum any`).
  boolean addsInAnyOrder() {
    return synapse.sum() == Port.Sum.ANY
        || effect.port().filter(port -> port.sum() == Port.Sum.ANY).isPresent();
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
        && !projection.changesWeight()
        && !world.isAssignedByProtocol(links.path);
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
    double[] values = Known.in(edges.columns(), column);
    String name = links.path + ".synapses.edge." + column;
    boolean known = world.buffers.all().stream().anyMatch(b -> b.name().equals(name));
    Buffer buffer = world.buffers.real(name, values.length, Role.WIRING);
    if (!known) {
      world.build.add(new snel.ir.Build.Fill(buffer, values));
    }
    return buffer;
  }

  Place place(String name) {
    return Known.in(places, name);
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
        projection.target().neurons().orElseThrow(),
        links.path + ".synapses.target_index");
  }

  Delays delays() {
    return delays;
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
