package snel.target.jvm;

import java.util.Arrays;
import snel.ir.Clock;
import snel.ir.Directory;
import snel.recall.Recall;
import snel.runtime.kernel.SpikeTrains;

/// The spikes of one layer: written down, or put where the layer would have put them. Where nobody
/// wants to know who spikes, only their number is.
final class RecalledLayer {
  private final SpikeBooks books;
  private final int[] logging;
  private final int[] logIndex;
  private final long[] logStep;
  private final int[] logCount;
  private final long[] clock;
  private final int[] halt;
  private final int early;
  private final int size;
  private final boolean isRead;

  private int[] ends = {};
  private int[] neurons = {};
  private int written;
  private boolean lists;

  RecalledLayer(Recall.Layer layer, Memory memory) {
    Directory.Population population = layer.population();
    Directory.Log log = population.log().orElseThrow();
    books = new SpikeBooks(population, memory);
    logging = memory.ints(log.logging());
    logIndex = memory.ints(log.index());
    logStep = memory.longs(log.step());
    logCount = memory.ints(log.count());
    clock = (long[]) memory.array(Clock.NAME);
    halt = (int[]) memory.array(Clock.HALT);
    early = layer.isSource() ? 0 : 1;
    size = books.spikes.length;
    isRead = layer.isRead() || books.counts.length > 0;
  }

  void begin(int steps) {
    ends = new int[steps];
    written = 0;
    lists = lists();
  }

  /// Whether somebody wants to know who spikes.
  private boolean lists() {
    return isRead || logging[0] != 0;
  }

  /// Writes the spikes of this step down.
  void record() {
    int count = books.spikeCount[0];
    if (lists) {
      if (written + count > neurons.length) {
        neurons = Arrays.copyOf(neurons, Math.max(2 * neurons.length, written + count));
      }
      System.arraycopy(books.spikes, 0, neurons, written, count);
    }
    written += count;
    ends[(int) clock[Clock.TIME]] = written;
  }

  boolean isWhole(long steps) {
    return ends.length == steps;
  }

  SpikeTrains trains() {
    return lists ? SpikeTrains.of(ends, neurons, size) : SpikeTrains.withoutNeurons(ends);
  }

  /// Whether these tell all that is asked for.
  boolean suffices(SpikeTrains trains) {
    return trains.isListed() || !lists();
  }

  /// Puts the spikes of this step where they belong, and keeps the books of them.
  void play(SpikeTrains trains) {
    int time = (int) clock[Clock.TIME];
    int count = trains.count(time);
    if (!trains.isListed()) {
      books.total[0] += count;
      return;
    }
    trains.put(time, books.spikes);
    books.show(count, time + early);
    if (logging[0] != 0) {
      for (int k = 0; k < count; k++) {
        logIndex[logCount[0]] = books.spikes[k];
        logStep[logCount[0]++] = clock[Clock.STEP] + early;
      }
      if (logCount[0] > logIndex.length - 2 * books.spikes.length) {
        halt[0] |= Clock.HALT_LOG;
      }
    }
  }

  /// Its books are as when an episode begins; nothing is logged.
  void forget() {
    books.spikeCount[0] = 0;
    Arrays.fill(books.counts, 0);
    Arrays.fill(books.firstSpike, -1);
    logging[0] = 0;
  }

  boolean isLogged() {
    return logging[0] != 0;
  }

  void log(boolean whether) {
    logging[0] = whether ? 1 : 0;
  }
}
