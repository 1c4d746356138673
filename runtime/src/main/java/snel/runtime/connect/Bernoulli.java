package snel.runtime.connect;

import java.util.Arrays;
import snel.runtime.rng.Philox;

/// `bernoulli(p)`: each pair by its own trial, all with one probability.
public final class Bernoulli {
  /// Above this many expected synapses the rows are drawn twice, to be counted first: quicker than
  /// to take too much memory, and done side by side.
  private static final double COUNTED_FIRST = 1 << 20;

  private Bernoulli() {}

  /// Each row hops from hit to hit by the table, with the words of its u32 sequence.
  public static Csr of(int seed, int stream, Ends ends, SkipTable table) {
    double expected = expected(ends, table);
    int[] rowStart = new int[ends.sources() + 1];
    if (expected > COUNTED_FIRST) {
      eachRow(seed, stream, ends, table, (i, _, count) -> rowStart[i + 1] = count);
      Targets target = Targets.room(Csr.accumulate(rowStart), ends.targets());
      eachRow(seed, stream, ends, table, (i, row, count) -> target.setRow(rowStart[i], row, count));
      return Csr.of(rowStart, target);
    }
    int[] words = new int[4];
    int[] target = new int[(int) (expected + 6 * Math.sqrt(expected)) + ends.targets()];
    int size = 0;
    for (int i = 0; i < ends.sources(); i++) {
      if (target.length - size < ends.targets()) {
        target = Arrays.copyOf(target, size + (size >> 3) + ends.targets());
      }
      size = row(seed, stream, i, ends, table, words, target, size);
      rowStart[i + 1] = size;
    }
    return Csr.of(rowStart, Targets.of(target, size, ends.targets()));
  }

  /// The same synapses, of each row a bit for each target in so many words.
  ///
  /// @param rowStart becomes that of the rows
  /// @return how many synapses there are
  public static long bits(
      int seed, int stream, Ends ends, SkipTable table, int[] rowStart, long[] bits, int words) {
    eachRow(
        seed,
        stream,
        ends,
        table,
        (i, row, count) -> {
          for (int k = 0; k < count; k++) {
            bits[i * words + (row[k] >> 6)] |= 1L << row[k];
          }
          rowStart[i + 1] = count;
        });
    return Csr.accumulate(rowStart);
  }

  /// How many synapses there are, about.
  private static double expected(Ends ends, SkipTable table) {
    return ends.targets() * (table.entries()[0] * 0x1p-32) * ends.sources();
  }

  /// Takes the first `count` elements of `targets` as those of row i; rows come in any order,
  /// several at once.
  private interface Row {
    void take(int i, int[] targets, int count);
  }

  private static void eachRow(int seed, int stream, Ends ends, SkipTable table, Row each) {
    Side.bySide(
        ends.sources(),
        (long) expected(ends, table),
        (from, to) -> {
          int[] row = new int[ends.targets()];
          int[] words = new int[4];
          for (int i = from; i < to; i++) {
            each.take(i, row, row(seed, stream, i, ends, table, words, row, 0));
          }
        });
  }

  private static int row(
      int seed, int stream, int i, Ends ends, SkipTable table, int[] words, int[] out, int at) {
    int end = ends.targets();
    int size = table.size();
    int self = ends.selfTarget(i);
    int place = at;
    long position = -1;
    for (int block = 0; ; block++) {
      Philox.words(seed, stream, block, i, 0, 0, words, 0);
      for (int word = 0; word < 4; word++) {
        int distance = table.distance(words[word]);
        boolean hit = distance <= size;
        position += hit ? distance : size;
        if (position >= end) {
          return place;
        }
        if (hit && position != self) {
          out[place++] = (int) position;
        }
      }
    }
  }
}
