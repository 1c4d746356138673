package snel.target.jvm;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.recall.Recall;
import snel.runtime.kernel.CompiledKernels;
import snel.runtime.kernel.RecalledLayers;

/// Steps in which the spikes of some layers are written down, or played back in place of the
/// kernels that find them.
///
/// While spikes are played back the states of the layers stay as they were when the presentation
/// began. Who needs them as they would be calls [#settle]: the layers alone then go through it, and
/// through the rests that were played back after it.
final class RecalledSteps implements RecalledLayers {
  private enum Mode {
    /// All is computed, as if there were no such layers.
    PLAIN,
    RECORD,
    PLAY
  }

  private final Memory memory;
  private final Supplier<CompiledKernels> kernels;
  private final Recall recall;
  private final RecalledLayer[] layers;
  private final List<Object> inputs;
  private final List<int[]> frozen;
  private final List<long[]> counters;
  private final Set<Object> dependences = Collections.newSetFromMap(new IdentityHashMap<>());
  private final int[] recording;
  private final int[] others;
  private final int[] alone;
  private final long[] clock;
  private final int[] halt;

  private Mode mode = Mode.PLAIN;
  private boolean fresh;
  private boolean known;
  private long[] countersBefore = {};
  private long recorded;
  private @Nullable Played playing;
  private final List<Played> behind = new ArrayList<>();
  private Map<String, Object> carriedBefore = Map.of();

  /// What is or was played back.
  ///
  /// @param clock when it began
  private record Played(Spikes spikes, List<Object> inputs, long[] clock) {}

  RecalledSteps(
      Program program,
      Memory memory,
      Recall recall,
      Map<String, Integer> numbers,
      Supplier<CompiledKernels> kernels) {
    this.memory = memory;
    this.kernels = kernels;
    this.recall = recall;
    this.layers =
        recall.layers().stream()
            .map(layer -> new RecalledLayer(layer, memory))
            .toArray(RecalledLayer[]::new);
    this.inputs = recall.inputs().stream().map(buffer -> memory.array(buffer.name())).toList();
    this.frozen = recall.frozen().stream().map(memory::ints).toList();
    this.counters = recall.counters().stream().map(memory::longs).toList();
    recall.constants().forEach(buffer -> dependences.add(memory.array(buffer.name())));
    this.recording = withLayers(program, numbers, false);
    this.others = withLayers(program, numbers, true);
    this.alone =
        program.step().stream()
            .filter(kernel -> recall.skips(kernel) || recall.others().contains(kernel.name()))
            .mapToInt(kernel -> numbers.get(kernel.name()))
            .toArray();
    this.clock = (long[]) memory.array(Clock.NAME);
    this.halt = (int[]) memory.array(Clock.HALT);
  }

  /// The kernels of a step by their numbers; `-1 - k` stands for layer k.
  private int[] withLayers(Program program, Map<String, Integer> numbers, boolean skipping) {
    List<Integer> all = new ArrayList<>();
    for (Kernel kernel : program.step()) {
      if (!skipping || !recall.skips(kernel)) {
        all.add(numbers.get(kernel.name()));
      }
      for (int k = 0; k < layers.length; k++) {
        if (recall.layers().get(k).after().equals(kernel.name())) {
          all.add(-1 - k);
        }
      }
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  /// Whether the next steps are run by [#run].
  boolean isActive() {
    return mode != Mode.PLAIN;
  }

  /// The network was reset.
  void reset() {
    fresh = true;
    known = false;
    behind.clear();
    mode = Mode.PLAIN;
  }

  /// The network begins anew, whatever it was.
  void beginAgain() {
    reset();
    fresh = false;
  }

  /// Steps are about to be run in the usual way.
  void plain() {
    settle();
    fresh = false;
    known = false;
  }

  long run(long steps) {
    fresh = false;
    @Nullable Played now = playing;
    int[] each = now == null ? recording : others;
    CompiledKernels all = kernels.get();
    long done = 0;
    while (done < steps) {
      for (int what : each) {
        if (what >= 0) {
          all.call(what);
        } else if (now != null) {
          layers[-1 - what].play(now.spikes.layers().get(-1 - what));
        } else {
          layers[-1 - what].record();
        }
      }
      Clock.advance(clock);
      done++;
      if (halt[0] != 0) {
        break;
      }
    }
    recorded += done;
    return done;
  }

  @Override
  public boolean isReady() {
    return fresh && isFrozen();
  }

  private boolean isFrozen() {
    return frozen.stream().allMatch(flag -> flag[0] != 0);
  }

  @Override
  public boolean isKnown() {
    return known && isFrozen();
  }

  @Override
  public List<Object> inputs() {
    return inputs;
  }

  @Override
  public boolean dependsOn(Object array) {
    return dependences.contains(array);
  }

  @Override
  public boolean hear(String port) {
    return recall.ports().contains(port);
  }

  @Override
  public boolean suffice(Spikes spikes) {
    return IntStream.range(0, layers.length)
        .allMatch(k -> layers[k].suffices(spikes.layers().get(k)));
  }

  @Override
  public void record(long steps) {
    mode = Mode.RECORD;
    recorded = 0;
    countersBefore = counted();
    for (RecalledLayer layer : layers) {
      layer.begin(Math.toIntExact(steps));
    }
  }

  private long[] counted() {
    return counters.stream().mapToLong(counter -> counter[0]).toArray();
  }

  @Override
  public void play(Spikes spikes, List<Object> held) {
    mode = Mode.PLAY;
    recorded = 0;
    playing = new Played(spikes, held, clock.clone());
    if (behind.isEmpty()) {
      carriedBefore = copies(recall.carried());
    }
  }

  private Map<String, Object> copies(Collection<Buffer> buffers) {
    Map<String, Object> copies = new LinkedHashMap<>();
    buffers.forEach(buffer -> copies.put(buffer.name(), Memory.copy(memory.array(buffer.name()))));
    return copies;
  }

  private void restore(Map<String, Object> copies) {
    copies.forEach((name, copy) -> restore(copy, memory.array(name)));
  }

  @SuppressWarnings("SuspiciousSystemArraycopy")
  private static void restore(Object copy, Object array) {
    System.arraycopy(copy, 0, array, 0, Array.getLength(array));
  }

  @Override
  public @Nullable Spikes end() {
    Mode was = mode;
    mode = Mode.PLAIN;
    return switch (was) {
      case PLAIN -> null;
      case RECORD -> recorded();
      case PLAY -> {
        endPlaying();
        yield null;
      }
    };
  }

  private void endPlaying() {
    Played ended = Objects.requireNonNull(playing);
    playing = null;
    behind.add(ended);
    known = recorded == ended.spikes.steps();
    if (!known) {
      goThrough(recorded, true);
      return;
    }
    long[] more = ended.spikes.counters();
    for (int k = 0; k < more.length; k++) {
      counters.get(k)[0] += more[k];
    }
  }

  /// What steps would have changed had their spikes not been played back.
  Set<Buffer> untouched() {
    return behind.isEmpty() ? Set.of() : recall.found();
  }

  private @Nullable Spikes recorded() {
    known = layers[0].isWhole(recorded);
    if (!known) {
      return null;
    }
    long[] all = counted();
    for (int k = 0; k < all.length; k++) {
      all[k] -= countersBefore[k];
    }
    return new Spikes(recorded, Stream.of(layers).map(RecalledLayer::trains).toList(), all);
  }

  @Override
  public void settle() {
    if (!behind.isEmpty()) {
      goThrough(behind.getLast().spikes.steps(), false);
    }
  }

  /// Goes through what was played back.
  ///
  /// @param lastSteps of the last of it
  /// @param counts whether spikes on their way to the layers in the last of it are to be counted
  private void goThrough(long lastSteps, boolean counts) {
    Map<String, Object> books = copies(recall.books());
    long[] clockNow = clock.clone();
    List<Object> inputsNow = inputs.stream().map(Memory::copy).toList();
    boolean[] logged = new boolean[layers.length];
    for (int k = 0; k < layers.length; k++) {
      logged[k] = layers[k].isLogged();
    }
    restore(carriedBefore);
    for (RecalledLayer layer : layers) {
      layer.forget();
    }
    long[] before = counted();
    for (Played each : behind) {
      before = counted();
      restore(each.clock, clock);
      for (int k = 0; k < inputsNow.size(); k++) {
        restore(each.inputs.get(k), inputs.get(k));
      }
      run(each == behind.getLast() ? lastSteps : each.spikes.steps(), alone);
    }
    long[] after = counted();
    behind.clear();
    restore(clockNow, clock);
    for (int k = 0; k < inputsNow.size(); k++) {
      restore(inputsNow.get(k), inputs.get(k));
    }
    restore(books);
    for (int k = 0; k < layers.length; k++) {
      layers[k].log(logged[k]);
    }
    for (int k = 0; k < after.length && counts; k++) {
      counters.get(k)[0] += after[k] - before[k];
    }
  }

  private void run(long steps, int[] each) {
    CompiledKernels all = kernels.get();
    for (long step = 0; step < steps; step++) {
      for (int kernel : each) {
        all.call(kernel);
      }
      Clock.advance(clock);
    }
  }

  @Override
  public void touched() {
    settle();
    fresh = false;
    known = false;
  }
}
