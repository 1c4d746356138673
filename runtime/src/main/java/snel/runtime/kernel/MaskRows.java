package snel.runtime.kernel;

import java.util.Optional;

/// Where the elements of sparse rows are, as a bit for each place: bit j & 63 of word j >> 6 of a
/// row tells whether the row has an element for target j.
///
/// Beside lists of targets, whose order of elements it shares: the elements of a row follow each
/// other as its bits do.
public final class MaskRows {
  /// Targets of a word.
  static final int WORD = Long.SIZE;

  final long[] masks;
  final int words;

  /// Rows from here on end so near the end of all elements that a vector could not be read there.
  final int lastRows;

  private MaskRows(long[] masks, int words, int lastRows) {
    this.masks = masks;
    this.words = words;
    this.lastRows = lastRows;
  }

  /// Words of the masks of so many rows.
  public static long words(int rows, int targets) {
    return (long) rows * ((targets + WORD - 1) / WORD);
  }

  /// The masks of rows whose targets rise; none where they do not, as where a pair has several
  /// elements, or where no array holds them.
  ///
  /// @param rowStart one more than there are rows
  /// @param target `char[]` or `int[]`
  public static Optional<MaskRows> of(int[] rowStart, Object target, int targets) {
    int rows = rowStart.length - 1;
    long all = words(rows, targets);
    if (all > Integer.MAX_VALUE - 8) {
      return Optional.empty();
    }
    int words = (targets + WORD - 1) / WORD;
    long[] masks = new long[(int) all];
    for (int row = 0; row < rows; row++) {
      int last = -1;
      for (int s = rowStart[row]; s < rowStart[row + 1]; s++) {
        int j = target instanceof char[] narrow ? narrow[s] : ((int[]) target)[s];
        if (j <= last) {
          return Optional.empty();
        }
        masks[row * words + j / WORD] |= 1L << j;
        last = j;
      }
    }
    int lastRows = rows;
    while (lastRows > 0 && rowStart[lastRows] + WORD > rowStart[rows]) {
      lastRows--;
    }
    return Optional.of(new MaskRows(masks, words, lastRows));
  }

  public long bytes() {
    return (long) Long.BYTES * masks.length;
  }
}
