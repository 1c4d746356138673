package snel.source;

import java.util.Arrays;

/// Where the lines of a text begin: turns an offset into a line and a column and back. Lines end
/// with `\n`, `\r\n` or a lone `\r`; lines and columns count from 1, columns in UTF-16 code units.
public final class LineMap {
  private final int[] starts;
  private final int length;

  public LineMap(String text) {
    int[] found = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends =
          c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'));
      if (ends) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = i + 1;
      }
    }
    starts = Arrays.copyOf(found, count);
    length = text.length();
  }

  /// The number of lines; a text that ends with a line break has an empty last line.
  public int lineCount() {
    return starts.length;
  }

  /// The line that holds `offset`. The offset right after the text belongs to the last line.
  public int line(int offset) {
    if (offset < 0 || offset > length) {
      throw new IllegalArgumentException("offset " + offset + " is outside 0.." + length);
    }
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /// The column of `offset` in its line.
  public int column(int offset) {
    return offset - starts[line(offset) - 1] + 1;
  }

  /// The offset at which `line` begins.
  public int start(int line) {
    return starts[line - 1];
  }

  /// The offset right after `line`, its line break included.
  public int end(int line) {
    return line == starts.length ? length : starts[line];
  }
}
