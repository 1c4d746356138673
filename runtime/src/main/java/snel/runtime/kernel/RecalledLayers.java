package snel.runtime.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Layers of a network whose spikes in a presentation, and in rests after it, follow from what is
/// presented alone. They can be written down, and played back where the same is presented again:
/// the layers are not computed then, and nothing else shows it.
public interface RecalledLayers {
  /// Whether the network is as a reset left it and what the layers could learn is frozen.
  boolean isReady();

  /// Whether all that came since a reset was written down or played back to its end, and what the
  /// layers could learn is frozen.
  boolean isKnown();

  /// The arrays whose elements decide, when a presentation or rest has begun.
  List<Object> inputs();

  /// Whether the layers do something else once somebody has written into this array.
  boolean dependsOn(Object array);

  /// Whether what is sent to this port makes the layers do something else.
  boolean hear(String port);

  /// Writes spikes down in the presentation or rest that begins.
  void record(long steps);

  /// Whether these spikes tell all that is asked for.
  boolean suffice(Spikes spikes);

  /// Plays spikes back in the presentation or rest that begins.
  ///
  /// @param inputs what was in those arrays
  void play(Spikes spikes, List<Object> inputs);

  /// Ends the presentation or rest, and gives what was written down of it, if it was to be and took
  /// its steps.
  @Nullable Spikes end();

  /// Brings the states of the layers to where they would be without playing back.
  void settle();

  /// Somebody has changed states: they are not as a reset leaves them.
  void touched();

  /// The spikes of a presentation or rest.
  ///
  /// @param layers of each layer
  /// @param counters what was counted on the way to the layers
  record Spikes(long steps, List<SpikeTrains> layers, long[] counters) {
    public Spikes {
      layers = List.copyOf(layers);
    }

    public long bytes() {
      return Long.BYTES * counters.length + layers.stream().mapToLong(SpikeTrains::bytes).sum();
    }
  }
}
