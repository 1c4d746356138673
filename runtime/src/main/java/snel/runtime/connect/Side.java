package snel.runtime.connect;

import java.util.stream.IntStream;

/// Work on ranges of rows side by side, on as many cores as there are. What is made does not depend
/// on how many.
public final class Side {
  /// Fewer elements than this are done sooner by one core.
  private static final long LEAST = 1 << 20;

  private static final int RANGES_PER_CORE = 8;

  private Side() {}

  /// What is done with rows `from ..< to`; of several ranges, in any order and at once.
  public interface Task {
    void run(int from, int to);
  }

  /// @param work about how many elements the rows have in all
  public static void bySide(int rows, long work, Task task) {
    int cores = Runtime.getRuntime().availableProcessors();
    if (work < LEAST || cores == 1) {
      task.run(0, rows);
      return;
    }
    int ranges = Math.min(rows, cores * RANGES_PER_CORE);
    IntStream.range(0, ranges)
        .parallel()
        .forEach(range ->
            task.run(
                (int) ((long) rows * range / ranges), (int) ((long) rows * (range + 1) / ranges)));
  }
}
