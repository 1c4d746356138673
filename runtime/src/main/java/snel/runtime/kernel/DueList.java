package snel.runtime.kernel;

/// Numbers of synapses that are due, of many short rows: the processor cannot foresee where each
/// row ends, so all are noted down first and then gone through in one long loop.
public final class DueList {
  /// Rows and their elements, together, that a list is made of.
  public static final int MOST = 4096;

  /// Elements beyond them that may be written.
  public static final int SPARE = 32;

  /// Length of an array of the beginnings and ends of so many rows.
  public static final int ENDS = 2 * MOST;

  /// Elements that are written at once, be there so many or fewer.
  private static final int AT_ONCE = 8;

  private DueList() {}

  /// Lists the elements `ends[2k] ..< ends[2k + 1]` for k in `from ..< to`, and gives back how many
  /// there are.
  public static int list(int[] due, int[] ends, int from, int to) {
    int count = 0;
    for (int row = from; row < to; row++) {
      int first = ends[2 * row];
      int length = ends[2 * row + 1] - first;
      due[count] = first;
      due[count + 1] = first + 1;
      due[count + 2] = first + 2;
      due[count + 3] = first + 3;
      due[count + 4] = first + 4;
      due[count + 5] = first + 5;
      due[count + 6] = first + 6;
      due[count + 7] = first + 7;
      for (int k = AT_ONCE; k < length; k++) {
        due[count + k] = first + k;
      }
      count += length;
    }
    return count;
  }
}
