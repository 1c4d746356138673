package snel.runtime.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// What is known of the processor that the Java machine does not tell.
final class Processor {
  private static final Path LINUX = Path.of("/proc/cpuinfo");
  private static final String WINDOWS = "PROCESSOR_IDENTIFIER";
  private static final String INTEL = "GenuineIntel";

  /// False also where nobody tells.
  static final boolean IS_INTEL = isIntel();

  private Processor() {}

  private static boolean isIntel() {
    if (Objects.requireNonNullElse(System.getenv(WINDOWS), "").contains(INTEL)) {
      return true;
    }
    if (!Files.isReadable(LINUX)) {
      return false;
    }
    try (BufferedReader lines = Files.newBufferedReader(LINUX)) {
      return lines.lines().limit(8).anyMatch(line -> line.contains(INTEL));
    } catch (IOException _) {
      return false;
    }
  }
}
