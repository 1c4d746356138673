package snel.elaborate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Prose;
import snel.model.Projection;

/// `instant` connections lead from layer to layer; in a circle there is no first one. E0302.
final class InstantCycles {
  private final List<Projection> instant;

  private InstantCycles(List<Projection> instant) {
    this.instant = instant;
  }

  /// Reports each circle once.
  static void check(Context context, List<Projection> projections) {
    var cycles =
        new InstantCycles(
            projections.stream()
                .filter(p -> p.instant() && p.target().neurons().isPresent())
                .toList());
    Set<Projection> shown = new HashSet<>();
    for (Projection first : cycles.instant) {
      List<Projection> cycle = shown.contains(first) ? List.of() : cycles.through(first);
      if (!cycle.isEmpty()) {
        shown.addAll(cycle);
        context.fault(diagnostic(cycle));
      }
    }
  }

  private static String from(Projection projection) {
    return projection.source().population();
  }

  private static String to(Projection projection) {
    return projection.target().neurons().orElseThrow().population();
  }

  /// The shortest way from where a projection ends back to where it begins, with itself at the
  /// head; empty if there is none.
  private List<Projection> through(Projection first) {
    Map<String, List<Projection>> ways = new HashMap<>();
    Deque<String> next = new ArrayDeque<>();
    ways.put(to(first), List.of(first));
    next.add(to(first));
    while (!next.isEmpty()) {
      String population = next.remove();
      List<Projection> way = ways.getOrDefault(population, List.of());
      if (population.equals(from(first))) {
        return way;
      }
      for (Projection projection : instant) {
        if (from(projection).equals(population) && !ways.containsKey(to(projection))) {
          var longer = new ArrayList<>(way);
          longer.add(projection);
          ways.put(to(projection), longer);
          next.add(to(projection));
        }
      }
    }
    return List.of();
  }

  private static Diagnostic diagnostic(List<Projection> cycle) {
    List<String> names = new ArrayList<>(cycle.stream().map(InstantCycles::from).toList());
    names.add(names.getFirst());
    Projection last = cycle.getLast();
    var diagnostic =
        Diagnostic.of(
            Code.INSTANT_CYCLE,
            "`instant` closes a cycle: "
                + names.stream().map(Prose::code).collect(Collectors.joining(" → ")),
            last.span(),
            cycle.size() == 1 ? "leads back to itself within the step" : "leads back here");
    for (Projection earlier : cycle.subList(0, cycle.size() - 1)) {
      diagnostic = diagnostic.label(earlier.span(), "acts within the step");
    }
    return diagnostic.help(
        "leave `instant` out on one of them: without a delay a spike acts from the next step on");
  }
}
