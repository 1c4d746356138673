package snel.runtime.kernel;

import java.util.List;
import java.util.Optional;

/// A compiled network, built and ready to run: what a target hands to the protocol, the recorder
/// and the checkpoint.
///
/// Buffers are live primitive arrays; the caller may read and write them between calls. A step runs
/// the step kernels in order and then advances the clock buffer by one.
public interface Network {
  /// Tells that at least so many more steps will be asked for, if nothing intervenes. It changes no
  /// result, only what it is worth to prepare for.
  void expect(long steps);

  /// Runs up to `steps` steps and returns how many were done. Returns early, after a whole step,
  /// when that step left `halt[0]` not zero; the caller zeroes `halt[0]` before it goes on.
  ///
  /// @throws Fault when a kernel found an error that ends the run
  long run(long steps);

  /// The same where since the last steps nobody has written weights or states: what is known of
  /// them still holds.
  default long goOn(long steps) {
    return run(steps);
  }

  /// Tells that a presentation of so many steps has begun into which nothing comes from outside:
  /// neither do inputs vary nor is anything written; of none, that something else begins. It
  /// changes no result, but for the last bits of sums whose order is left open.
  default void presentAlone(long steps) {}

  /// A copy that can be shown another sample at the same time: it has the same arrays of weights
  /// and adds its derivatives to the same places, but has states of its own. Empty where a sample
  /// changes what the next one meets.
  default Optional<Network> twin() {
    return Optional.empty();
  }

  /// Gets a [#twin] as fast as what it is a copy of. That may take seconds, and may be done in
  /// another thread while the original runs.
  ///
  /// @return false if it cannot be had
  default boolean warmUp() {
    return true;
  }

  /// Whether threads may divide a step between them: not where they have other things to share.
  default void divideSteps(boolean may) {}

  /// Runs one kernel by its name, whichever list it is in; build kernels cannot be called.
  void call(String kernel);

  /// The same in pieces where it is divided into some.
  default void call(String kernel, Crew crew) {
    call(kernel);
  }

  /// Runs these kernels in turn, the whole list so many times.
  default void call(List<String> kernels, int times) {
    for (int time = 0; time < times; time++) {
      kernels.forEach(this::call);
    }
  }

  /// The elements of a buffer: `byte[]` (`U8`), `char[]` (`U16`), `int[]`, `long[]`, `float[]` or
  /// `double[]`. The same array for the whole life of the network.
  Object array(String buffer);

  /// Zeroes every QUEUE and STATE buffer, then runs the reset kernels (`reset all`).
  void reset();

  /// Runs the kernels due when a presentation begins.
  void presentationStart();

  /// Runs the kernels due when a presentation ends.
  void presentationEnd();

  /// Looks through the dynamic state and the weights: what has become infinite or is no number
  /// would spoil all that follows.
  ///
  /// @throws Fault naming the first such element
  void checkStates();

  /// Brings what lies in different places for speed to where it is looked for when buffers are read
  /// as the state: before a checkpoint, say. It changes no result.
  void settle();

  /// What it can play back of these populations, if it can do so.
  ///
  /// @param populations those whose spikes the compiler found to follow from what is presented
  default Optional<RecalledLayers> recalling(List<String> populations) {
    return Optional.empty();
  }

  /// Bytes held by the buffers.
  long memoryBytes();

  /// Hash of every state buffer, in order of declaration; see [StateHash].
  long stateHash();
}
