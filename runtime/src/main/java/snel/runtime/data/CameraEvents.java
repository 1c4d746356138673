package snel.runtime.data;

import java.util.Arrays;

/// What an event camera saw: where brightness rose or fell, and when.
///
/// @param file that it was read from, as messages name it
/// @param times in microseconds since the recording began, mostly rising
/// @param x columns of the pixels, from the left
/// @param y rows of the pixels, as the camera counts them
/// @param rises whether it became brighter there
public record CameraEvents(String file, long[] times, int[] x, int[] y, boolean[] rises) {
  public int count() {
    return times.length;
  }

  /// Grows event by event.
  static final class Builder {
    private long[] times = new long[1 << 12];
    private int[] x = new int[1 << 12];
    private int[] y = new int[1 << 12];
    private boolean[] rises = new boolean[1 << 12];
    private int count;

    void add(long time, int column, int row, boolean rise) {
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
        x = Arrays.copyOf(x, 2 * count);
        y = Arrays.copyOf(y, 2 * count);
        rises = Arrays.copyOf(rises, 2 * count);
      }
      times[count] = time;
      x[count] = column;
      y[count] = row;
      rises[count++] = rise;
    }

    /// Times as they were added.
    CameraEvents built(String file) {
      return new CameraEvents(
          file,
          Arrays.copyOf(times, count),
          Arrays.copyOf(x, count),
          Arrays.copyOf(y, count),
          Arrays.copyOf(rises, count));
    }

    /// Of a clock that began long before the recording: its first event is the beginning.
    CameraEvents builtFromFirst(String file) {
      long first = Arrays.stream(times, 0, count).min().orElse(0);
      for (int k = 0; k < count; k++) {
        times[k] -= first;
      }
      return built(file);
    }
  }
}
