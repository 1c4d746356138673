package snel.elaborate;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.model.Network;

/// What an experiment chain decides about its network.
///
/// @param fast whether equality of bits is given up
/// @param preciseTimes whether spikes are located within their step
/// @param overrides values set from outside, by `Owner.name`
/// @param assigned names of parameters that some experiment assigns while it runs
/// @param apart those of them that may become different for each neuron
public record Settings(
    int seed,
    Network.Numerics numerics,
    boolean fast,
    boolean preciseTimes,
    Map<String, Val> overrides,
    Set<String> assigned,
    Set<String> apart) {
  public Settings {
    overrides = Map.copyOf(overrides);
    assigned = Set.copyOf(assigned);
    apart = Set.copyOf(apart);
  }

  /// Strict, with all spikes at the ends of steps.
  public Settings(
      int seed, Network.Numerics numerics, Map<String, Val> overrides, Set<String> assigned) {
    this(seed, numerics, false, false, overrides, assigned, Set.of());
  }

  public Optional<Val> override(String owner, String name) {
    return Optional.ofNullable(overrides.get(owner + "." + name));
  }

  public boolean isAssigned(String name) {
    return assigned.contains(name);
  }
}
