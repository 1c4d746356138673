package snel.runtime.report;

import java.nio.file.Path;

/// Writes the sample report, to be looked at.
final class WriteSample {
  private WriteSample() {}

  public static void main(String[] arguments) {
    new SampleReport().report().write(Path.of(arguments[0]));
  }
}
