package snel.runtime.connect;

import java.util.Arrays;
import snel.runtime.rng.Words;

/// `fixed_indegree(k)` and `fixed_outdegree(k)`: every neuron of one end has k partners at the
/// other, drawn by Floyd's method (Bentley & Floyd, CACM 30, 1987) from the u64 sequence of the
/// neuron; with `multapses`, each partner independently.
public final class FixedDegree {
  private FixedDegree() {}

  /// Every target has k sources. The draws are made twice, to count the rows and to fill them:
  /// targets rise, so that the rows come out sorted.
  public static Csr in(int seed, int stream, Ends ends, int k, boolean multapses) {
    Partners partners = new Partners(seed, stream, ends.sources(), k, multapses);
    int[] rowStart = new int[ends.sources() + 1];
    for (int j = 0; j < ends.targets(); j++) {
      partners.draw(j, ends.selfSource(j));
      for (int n = 0; n < k; n++) {
        rowStart[partners.chosen[n] + 1]++;
      }
    }
    Targets target = Targets.room(Csr.accumulate(rowStart), ends.targets());
    int[] cursor = Csr.cursors(rowStart);
    for (int j = 0; j < ends.targets(); j++) {
      partners.draw(j, ends.selfSource(j));
      for (int n = 0; n < k; n++) {
        target.set(cursor[partners.chosen[n]]++, j);
      }
    }
    return Csr.of(rowStart, target);
  }

  /// Every source has k targets.
  public static Csr out(int seed, int stream, Ends ends, int k, boolean multapses) {
    Partners partners = new Partners(seed, stream, ends.targets(), k, multapses);
    int[] rowStart = new int[ends.sources() + 1];
    Targets target = Targets.room((long) ends.sources() * k, ends.targets());
    RowSort sort = new RowSort(ends.targets());
    for (int i = 0; i < ends.sources(); i++) {
      partners.draw(i, ends.selfTarget(i));
      target.setRow(i * k, partners.chosen, k);
      target.sort(i * k, i * k + k, sort);
      rowStart[i + 1] = (i + 1) * k;
    }
    return Csr.of(rowStart, target);
  }

  /// The k partners of one neuron after another.
  private static final class Partners {
    private final Numbers numbers;
    private final int size;
    private final int k;
    private final boolean multapses;
    private final long[] taken;
    final int[] chosen;

    Partners(int seed, int stream, int size, int k, boolean multapses) {
      if (k < 0 || (k > 0 && size == 0) || (!multapses && k > size)) {
        throw new IllegalArgumentException(k + " partners among " + size);
      }
      this.numbers = new Numbers(seed, stream);
      this.size = size;
      this.k = k;
      this.multapses = multapses;
      this.taken = new long[(size >> 6) + 1];
      this.chosen = new int[k];
    }

    /// Draws those of neuron q in 0 ..< size, without `self` (-1: none is left out), which shifts
    /// those from it on by one.
    void draw(int q, int self) {
      int among = self >= 0 ? size - 1 : size;
      numbers.start(q);
      if (multapses) {
        for (int d = 0; d < k; d++) {
          chosen[d] = (int) Words.below(numbers.next(), among);
        }
      } else if (2L * k > among) {
        complement(among);
      } else {
        floyd(among, k);
        Arrays.fill(taken, 0);
      }
      for (int n = 0; self >= 0 && n < k; n++) {
        chosen[n] += chosen[n] >= self ? 1 : 0;
      }
    }

    /// `count` different numbers below `among`, marked in `taken` and, if they are the chosen ones,
    /// listed in the order drawn.
    private void floyd(int among, int count) {
      if (count > among) {
        throw new IllegalArgumentException(count + " partners among " + among);
      }
      boolean listed = count == k;
      for (int d = 0; d < count; d++) {
        int m = among - count + d;
        int t = (int) Words.below(numbers.next(), m + 1L);
        int pick = isTaken(t) ? m : t;
        taken[pick >> 6] |= 1L << pick;
        if (listed) {
          chosen[d] = pick;
        }
      }
    }

    /// Draws those who are absent, and takes the others.
    private void complement(int among) {
      if (k > among) {
        throw new IllegalArgumentException(k + " partners among " + among);
      }
      floyd(among, among - k);
      int n = 0;
      for (int candidate = 0; candidate < among; candidate++) {
        if (!isTaken(candidate)) {
          chosen[n++] = candidate;
        }
      }
      Arrays.fill(taken, 0);
    }

    private boolean isTaken(int candidate) {
      return (taken[candidate >> 6] >>> candidate & 1) != 0;
    }
  }
}
