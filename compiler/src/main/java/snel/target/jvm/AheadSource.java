package snel.target.jvm;

import java.util.BitSet;
import snel.ir.Directory;
import snel.recall.Ahead;

/// The spikes of one source in the steps to come, and the books of them, which are kept step by
/// step.
final class AheadSource {
  private final int[] spikes;
  private final int[] spikeCount;
  private final int[] known;
  private final int[] counts;
  private final int[] logging;
  private final long[] total;

  /// Empty if nobody asks for them.
  private final int[] episodeCounts;

  private final long[] firstSpike;
  private long totalBefore;
  private int[] countsBefore = {};
  private long[] firstBefore = {};

  AheadSource(Ahead.Source source, Memory memory) {
    Directory.Population population = source.population();
    spikes = memory.ints(population.spikes());
    spikeCount = memory.ints(population.spikeCount());
    known = memory.ints(source.spikes());
    counts = memory.ints(source.counts());
    total = memory.longs(population.total());
    logging = population.log().map(log -> memory.ints(log.logging())).orElse(new int[1]);
    episodeCounts = population.episodeCounts().map(memory::ints).orElse(new int[0]);
    firstSpike = population.firstSpike().map(memory::longs).orElse(new long[0]);
  }

  boolean isLogged() {
    return logging[0] != 0;
  }

  void keepBooks() {
    totalBefore = total[0];
    countsBefore = episodeCounts.clone();
    firstBefore = firstSpike.clone();
  }

  void restoreBooks() {
    total[0] = totalBefore;
    System.arraycopy(countsBefore, 0, episodeCounts, 0, countsBefore.length);
    System.arraycopy(firstBefore, 0, firstSpike, 0, firstBefore.length);
    spikeCount[0] = 0;
  }

  /// Notes who has just spiked, as of the step `row`.
  void note(int row) {
    counts[row] = spikeCount[0];
    System.arraycopy(spikes, 0, known, row * spikes.length, spikeCount[0]);
  }

  /// Puts the spikes of the step `row` where they belong, and keeps the books of them.
  void show(int row, long time) {
    int count = counts[row];
    System.arraycopy(known, row * spikes.length, spikes, 0, count);
    spikeCount[0] = count;
    total[0] += count;
    for (int k = 0; k < count && episodeCounts.length > 0; k++) {
      int neuron = spikes[k];
      if (episodeCounts[neuron]++ == 0 && firstSpike.length > 0) {
        firstSpike[neuron] = time;
      }
    }
  }

  /// How many spikes there are in the first steps.
  int spikes(int rows) {
    int all = 0;
    for (int row = 0; row < rows; row++) {
      all += counts[row];
    }
    return all;
  }

  /// How many neurons they are of.
  int different(int rows) {
    var seen = new BitSet(spikes.length);
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < counts[row]; k++) {
        seen.set(known[row * spikes.length + k]);
      }
    }
    return seen.cardinality();
  }
}
