package snel.runtime.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Layers of a network whose spikes in a presentation follow from what is presented alone. They can
/// be written down, and played back where the same is presented again: the layers are not computed
/// then, and nothing else shows it.
public interface RecalledLayers {
  /// Whether the network is as a reset left it and what the layers could learn is frozen.
  boolean isReady();

  /// The arrays whose elements decide, when a presentation has begun.
  List<Object> inputs();

  /// Whether the layers do something else once somebody has written into this array.
  boolean dependsOn(Object array);

  /// Writes spikes down in the presentation that begins.
  void record(long steps);

  /// Plays spikes back in the presentation that begins.
  ///
  /// @param inputs what was in those arrays
  void play(Spikes spikes, List<Object> inputs);

  /// Ends the presentation, and gives what was written down of it, if it was to be and took its
  /// steps.
  @Nullable Spikes end();

  /// Brings the states of the layers to where they would be without playing back.
  void settle();

  /// Somebody has changed states: they are not as a reset leaves them.
  void touched();

  /// The spikes of a presentation.
  ///
  /// @param ends for each layer and step, where its neurons end in `neurons`
  /// @param counters what was counted on the way to the layers
  record Spikes(long steps, int[][] ends, int[][] neurons, long[] counters) {
    public long bytes() {
      long numbers = 2L * counters.length;
      for (int layer = 0; layer < ends.length; layer++) {
        numbers += ends[layer].length + neurons[layer].length;
      }
      return numbers * Integer.BYTES;
    }
  }
}
