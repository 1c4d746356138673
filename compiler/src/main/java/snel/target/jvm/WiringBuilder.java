package snel.target.jvm;

import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.ConvShape;
import snel.ir.Rule;
import snel.ir.Wiring;
import snel.runtime.connect.Bernoulli;
import snel.runtime.connect.Csr;
import snel.runtime.connect.Ends;
import snel.runtime.connect.FixedDegree;
import snel.runtime.connect.FixedTotal;
import snel.runtime.connect.Side;
import snel.runtime.connect.Simple;
import snel.runtime.connect.SkipTable;
import snel.runtime.connect.SynapseOrder;
import snel.runtime.connect.Targets;

/// Makes the synapses of wirings with the run-time library.
final class WiringBuilder {
  private WiringBuilder() {}

  static void wire(int seed, Wiring wiring, Memory memory) {
    if (wiring.rule() instanceof Rule.Counted) {
      long synapses = Csr.accumulate(memory.ints(wiring.rowStart()));
      memory.allocateSynapses(wiring.name(), (int) synapses);
      return;
    }
    if (wiring.isBits() && wiring.rule() instanceof Rule.Bernoulli(double p)) {
      long synapses =
          Bernoulli.bits(
              seed,
              wiring.stream(),
              ends(wiring),
              SkipTable.of(p),
              memory.ints(wiring.rowStart()),
              memory.longs(wiring.target()),
              Wiring.bitWords(wiring.targets()));
      memory.allocateSynapses(wiring.name(), (int) synapses);
      return;
    }
    Csr rows = rows(seed, wiring, memory);
    if (!wiring.isBits()) {
      memory.adopt(wiring.target(), rows.target().array());
    }
    memory.allocateSynapses(wiring.name(), rows.count());
    System.arraycopy(rows.rowStart(), 0, memory.ints(wiring.rowStart()), 0, rows.sources() + 1);
    if (wiring.isBits()) {
      setBits(rows, Wiring.bitWords(wiring.targets()), memory.longs(wiring.target()));
    } else if (memory.array(wiring.target().name()) != rows.target().array()) {
      copy(rows.target().toArray(), memory.array(wiring.target().name()));
    }
    wiring.multapse().ifPresent(buffer -> copy(rows.multapse(), memory.array(buffer.name())));
    wiring.shared().ifPresent(buffer -> copy(rows.shared(), memory.array(buffer.name())));
  }

  private static Ends ends(Wiring wiring) {
    Ends ends = Ends.of(wiring.sources(), wiring.targets());
    return wiring.excludeSelf() ? ends.withoutSelf(wiring.selfOffset()) : ends;
  }

  private static Csr rows(int seed, Wiring wiring, Memory memory) {
    Ends ends = ends(wiring);
    int stream = wiring.stream();
    return switch (wiring.rule()) {
      case Rule.All() -> Simple.all(ends);
      case Rule.OneToOne() -> Simple.oneToOne(ends);
      case Rule.Bernoulli(double p) -> Bernoulli.of(seed, stream, ends, SkipTable.of(p));
      case Rule.Counted() -> throw new IllegalStateException("has no rows of its own");
      case Rule.FixedIndegree(int k, boolean multapses) ->
          FixedDegree.in(seed, stream, ends, k, multapses);
      case Rule.FixedOutdegree(int k, boolean multapses) ->
          FixedDegree.out(seed, stream, ends, k, multapses);
      case Rule.FixedTotal(long n, boolean multapses) ->
          FixedTotal.of(seed, stream, ends, n, multapses);
      case Rule.Pairs(int[] sources, int[] targets) -> Simple.pairs(ends, sources, targets);
      case Rule.Conv(ConvShape shape) -> MapsOf.shape(shape).convolution();
      case Rule.Pool(ConvShape shape) -> MapsOf.shape(shape).pool();
      case Rule.Window(ConvShape shape) -> MapsOf.shape(shape).window();
    };
  }

  private static void setBits(Csr rows, int words, long[] bits) {
    int[] start = rows.rowStart();
    Targets target = rows.target();
    Side.bySide(
        rows.sources(),
        rows.count(),
        (from, to) -> {
          for (int source = from; source < to; source++) {
            int row = source * words;
            for (int s = start[source]; s < start[source + 1]; s++) {
              bits[row + (target.get(s) >> 6)] |= 1L << target.get(s);
            }
          }
        });
  }

  private static void copy(int[] from, Object to) {
    if (to instanceof char[] narrow) {
      for (int s = 0; s < from.length; s++) {
        narrow[s] = (char) from[s];
      }
    } else {
      System.arraycopy(from, 0, to, 0, from.length);
    }
  }

  static void join(Build.Join join, Memory memory) {
    long synapses = 0;
    for (Buffer buffer : join.rowStarts()) {
      int[] rowStart = memory.ints(buffer);
      synapses += rowStart[rowStart.length - 1];
    }
    memory.allocateSynapses(join.name(), Math.toIntExact(synapses));
  }

  static void sortByDelay(Build.SortByDelay sort, Memory memory) {
    Wiring wiring = sort.wiring();
    SynapseOrder.byDelay(
        memory.ints(wiring.rowStart()),
        memory.array(sort.delay().name()),
        sort.classes(),
        memory.ints(sort.classStart()),
        sort.moved().stream().map(buffer -> memory.array(buffer.name())).toArray());
  }

  static void transpose(Build.Transpose transpose, Memory memory) {
    Wiring wiring = transpose.wiring();
    SynapseOrder.byTarget(
        memory.ints(wiring.rowStart()),
        memory.array(wiring.target().name()),
        memory.array(transpose.order().name()),
        transpose.classes(),
        memory.ints(transpose.columnStart()),
        memory.ints(transpose.synapse()),
        memory.array(transpose.source().name()));
  }
}
