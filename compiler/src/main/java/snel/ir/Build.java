package snel.ir;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What fills the buffers, in order, before the first step.
public sealed interface Build {
  /// Values known when compiled. `values` has one element per element of the buffer, or one for
  /// all.
  record Fill(Buffer buffer, double[] values) implements Build {}

  /// Integers known when compiled (an `I64` value needs more than a double's 53 bits).
  record FillIntegers(Buffer buffer, long[] values) implements Build {}

  record Run(Kernel kernel) implements Build {}

  record Wire(Wiring wiring) implements Build {}

  /// Makes room for the synapses of several wirings together: buffers whose length is that of the
  /// synapses of `name` have one element for each.
  ///
  /// @param rowStarts of the wirings, all built: the last element of each tells how many it has
  /// @param rows what becomes of the room, if that is rows
  record Join(String name, List<Buffer> rowStarts, Optional<Rows> rows) implements Build {
    public Join {
      rowStarts = List.copyOf(rowStarts);
    }

    public Join(String name, List<Buffer> rowStarts) {
      this(name, rowStarts, Optional.empty());
    }
  }

  /// Rows in which targets rise: in the row of a source are its synapses onto the first stretch of
  /// targets, then those onto the next.
  ///
  /// @param sums that targets count in, one element each, if arrivals need no slots
  record Rows(Buffer rowStart, Buffer target, Optional<Buffer> sums, List<Stretch> stretches) {
    public Rows {
      stretches = List.copyOf(stretches);
    }
  }

  /// Targets that lie side by side, those of one wiring.
  record Stretch(int first, int targets) {}

  /// Arrivals that wait in lists, one a slot of a ring of sums: target and weight of each, until
  /// its step has come. Where a list is full it is added up into its slot of the ring, which then
  /// holds what came first.
  ///
  /// Which of the two forms a sum has changes no bit of it. The lists are empty, and the ring all
  /// there is, after the kernel `settle`; that is to be run before the state is read from outside.
  ///
  /// @param count of arrivals in each list
  /// @param spilled whether the slot of the ring holds something
  /// @param come the sums of this step
  /// @param settle name of the kernel, among those on demand
  /// @param stretches of the targets in a slot
  record Lists(
      Buffer ring,
      Buffer target,
      Buffer weight,
      Buffer count,
      Buffer spilled,
      Buffer come,
      String settle,
      List<Stretch> stretches)
      implements Build {
    public Lists {
      stretches = List.copyOf(stretches);
    }

    /// What the lists themselves are made of.
    public List<Buffer> own() {
      return List.of(target, weight, count, spilled);
    }
  }

  /// Rows along which a step adds a weight each to the sums of their targets, and which are dense
  /// enough that a target that has vectors with masks may keep, beside the list of targets, a bit
  /// for each: the elements that follow are then spread over the targets that the bits name. That
  /// changes no bit of a sum. The rows stay what they are.
  ///
  /// @param targets that a row may have
  record Masks(Buffer rowStart, Buffer target, int targets) implements Build {
    /// Bytes of the bits of all rows.
    public long bytes() {
      long rows = ((Length.Fixed) rowStart.length()).count() - 1;
      return rows * ((targets + Long.SIZE - 1) / Long.SIZE) * Long.BYTES;
    }
  }

  /// Sorts every row of a wiring by (delay class, target, multapse), stably, carrying along its
  /// per-synapse buffers `carried`, and writes pointers of the sub-rows: the synapses of source i
  /// with delay class k are `classStart[i * classes + k] ..< classStart[i * classes + k + 1]`.
  ///
  /// @param delay per synapse (`U8`, `U16` or `I32`), in 0 ..< classes
  /// @param classStart `I32[sources * classes + 1]`
  record SortByDelay(
      Wiring wiring, Buffer delay, int classes, Buffer classStart, List<Buffer> carried)
      implements Build {
    public SortByDelay {
      carried = List.copyOf(carried);
    }

    /// The same sort, carrying along these per-synapse buffers instead.
    public SortByDelay carrying(List<Buffer> others) {
      return new SortByDelay(wiring, delay, classes, classStart, others);
    }

    /// Everything that the sort moves, each buffer once.
    public Set<Buffer> moved() {
      Set<Buffer> moved = new LinkedHashSet<>();
      moved.add(delay);
      moved.add(wiring.target());
      wiring.multapse().ifPresent(moved::add);
      wiring.shared().ifPresent(moved::add);
      moved.addAll(carried);
      return moved;
    }
  }

  /// Gives back the memory of a buffer, which nothing uses from here on.
  record Release(Buffer buffer) implements Build {}

  /// Target-sorted view: the synapses onto target j are `synapse[columnStart[j] ..< columnStart[j +
  /// 1]]`, by (delay class if given, source, multapse); `source` is their source.
  ///
  /// @param columnStart `I32[targets * classes + 1]` (classes 1 without delay)
  record Transpose(
      Wiring wiring,
      Optional<Buffer> delay,
      int classes,
      Buffer columnStart,
      Buffer synapse,
      Buffer source)
      implements Build {
    /// By which the synapses onto a target are sorted first; the targets themselves are all equal.
    public Buffer order() {
      return delay.orElse(wiring.target());
    }
  }
}
