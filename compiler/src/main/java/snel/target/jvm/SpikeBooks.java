package snel.target.jvm;

import snel.ir.Directory;

/// The spikes of a population in the present step, and what is counted of them.
final class SpikeBooks {
  final int[] spikes;
  final int[] spikeCount;
  final long[] total;

  /// Empty if nobody asks for them.
  final int[] counts;

  final long[] firstSpike;

  SpikeBooks(Directory.Population population, Memory memory) {
    spikes = memory.ints(population.spikes());
    spikeCount = memory.ints(population.spikeCount());
    total = memory.longs(population.total());
    counts = population.episodeCounts().map(memory::ints).orElse(new int[0]);
    firstSpike = population.firstSpike().map(memory::longs).orElse(new long[0]);
  }

  /// Puts the spikes of a step, `known[from ..< from + count]`, where they belong.
  ///
  /// @param stamp of these spikes, in steps since the episode began
  void show(int[] known, int from, int count, long stamp) {
    System.arraycopy(known, from, spikes, 0, count);
    show(count, stamp);
  }

  /// Keeps the books of the first `count` spikes of the list, all that there are.
  void show(int count, long stamp) {
    spikeCount[0] = count;
    total[0] += count;
    for (int k = 0; k < count && counts.length > 0; k++) {
      int neuron = spikes[k];
      if (counts[neuron]++ == 0 && firstSpike.length > 0) {
        firstSpike[neuron] = stamp;
      }
    }
  }
}
