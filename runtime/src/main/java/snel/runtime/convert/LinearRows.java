package snel.runtime.convert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.runtime.convert.OnnxLayers.Found;
import snel.runtime.convert.Signal.Step;
import snel.runtime.convert.Signal.Way;

/// Joins layers in a row of which nothing rectifies what one hands on to the next.
final class LinearRows {
  private final Found found;
  private final Set<Signal> all;

  private LinearRows(Found found) {
    this.found = found;
    all = all(found.results());
  }

  /// The same with one layer in place of each such row, as far as one can say the same.
  static Found joined(Found found) {
    Optional<Found> shorter = new LinearRows(found).shorter();
    return shorter.isPresent() ? joined(shorter.get()) : found;
  }

  /// Results and what they are computed from.
  static Set<Signal> all(List<Signal> results) {
    Set<Signal> all = new LinkedHashSet<>(results);
    Deque<Signal> open = new ArrayDeque<>(all);
    while (!open.isEmpty()) {
      for (Way way : open.remove().ways()) {
        if (all.add(way.source())) {
          open.add(way.source());
        }
      }
    }
    return all;
  }

  private Optional<Found> shorter() {
    for (Signal signal : all) {
      for (Way way : signal.ways()) {
        if (way.step() instanceof Step.Weighted(int second) && isOnlyFor(way.source(), way)) {
          int first = ((Step.Weighted) way.source().ways().getFirst().step()).layer();
          Optional<TrainedLayer> both =
              JoinedLayers.of(found.layers().get(first), found.layers().get(second));
          if (both.isPresent()) {
            return Optional.of(without(first, second, way.source(), both.get()));
          }
        }
      }
    }
    return Optional.empty();
  }

  /// Whether a signal is the sum that one layer makes, and nothing else takes it.
  private boolean isOnlyFor(Signal sum, Way way) {
    long others =
        all.stream()
            .flatMap(signal -> signal.ways().stream())
            .filter(other -> other != way && other.source() == sum)
            .count();
    return others == 0
        && !sum.isRectified()
        && !found.results().contains(sum)
        && sum.ways().size() == 1
        && sum.ways().getFirst().step() instanceof Step.Weighted;
  }

  private Found without(int first, int second, Signal between, TrainedLayer both) {
    List<TrainedLayer> layers = new ArrayList<>(found.layers());
    layers.set(second, both);
    layers.remove(first);
    Map<Signal, Signal> known = new IdentityHashMap<>();
    List<Signal> results =
        found.results().stream().map(signal -> without(first, between, signal, known)).toList();
    return new Found(layers, found.input(), results);
  }

  private static Signal without(
      int first, Signal between, Signal signal, Map<Signal, Signal> known) {
    if (signal.isInput()) {
      return signal;
    }
    Signal made = known.get(signal);
    if (made == null) {
      List<Way> ways = new ArrayList<>();
      for (Way way : signal.ways()) {
        Signal source = way.source() == between ? between.ways().getFirst().source() : way.source();
        Step step =
            way.step() instanceof Step.Weighted(int layer) && layer > first
                ? new Step.Weighted(layer - 1)
                : way.step();
        ways.add(new Way(without(first, between, source, known), step));
      }
      made = signal.on(ways);
      known.put(signal, made);
    }
    return made;
  }
}
