package snel.runtime.data;

import snel.runtime.kernel.ProblemKind;

/// What lengths in files are held against before anything of that length is made.
final class Memory {
  private Memory() {}

  /// Bytes that the Java machine may use at all: what needs more than these cannot be read.
  static long allowed() {
    return Runtime.getRuntime().maxMemory();
  }

  /// Content that cannot be held, which is damaged rather than so large.
  static DataProblem exceeded(String place, String expected, String found) {
    return DataProblem.found(
        ProblemKind.FILE_UNREADABLE,
        place,
        expected,
        "%s: the file is damaged, or needs more than the %d MiB that the Java machine may use"
                .formatted(found, allowed() >> 20)
            + " (SNEL_JAVA_OPTIONS=-Xmx… gives it more)");
  }
}
