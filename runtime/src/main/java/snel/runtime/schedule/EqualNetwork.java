package snel.runtime.schedule;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import snel.runtime.schedule.NetworkView.Projection;

/// The network without spikes that has the same layers: one multiplication a synapse and answer.
///
/// A projection is part of the layers if it carried something, if its source can be reached from an
/// input or an encoder without passing its target, and if what is read can be reached from its
/// target without passing its source. So recurrent synapses, inhibition, teachers and what carries
/// errors back do not count. Of several projections between two populations (sub-synapses, weights
/// that serve twice) no pair of neurons counts twice.
public final class EqualNetwork {
  private final NetworkView view;
  private final String read;
  private final List<Projection> used;

  private EqualNetwork(NetworkView view, String read) {
    this.view = view;
    this.read = read;
    this.used = view.projections().values().stream().filter(EqualNetwork::isUsed).toList();
  }

  /// Multiplications for an answer of a read-out of `population`; empty where they cannot be
  /// counted.
  public static OptionalLong operations(NetworkView view, String population) {
    return new EqualNetwork(view, population).operations();
  }

  private OptionalLong operations() {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (Projection projection : used) {
      if (isOfLayers(projection)) {
        if (!projection.isCounted()) {
          return OptionalLong.empty();
        }
        sums.merge(
            projection.source() + " -> " + projection.target(),
            projection.synapses(),
            (a, b) -> Math.min(a + b, pairs(projection)));
      }
    }
    long sum = sums.values().stream().mapToLong(Long::longValue).sum();
    return sum == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  private long pairs(Projection projection) {
    long sources = view.population(projection.source()).size();
    return sources * view.population(projection.target()).size();
  }

  private static boolean isUsed(Projection projection) {
    long[] delivered = projection.delivered();
    boolean joins = !projection.source().isEmpty() && !projection.target().isEmpty();
    return joins
        && !projection.source().equals(projection.target())
        && (delivered == null || delivered[0] > 0);
  }

  private boolean isOfLayers(Projection projection) {
    String source = projection.source();
    String target = projection.target();
    Set<String> first = new HashSet<>(view.populations().keySet());
    first.removeIf(population -> !begins(population));
    return reached(first, target).contains(source)
        && reached(Set.of(target), source).contains(read);
  }

  /// What can be reached from some populations without passing one.
  private Set<String> reached(Set<String> from, String without) {
    Set<String> reached = new HashSet<>(from);
    reached.remove(without);
    var waiting = new ArrayDeque<>(reached);
    while (!waiting.isEmpty()) {
      String source = waiting.remove();
      for (Projection projection : used) {
        String target = projection.target();
        if (projection.source().equals(source) && !target.equals(without) && reached.add(target)) {
          waiting.add(target);
        }
      }
    }
    return reached;
  }

  /// An input of spikes, or a population that follows an input and that nothing leads to.
  private boolean begins(String population) {
    boolean follows =
        view.variables().values().stream()
            .anyMatch(v -> v.isInput() && v.path().startsWith(population + "."));
    boolean first = used.stream().noneMatch(p -> p.target().equals(population));
    return view.population(population).isInput() || first && follows;
  }
}
