package snel.lower;

import java.util.ArrayList;
import java.util.List;
import snel.model.Drive;
import snel.model.Endpoint;
import snel.model.Network;
import snel.model.Port;
import snel.model.Projection;

/// How equal the results of a program are on all targets (semantics.md §14), by its text alone.
///
/// @param giveUp what gives up more; empty for `bit`
public record Level(List<String> giveUp) {
  public Level {
    giveUp = List.copyOf(giveUp);
  }

  /// The level of a network.
  public static Level of(Network network) {
    List<String> all = new ArrayList<>();
    if (network.fast()) {
      all.add("`numerics fast`");
    }
    for (Projection projection : network.projections()) {
      if (projection.synapse().sum() == Port.Sum.ANY) {
        all.add("`sum any` of " + projection.path());
      }
      if (projection.target() instanceof Endpoint.NeuronPort(var slice, var name)) {
        port(network, slice.population(), name, all);
      }
    }
    for (Drive drive : network.drives()) {
      port(network, drive.target().population(), drive.port(), all);
    }
    return new Level(all.stream().distinct().toList());
  }

  private static void port(Network network, String population, String name, List<String> all) {
    network
        .population(population)
        .port(name)
        .filter(port -> port.sum() == Port.Sum.ANY)
        .ifPresent(_ -> all.add("`sum any` of " + population + "." + name));
  }

  /// `bit`, or `stat`.
  public String word() {
    return giveUp.isEmpty() ? "bit" : "stat";
  }

  /// The level and what it promises, in words.
  public String explained() {
    return giveUp.isEmpty()
        ? "level bit: every state, weight and spike is the same on every target"
        : "level stat, not bit, because of "
            + String.join(", ", giveUp)
            + ": rates and distributions agree";
  }
}
