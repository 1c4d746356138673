package snel.lower;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import snel.model.Port;

/// The inboxes of all ports, made when something first leads to them.
final class Inboxes {
  private record Key(String population, String port, Inbox.Timing timing) {}

  private final World world;
  private final Map<Key, Inbox> byKey = new LinkedHashMap<>();

  Inboxes(World world) {
    this.world = world;
  }

  Inbox of(String population, String port, Inbox.Timing timing) {
    return byKey.computeIfAbsent(
        new Key(population, port, timing),
        key -> {
          Cells cells = world.cells(population);
          Port found = cells.population.port(port).orElseThrow();
          Optional<ExactScale> scale = ExactScale.of(world.network, population, found);
          return new Inbox(cells, found, world.buffers, timing, scale);
        });
  }

  /// The inbox, if anything leads to it.
  java.util.Optional<Inbox> find(String population, String port, Inbox.Timing timing) {
    return java.util.Optional.ofNullable(byKey.get(new Key(population, port, timing)));
  }
}
