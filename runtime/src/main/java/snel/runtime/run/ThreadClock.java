package snel.runtime.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The processor time of a thread, as Linux tells it. The management beans of the Java machine tell
/// it too, but to load them takes longer than a short run.
final class ThreadClock {
  private static final Path SCHEDULER = Path.of("/proc/thread-self/schedstat");

  private ThreadClock() {}

  /// Processor time of the present thread so far, 0 where the system does not tell.
  static double cpuMs() {
    try {
      String text = Files.readString(SCHEDULER);
      return Long.parseLong(text.substring(0, text.indexOf(' '))) / 1e6;
    } catch (IOException | RuntimeException absent) {
      return 0;
    }
  }
}
