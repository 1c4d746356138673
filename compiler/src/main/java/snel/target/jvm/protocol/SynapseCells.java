package snel.target.jvm.protocol;

import java.util.Arrays;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView.Projection;
import snel.runtime.schedule.Picked;
import snel.runtime.schedule.ProtocolProblem;
import snel.runtime.schedule.Value;

/// The synapses of a projection between two selections, as indices of its per-synapse buffers.
record SynapseCells(String projection, Picked pre, Picked post) {

  /// Source by source, targets rising, whatever the order that rows are stored in. That of a single
  /// pair must be there.
  int[] indices(Machine machine) {
    Projection wires = machine.view().projection(projection);
    if (areAll(wires)) {
      // rows follow one another
      int[] all = pre.indices(machine, Math.toIntExact(wires.synapses()));
      for (int source = 0; source < wires.sources(); source++) {
        raise(wires, source, all, wires.first(source), wires.first(source + 1));
      }
      return all;
    }
    boolean[] wanted = new boolean[wires.targets()];
    for (int target : post.indices(machine, wires.targets())) {
      wanted[target] = true;
    }
    int[] found = new int[16];
    int count = 0;
    for (int source : pre.indices(machine, wires.sources())) {
      int first = count;
      for (int s = wires.first(source); s < wires.first(source + 1); s++) {
        if (wanted[wires.target(source, s)] && wires.isThere(source, s)) {
          if (count == found.length) {
            found = Arrays.copyOf(found, count * 2);
          }
          found[count++] = s;
        }
      }
      raise(wires, source, found, first, count);
    }
    if (count == 0 && isOne(pre) && isOne(post)) {
      throw new ProtocolProblem(
          ProblemKind.RUN_TIME_INDEX,
          "`%s` has no synapse from neuron %d to neuron %d"
              .formatted(
                  projection,
                  pre.indices(machine, wires.sources())[0],
                  post.indices(machine, wires.targets())[0]));
    }
    return Arrays.copyOf(found, count);
  }

  /// What a variable is at these synapses, in the same order.
  double[] values(Machine machine, Object cells) {
    Projection wires = machine.view().projection(projection);
    return areAll(wires) && wires.rises()
        ? Cells.values(cells, Math.toIntExact(wires.synapses()))
        : Cells.values(cells, indices(machine));
  }

  private boolean areAll(Projection wires) {
    return pre instanceof Picked.All && post instanceof Picked.All && !wires.withoutSelf();
  }

  /// Puts synapses of one source in the order of their targets: rows may be sorted by delay.
  private static void raise(Projection wires, int source, int[] synapses, int from, int until) {
    boolean rises = true;
    for (int k = from + 1; k < until && rises; k++) {
      rises = wires.target(source, synapses[k - 1]) <= wires.target(source, synapses[k]);
    }
    if (rises) {
      return;
    }
    long[] keys = new long[until - from];
    for (int k = from; k < until; k++) {
      keys[k - from] = (long) wires.target(source, synapses[k]) << Integer.SIZE | synapses[k];
    }
    Arrays.sort(keys);
    for (int k = from; k < until; k++) {
      synapses[k] = (int) keys[k - from];
    }
  }

  private static boolean isOne(Picked picked) {
    return picked instanceof Picked.At
        || picked instanceof Picked.Range(int from, int until) && until == from + 1;
  }

  /// An array [pre, post] of a variable, 0 where there is no synapse.
  Value.Array matrix(Machine machine, Object cells) {
    Projection wires = machine.view().projection(projection);
    int[] sources = pre.indices(machine, wires.sources());
    int[] targets = post.indices(machine, wires.targets());
    int[] column = new int[wires.targets()];
    Arrays.fill(column, -1);
    for (int k = 0; k < targets.length; k++) {
      column[targets[k]] = k;
    }
    double[] out = new double[sources.length * targets.length];
    for (int row = 0; row < sources.length; row++) {
      int source = sources[row];
      for (int s = wires.first(source); s < wires.first(source + 1); s++) {
        int at = column[wires.target(source, s)];
        if (at >= 0 && wires.isThere(source, s)) {
          out[row * targets.length + at] += Cells.get(cells, s);
        }
      }
    }
    return new Value.Array(new int[] {sources.length, targets.length}, out);
  }
}
