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

  private final int[] groupEnds = new int[MOST];
  private int groups;

  /// For each row a bit for each sum that uses it, in words that follow each other.
  private long[] sums = {};

  /// How many sums use each row.
  private int[] times = {};

  /// To which group a row belongs, [#groups] if to none.
  private int[] group = {};

  /// The rows of all groups, one group after the other.
  private int[] rows = {};

  /// For each row the place of its bit, and back.
  private int[] places = {};

  private int[] rowAt = {};

  /// Bits that belong to rows, and those of the rows that a sum uses.
  private long[] present = {};

  private long[] used = {};

  /// Where the bits of each group begin, and of the rows in none.
  private final int[] groupWords = new int[MOST + 1];

  private int[] list = {};
  private int[] added = {};
  private int[] taken = {};

  /// Looks for groups.
  ///
  /// @param uses rows of all sums, one after the other, as numbers below `different`
  /// @param ends where those of each sum end
  /// @return whether a third of all uses or more is saved; if not, nothing has been prepared
  boolean find(int[] uses, int[] ends, int count, int different) {
    int all = ends[count - 1];
    int words = (count + Long.SIZE - 1) / Long.SIZE;
    reserve(all, count, different, words);
    if (!note(uses, ends, count, different, words)) {
      return false;
    }
    gather(different, words);
    return groups > 0
        && 3L * (list(uses, ends, count, different) + groupEnds[groups - 1]) < 2L * all;
  }

  /// Notes which sums use each row; false if one uses a row twice.
  private boolean note(int[] uses, int[] ends, int count, int different, int words) {
    Arrays.fill(sums, 0, different * words, 0);
    Arrays.fill(times, 0, different, 0);
    for (int k = 0, first = 0; k < count; first = ends[k++]) {
      int word = k / Long.SIZE;
      long bit = 1L << k;
      long twice = 0;
      for (int n = first; n < ends[k]; n++) {
        int at = uses[n] * words + word;
        twice |= sums[at] & bit;
        sums[at] |= bit;
        times[uses[n]]++;
      }
      if (twice != 0) {
        return false;
      }
    }
    return true;
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
          rows[end++] = row;
        }
      }
      if (end - first < LEAST_SIZE) {
        for (int k = first; k < end; k++) {
          group[rows[k]] = MOST;
        }
        return;
      }
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

  /// What each sum has is looked up by bits, those of a group side by side.
  ///
  /// @return how long the list is
  private int list(int[] uses, int[] ends, int count, int different) {
    int words = place(different);
    int at = 0;
    for (int k = 0, first = 0; k < count; first = ends[k++]) {
      Arrays.fill(used, 0, words, 0);
      for (int n = first; n < ends[k]; n++) {
        int place = places[uses[n]];
        used[place / Long.SIZE] |= 1L << place;
      }
      int begun = 0;
      for (int g = 0, begin = 0; g < groups; begin = groupEnds[g++]) {
        int inside = 0;
        for (int w = groupWords[g]; w < groupWords[g + 1]; w++) {
          inside += Long.bitCount(used[w]);
        }
        if (2 * inside > groupEnds[g] - begin + 1) {
          begun |= 1 << g;
          list[at++] = different + g;
        } else {
          at = append(groupWords[g], groupWords[g + 1], 0, at);
        }
      }
      at = append(groupWords[groups], words, 0, at);
      added[k] = at;
      for (; begun != 0; begun &= begun - 1) {
        int g = Integer.numberOfTrailingZeros(begun);
        at = append(groupWords[g], groupWords[g + 1], -1, at);
      }
      taken[k] = at;
    }
    return at;
  }

  /// Appends the rows whose bits are set, or with `flip` -1 those whose bits are not.
  private int append(int from, int to, long flip, int at) {
    for (int w = from; w < to; w++) {
      for (long left = (used[w] ^ flip) & present[w]; left != 0; left &= left - 1) {
        list[at++] = rowAt[w * Long.SIZE + Long.numberOfTrailingZeros(left)];
      }
    }
    return at;
  }

  /// Gives each row a bit: each group has words of its own, then come those in none.
  ///
  /// @return how many words that takes
  private int place(int different) {
    int word = 0;
    for (int g = 0, r = 0; g < groups; g++) {
      groupWords[g] = word;
      word = place(rows, r, groupEnds[g], word);
      r = groupEnds[g];
    }
    groupWords[groups] = word;
    int end = groups == 0 ? 0 : groupEnds[groups - 1];
    int others = end;
    for (int row = 0; row < different; row++) {
      if (group[row] == MOST) {
        rows[others++] = row;
      }
    }
    return place(rows, end, others, word);
  }

  private int place(int[] list, int from, int to, int word) {
    int place = word * Long.SIZE;
    int words = (to - from + Long.SIZE - 1) / Long.SIZE;
    Arrays.fill(present, word, word + words, -1);
    if ((to - from) % Long.SIZE != 0) {
      present[word + words - 1] = (1L << to - from) - 1;
    }
    for (int r = from; r < to; r++, place++) {
      places[list[r]] = place;
      rowAt[place] = list[r];
    }
    return word + words;
  }

  private void reserve(int uses, int count, int different, int words) {
    if (times.length < different) {
      times = new int[2 * different];
      group = new int[2 * different];
      rows = new int[2 * different];
      places = new int[2 * different];
      present = new long[2 * different / Long.SIZE + MOST + 2];
      used = new long[present.length];
      rowAt = new int[Long.SIZE * used.length];
    }
    if (sums.length < different * words) {
      sums = new long[2 * different * words];
    }
    // what is taken for a group is less than what the group stands for
    int most = uses + count;
    if (list.length < most) {
      list = new int[2 * most];
    }
    if (added.length < count) {
      added = new int[2 * count];
      taken = new int[2 * count];
    }
  }

  int groups() {
    return groups;
  }

  /// The rows of all groups, one group after the other.
  int[] rows() {
    return rows;
  }

  /// Where those of each group end.
  int[] groupEnds() {
    return groupEnds;
  }

  /// For each sum what is added to it, then what is taken from it; `different + g` stands for the
  /// sum of group g.
  int[] list() {
    return list;
  }

  /// Where in the list what is added to each sum ends.
  int[] added() {
    return added;
  }

  /// Where what is taken from each ends.
  int[] taken() {
    return taken;
  }
}
