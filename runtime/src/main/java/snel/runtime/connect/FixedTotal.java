package snel.runtime.connect;

import java.util.Arrays;
import snel.runtime.rng.Philox;
import snel.runtime.rng.Words;

/// `fixed_total(n)`: the first n pairs, all different unless `multapses`, of one sequence of
/// candidates `mulhi64(u_s, N·M)`; u_s has counter c0, c1 the two words of s >> 1.
public final class FixedTotal {
  private FixedTotal() {}

  public static Csr of(int seed, int stream, Ends ends, long total, boolean multapses) {
    long possible = ends.pairs();
    if (total > Csr.MOST || (multapses ? total > 0 && possible == 0 : total > possible)) {
      throw new IllegalArgumentException(total + " synapses among " + possible + " pairs");
    }
    int[] rowStart = new int[ends.sources() + 1];
    PairSet pairs =
        multapses ? PairSet.NONE : PairSet.of((long) ends.sources() * ends.targets(), total);
    long last = 0;
    for (long found = 0; found < total; last++) {
      long candidate = candidate(seed, stream, last, ends);
      if (isKept(candidate, ends) && (multapses || pairs.add(candidate))) {
        rowStart[(int) (candidate / ends.targets()) + 1]++;
        found++;
      }
    }
    Csr.accumulate(rowStart);
    int[] target = new int[(int) total];
    int[] cursor = Csr.cursors(rowStart);
    if (multapses) {
      for (long s = 0; s < last; s++) {
        long candidate = candidate(seed, stream, s, ends);
        if (isKept(candidate, ends)) {
          put(candidate, ends, target, cursor);
        }
      }
    } else {
      pairs.forEach(candidate -> put(candidate, ends, target, cursor));
    }
    for (int i = 0; i < ends.sources(); i++) {
      Arrays.sort(target, rowStart[i], rowStart[i + 1]);
    }
    return Csr.of(rowStart, target);
  }

  private static long candidate(int seed, int stream, long s, Ends ends) {
    long block = s >>> 1;
    long number = Philox.pair(seed, stream, (int) block, (int) (block >>> 32), 0, 0, (int) s & 1);
    return Words.below(number, (long) ends.sources() * ends.targets());
  }

  private static boolean isKept(long candidate, Ends ends) {
    return !ends.excludesSelf()
        || ends.selfTarget((int) (candidate / ends.targets())) != candidate % ends.targets();
  }

  private static void put(long candidate, Ends ends, int[] target, int[] cursor) {
    int source = (int) (candidate / ends.targets());
    target[cursor[source]++] = (int) (candidate % ends.targets());
  }
}
