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

/// The spikes that layers answered to what was presented, and in rests after it, as long as there
/// is room.
final class SampleMemory {
  /// Part of what the Java machine may use.
  private static final int PART = 8;

  /// The reset that presentations begin with.
  private static final int RESET = -1;

  private final Optional<RecalledLayers> layers;
  private final Map<Presented, Known> known = new HashMap<>();
  private List<Object> usual = List.of();
  private long room = Runtime.getRuntime().maxMemory() / PART;
  private @Nullable Presented present;

  /// What came last, of what is known.
  private int latest = RESET;

  SampleMemory(Optional<RecalledLayers> layers) {
    this.layers = layers;
  }

  /// What is presented; empty for an array that holds what it held at first.
  ///
  /// @param after number of what came before
  private record Presented(int after, long steps, List<Optional<Digest>> arrays) {
    private static final int BYTES = 200;
    private static final int BYTES_OF_DIGEST = 64;

    long bytes() {
      return BYTES + arrays.stream().flatMap(Optional::stream).count() * BYTES_OF_DIGEST;
    }
  }

  private record Known(int number, Spikes spikes) {}

  /// An episode or rest is about to begin.
  void before() {
    if (layers.isPresent() && !layers.get().isReady()) {
      layers.get().settle();
    }
  }

  /// A rest is about to begin, in which these letters will arrive.
  void beforeRest(Mailbox letters) {
    if (!goesOn(letters)) {
      before();
    }
  }

  private boolean goesOn(Mailbox letters) {
    return latest != RESET && layers.isPresent() && layers.get().isKnown() && !areHeard(letters);
  }

  private boolean areHeard(Mailbox letters) {
    return letters.hasOneFor(port -> layers.orElseThrow().hear(port));
  }

  /// A presentation has begun, to which nothing else comes than what its inputs hold and these
  /// letters.
  void begin(long steps, Mailbox letters) {
    present = null;
    latest = RESET;
    if (layers.isPresent() && layers.get().isReady() && !areHeard(letters)) {
      recall(layers.get(), steps);
    }
  }

  /// A rest has begun, in which these letters will arrive.
  void beginRest(long steps, Mailbox letters) {
    present = null;
    if (goesOn(letters)) {
      recall(layers.orElseThrow(), steps);
    }
  }

  private void recall(RecalledLayers layers, long steps) {
    List<Object> inputs = layers.inputs();
    if (usual.isEmpty()) {
      usual = inputs.stream().map(Cells::copy).toList();
    }
    Presented presented = presented(steps, inputs);
    @Nullable Known found = known.get(presented);
    if (found != null && layers.suffice(found.spikes)) {
      latest = found.number;
      layers.play(found.spikes, inputs.stream().map(Cells::copy).toList());
      return;
    }
    layers.settle();
    latest = RESET;
    if (room > 0) {
      layers.record(steps);
      present = presented;
    }
  }

  private Presented presented(long steps, List<Object> inputs) {
    List<Optional<Digest>> arrays = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      boolean isUsual = Objects.deepEquals(inputs.get(k), usual.get(k));
      arrays.add(isUsual ? Optional.empty() : Optional.of(Digest.of(inputs.get(k))));
    }
    return new Presented(latest, steps, List.copyOf(arrays));
  }

  /// The presentation or rest is over.
  void end() {
    if (layers.isEmpty()) {
      return;
    }
    @Nullable Spikes spikes = layers.get().end();
    if (spikes != null && present != null) {
      @Nullable Known before = known.get(present);
      latest = before == null ? known.size() : before.number;
      room -= spikes.bytes() + (before == null ? present.bytes() : -before.spikes.bytes());
      known.put(present, new Known(latest, spikes));
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
    latest = RESET;
    present = null;
    layers.ifPresent(RecalledLayers::touched);
  }
}
