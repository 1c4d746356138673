package snel.lower;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import snel.ir.ConvShape;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Owner;
import snel.math.PairFunction;
import snel.math.Shapes;
import snel.model.Connection;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Slice;

/// How many synapses the rules of a network make, on the average of a random one.
final class SynapseCounts {
  /// So many pairs are asked one by one whether they are joined; of more, some rows are.
  private static final long MOST_PAIRS = 10_000_000;

  private final Network network;
  private final Map<String, Double> counted = new HashMap<>();

  SynapseCounts(Network network) {
    this.network = network;
  }

  double of(Projection projection) {
    return counted.computeIfAbsent(projection.path(), _ -> count(projection));
  }

  /// Rounded up.
  long rounded(Projection projection) {
    return (long) Math.ceil(of(projection));
  }

  private double count(Projection projection) {
    double sources = projection.source().size();
    double targets = projection.target().neurons().map(Slice::size).orElse(0);
    return switch (projection.connection()) {
      case Connection.All _ -> pairs(projection, Expr.num(1));
      case Connection.Bernoulli(var chance) -> pairs(projection, chance);
      case Connection.OneToOne _ ->
          Math.min(sources, targets) - (projection.excludeSelf() ? samePlaces(projection) : 0);
      case Connection.FixedIndegree(var k, _) -> k * targets;
      case Connection.FixedOutdegree(var k, _) -> k * sources;
      case Connection.FixedTotal(var n, _) -> n;
      case Connection.Convolution rule -> {
        ConvShape shape = Geometry.of(projection, rule);
        yield rule.transposed()
            ? shape.places() * shape.sourceChannels() * shape.targetsOfGroup()
            : shape.places() * shape.targetChannels() * shape.sourcesOfGroup();
      }
      case Connection.Pooling(var kernel, var stride, var padding) -> {
        ConvShape shape = Geometry.of(projection, kernel, stride, padding);
        yield shape.places() * shape.targetChannels();
      }
      case Connection.Window(var kernel, var stride, var padding) -> {
        ConvShape shape = Geometry.of(projection, kernel, stride, padding);
        yield shape.places() * shape.targetChannels() * shape.sourceChannels();
      }
      case Connection.Edges(var from, _, _) -> from.length;
    };
  }

  /// Neurons that are both a source and a target.
  private static long selves(Projection projection) {
    Set<Integer> targets = new HashSet<>();
    Slice to = projection.target().neurons().orElseThrow();
    IntStream.range(0, to.size()).forEach(k -> targets.add(to.at(k)));
    Slice from = projection.source();
    return IntStream.range(0, from.size()).filter(k -> targets.contains(from.at(k))).count();
  }

  /// Sources that are the target of their own place.
  private static long samePlaces(Projection projection) {
    Slice from = projection.source();
    Slice to = projection.target().neurons().orElseThrow();
    return IntStream.range(0, Math.min(from.size(), to.size()))
        .filter(k -> from.at(k) == to.at(k))
        .count();
  }

  private double pairs(Projection projection, Expr chance) {
    double sources = projection.source().size();
    double targets = projection.target().neurons().map(Slice::size).orElse(0);
    double all = sources * targets - (projection.excludeSelf() ? selves(projection) : 0);
    Expr joined =
        projection
            .where()
            .map(where -> Fold.choose(where, chance, new Expr.Num(Exact.ZERO)))
            .orElse(chance);
    if (joined instanceof Expr.Num(var same)) {
      return all * same.toDouble();
    }
    double most = chance instanceof Expr.Num(var p) ? all * p.toDouble() : all;
    return PairFunction.of(joined, ref -> reference(projection, ref))
        .map(chances -> sum(projection, chances))
        .orElse(most);
  }

  /// The sum of the chances of all pairs; where there are too many, of rows that lie evenly.
  private static double sum(Projection projection, PairFunction chances) {
    Slice from = projection.source();
    Slice to = projection.target().neurons().orElseThrow();
    int rows = Math.clamp(MOST_PAIRS / Math.max(1, to.size()), 1, from.size());
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      int source = from.at((int) ((row + 0.5) * from.size() / rows));
      for (int k = 0; k < to.size(); k++) {
        int target = to.at(k);
        if (source != target || !projection.excludeSelf()) {
          double chance = chances.at(source, target);
          sum += chance > 0 ? Math.min(1, chance) : 0;
        }
      }
    }
    return sum * from.size() / rows;
  }

  private Optional<PairFunction> reference(Projection projection, Expr.Ref ref) {
    return switch (ref.owner()) {
      case PRE -> own(projection.source(), ref.name(), (pre, _) -> pre);
      case POST ->
          projection.target().neurons().flatMap(s -> own(s, ref.name(), (_, post) -> post));
      default -> Optional.empty();
    };
  }

  /// What a neuron knows of itself, `index` being its number.
  private Optional<PairFunction> own(Slice slice, String name, PairFunction index) {
    Population population = network.population(slice.population());
    if (name.equals("index")) {
      return Optional.of(index);
    }
    if (name.startsWith("position.")) {
      int axis = Integer.parseInt(name.substring("position.".length()));
      return Optional.of(position(population.shape(), axis, index));
    }
    return population.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .flatMap(parameter ->
            PairFunction.of(
                parameter.initial(),
                ref ->
                    ref.owner() == Owner.SELF ? own(slice, ref.name(), index) : Optional.empty()));
  }

  private static PairFunction position(List<Integer> shape, int axis, PairFunction index) {
    if (axis >= shape.size()) {
      return (_, _) -> 0;
    }
    int length = shape.get(axis);
    int stride = Shapes.size(shape.subList(axis + 1, shape.size()));
    return (pre, post) -> (int) index.at(pre, post) / stride % length;
  }
}
