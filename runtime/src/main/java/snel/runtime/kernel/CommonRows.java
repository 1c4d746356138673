package snel.runtime.kernel;

import java.util.Arrays;

/// Rows that many sums of [ListedRows] have in common, in groups. A group is added up once for all
/// sums: one that has nearly all rows of a group begins with that, and the few that it lacks are
/// taken from it. Terms are added in another order, and some that cancel, so results have other
/// last bits.
///
/// Which rows belong together is found out by the sums that use them: a source that spikes in
/// nearly every step, say, or the steps of a sample in which the same sources spike.
final class CommonRows {
  /// More groups would take longer to find.
  static final int MOST = 16;

  private static final int LEAST_SIZE = 4;

  private final int[] groupFirsts = new int[MOST];
  private final int[] groupEnds = new int[MOST];
  private int groups;

  /// For each row a bit for each sum that uses it, in words that follow each other.
  private long[] sums = {};

  /// For each sum a bit for each row that it uses, likewise.
  private long[] used = {};

  /// For each group a bit for each of its rows, likewise.
  private long[] inGroup = {};

  /// How many sums use each row.
  private int[] times = {};

  /// To which group a row belongs, [#MOST] if to none.
  private int[] group = {};

  /// The rows of all groups, one group after the other.
  private char[] rows = {};

  /// Rows of the groups that a sum begins with.
  private long[] begun = {};

  private char[] list = {};
  private int[] firsts = {};
  private int[] added = {};
  private int[] taken = {};

  /// Looks for groups.
  ///
  /// @param uses rows, as numbers below `different`
  /// @param firsts where those of each sum begin, and
  /// @param ends where they end
  /// @return whether a third of all uses or more is saved; if not, nothing has been prepared
  boolean find(char[] uses, int[] firsts, int[] ends, int count, int different) {
    int all = 0;
    for (int k = 0; k < count; k++) {
      all += ends[k] - firsts[k];
    }
    reserve(all, count, different);
    if (note(uses, firsts, ends, count, different) != all) {
      return false; // one uses a row twice
    }
    gather(different, words(count));
    return groups > 0 && 3L * (list(count, different) + groupEnds[groups - 1]) < 2L * all;
  }

  private static int words(int bits) {
    return (bits + Long.SIZE - 1) / Long.SIZE;
  }

  /// Notes which sums use each row, and which rows each sum.
  ///
  /// @return how many uses there are if one twice by the same sum counts once
  private int note(char[] uses, int[] firsts, int[] ends, int count, int different) {
    int rowWords = words(different);
    int sumWords = words(count);
    Arrays.fill(sums, 0, different * sumWords, 0);
    Arrays.fill(used, 0, count * rowWords, 0);
    for (int k = 0; k < count; k++) {
      int word = k / Long.SIZE;
      int place = k * rowWords;
      for (int n = firsts[k]; n < ends[k]; n++) {
        int row = uses[n];
        sums[row * sumWords + word] |= 1L << k;
        used[place + row / Long.SIZE] |= 1L << row;
      }
    }
    int once = 0;
    for (int row = 0; row < different; row++) {
      times[row] = shared(row, row, sumWords);
      once += times[row];
    }
    return once;
  }

  /// Again and again the row that most sums use, with all that more than half of these use.
  private void gather(int different, int words) {
    Arrays.fill(group, 0, different, MOST);
    groups = 0;
    int end = 0;
    while (groups < MOST) {
      int leader = -1;
      for (int row = 0; row < different; row++) {
        if (group[row] == MOST && (leader < 0 || times[row] > times[leader])) {
          leader = row;
        }
      }
      if (leader < 0) {
        return;
      }
      int first = end;
      int least = times[leader] / 2 + times[leader] / 16 + 2;
      for (int row = 0; row < different; row++) {
        if (group[row] == MOST && times[row] >= least && shared(leader, row, words) >= least) {
          group[row] = groups;
          rows[end++] = (char) row;
        }
      }
      if (end - first < LEAST_SIZE) {
        for (int k = first; k < end; k++) {
          group[rows[k]] = MOST;
        }
        return;
      }
      groupFirsts[groups] = first;
      groupEnds[groups++] = end;
    }
  }

  /// How many sums use both rows.
  private int shared(int one, int other, int words) {
    int all = 0;
    for (int w = 0; w < words; w++) {
      all += Long.bitCount(sums[one * words + w] & sums[other * words + w]);
    }
    return all;
  }

  /// What each sum has is looked up by bits: those that differ from the groups it begins with are
  /// added to them or taken from them.
  ///
  /// @return how long the list is
  private int list(int count, int different) {
    int words = words(different);
    Arrays.fill(inGroup, 0, groups * words, 0);
    for (int g = 0, r = 0; g < groups; g++) {
      for (; r < groupEnds[g]; r++) {
        inGroup[g * words + rows[r] / Long.SIZE] |= 1L << rows[r];
      }
    }
    int at = 0;
    for (int k = 0; k < count; k++) {
      firsts[k] = at;
      Arrays.fill(begun, 0, words, 0);
      for (int g = 0, begin = 0; g < groups; begin = groupEnds[g++]) {
        if (2 * inside(g, k, words) > groupEnds[g] - begin + 1) {
          list[at++] = (char) (different + g);
          for (int w = 0; w < words; w++) {
            begun[w] |= inGroup[g * words + w];
          }
        }
      }
      for (int w = 0; w < words; w++) {
        at = append(used[k * words + w] & ~begun[w], w * Long.SIZE, at);
      }
      added[k] = at;
      for (int w = 0; w < words; w++) {
        at = append(begun[w] & ~used[k * words + w], w * Long.SIZE, at);
      }
      taken[k] = at;
    }
    return at;
  }

  /// How many rows of a group a sum uses.
  private int inside(int group, int sum, int words) {
    int all = 0;
    for (int w = 0; w < words; w++) {
      all += Long.bitCount(inGroup[group * words + w] & used[sum * words + w]);
    }
    return all;
  }

  /// Appends the rows whose bits are set, of those from `first` on.
  private int append(long bits, int first, int at) {
    int end = at;
    for (long left = bits; left != 0; left &= left - 1) {
      list[end++] = (char) (first + Long.numberOfTrailingZeros(left));
    }
    return end;
  }

  private void reserve(int uses, int count, int different) {
    if (times.length < different) {
      times = new int[2 * different];
      group = new int[2 * different];
      rows = new char[2 * different];
      begun = new long[words(2 * different)];
      inGroup = new long[MOST * begun.length];
    }
    if (sums.length < different * words(count)) {
      sums = new long[2 * different * words(count)];
    }
    if (used.length < count * words(different)) {
      used = new long[2 * count * words(different)];
    }
    // what is taken for a group is less than what the group stands for
    int most = uses + count;
    if (list.length < most) {
      list = new char[2 * most];
    }
    if (added.length < count) {
      firsts = new int[2 * count];
      added = new int[2 * count];
      taken = new int[2 * count];
    }
  }

  int groups() {
    return groups;
  }

  /// The rows of all groups, one group after the other.
  char[] rows() {
    return rows;
  }

  /// Where those of each group begin.
  int[] groupFirsts() {
    return groupFirsts;
  }

  /// Where they end.
  int[] groupEnds() {
    return groupEnds;
  }

  /// For each sum what is added to it, then what is taken from it; `different + g` stands for the
  /// sum of group g.
  char[] list() {
    return list;
  }

  /// Where in the list what is added to each sum begins.
  int[] firsts() {
    return firsts;
  }

  /// Where it ends.
  int[] added() {
    return added;
  }

  /// Where what is taken from each ends.
  int[] taken() {
    return taken;
  }
}
