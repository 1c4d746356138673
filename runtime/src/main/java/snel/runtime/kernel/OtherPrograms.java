package snel.runtime.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// How much of the processors other programs have, where the operating system tells (Linux does).
public final class OtherPrograms {
  /// Shorter times say little, as times are counted in hundredths of a second.
  private static final long LEAST_TICKS = 20;

  /// What comes later may be too large for a `long`.
  private static final int MOST_NUMBERS = 12;

  /// Part of a processor that others may want where each of ours has one.
  private static final double MOST_OTHERS = 0.3;

  private long[] begin = ticks();

  /// Whether others have left a processor for each of so many threads since this was asked last.
  public boolean leave(int threads) {
    return threads + processors() < Runtime.getRuntime().availableProcessors() + MOST_OTHERS;
  }

  /// Processors that others have kept busy since this was asked last, or this object was made, on
  /// average; 0 if that is not known.
  public double processors() {
    long[] now = ticks();
    double busy = processors(now);
    begin = now;
    return busy;
  }

  private double processors(long[] now) {
    if (begin.length == 0 || now.length == 0) {
      return 0;
    }
    double each = (double) (now[0] - begin[0]) / Runtime.getRuntime().availableProcessors();
    return each < LEAST_TICKS ? 0 : Math.max(0, (now[1] - begin[1]) / each);
  }

  /// Of all processors together the time, and the time that others than this process had.
  private static long[] ticks() {
    try {
      long[] all = numbers(Files.readString(Path.of("/proc/stat")).lines().findFirst().orElse(""));
      String own = Files.readString(Path.of("/proc/self/stat"));
      long[] mine = numbers(own.substring(own.lastIndexOf(')')));
      // user nice system idle iowait irq softirq; utime and stime are the 14th and 15th of all
      long busy = all[0] + all[1] + all[2] + all[5] + all[6];
      return new long[] {busy + all[3] + all[4], busy - mine[10] - mine[11]};
    } catch (IOException | RuntimeException _) {
      return new long[0];
    }
  }

  private static long[] numbers(String line) {
    return Arrays.stream(line.split(" +"))
        .filter(word -> word.matches("-?\\d+"))
        .limit(MOST_NUMBERS)
        .mapToLong(Long::parseLong)
        .toArray();
  }
}
