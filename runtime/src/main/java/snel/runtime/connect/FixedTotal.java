package snel.runtime.connect;

import snel.runtime.rng.Words;

/// `fixed_total(n)`: the first n pairs, all different unless `multapses`, of one sequence of
/// candidates `mulhi64(u_s, N·M)`; u_s has counter c0, c1 the two words of s >> 1.
public final class FixedTotal {
  /// Pieces that the sequence is drawn in, side by side.
  private static final int PIECES = 8;

  private FixedTotal() {}

  public static Csr of(int seed, int stream, Ends ends, long total, boolean multapses) {
    long possible = ends.pairs();
    if (total > Csr.MOST || (multapses ? total > 0 && possible == 0 : total > possible)) {
      throw new IllegalArgumentException(total + " synapses among " + possible + " pairs");
    }
    if (!multapses) {
      return different(seed, stream, ends, total);
    }
    return ends.excludesSelf() ? others(seed, stream, ends, total) : any(seed, stream, ends, total);
  }

  /// All pairs are different.
  private static Csr different(int seed, int stream, Ends ends, long total) {
    int[] rowStart = new int[ends.sources() + 1];
    long all = (long) ends.sources() * ends.targets();
    PairSet pairs = PairSet.of(all, total);
    Numbers numbers = new Numbers(seed, stream);
    numbers.startLong();
    for (long found = 0; found < total; ) {
      long candidate = Words.below(numbers.next(), all);
      int source = (int) (candidate / ends.targets());
      if (isKept(candidate, source, ends) && pairs.add(candidate)) {
        rowStart[source + 1]++;
        found++;
      }
    }
    Csr.accumulate(rowStart);
    Targets target = Targets.room(total, ends.targets());
    int[] cursor = Csr.cursors(rowStart);
    pairs.forEach(pair -> {
      int source = (int) (pair / ends.targets());
      target.set(cursor[source]++, (int) (pair - (long) source * ends.targets()));
    });
    return sorted(rowStart, target, ends);
  }

  /// Pairs of different neurons, some several times.
  private static Csr others(int seed, int stream, Ends ends, long total) {
    int[] rowStart = new int[ends.sources() + 1];
    long all = (long) ends.sources() * ends.targets();
    Numbers numbers = new Numbers(seed, stream);
    numbers.startLong();
    for (long found = 0; found < total; ) {
      long candidate = Words.below(numbers.next(), all);
      int source = (int) (candidate / ends.targets());
      if (isKept(candidate, source, ends)) {
        rowStart[source + 1]++;
        found++;
      }
    }
    Csr.accumulate(rowStart);
    Targets target = Targets.room(total, ends.targets());
    int[] cursor = Csr.cursors(rowStart);
    numbers.startLong();
    for (long found = 0; found < total; ) {
      long candidate = Words.below(numbers.next(), all);
      int source = (int) (candidate / ends.targets());
      if (isKept(candidate, source, ends)) {
        target.set(cursor[source]++, (int) (candidate - (long) source * ends.targets()));
        found++;
      }
    }
    return sorted(rowStart, target, ends);
  }

  /// Pairs, some several times: every candidate is one, so that the sequence can be drawn in
  /// pieces.
  private static Csr any(int seed, int stream, Ends ends, long total) {
    long all = (long) ends.sources() * ends.targets();
    int[][] counts = new int[PIECES][ends.sources()];
    Side.bySide(
        PIECES,
        total,
        (from, to) -> {
          for (int piece = from; piece < to; piece++) {
            ManyNumbers numbers = numbers(seed, stream, piece, total);
            for (long n = start(piece, total); n < start(piece + 1, total); n++) {
              counts[piece][(int) (Words.below(numbers.next(), all) / ends.targets())]++;
            }
          }
        });
    int[] rowStart = new int[ends.sources() + 1];
    for (int source = 0; source < ends.sources(); source++) {
      for (int[] count : counts) {
        rowStart[source + 1] += count[source];
      }
    }
    Csr.accumulate(rowStart);
    for (int source = 0; source < ends.sources(); source++) {
      int place = rowStart[source];
      for (int[] count : counts) {
        int next = place + count[source];
        count[source] = place;
        place = next;
      }
    }
    Targets target = Targets.room(total, ends.targets());
    Side.bySide(
        PIECES,
        total,
        (from, to) -> {
          for (int piece = from; piece < to; piece++) {
            ManyNumbers numbers = numbers(seed, stream, piece, total);
            for (long n = start(piece, total); n < start(piece + 1, total); n++) {
              long candidate = Words.below(numbers.next(), all);
              int source = (int) (candidate / ends.targets());
              target.set(
                  counts[piece][source]++, (int) (candidate - (long) source * ends.targets()));
            }
          }
        });
    return sorted(rowStart, target, ends);
  }

  private static ManyNumbers numbers(int seed, int stream, int piece, long total) {
    return new ManyNumbers(seed, stream, start(piece, total), start(piece + 1, total));
  }

  private static long start(int piece, long total) {
    return total / PIECES * piece + Math.min(piece, total % PIECES);
  }

  private static Csr sorted(int[] rowStart, Targets target, Ends ends) {
    Side.bySide(
        ends.sources(),
        target.length(),
        (from, to) -> {
          RowSort sort = new RowSort(ends.targets());
          for (int i = from; i < to; i++) {
            target.sort(rowStart[i], rowStart[i + 1], sort);
          }
        });
    return Csr.of(rowStart, target);
  }

  private static boolean isKept(long candidate, int source, Ends ends) {
    return ends.selfTarget(source) != candidate - (long) source * ends.targets();
  }
}
