package snel.lower.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.protocol.Conversion;
import snel.lower.FanIn;
import snel.lower.Geometry;
import snel.math.Expr;
import snel.math.Owner;
import snel.model.Connection;
import snel.model.Network;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.model.Slice;
import snel.model.Variable;
import snel.model.WeightSource;
import snel.source.Span;
import snel.units.Dimension;
import snel.units.UnitReading;
import snel.units.Units;

/// Looks at a network as layers of a network without spikes.
final class ConvertedLayers {
  /// What a layer adds in each step.
  private static final String BIAS = "bias";

  /// Channels, height, width.
  private static final int MAP_AXES = 3;

  private final Network network;
  private final double stepMs;
  private final Set<String> filled;
  private final Set<String> maxima;
  private final boolean isScaled;
  private final Map<Span, String> reasons = new LinkedHashMap<>();
  private final List<String> touched = new ArrayList<>();

  /// @param filled projections that `map:` names
  /// @param maxima those that hand on the largest
  /// @param isScaled whether the weights that are filled may be scaled
  ConvertedLayers(
      Network network, double stepMs, Set<String> filled, Set<String> maxima, boolean isScaled) {
    this.network = network;
    this.stepMs = stepMs;
    this.filled = filled;
    this.maxima = maxima;
    this.isScaled = isScaled;
  }

  /// Why it is none, by the place in the program.
  Map<Span, String> reasons() {
    return reasons;
  }

  /// Projections whose weights are filled.
  List<String> touched() {
    return touched;
  }

  List<Conversion.Layer> read() {
    List<Projection> between = between();
    between.forEach(this::wiring);
    List<Population> order = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    Set<String> joined = new LinkedHashSet<>();
    for (Projection projection : between) {
      joined.add(projection.source().population());
      joined.add(target(projection).population());
    }
    List<Population> left =
        new ArrayList<>(
            network.populations().stream().filter(p -> joined.contains(p.path())).toList());
    while (!left.isEmpty()) {
      Optional<Population> next =
          left.stream().filter(p -> sources(p, between).allMatch(placed::contains)).findFirst();
      if (next.isEmpty()) {
        between.stream()
            .filter(p -> leads(target(p).population(), p.source().population(), between))
            .forEach(p -> reasons.put(p.span(), "is part of a cycle"));
        return List.of();
      }
      placed.add(next.get().path());
      order.add(next.get());
      left.remove(next.get());
    }
    List<Conversion.Layer> layers = new ArrayList<>();
    for (Population population : order) {
      layers.add(layer(population, between, order));
    }
    List<Population> inputs =
        order.stream().filter(p -> sources(p, between).findAny().isEmpty()).toList();
    if (inputs.size() != 1) {
      inputs.forEach(p -> reasons.put(p.span(), "is one of " + inputs.size() + " inputs"));
    }
    return layers;
  }

  private List<Projection> between() {
    return network.projections().stream()
        .filter(projection -> projection.target().neurons().isPresent())
        .toList();
  }

  private static boolean leads(String from, String to, List<Projection> between) {
    Set<String> seen = new LinkedHashSet<>(Set.of(from));
    List<String> open = new ArrayList<>(seen);
    while (!open.isEmpty()) {
      String at = open.removeLast();
      between.stream()
          .filter(projection -> projection.source().population().equals(at))
          .map(projection -> target(projection).population())
          .filter(seen::add)
          .forEach(open::add);
    }
    return seen.contains(to);
  }

  private static Slice target(Projection projection) {
    return projection.target().neurons().orElseThrow();
  }

  private static java.util.stream.Stream<String> sources(
      Population population, List<Projection> between) {
    return between.stream()
        .filter(projection -> target(projection).population().equals(population.path()))
        .map(projection -> projection.source().population());
  }

  private Conversion.Layer layer(
      Population population, List<Projection> between, List<Population> order) {
    List<Conversion.Link> links = new ArrayList<>();
    for (Projection projection : between) {
      if (target(projection).population().equals(population.path())) {
        link(projection, order).ifPresent(links::add);
      }
    }
    Optional<Conversion.Store> bias =
        bias(population)
            .map(
                variable -> store(population.path() + "." + BIAS, variable, threshold(population)));
    return new Conversion.Layer(
        population.path(), population.size(), links, bias, Activations.of(population, network));
  }

  static Optional<Variable> bias(Population population) {
    return population.state(BIAS).filter(state -> state.plastic() && !state.shared());
  }

  private Optional<Conversion.Link> link(Projection projection, List<Population> order) {
    Optional<Conversion.Wiring> wiring = wiring(projection);
    Optional<Conversion.Weights> weights = weights(projection);
    if (!projection.source().whole() || !target(projection).whole()) {
      reasons.put(projection.span(), "joins parts of populations");
      return Optional.empty();
    }
    int source = 0;
    while (!order.get(source).path().equals(projection.source().population())) {
      source++;
    }
    int from = source;
    return wiring.flatMap(how ->
        weights.map(which ->
            new Conversion.Link(projection.path(), from, how, which, handsOnLargest(projection))));
  }

  private boolean handsOnLargest(Projection projection) {
    return maxima.contains(projection.path())
        || projection.synapse().transmit().isPresent()
            && projection.synapse().sum() == Port.Sum.LARGEST;
  }

  private Optional<Conversion.Wiring> wiring(Projection projection) {
    Optional<Conversion.Wiring> found =
        switch (projection.connection()) {
          case Connection.All _ when projection.where().isEmpty() && !projection.excludeSelf() ->
              Optional.of(
                  new Conversion.Wiring.Full(
                      stack(projection.source()), stack(target(projection))));
          case Connection.OneToOne _ ->
              Optional.of(new Conversion.Wiring.OneToOne(projection.source().size()));
          case Connection.Convolution rule ->
              Optional.of(new Conversion.Wiring.Convolution(Geometry.of(projection, rule)));
          case Connection.Pooling(var kernel, var stride, var padding) ->
              Optional.of(
                  new Conversion.Wiring.Pool(Geometry.of(projection, kernel, stride, padding)));
          default -> Optional.empty();
        };
    if (found.isEmpty()) {
      reasons.put(projection.span(), "is joined by a rule that layers do not have");
    }
    return found;
  }

  /// Maps stay what they are in populations that take them one to one.
  private Conversion.Stack stack(Slice slice) {
    Set<String> seen = new HashSet<>();
    Deque<Slice> open = new ArrayDeque<>(List.of(slice));
    while (!open.isEmpty()) {
      Slice at = open.remove();
      if (at.shape().size() == MAP_AXES) {
        return new Conversion.Stack(at.shape().get(0), at.shape().get(1) * at.shape().get(2));
      }
      if (seen.add(at.population())) {
        between().stream()
            .filter(projection -> projection.connection() instanceof Connection.OneToOne)
            .filter(projection -> target(projection).population().equals(at.population()))
            .map(Projection::source)
            .forEach(open::add);
      }
    }
    return new Conversion.Stack(slice.size(), 1);
  }

  private Optional<Conversion.Weights> weights(Projection projection) {
    boolean isPool = projection.connection() instanceof Connection.Pooling;
    boolean isPlain =
        !isPool && !(projection.connection() instanceof Connection.OneToOne)
            || filled.contains(projection.path());
    Optional<Variable> weight = projection.synapse().weight();
    switch (projection.weight()) {
      case WeightSource.None _ -> {
        return Optional.of(new Conversion.Weights.Constant(1, Optional.empty()));
      }
      case WeightSource.Value(Expr.Num(var value)) when !isPlain -> {
        Optional<Conversion.Store> kept =
            isScaled && !isPool && isOneOfSeveral(projection)
                ? weight.map(variable -> stored(projection, variable))
                : Optional.empty();
        return Optional.of(new Conversion.Weights.Constant(value.toDouble(), kept));
      }
      case WeightSource.Value(Expr average) when isPool && isAverage(average) -> {
        return Optional.of(new Conversion.Weights.Average());
      }
      case WeightSource.Value _, WeightSource.Matrix _ when !isPool && weight.isPresent() -> {
        return Optional.of(new Conversion.Weights.Stored(stored(projection, weight.get())));
      }
      case WeightSource.Value _, WeightSource.Matrix _, WeightSource.Tied _ -> {
        reasons.put(projection.span(), "has weights that cannot be filled");
        return Optional.empty();
      }
    }
  }

  /// `1 / fan_in`.
  private static boolean isAverage(Expr weight) {
    return weight instanceof Expr.Div(Expr.Num(var one), Expr.Ref(var owner, var name, _))
        && one.toDouble() == 1
        && owner == Owner.SELF
        && name.equals(FanIn.NAME);
  }

  private Conversion.Store stored(Projection projection, Variable weight) {
    touched.add(projection.path());
    double threshold = threshold(network.population(target(projection).population()));
    return store(projection.path() + "." + weight.name(), weight, threshold);
  }

  /// Whether the target adds up what comes from several layers, whose scales may differ.
  private boolean isOneOfSeveral(Projection projection) {
    String target = target(projection).population();
    return between().stream().filter(other -> target(other).population().equals(target)).count()
        > 1;
  }

  /// What a neuron takes for a spike, if what is filled is scaled to spikes.
  private double threshold(Population population) {
    return isScaled ? SpikeThreshold.of(population, network) : 1;
  }

  /// A rate is an amount in each step, divided by its length.
  private Conversion.Store store(String path, Variable variable, double threshold) {
    boolean isRate =
        Units.read(variable.unit()) instanceof UnitReading.Known(var unit)
            && unit.dimension().equals(Dimension.FREQUENCY);
    return new Conversion.Store(path, isRate ? threshold / stepMs : threshold);
  }
}
