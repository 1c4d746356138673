package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Derivatives where an equation has a corner: those of PyTorch.
class CornersTest {
  @TempDir private Path folder = Path.of("");

  /// A bias that starts at the corner learns at the rate 1 to make the value less by its
  /// derivative.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Rectified             | 0
          Own                   | 0
          """)
  void derivativesAtZero(String neuron, double derivative) throws IOException {
    Path file = folder.resolve("corner.snn");
    Files.writeString(
        file,
        """
        import std.neurons.unit.Rectified.{Rectified, Linear, Weighted}
        neuron Own {
          plastic state bias : real = 0
          input x : real
          state v : real = 0
          every dt { v = abs(x + bias) + relu(x + bias) + max(x + bias, 0) }
        }
        network Net {
          input shown : real[1]
          population h : %s[1](x: shown)
          population y : Linear[1]
          connect h -> y.x  all  weight uniform(1, 2)  synapse Weighted
        }
        experiment e on Net {
          step 1 ms; seed 1
          train by bptt() with gradient_descent(1)
          repeat 1 times {
            reset all
            present shown = [0] for 3 ms
            minimise mean(mean_over_time(y.v))
          }
          report bias = sum(h.bias)
        }
        """
            .formatted(neuron));
    CommandLineRun run =
        CommandLineRun.of(
            "run", file.toString(), "e", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("\"bias\":" + (0 - derivative)), run.out());
  }
}
