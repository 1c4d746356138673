package snel.recall;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Directory;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.ir.protocol.Recallable;

/// Layers whose spikes follow from what is presented to them alone, as long as their weights stay,
/// and what a step still has to do where these spikes are known.
///
/// @param layers in the order of the program
/// @param skipped kernels of a step that only find out these spikes, by name
/// @param others kernels of a step that work at the layers too, but have to be run
/// @param inputs what decides, besides parameters, weights and the state after a reset
/// @param frozen flags that have to be set
/// @param constants weights and parameters that have to stay as they are
/// @param carried what the other kernels keep about the layers
/// @param books counts and logs of the layers
/// @param counters of spikes on their way to these layers
/// @param ports that these layers, or what leads to them, listen to
/// @param found what only the skipped kernels of a step write
public record Recall(
    List<Layer> layers,
    Set<String> skipped,
    Set<String> others,
    Set<Buffer> inputs,
    Set<Buffer> frozen,
    Set<Buffer> constants,
    Set<Buffer> carried,
    Set<Buffer> books,
    List<Buffer> counters,
    Set<String> ports,
    Set<Buffer> found) {
  public Recall {
    layers = List.copyOf(layers);
    skipped = Set.copyOf(skipped);
    others = Set.copyOf(others);
    inputs = new LinkedHashSet<>(inputs);
    frozen = Set.copyOf(frozen);
    constants = Set.copyOf(constants);
    carried = new LinkedHashSet<>(carried);
    books = Set.copyOf(books);
    counters = List.copyOf(counters);
    ports = Set.copyOf(ports);
    found = Set.copyOf(found);
  }

  /// @param after the kernel of a step after which its spikes are known
  /// @param isSource whether they are stamped with the start of the step
  /// @param isRead whether kernels that still have to be run look at who spikes
  public record Layer(
      Directory.Population population, String after, boolean isSource, boolean isRead) {}

  /// Which of the candidates are such layers.
  ///
  /// @param candidates populations; nobody may look at their states, send to them or ask for their
  ///   events
  public static Optional<Recall> of(Program program, Recallable candidates) {
    if (candidates.populations().isEmpty()) {
      return Optional.empty();
    }
    var search = new RecallSearch(program, candidates);
    return search.members().isEmpty() ? Optional.empty() : Optional.of(search.found());
  }

  /// The same of populations that were found to be such layers. What they learn has to be frozen.
  public static Optional<Recall> of(Program program, List<String> found) {
    var everything = new Recallable.Hold(true, List.of(), true);
    return of(program, new Recallable(Set.copyOf(found), List.of(everything)));
  }

  /// Whether the kernel is one of those that may be skipped.
  public boolean skips(Kernel kernel) {
    return skipped.contains(kernel.name());
  }

  public List<String> names() {
    List<String> names = new ArrayList<>();
    layers.forEach(layer -> names.add(layer.population().name()));
    return names;
  }
}
