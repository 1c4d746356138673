package snel.runtime.kernel;

import java.util.Arrays;

/// Adds rows of a matrix to rows of another, for each of these the rows that a list names in its
/// order: to the same bits as one row after the other, unless the order of sums is left open. Some
/// columns of all are summed before the next ones, from a copy of the rows' columns that stays in
/// the nearest cache. Each user has one of its own.
public final class ListedRows {
  /// Copies of more rows would lie in a distant cache as well.
  private static final int MOST_ROWS = 8192;

  /// Rows that come up less often are not worth a copy.
  private static final int LEAST_USES = 4;

  /// Bytes of rows that are added to side by side, where they are more than the rows that are
  /// added: fewer would read the copies too often, more would come from a distant cache again for
  /// each strip of columns.
  private static final int NEAR = 64 << 10;

  /// Strips of a row that are copied at once, so that its lines come one after the other: copies of
  /// more would not stay in the second cache.
  private static final int TOGETHER = 4;

  private static final int COLUMNS = ListedVector.COLUMNS;

  private static final int[] IN_COMMON = new int[CommonRows.MOST];

  static {
    Arrays.setAll(IN_COMMON, group -> group * COLUMNS);
  }

  private long memory;
  private long reserved;

  /// Where the rows begin that have copies, and those that they are added to.
  private int[] copied = {};

  private int[] beginnings = new int[16];

  /// For each row that is added to, where in the list what is added to it begins and ends.
  private int[] firsts = new int[16];

  private int[] ends = new int[16];

  /// The list: numbers of copies.
  private char[] list = {};

  /// For each row in which of the calls it was copied, and where its copy lies.
  private int[] calls = {};

  private int[] copies = {};

  private final CommonRows common = new CommonRows();

  /// Whether the sums are to be made with rows in common.
  private boolean shared;

  private final float[] sumsInCommon = new float[CommonRows.MOST * COLUMNS];

  private int[] uses = {};
  private char[] places = {};
  private int call;

  /// Whether rows come up so often that they are better summed strip by strip.
  public static boolean isWorth(long uses, long different) {
    return uses >= LEAST_USES * different;
  }

  /// Adds `from[list[listAt + i * listLine + n] * fromLine + j]` to `to[toAt + i * toLine + j]`,
  /// for n in `0 ..< counts[i]`, i in `0 ..< height`, j in `0 ..< width`.
  ///
  /// @param anyOrder whether terms may be added in another order, and others that cancel
  public void add(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromLine,
      int[] list,
      int listAt,
      int listLine,
      int[] counts,
      int height,
      int width,
      boolean anyOrder) {
    int all = prepare(counts, height);
    int sums = note(toAt, toLine, listAt, listLine, counts, height);
    take(sums, (first, end, count) -> System.arraycopy(list, first, uses, end, count));
    add(to, sums, number(all, fromLine, from.length), from, fromLine, width, anyOrder);
  }

  /// The same where the list is of short numbers.
  public void add(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromLine,
      char[] list,
      int listAt,
      int listLine,
      int[] counts,
      int height,
      int width,
      boolean anyOrder) {
    int all = prepare(counts, height);
    int sums = note(toAt, toLine, listAt, listLine, counts, height);
    int rows = from.length / fromLine;
    if (rows <= MOST_ROWS && isWorth(all, rows) && width >= COLUMNS) {
      this.list = list;
      add(to, sums, copyAll(rows, fromLine), from, fromLine, width, anyOrder);
      return;
    }
    take(
        sums,
        (first, end, count) -> {
          for (int n = 0; n < count; n++) {
            uses[end + n] = list[first + n];
          }
        });
    add(to, sums, number(all, fromLine, from.length), from, fromLine, width, anyOrder);
  }

  /// Notes where the rows begin to which something is added, and where in the list that is.
  ///
  /// @return how many there are
  private int note(int toAt, int toLine, int listAt, int listLine, int[] counts, int height) {
    int sums = 0;
    for (int i = 0; i < height; i++) {
      int count = counts[i];
      if (count > 0) {
        beginnings[sums] = toAt + i * toLine;
        firsts[sums] = listAt + i * listLine;
        ends[sums] = firsts[sums] + count;
        sums++;
      }
    }
    return sums;
  }

  /// Takes numbers of rows from a list.
  private interface Uses {
    void take(int first, int end, int count);
  }

  /// Takes those of all sums, one behind the other.
  private void take(int sums, Uses list) {
    int end = 0;
    for (int k = 0; k < sums; k++) {
      int count = ends[k] - firsts[k];
      list.take(firsts[k], end, count);
      firsts[k] = end;
      end += count;
      ends[k] = end;
    }
  }

  /// @return how many numbers the list has
  private int prepare(int[] counts, int height) {
    int all = 0;
    for (int i = 0; i < height; i++) {
      all += Math.max(0, counts[i]);
    }
    if (uses.length < all) {
      uses = new int[Math.max(all, 2 * uses.length)];
      places = new char[uses.length];
    }
    if (ends.length < height) {
      firsts = new int[height];
      ends = new int[height];
      beginnings = new int[height];
    }
    return all;
  }

  /// @param different rows that are to be copied, [Integer#MAX_VALUE] if they are too many
  private void add(
      float[] to,
      int sums,
      int different,
      float[] from,
      int fromLine,
      int width,
      boolean anyOrder) {
    int strips = different == Integer.MAX_VALUE ? 0 : width / COLUMNS;
    if (strips == 0) {
      addEach(to, sums, from, fromLine, width);
      return;
    }
    shared = anyOrder && common.find(list, firsts, ends, sums, different);
    if (sums > different && !shared) {
      addGroups(to, sums, from, different, strips, Math.max(4, NEAR / (width * Float.BYTES)));
    } else {
      addStrips(to, sums, from, different, strips);
    }
    if (strips * COLUMNS < width) {
      addLast(to, sums, from, different, width - strips * COLUMNS, width - COLUMNS);
    }
  }

  /// Copies of few rows are made once; many rows to which they are added are seen once, in groups.
  private void addGroups(float[] to, int sums, float[] from, int different, int strips, int group) {
    long size = different * (long) ListedVector.BYTES;
    reserve(strips * size);
    ListedVector.pack(from, copied, 0, strips, memory, size, 0, different);
    for (int k = 0; k < sums; k += group) {
      for (int s = 0; s < strips; s++) {
        int end = Math.min(sums, k + group);
        sum(to, s * COLUMNS, memory + s * size, k, end);
      }
    }
  }

  private void addStrips(float[] to, int sums, float[] from, int different, int strips) {
    long size = (different + CommonRows.MOST) * (long) ListedVector.BYTES;
    reserve(TOGETHER * size);
    for (int first = 0; first < strips; first += TOGETHER) {
      int copies = Math.min(TOGETHER, strips - first);
      ListedVector.pack(from, copied, first * COLUMNS, copies, memory, size, 0, different);
      for (int s = 0; s < copies; s++) {
        int column = (first + s) * COLUMNS;
        long place = memory + s * size;
        if (shared) {
          addInCommon(place, different);
        }
        sum(to, column, place, 0, sums);
      }
    }
  }

  /// Sums the groups of rows of a strip, behind whose copies the sums come to lie.
  private void addInCommon(long strip, int different) {
    int groups = common.groups();
    Arrays.fill(sumsInCommon, 0, groups * COLUMNS, 0);
    int[] ends = common.groupEnds();
    ListedVector.sum(
        sumsInCommon,
        IN_COMMON,
        0,
        strip,
        common.rows(),
        common.groupFirsts(),
        ends,
        ends,
        0,
        groups);
    long place = strip + (long) different * ListedVector.BYTES;
    ListedVector.pack(sumsInCommon, IN_COMMON, 0, 1, place, 0, 0, groups);
  }

  private void sum(float[] to, int column, long strip, int begin, int end) {
    if (shared) {
      ListedVector.sum(
          to,
          beginnings,
          column,
          strip,
          common.list(),
          common.firsts(),
          common.added(),
          common.taken(),
          begin,
          end);
    } else {
      ListedVector.sum(to, beginnings, column, strip, list, firsts, ends, ends, begin, end);
    }
  }

  /// Finds out which rows there are to copy, and where the copy of each use lies.
  ///
  /// @return how many rows; the largest number if they are too many, or come up too seldom
  private int number(int count, int fromLine, int length) {
    int rows = length / fromLine + 1;
    if (calls.length < rows) {
      calls = new int[rows];
      copies = new int[rows];
    }
    if (++call == 0) {
      Arrays.fill(calls, 0);
      call = 1;
    }
    int different = 0;
    for (int use = 0; use < count; use++) {
      int row = uses[use];
      if (calls[row] != call) {
        if (different == MOST_ROWS) {
          return Integer.MAX_VALUE;
        }
        if (different == copied.length) {
          grow();
        }
        calls[row] = call;
        copies[row] = different;
        copied[different++] = row * fromLine;
      }
      places[use] = (char) copies[row];
    }
    list = places;
    return isWorth(count, different) ? different : Integer.MAX_VALUE;
  }

  /// Has all rows copied, so that the numbers of a list are those of the copies.
  private int copyAll(int rows, int fromLine) {
    while (copied.length < rows) {
      grow();
    }
    for (int row = 0; row < rows; row++) {
      copied[row] = row * fromLine;
    }
    return rows;
  }

  private void grow() {
    copied = Arrays.copyOf(copied, Math.max(256, 2 * copied.length));
  }

  private void reserve(long bytes) {
    if (bytes > reserved) {
      reserved = Math.max(bytes, 2 * reserved);
      memory = OffHeap.allocate(reserved);
    }
  }

  /// The last columns that fill no strip, with some before them to which nothing is added.
  private void addLast(float[] to, int sums, float[] from, int different, int columns, int first) {
    reserve((different + CommonRows.MOST) * (long) ListedVector.BYTES);
    ListedVector.pack(from, copied, first, 1, memory, 0, 0, different);
    ListedVector.blank(memory, COLUMNS - columns, 0, different);
    if (shared) {
      addInCommon(memory, different);
    }
    sum(to, first, memory, 0, sums);
  }

  private void addEach(float[] to, int sums, float[] from, int fromLine, int width) {
    int count = sums == 0 ? 0 : ends[sums - 1];
    for (int use = 0; use < count; use++) {
      uses[use] *= fromLine;
    }
    for (int k = 0; k < sums; k++) {
      RowsVector.add(to, beginnings[k], from, uses, firsts[k], ends[k], width);
    }
  }
}
