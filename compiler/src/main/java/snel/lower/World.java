package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.sub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Precision;
import snel.model.Network;
import snel.model.NetworkInput;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Variable;
import snel.units.Rational;

/// What one lowering knows of the whole network: its buffers by name of the source.
final class World {
  final Network network;
  final Buffers buffers;
  final List<Build> build = new ArrayList<>();
  private final Scalar real;
  private final Map<String, Cells> cells = new LinkedHashMap<>();
  private final Map<String, Buffer> values = new LinkedHashMap<>();
  private final List<String> faultSites = new ArrayList<>();
  private final LocalNames names = new LocalNames();

  /// Those that carry spikes which are located within their steps.
  private final List<Projection> precise;

  private final Needs needs;
  private final RowChoice rows;

  World(Network network, Needs needs, RowChoice rows) {
    this.network = network;
    this.needs = needs;
    this.rows = rows;
    this.real = network.numerics() == Network.Numerics.F64 ? Scalar.F64 : Scalar.F32;
    this.buffers = new Buffers(real);
    for (NetworkInput input : network.inputs()) {
      values.put(input.path(), buffers.real(nameOf(input.path()), input.size(), Role.INPUT));
    }
    for (Variable parameter : network.parameters()) {
      values.put(parameter.name(), buffers.real(nameOf(parameter.name()), 1, Role.PARAMETER));
    }
    for (Variable state : network.states()) {
      Role role = state.plastic() ? Role.PLASTIC : Role.STATE;
      values.put(state.name(), buffers.real(nameOf(state.name()), 1, role));
    }
    for (Population population : network.populations()) {
      cells.put(population.path(), new Cells(population, buffers, network.preciseTimes()));
    }
    this.precise = network.projections().stream().filter(this::carriesPrecise).toList();
  }

  /// Every program has buffers of its own names (`clock`): a network's value may be called so too.
  private String nameOf(String value) {
    return buffers.isTaken(value) ? value + ".value" : value;
  }

  Needs needs() {
    return needs;
  }

  LocalNames names() {
    return names;
  }

  /// For a kernel, or a part of one.
  KernelScope kernel() {
    return new KernelScope(names);
  }

  /// Whether somebody asks for the potentials of first spikes.
  boolean keepsFirstPotential(Cells population) {
    return needs.observed().contains(Needs.firstPotential(population.population.path()));
  }

  /// Which projections store their rows.
  RowChoice rows() {
    return rows;
  }

  Scalar real() {
    return real;
  }

  /// How numbers of [#real()] are rounded.
  Precision precision() {
    return network.numerics().precision();
  }

  double step() {
    return network.stepMs();
  }

  Cells cells(String path) {
    Cells found = cells.get(path);
    if (found == null) {
      throw new CompilerBug("no population " + path);
    }
    return found;
  }

  /// Whether the projection carries spikes that are located within their steps.
  boolean carriesPrecise(Projection projection) {
    return cells(projection.source().population()).isPrecise;
  }

  /// Whether the projection carries such spikes, and some may act in the step in which they are
  /// located.
  boolean actsAtOnce(Projection projection) {
    return carriesPrecise(projection) && PreciseTimes.isShort(projection, step(), precision());
  }

  /// Whether all that happens in the population within a step happens in order with others.
  boolean isInOrder(Cells population) {
    String path = population.population.path();
    return precise.stream()
        .filter(this::actsAtOnce)
        .anyMatch(p -> p.source().population().equals(path) || leadsTo(p, path));
  }

  private static boolean leadsTo(Projection projection, String population) {
    return projection.target().neurons().filter(s -> s.population().equals(population)).isPresent();
  }

  /// Whether spikes reach the population within a step, so that its neurons go through it in parts.
  boolean splitsSteps(Cells population) {
    String path = population.population.path();
    return isInOrder(population) || precise.stream().anyMatch(p -> leadsTo(p, path));
  }

  Iterable<Cells> allCells() {
    return cells.values();
  }

  Buffer value(String path) {
    return findValue(path).orElseThrow(() -> new CompilerBug("no network value " + path));
  }

  Optional<Buffer> findValue(String path) {
    return Optional.ofNullable(values.get(path));
  }

  /// A network's own value: a state or parameter, an input (element `self` when it has a shape),
  /// `t`.
  Typed network(snel.math.Expr.Ref ref, Expr self) {
    if (isTime(ref)) {
      return time();
    }
    boolean single =
        network.inputs().stream()
            .noneMatch(n -> n.path().equals(ref.name()) && !n.shape().isEmpty());
    return new Typed(load(value(ref.name()), single ? i(0) : self), Kind.REAL);
  }

  Typed element(snel.math.Expr.Ref array, Expr index) {
    if (array.owner() == Owner.POPULATION) {
      return populationMember(array, index);
    }
    return new Typed(load(value(array.name()), index), Kind.REAL);
  }

  /// `out.spiked`: of the only neuron, or of the neuron with the reader's index.
  Typed populationMember(snel.math.Expr.Ref ref, Expr self) {
    int dot = ref.name().lastIndexOf('.');
    String path = ref.name().substring(0, dot);
    if (!cells.containsKey(path)) {
      // `position.0` has a dot of its own
      dot = path.lastIndexOf('.');
      path = ref.name().substring(0, dot);
    }
    Cells of = cells(path);
    var member = new snel.math.Expr.Ref(Owner.SELF, ref.name().substring(dot + 1), ref.kind());
    return Members.read(this, of, member, of.size == 1 ? i(0) : self);
  }

  /// The language's `t` in milliseconds at the beginning of the step.
  Typed time() {
    return new Typed(milliseconds(load(Emit.CLOCK, i(Clock.TIME))), Kind.REAL);
  }

  /// The same at the instant `now`, which is the end of the step for what follows integration.
  Typed time(Expr now) {
    if (now.equals(Emit.step())) {
      return time();
    }
    Expr later = now.equals(Emit.nextStep()) ? Expr.i64(1) : sub(now, Emit.step());
    return new Typed(milliseconds(Emit.add(load(Emit.CLOCK, i(Clock.TIME)), later)), Kind.REAL);
  }

  static boolean isTime(snel.math.Expr.Ref ref) {
    return ref.name().equals("t");
  }

  /// A number of steps (`I64`) in milliseconds: computed in double, rounded once.
  Expr milliseconds(Expr steps) {
    Expr number = convert(Scalar.F64, steps);
    Expr length = Expr.f64(step());
    double lost = lostOfStep();
    // single precision does not see what the step lost
    return real == Scalar.F32 || lost == 0
        ? convert(real, mul(number, length))
        : new Expr.Fma(number, length, mul(number, Expr.f64(lost)));
  }

  /// What the exact step has more than its double, so that n steps are the nearest double to n·h
  /// (semantics.md §1) and not n times a rounded number.
  private double lostOfStep() {
    Rational rounded = Rational.ofExactly(step());
    return Rational.ofShortest(step()).minus(rounded).toDouble();
  }

  /// Time from the instant `stamp` (-1 for never) to the instant `now`.
  Typed since(Expr stamp, Expr now) {
    Expr never = Expr.real(real, Double.POSITIVE_INFINITY);
    Expr elapsed = milliseconds(sub(now, stamp));
    return new Typed(
        new Expr.Choose(compare(CompareOp.LT, stamp, Expr.i64(0)), never, elapsed), Kind.REAL);
  }

  private final NeuronBodies bodies = new NeuronBodies(this);

  NeuronBodies bodies() {
    return bodies;
  }

  private final Map<String, Plasticity> plasticities = new LinkedHashMap<>();

  void add(Plasticity plasticity) {
    plasticities.put(plasticity.links.path, plasticity);
  }

  Plasticity plasticity(String projection) {
    Plasticity found = plasticities.get(projection);
    if (found == null) {
      throw new CompilerBug("no projection " + projection);
    }
    return found;
  }

  java.util.Optional<Plasticity> find(String projection) {
    return java.util.Optional.ofNullable(plasticities.get(projection));
  }

  Iterable<Plasticity> allPlasticities() {
    return plasticities.values();
  }

  /// Whether an experiment assigns, saves or loads the weights of a projection.
  boolean isAssignedByProtocol(String projection) {
    return needs.touchedWeights().contains(projection);
  }

  private final Map<String, Buffer> frozen = new LinkedHashMap<>();

  /// The flag (`I32[1]`) that `freeze` sets for a plastic variable, or the wiring of a projection.
  Buffer frozen(String path) {
    return frozen.computeIfAbsent(
        path, p -> buffers.declare(p + ":frozen", snel.ir.Cell.I32, 1, Role.PARAMETER));
  }

  Map<String, Buffer> frozenFlags() {
    return frozen;
  }

  /// The buffer of a compile-time table, filled when built.
  Buffer table(snel.math.Expr.Table table) {
    String name = "table." + table.name();
    boolean known = buffers.all().stream().anyMatch(b -> b.name().equals(name));
    Buffer buffer = buffers.real(name, table.values().size(), Role.WIRING);
    if (!known) {
      double[] values = table.values().stream().mapToDouble(snel.math.Exact::toDouble).toArray();
      build.add(new Build.Fill(buffer, values));
    }
    return buffer;
  }

  /// Number of the place `site` in fault messages.
  int faultSite(String site) {
    int known = faultSites.indexOf(site);
    if (known >= 0) {
      return known;
    }
    faultSites.add(site);
    return faultSites.size() - 1;
  }

  List<String> faultSites() {
    return faultSites;
  }
}
