package snel.runtime.connect;

import java.util.Arrays;
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
    long all = (long) ends.sources() * ends.targets();
    PairSet pairs = multapses ? PairSet.NONE : PairSet.of(all, total);
    Numbers numbers = new Numbers(seed, stream);
    numbers.startLong();
    for (long found = 0; found < total; ) {
      long candidate = Words.below(numbers.next(), all);
      int source = (int) (candidate / ends.targets());
      if (isKept(candidate, source, ends) && (multapses || pairs.add(candidate))) {
        rowStart[source + 1]++;
        found++;
      }
    }
    Csr.accumulate(rowStart);
    int[] target = new int[(int) total];
    int[] cursor = Csr.cursors(rowStart);
    if (multapses) {
      numbers.startLong();
      for (long found = 0; found < total; ) {
        long candidate = Words.below(numbers.next(), all);
        int source = (int) (candidate / ends.targets());
        if (isKept(candidate, source, ends)) {
          target[cursor[source]++] = (int) (candidate - (long) source * ends.targets());
          found++;
        }
      }
    } else {
      pairs.forEach(pair -> {
        int source = (int) (pair / ends.targets());
        target[cursor[source]++] = (int) (pair - (long) source * ends.targets());
      });
    }
    for (int i = 0; i < ends.sources(); i++) {
      Arrays.sort(target, rowStart[i], rowStart[i + 1]);
    }
    return Csr.of(rowStart, target);
  }

  private static boolean isKept(long candidate, int source, Ends ends) {
    return ends.selfTarget(source) != candidate - (long) source * ends.targets();
  }
}
