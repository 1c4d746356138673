package snel.runtime.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a trained network computes on its way: the input, a sum of what earlier signals give, or
/// what rectification leaves of one, up to a ceiling if there is one.
final class Signal {
  private static final double NO_CEILING = Double.POSITIVE_INFINITY;

  private final List<Way> ways;
  private final boolean rectified;
  private final double ceiling;
  private final Map<Double, Signal> positive = new HashMap<>();

  /// @param ways on which it comes; none of the input
  Signal(List<Way> ways, boolean rectified) {
    this(ways, rectified, NO_CEILING);
  }

  private Signal(List<Way> ways, boolean rectified, double ceiling) {
    this.ways = List.copyOf(ways);
    this.rectified = rectified;
    this.ceiling = ceiling;
  }

  /// From an earlier signal.
  record Way(Signal source, Step step) {
    /// Whether a way of another network, to whose signals this one's were found, may be the same.
    boolean isLike(Way other) {
      return source == other.source && step.isLike(other.step);
    }
  }

  /// The same on other ways.
  Signal on(List<Way> others) {
    return new Signal(others, rectified, ceiling);
  }

  /// What happens on a way.
  sealed interface Step {
    /// @param layer its number among the trained ones
    record Weighted(int layer) implements Step {}

    record Pooled(Pool pool) implements Step {}

    record Unchanged() implements Step {}

    default boolean isLike(Step other) {
      return this instanceof Pooled ? other instanceof Pooled : equals(other);
    }
  }

  static Signal input() {
    return new Signal(List.of(), false);
  }

  List<Way> ways() {
    return ways;
  }

  boolean isInput() {
    return ways.isEmpty();
  }

  boolean isRectified() {
    return rectified;
  }

  /// Of the input nothing is known.
  boolean mayBeNegative() {
    return isInput() || mayBeNegative(Signal::mayBeNegative);
  }

  /// Spikes cannot say what is below 0; what the input has is the program's matter.
  boolean weightsMayMakeNegative() {
    return mayBeNegative(Signal::weightsMayMakeNegative);
  }

  private boolean mayBeNegative(Predicate<Signal> isNegative) {
    return !rectified
        && ways.stream()
            .anyMatch(way -> way.step instanceof Step.Weighted || isNegative.test(way.source));
  }

  private boolean takesMaxima() {
    return ways.stream()
        .anyMatch(way -> way.step instanceof Step.Pooled(Pool pool) && pool.maximum());
  }

  /// The ways on which it comes to a sum that it is part of.
  Stream<Way> parts() {
    return isInput() || rectified || takesMaxima()
        ? Stream.of(new Way(this, new Step.Unchanged()))
        : ways.stream();
  }

  /// The most that it comes to by itself.
  double ceiling() {
    return ceiling;
  }

  /// The most that it comes to by itself or by the values of which it is the largest.
  double most() {
    return takesMaxima() && ways.size() == 1
        ? Math.min(ceiling, ways.getFirst().source.most())
        : ceiling;
  }

  Signal rectify() {
    return rectify(NO_CEILING);
  }

  /// The same each time.
  Signal rectify(double most) {
    return most >= ceiling && !mayBeNegative()
        ? this
        : positive.computeIfAbsent(Math.min(most, ceiling), this::rectification);
  }

  /// Of a largest value it is the largest of rectified ones, where these can be had.
  private Signal rectification(double most) {
    Way only = ways.getFirst();
    if (takesMaxima() && ways.size() == 1 && !only.source.isInput()) {
      return new Signal(List.of(new Way(only.source.rectify(most), only.step)), false);
    }
    return new Signal(ways, true, most);
  }
}
