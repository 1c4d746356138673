package snel.model;

/// `inhibit first(k, per: …)` or `winners first(k, per: …, radius: r)`.
///
/// @param group over what the k are counted: the whole population (`image`), each map, each
///   position
public record Competition(int first, Group group, int radius) {
  public enum Group {
    POPULATION,
    MAP,
    POSITION
  }
}
