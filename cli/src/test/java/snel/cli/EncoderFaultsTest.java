package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Arguments of encoders, makers of trains and measures that are out of range, which only the run
/// can know.
class EncoderFaultsTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "threshold_crossing([0.1, 0.9], 1, cue: zero - 2) | `threshold_crossing` wants `cue`",
        "threshold_crossing([0.1, 0.9], zero) | `threshold_crossing` wants `levels`",
        "moved([[1, 0], [0, 1]], 0, 0, 0, zero * 1.0) | `moved` wants `scale` to be above 0",
        "difference_of_gaussians([[1, 0], [0, 1]], 3, [zero * 1.0, 1]) | two widths above 0",
        "difference_of_gaussians([[1, 0], [0, 1]], 3, [1, 2, zero + 3.0]) | two widths above 0",
        "random_trains(2, neurons: 3, duration: 10 ms, rate: (zero - 5) * 1 Hz)"
            + " | `random_trains` wants `rate` not to be below 0",
        "filtered(P, tau: zero * 1 ms) | `filtered` wants `tau` to be above 0, found 0",
        "correlation(P, bin: (zero - 1) * 1 ms) | `correlation` wants `bin` to be above 0",
        "signal([1, 2], rate: zero * 1 Hz) | `signal` wants `rate` to be above 0",
        "random_labels(3, classes: zero) | `random_labels` wants `classes`"
      })
  void areToldByBothTargets(String call, String message) throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(
        file,
        """
        import std.encode.{difference_of_gaussians, moved, threshold_crossing}
        import std.neurons.unit.Lif
        network Net { population P : Lif[2] }
        experiment e on Net {
          step 1 ms; seed 1
          run 2 ms
          let zero = count(P)
          report result = %s
        }
        """
            .formatted(call));
    CommandLineRun run =
        CommandLineRun.of("run", file.toString(), "--out", folder.resolve("runs").toString());
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.err().contains("E0919") && run.err().contains(message), run.err());
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    CProgram.Ended ended =
        CProgram.of(folder.resolve("c"), "-O0", List.of(file.toString(), "e")).run();
    assertNotEquals(0, ended.exit());
    assertTrue(ended.err().contains(message), ended.err());
  }
}
