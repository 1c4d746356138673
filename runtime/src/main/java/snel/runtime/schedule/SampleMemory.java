package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.RecalledLayers;
import snel.runtime.kernel.RecalledLayers.Spikes;

/// The spikes that layers answered to what was presented, as long as there is room.
final class SampleMemory {
  /// Part of what the Java machine may use.
  private static final int PART = 8;

  private final Optional<RecalledLayers> layers;
  private final Map<Presented, Spikes> known = new HashMap<>();
  private List<Object> usual = List.of();
  private long room = Runtime.getRuntime().maxMemory() / PART;
  private @Nullable Presented present;

  SampleMemory(Optional<RecalledLayers> layers) {
    this.layers = layers;
  }

  /// What is presented; empty for an array that holds what it held at first.
  private record Presented(long steps, List<Optional<Copy>> arrays) {
    long bytes() {
      return arrays.stream().flatMap(Optional::stream).mapToLong(Copy::bytes).sum();
    }
  }

  /// An array that is compared by its elements.
  private record Copy(Object array) {
    long bytes() {
      return (long) Cells.length(array) * Double.BYTES;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Copy(Object array2) && Objects.deepEquals(array, array2);
    }

    @Override
    public int hashCode() {
      return Cells.hash(array);
    }
  }

  /// An episode or rest is about to begin.
  void before() {
    if (layers.isPresent() && !layers.get().isReady()) {
      layers.get().settle();
    }
  }

  /// A presentation has begun, to which nothing else comes than what its inputs hold.
  void begin(long steps) {
    present = null;
    if (layers.isEmpty() || !layers.get().isReady()) {
      return;
    }
    List<Object> inputs = layers.get().inputs();
    if (usual.isEmpty()) {
      usual = inputs.stream().map(Cells::copy).toList();
    }
    Presented presented = presented(steps, inputs);
    @Nullable Spikes spikes = known.get(presented);
    if (spikes != null) {
      layers.get().play(spikes, inputs.stream().map(Cells::copy).toList());
    } else if (room > 0) {
      layers.get().record(steps);
      present = presented;
    }
  }

  private Presented presented(long steps, List<Object> inputs) {
    List<Optional<Copy>> arrays = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      boolean isUsual = Objects.deepEquals(inputs.get(k), usual.get(k));
      arrays.add(isUsual ? Optional.empty() : Optional.of(new Copy(Cells.copy(inputs.get(k)))));
    }
    return new Presented(steps, List.copyOf(arrays));
  }

  /// The presentation is over.
  void end() {
    if (layers.isEmpty()) {
      return;
    }
    @Nullable Spikes spikes = layers.get().end();
    if (spikes != null && present != null) {
      room -= spikes.bytes() + present.bytes();
      known.put(present, spikes);
    }
    present = null;
  }

  /// Somebody writes into an array of the network.
  void written(Object array) {
    Object cells = array instanceof FixedCells fixed ? fixed.raw() : array;
    if (layers.isPresent() && layers.get().dependsOn(cells)) {
      forget();
    }
  }

  /// States are about to be kept while others are reset.
  void settle() {
    layers.ifPresent(RecalledLayers::settle);
  }

  void touched() {
    layers.ifPresent(RecalledLayers::touched);
  }

  void forget() {
    known.clear();
    layers.ifPresent(RecalledLayers::touched);
  }
}
