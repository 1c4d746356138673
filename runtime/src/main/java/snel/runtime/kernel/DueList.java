package snel.runtime.kernel;

/// Numbers of synapses that are due, of many short rows: the processor cannot foresee where each
/// row ends, so all are noted down first and then gone through in one long loop.
public final class DueList {
  /// Numbers that a list holds.
  public static final int MOST = 4096;

  /// Elements beyond them that may be written.
  public static final int SPARE = 8;

  private DueList() {}

  /// Notes down `from ..< to` behind the first `count` numbers, and gives back how many there are
  /// then. Eight are written at once, be there so many or fewer.
  public static int append(int[] due, int count, int from, int to) {
    due[count] = from;
    due[count + 1] = from + 1;
    due[count + 2] = from + 2;
    due[count + 3] = from + 3;
    due[count + 4] = from + 4;
    due[count + 5] = from + 5;
    due[count + 6] = from + 6;
    due[count + 7] = from + 7;
    for (int k = SPARE; k < to - from; k++) {
      due[count + k] = from + k;
    }
    return count + to - from;
  }
}
