package snel.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;

/// Populations by their depth along `instant` projections. Cycles have been refused before.
final class Levels {
  private Levels() {}

  static List<List<Population>> of(Network network) {
    Map<String, Integer> depth = new HashMap<>();
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Projection projection : network.projections()) {
        if (!projection.instant() || projection.target().neurons().isEmpty()) {
          continue;
        }
        String target = projection.target().neurons().get().population();
        int wanted = depth.getOrDefault(projection.source().population(), 0) + 1;
        if (depth.getOrDefault(target, 0) < wanted) {
          depth.put(target, wanted);
          changed = true;
        }
      }
    }
    List<List<Population>> levels = new ArrayList<>();
    for (Population population : network.populations()) {
      int level = depth.getOrDefault(population.path(), 0);
      while (levels.size() <= level) {
        levels.add(new ArrayList<>());
      }
      levels.get(level).add(population);
    }
    return levels;
  }
}
