package snel.target.jvm;

import java.util.Arrays;
import java.util.BitSet;
import snel.ir.Directory;
import snel.recall.Ahead;

/// The spikes of one source in the steps to come, and the books of them, which are kept step by
/// step.
final class AheadSource {
  private final SpikeBooks books;
  private final int[] known;
  private final int[] counts;
  private final int[] logging;
  private int[] spikesBefore = {};
  private int countBefore;
  private long totalBefore;
  private int[] countsBefore = {};
  private long[] firstBefore = {};

  AheadSource(Ahead.Source source, Memory memory) {
    Directory.Population population = source.population();
    books = new SpikeBooks(population, memory);
    known = memory.ints(source.spikes());
    counts = memory.ints(source.counts());
    logging = population.log().map(log -> memory.ints(log.logging())).orElse(new int[1]);
  }

  boolean isLogged() {
    return logging[0] != 0;
  }

  void keepBooks() {
    countBefore = books.spikeCount[0];
    spikesBefore = Arrays.copyOf(books.spikes, countBefore);
    totalBefore = books.total[0];
    countsBefore = books.counts.clone();
    firstBefore = books.firstSpike.clone();
  }

  void restoreBooks() {
    books.spikeCount[0] = countBefore;
    System.arraycopy(spikesBefore, 0, books.spikes, 0, countBefore);
    books.total[0] = totalBefore;
    System.arraycopy(countsBefore, 0, books.counts, 0, countsBefore.length);
    System.arraycopy(firstBefore, 0, books.firstSpike, 0, firstBefore.length);
  }

  /// Notes who has just spiked, as of the step `row`.
  void note(int row) {
    counts[row] = books.spikeCount[0];
    System.arraycopy(books.spikes, 0, known, row * books.spikes.length, counts[row]);
  }

  /// Shows the spikes of the step `row`.
  void show(int row, long time) {
    books.show(known, row * books.spikes.length, counts[row], time);
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
    var seen = new BitSet(books.spikes.length);
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < counts[row]; k++) {
        seen.set(known[row * books.spikes.length + k]);
      }
    }
    return seen.cardinality();
  }
}
