package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples as C programs in which gcc watches every access, shift and overflow.
class SanitizedTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  /// gcc takes instrumented code for some that formats with nothing.
  private static final String FLAGS =
      "-O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -Wno-format-truncation";

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void gccCanWatch(@TempDir Path folder) throws IOException, InterruptedException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path source = folder.resolve("empty.c");
    Files.writeString(source, "int main(void) { return 0; }\n");
    List<String> command = new ArrayList<>(List.of("gcc"));
    command.addAll(List.of(FLAGS.split(" ")));
    command.addAll(List.of(source.toString(), "-o", folder.resolve("empty").toString()));
    boolean made = new ProcessBuilder(command).start().waitFor() == 0;
    assumeTrue(
        made && new ProcessBuilder(folder.resolve("empty").toString()).start().waitFor() == 0,
        "gcc has no sanitizers: apt-get install libasan8 libubsan1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../examples/cuba/cuba.snn | cuba | duration=20 ms",
        "../examples/cobahh/cobahh.snn | cobahh | duration=3 ms",
        "../examples/brunel/brunel.snn | state | duration=20 ms; N=1_000",
        "../examples/brunel_stdp/brunel_stdp.snn | learn | duration=20 ms; N=1_000",
        "../examples/izhikevich/izhikevich.snn | gallery | ",
        "../examples/tsodyks_markram/tsodyks_markram.snn | train_20_hz | ",
        "../examples/stdp_window/stdp_window.snn | window | ",
        "../examples/stdp_window/stdp_window.snn | pairing | ",
        "../examples/song_2000/song_2000.snn | compete | duration=200 ms",
        "src/test/resources/targets/fixed_point.snn | fixed_point | ",
      })
  void nothingUndefinedHappens(String file, String experiment, String settings) {
    List<String> arguments = new ArrayList<>(List.of(file, experiment));
    for (String setting : settings == null ? new String[0] : settings.split(";")) {
      arguments.addAll(List.of("--set", setting.strip()));
    }
    runs(arguments);
  }

  @Test
  void nothingUndefinedHappensWithData() throws IOException {
    String text = Files.readString(EXAMPLES.resolve("digits").resolve("digits.snn"));
    Path file = folder.resolve("digits.snn");
    String less =
        text.replace("digits8x8.train", "digits8x8.train | shuffle | take(12)")
            .replace("digits8x8.test", "digits8x8.test | last(6)");
    Files.writeString(file, less);
    List<String> arguments = new ArrayList<>(List.of(file.toString(), "evaluate"));
    arguments.addAll(List.of("--set", "N=20", "--set", "passes_over_data=2"));
    runs(arguments);
  }

  @Test
  void nothingUndefinedHappensWithReadOuts() throws IOException {
    Path file = folder.resolve("readouts.snn");
    Files.writeString(
        file,
        """
        neuron Cell {
          input drive : real
          state v : real = 0
          v' = (drive - v) / 3 ms
          spike when v > 1
          reset { v = 0 }
        }
        network Net {
          input drive : real[8] = 0
          population A : Cell[8](drive: drive)
          readout named   : ResponseLabels(A, classes: 3)
          readout ridge   : Ridge(filtered(A, tau: 9 ms, samples: 4), classes: 3)
          readout machine : LinearSvm(A.v, classes: 3, C: 1000)
          protocol show(k : int) { reset all; present drive = uniform(0, 2) + 0.3 * k for 9 ms }
        }
        experiment teaches on Net {
          step 1 ms; seed 1
          for k in 1 .. 40 { do show(mod(k, 3)); fit machine to mod(k, 3) }
        }
        experiment fits on Net from teaches {
          for k in 1 .. 40 { do show(mod(k, 3)); fit named to mod(k, 3); fit ridge to mod(k, 3) }
        }
        experiment asks on Net from fits {
          for k in 1 .. 9 { do show(mod(k, 3)); score named against mod(k, 3); score ridge against mod(k, 3); score machine against mod(k, 3) }
          report accuracy(named), accuracy(ridge), accuracy(machine), machine.label
        }
        """);
    runs(List.of(file.toString(), "asks", "--runs", folder.resolve("runs").toString()));
  }

  /// A short run may fail its expectations, which is exit 3.
  private void runs(List<String> arguments) {
    CProgram program = CProgram.of(folder.resolve("c"), FLAGS, arguments);
    CProgram.Ended ended = program.run("--hash", "step", "--spikes", "s.csv", "--samples", "v.csv");
    assertEquals("", ended.err());
    assertTrue(List.of(0, 3).contains(ended.exit()), "exit " + ended.exit());
  }
}
