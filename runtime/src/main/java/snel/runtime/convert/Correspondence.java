package snel.runtime.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Signal.Step;
import snel.runtime.convert.Signal.Way;
import snel.runtime.convert.Structure.Activation;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Weights;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.data.DataProblem;

/// Compares what a program joins with what a graph does. Each layer of the program must add up what
/// a signal of the graph does, and each signal that counts must be added up by a layer. What only
/// passes sums on to further sums stands, on both sides, for what it is a sum of.
final class Correspondence {
  /// The program's own pools are compared by their maps.
  private static final Pool UNKNOWN =
      new Pool("pool", Optional.empty(), Optional.empty(), false, true);

  private final String file;
  private final Structure structure;
  private final OnnxLayers.Found graph;
  private final Map<String, Integer> taken;
  private final Set<Signal> counting;

  /// By layer of the program; none for sums that the graph does not have by themselves.
  private final List<@Nullable Signal> signals = new ArrayList<>();

  private final List<List<Joined>> joined = new ArrayList<>();

  /// @param taken the number of the trained layer by the projection that it fills
  private Correspondence(
      String file, Structure structure, OnnxLayers.Found graph, Map<String, Integer> taken) {
    this.file = file;
    this.structure = structure;
    this.graph = graph;
    this.taken = taken;
    counting = LinearRows.all(graph.results());
  }

  /// @return the most that the values of each layer come to
  static double[] require(
      String file, Structure structure, OnnxLayers.Found graph, Map<String, Integer> taken) {
    var correspondence = new Correspondence(file, structure, graph, taken);
    correspondence.compare();
    return correspondence.signals.stream()
        .mapToDouble(signal -> signal == null ? Double.POSITIVE_INFINITY : signal.most())
        .toArray();
  }

  /// A way of the program.
  ///
  /// @param way none where a graph cannot have it
  /// @param from the population
  private record Joined(Optional<Way> way, Link link, String from) {
    boolean mayBeNegative() {
      return way.map(Way::source).filter(Signal::mayBeNegative).isPresent();
    }

    String text() {
      return "`" + link.projection() + "` from `" + from + "`";
    }
  }

  private void compare() {
    for (Layer layer : structure.layers()) {
      List<Joined> ways =
          layer.links().stream().flatMap(link -> joined(layer, link).stream()).toList();
      joined.add(ways);
      if (layer.isInput() && layer.activation() == Activation.OWN) {
        throw otherwiseActive(layer, Optional.empty());
      }
      signals.add(layer.isInput() ? graph.input().signal() : found(layer, ways).orElse(null));
    }
    counting.stream()
        .filter(signal -> !signals.contains(signal))
        .findFirst()
        .ifPresent(signal -> {
          throw new Difference("no more than the program joins", "the sum of " + text(signal))
              .at(file);
        });
  }

  // The program's ways

  private List<Joined> joined(Layer layer, Link link) {
    int source = link.source();
    boolean isUnchanged = isUnchanged(layer, link);
    Signal from = signals.get(source);
    boolean isCutOff = from != null && !Ceilings.isNone(from.ceiling());
    if (isUnchanged && !isCutOff && passesOn(structure.layers().get(source), joined.get(source))) {
      return joined.get(source);
    }
    Optional<Way> way =
        from == null ? Optional.empty() : step(layer, link).map(step -> new Way(from, step));
    return List.of(new Joined(way, link, structure.layers().get(source).population()));
  }

  private Optional<Step> step(Layer layer, Link link) {
    Integer number = taken.get(link.projection());
    if (number != null) {
      requireSayable(link, number);
      return Optional.of(new Step.Weighted(number));
    }
    return switch (link.wiring()) {
      case Wiring.Pool _ -> Optional.of(new Step.Pooled(UNKNOWN));
      default -> isUnchanged(layer, link) ? Optional.of(new Step.Unchanged()) : Optional.empty();
    };
  }

  /// Spikes cannot say what is below 0.
  private void requireSayable(Link link, int number) {
    Layer source = structure.layers().get(link.source());
    boolean isBelow =
        Optional.ofNullable(signals.get(link.source()))
            .filter(Signal::weightsMayMakeNegative)
            .isPresent();
    if (isBelow && source.activation() == Activation.OTHER) {
      String population = "`" + source.population() + "`";
      throw new Difference(
              "values from 0 on, since " + population + " spikes, or a `Linear` rate neuron",
              "values below 0 before `" + graph.layers().get(number).name() + "`")
          .at(file + ", " + population);
    }
  }

  private boolean isUnchanged(Layer layer, Link link) {
    if (link.wiring() instanceof Wiring.OneToOne
        && link.weights() instanceof Weights.Constant(double value, _)) {
      if (value != 1) {
        throw new Difference("the weight " + value, "no weights between the two, which is 1")
            .at(place(layer, link));
      }
      return true;
    }
    return false;
  }

  private String place(Layer layer, Link link) {
    return file + ", `" + link.projection() + "` to `" + layer.population() + "`";
  }

  /// Whether a layer hands on the sum that it gets, as a graph has it without a layer of its own.
  private static boolean passesOn(Layer layer, List<Joined> ways) {
    return !layer.isInput()
        && layer.links().stream().noneMatch(Link::maximum)
        && switch (layer.activation()) {
          case LINEAR -> true;
          case RECTIFIED ->
              Ceilings.isNone(layer.ceiling())
                  && areConstant(layer)
                  && ways.stream().noneMatch(Joined::mayBeNegative);
          case SILENT, OTHER -> areConstant(layer);
          case OWN -> false;
        };
  }

  private static boolean areConstant(Layer layer) {
    return layer.links().stream().allMatch(link -> link.weights().isGiven());
  }

  // What they are in the graph

  private Optional<Signal> found(Layer layer, List<Joined> ways) {
    Optional<Signal> same = unchanged(layer, ways);
    if (same.isPresent()) {
      return same;
    }
    List<Signal> alike = counting.stream().filter(signal -> isLike(ways, signal)).toList();
    List<Signal> fitting = alike.stream().filter(signal -> suits(layer, signal)).toList();
    Optional<Signal> exact =
        fitting.stream().filter(s -> otherPool(layer, ways, s).isEmpty()).findFirst();
    if (exact.isPresent()) {
      return exact;
    }
    if (!fitting.isEmpty()) {
      throw otherPool(layer, ways, fitting.getFirst()).orElseThrow();
    }
    if (passesOn(layer, ways) && isOnlyHandedOn(layer)) {
      return Optional.empty();
    }
    throw alike.isEmpty()
        ? different(layer, ways)
        : otherwiseActive(layer, Optional.of(alike.getFirst()));
  }

  private boolean isOnlyHandedOn(Layer layer) {
    return leadsOnly(
        layer,
        (link, _) ->
            link.wiring() instanceof Wiring.OneToOne && link.weights() instanceof Weights.Constant);
  }

  /// The largest of rectified values is the largest value rectified.
  private boolean isRectifiedLater(Layer layer, Signal signal) {
    return leadsOnly(
        layer,
        (link, to) ->
            link.maximum()
                && to.activation() == Activation.RECTIFIED
                && Ceilings.areLike(to.ceiling(), signal.ceiling()));
  }

  /// Whether a layer leads anywhere, and only by links like this.
  private boolean leadsOnly(Layer layer, BiPredicate<Link, Layer> isLike) {
    boolean leads = false;
    for (Layer to : structure.layers()) {
      for (Link link : to.links()) {
        if (structure.layers().get(link.source()).equals(layer)) {
          if (!isLike.test(link, to)) {
            return false;
          }
          leads = true;
        }
      }
    }
    return leads;
  }

  /// The signal that a layer only waits a step with.
  private Optional<Signal> unchanged(Layer layer, List<Joined> ways) {
    Optional<Signal> source =
        ways.size() == 1
            ? ways.getFirst()
                .way()
                .filter(way -> way.step() instanceof Step.Unchanged)
                .map(Way::source)
            : Optional.empty();
    boolean isOther =
        switch (layer.activation()) {
          case LINEAR, SILENT, OTHER -> false;
          case RECTIFIED ->
              source
                  .filter(from -> from.mayBeNegative() || layer.ceiling() < from.most())
                  .isPresent();
          case OWN -> source.isPresent();
        };
    if (isOther) {
      throw otherwiseActive(layer, source);
    }
    return source;
  }

  private boolean suits(Layer layer, Signal signal) {
    return switch (layer.activation()) {
      case LINEAR -> !signal.isRectified() || isRectifiedLater(layer, signal);
      case RECTIFIED -> !signal.mayBeNegative() && Ceilings.suit(layer, signal);
      case SILENT, OTHER -> true;
      case OWN -> false;
    };
  }

  private static boolean isLike(List<Joined> ways, Signal signal) {
    return pairs(ways, signal).isPresent();
  }

  private record Pair(Joined own, Way other) {}

  /// Each way with its like; empty if one has none.
  private static Optional<List<Pair>> pairs(List<Joined> ways, Signal signal) {
    List<Way> left = new ArrayList<>(signal.ways());
    List<Pair> all = new ArrayList<>();
    for (Joined own : ways) {
      Optional<Way> like = own.way().flatMap(way -> left.stream().filter(way::isLike).findFirst());
      if (like.isEmpty()) {
        return Optional.empty();
      }
      left.remove(like.get());
      all.add(new Pair(own, like.get()));
    }
    return left.isEmpty() ? Optional.of(all) : Optional.empty();
  }

  private Optional<DataProblem> otherPool(Layer layer, List<Joined> ways, Signal signal) {
    for (Pair pair : pairs(ways, signal).orElse(List.of())) {
      Link link = pair.own.link();
      if (pair.other.step() instanceof Step.Pooled(Pool pool)
          && link.wiring() instanceof Wiring.Pool(Maps maps)) {
        Optional<Difference> difference = pool.difference(link, maps);
        if (difference.isPresent()) {
          return difference.map(each -> each.at(place(layer, link)));
        }
      }
    }
    return Optional.empty();
  }

  // How they differ

  /// @param signal of the graph that is otherwise the same
  private DataProblem otherwiseActive(Layer layer, Optional<Signal> signal) {
    return Ceilings.difference(layer, signal)
        .orElseGet(() -> difference(layer))
        .at(file + ", `" + layer.population() + "`");
  }

  private static Difference difference(Layer layer) {
    String population = "`" + layer.population() + "`";
    return switch (layer.activation()) {
      case LINEAR ->
          new Difference(
              "values that are not rectified, since " + population + " is linear", "`Relu`");
      case OWN ->
          new Difference(
              "the sum with its `bias`, or `max` of that and 0, times the weights",
              "something else that " + population + " makes of its sum and hands on");
      case RECTIFIED, SILENT, OTHER ->
          new Difference("rectified values, since " + population + " rectifies", "no `Relu`");
    };
  }

  private DataProblem different(Layer layer, List<Joined> ways) {
    String own = ways.stream().map(Joined::text).collect(Collectors.joining(" + "));
    String other =
        nearest(ways)
            .map(signal -> "the sum of " + text(signal))
            .orElse("no such sum in the graph");
    return new Difference("the sum of " + own, other).at(file + ", `" + layer.population() + "`");
  }

  /// The first signal that has most of the ways.
  private Optional<Signal> nearest(List<Joined> ways) {
    @Nullable Signal best = null;
    long most = 0;
    for (Signal signal : counting) {
      long shared =
          ways.stream()
              .filter(own ->
                  own.way().filter(w -> signal.ways().stream().anyMatch(w::isLike)).isPresent())
              .count();
      if (shared > most) {
        most = shared;
        best = signal;
      }
    }
    return Optional.ofNullable(best);
  }

  private String text(Signal signal) {
    return signal.ways().stream().map(this::text).collect(Collectors.joining(" + "));
  }

  private String text(Way way) {
    return switch (way.step()) {
      case Step.Weighted(int layer) -> "`" + graph.layers().get(layer).name() + "`";
      case Step.Pooled(Pool pool) -> pool.name() + " of " + name(way.source());
      case Step.Unchanged _ -> "what " + name(way.source()) + " gives";
    };
  }

  private String name(Signal signal) {
    int known = signals.indexOf(signal);
    if (known >= 0) {
      return "`" + structure.layers().get(known).population() + "`";
    }
    return signal.isInput() ? "the input" : text(signal.ways().getFirst());
  }
}
