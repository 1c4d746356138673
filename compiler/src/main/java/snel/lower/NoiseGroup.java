package snel.lower;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// White noises that drive a connected group of linear states, and the states that they reach
/// within a step, also through others.
///
/// What a step adds to the n states that noise reaches has a covariance of rank n, however few the
/// noises: the states that no noise drives by itself have draws of their own.
///
/// @param noises which of the group's noises; what the others add is independent
/// @param order the states that they reach, by their number: first those that they drive
/// @param draws the standard normals of a step, one for each of `order`
record NoiseGroup(Set<String> noises, List<Integer> order, List<Block.Normal> draws) {
  NoiseGroup {
    order = List.copyOf(order);
    draws = List.copyOf(draws);
  }

  /// All noises together where each drives a state of its own, else one by one. One process for the
  /// whole population never shares its draws with one of each neuron's own.
  static List<NoiseGroup> of(LinearParts parts, Noises named) {
    Set<String> used = new LinkedHashSet<>();
    parts.noises().forEach(row -> row.forEach(n -> used.add(n.name())));
    if (used.isEmpty()) {
      return List.of();
    }
    boolean isOneKind = Stream.of(named.own(), named.shared()).anyMatch(s -> s.containsAll(used));
    return isOneKind && parts.hasOneNoiseEach()
        ? List.of(of(parts, used))
        : used.stream().map(noise -> of(parts, Set.of(noise))).toList();
  }

  private static NoiseGroup of(LinearParts parts, Set<String> noises) {
    List<Integer> order = new ArrayList<>();
    List<Block.Normal> draws = new ArrayList<>();
    for (int k : parts.driven()) {
      List<String> here =
          parts.noises().get(k).stream()
              .map(LinearParts.Noise::name)
              .filter(noises::contains)
              .toList();
      for (String noise : here) {
        order.add(k);
        draws.add(new Block.Normal(noise, count(draws, noise)));
      }
    }
    List<Integer> driven = List.copyOf(order);
    boolean[][] reach = parts.reach();
    for (int k = 0; k < parts.size(); k++) {
      int state = k;
      if (!order.contains(k) && driven.stream().anyMatch(d -> reach[state][d])) {
        String first = draws.get(0).noise();
        order.add(k);
        draws.add(new Block.Normal(first, count(draws, first)));
      }
    }
    return new NoiseGroup(noises, order, draws);
  }

  private static int count(List<Block.Normal> draws, String noise) {
    return (int) draws.stream().filter(d -> d.noise().equals(noise)).count();
  }

  /// Those of the group that drive a state themselves.
  List<LinearParts.Noise> driving(LinearParts parts, int state) {
    return parts.noises().get(state).stream().filter(n -> noises.contains(n.name())).toList();
  }
}
