package snel.runtime.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.Network;
import snel.runtime.record.TimeStep;

/// A built network and the names under which an experiment knows its buffers. All arrays are the
/// network's own.
///
/// @param clock layout as generated code has it: see the constants
/// @param halt where a step asks the driver to stop
/// @param binds kernels to run after an input or parameter changed
/// @param learning what training needs
/// @param kept names of the buffers that a checkpoint holds
/// @param dynamic those that `reset` restores or clears
/// @param carried those of them that an experiment takes over from the one it is `from`
public record NetworkView(
    Network network,
    TimeStep step,
    int seed,
    long[] clock,
    int[] halt,
    Map<String, Population> populations,
    Map<String, Projection> projections,
    Map<String, Variable> variables,
    Map<String, int[]> flags,
    Map<String, Port> ports,
    List<String> binds,
    Learning learning,
    List<String> kept,
    List<String> carried,
    List<String> dynamic) {
  public static final int STEP = 0;
  public static final int EPISODE_STEP = 1;
  public static final int PRESENTATION = 2;
  public static final int TIME = 3;
  public static final int EPISODE_BEGAN = 4;

  public NetworkView {
    populations = new LinkedHashMap<>(populations);
    projections = new LinkedHashMap<>(projections);
    variables = new LinkedHashMap<>(variables);
    flags = new LinkedHashMap<>(flags);
    ports = new LinkedHashMap<>(ports);
    binds = List.copyOf(binds);
    kept = List.copyOf(kept);
    carried = List.copyOf(carried);
    dynamic = List.copyOf(dynamic);
  }

  /// Names of the buffers that an experiment takes over from the one it is `from`.
  ///
  /// @param anew whether only of those that `reset` keeps
  public List<String> taken(boolean anew) {
    return carried.stream().filter(name -> !anew || !dynamic.contains(name)).toList();
  }

  /// Kernels of training, by name and in order: those that go back over a step, those that do a
  /// step once more before, those that list who spiked in a sample or segment, those that follow
  /// the steps of a segment, those that change the weights, those that keep the best weights and
  /// bring them back.
  ///
  /// @param beside how many samples are gone back over side by side
  /// @param addsOnTheWay whether those that go back over a step add to derivatives
  public record Learning(
      List<String> back,
      List<String> again,
      List<String> list,
      List<String> sum,
      List<String> update,
      List<String> keep,
      List<String> restore,
      int beside,
      boolean addsOnTheWay) {
    public Learning {
      back = List.copyOf(back);
      again = List.copyOf(again);
      list = List.copyOf(list);
      sum = List.copyOf(sum);
      update = List.copyOf(update);
      keep = List.copyOf(keep);
      restore = List.copyOf(restore);
    }

    /// Whether the experiment changes weights by a loss.
    public boolean trains() {
      return !update.isEmpty();
    }
  }

  /// Length of a step in ms.
  public double stepMs() {
    return step.time(1);
  }

  /// The time of a step in ms, rounded once.
  public double time(long steps) {
    return step.time(steps);
  }

  /// A population, an input of spikes or a user event.
  ///
  /// @param isSilent whether its neurons have no spikes at all
  /// @param spikes spikes stamped with the present instant, `spikeCount[0]` of them
  /// @param counts spikes of each neuron in the latest episode
  /// @param firstSpike steps from the beginning of the episode to each neuron's first spike; -1
  /// @param firstEarly how much of a step that spike came before its stamp, where spikes are
  ///   located
  /// @param total spikes since the experiment began
  public record Population(
      String name,
      int[] shape,
      boolean isInput,
      boolean isEvent,
      boolean isSilent,
      int[] spikes,
      int[] spikeCount,
      int @Nullable [] counts,
      long @Nullable [] firstSpike,
      double @Nullable [] firstEarly,
      long[] total,
      @Nullable Log log) {
    public int size() {
      int size = 1;
      for (int length : shape) {
        size *= length;
      }
      return size;
    }
  }

  /// Spikes that wait to be taken: `count[0]` pairs.
  ///
  /// @param early how much of a step each came before its stamp, where spikes are located
  public record Log(
      int[] logging, int[] index, long[] step, double @Nullable [] early, int[] count) {}

  /// @param sources, targets neurons on the two sides
  /// @param count of synapses, or [#BY_ROWS]
  /// @param withoutSelf whether the place of a source onto the target of its own index is empty
  /// @param rises whether the targets of each source rise, as they do unless its synapses are in
  ///   the order of their delays
  /// @param delivered synaptic operations so far
  /// @param updates how often learning has changed something of a synapse, where that is counted
  /// @param load how other synapses are put in place of these, where they come and go
  public record Projection(
      String name,
      String source,
      String target,
      int sources,
      int targets,
      long count,
      boolean withoutSelf,
      boolean rises,
      int @Nullable [] rowStart,
      @Nullable Object targetIndex,
      long @Nullable [] delivered,
      long @Nullable [] updates,
      @Nullable Loading load) {
    /// The first synapse of a source; that of `sources` is the end.
    public int first(int sourceIndex) {
      return rowStart == null ? sourceIndex * targets : rowStart[sourceIndex];
    }

    public int target(int sourceIndex, int synapse) {
      return targetIndex == null
          ? synapse - sourceIndex * targets
          : (int) Cells.get(targetIndex, synapse);
    }

    /// Whether there is a synapse at this place of the source's row.
    public boolean isThere(int sourceIndex, int synapse) {
      return !withoutSelf || target(sourceIndex, synapse) != sourceIndex;
    }

    /// Whether [#synapses] is exact: rows of bits and rows that are drawn again are not counted.
    public boolean isCounted() {
      return count != BY_ROWS || rowStart != null;
    }

    public long synapses() {
      return count != BY_ROWS
          ? count
          : rowStart == null ? (long) sources * targets : rowStart[sources];
    }

    /// Where an array with one number for each synapse has those of the synapses that are there.
    public int[] places() {
      int end = Math.toIntExact(withoutSelf ? room() : synapses());
      IntStream all = IntStream.range(0, end);
      return (withoutSelf ? all.filter(k -> isThere(k / targets, k)) : all).toArray();
    }

    /// Elements of an array with one number for each synapse; more than there are synapses where
    /// these come and go.
    public long room() {
      return targetIndex == null ? (long) sources * targets : Cells.length(targetIndex);
    }

    /// Whether a variable holds one number for each synapse.
    public boolean has(Variable variable) {
      return owns(variable) && Cells.length(variable.array()) == room();
    }

    boolean owns(Variable variable) {
      return variable.path().startsWith(name + ".");
    }
  }

  /// What stands for a number of synapses that only the rows know.
  public static final long BY_ROWS = -1;

  /// What `kernel` puts in place of the synapses that are there: for each source the number of its
  /// first one, and the targets, rising.
  public record Loading(int[] rowStart, Object targetIndex, String kernel) {}

  /// A state, parameter, input or synaptic variable.
  ///
  /// @param unit how the author wrote it, with stored = shown * `factor`
  /// @param low, high what is stored is clipped to, where it does not come from the network itself
  public record Variable(
      String path,
      Object array,
      int[] shape,
      boolean isInput,
      boolean isPlastic,
      String unit,
      double factor,
      double low,
      double high) {}

  /// Where `send` leaves events for the next step.
  public record Port(String path, int[] pending, List<Object> arguments, boolean additive) {
    public Port {
      arguments = List.copyOf(arguments);
    }
  }

  public Population population(String name) {
    return known(populations.get(name), name);
  }

  public Projection projection(String name) {
    return known(projections.get(name), name);
  }

  public Variable variable(String path) {
    return known(variables.get(path), path);
  }

  public Port port(String path) {
    return known(ports.get(path), path);
  }

  /// The cells of a buffer that holds values of `path`.
  public Object cells(String path, String buffer) {
    Object array = network.array(buffer);
    Variable variable = variables.get(path);
    return variable != null && variable.array() instanceof FixedCells fixed
        ? new FixedCells(array, fixed.bits(), fixed.amount())
        : array;
  }

  private static <T> T known(@Nullable T found, String name) {
    if (found == null) {
      throw new IllegalStateException("the network has no " + name);
    }
    return found;
  }
}
