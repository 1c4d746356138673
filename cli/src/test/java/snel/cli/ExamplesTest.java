package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the examples promise holds: each is run as a reader would, the long ones made smaller, and
/// every `expect` in it is kept.
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  /// Something was expected, and all of it held.
  private static final Pattern KEPT =
      Pattern.compile("\"expectations\":\\{\"passed\":[1-9][0-9]*,\"failed\":0}");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cuba | cuba | duration=1 s",
        "cobahh | cobahh | duration=1 s",
        "brunel | state | duration=1 s",
        "brunel_stdp | learn | duration=1 s",
        "microcircuit | spontaneous | duration=1 s",
        "izhikevich | gallery | ",
        "stdp_window | window | ",
        "stdp_window | pairing | ",
        "song_2000 | compete | duration=30 s",
        "tsodyks_markram | train_20_hz | ",
        "tsodyks_markram | stationary | ",
        "motion | watch | ",
        "digits | evaluate | passes_over_data=2",
        "digits_bptt | evaluate | ",
        "digits_conv | evaluate | passes_over_data=6",
        "digits | untrained | ",
        "review/bp_stdp | smoke | ",
        "review/s4nn | smoke | ",
        "review/erbp | smoke | ",
        "review/temporal | smoke | ",
        "review/nessler | smoke | ",
        "review/querlioz | smoke | ",
        "review/kheradpisheh | smoke | ",
        "review/diehl_cook | smoke | ",
        "review/spike_times | smoke | ",
        "review/spikeprop | smoke | ",
        "review/spikeprop_xor | smoke | ",
        "review/spikeprop_xor | gradient | ",
        "review/tempotron | smoke | ",
        "review/lsm | smoke | ",
        "review/diehl_conversion | smoke | ",
        "review/rueckauer | smoke | ",
        "review/cao | smoke | ",
        "review/esser | smoke | ",
        "review/hunsberger | smoke | ",
        "review/lsm_digits | smoke | ",
        "review/chronotron | smoke | ",
        "review/fractional | smoke | ",
        "review/ecd | smoke | ",
        "review/sdsp | smoke | ",
        "review/stbp | smoke | ",
        "review/lee | smoke | ",
        "review/lee_conv | smoke | ",
        "review/huh_sejnowski | smoke | ",
        "review/panda | smoke | ",
        "review/neil | smoke | ",
        "review/sub_lstm | smoke | ",
        "review/spiking_lstm | smoke | ",
        "review/lsnn | smoke | ",
        "review/recurrent_digits | smoke | ",
        "review/o_connor | smoke | ",
      })
  void keepsWhatItExpects(String example, String experiment, String setting) {
    keepsWhatItExpects(
        program(example), experiment, setting == null ? List.of() : List.of(setting));
  }

  /// MNIST does not ship: ten bands across the picture stand in for the digits.
  @Test
  void theNetworkOfDiehlAndCookLearnsPicturesThatStandInForMnist() throws IOException {
    String data =
        """

        data mnist from csv("pictures.csv") {
          image : real[28, 28] in 0 .. 1 = columns(0 .. 783) / 255
          label : int in 0 ..< 10 = column(784)
          split train where index < 80
          split test  where index >= 80
        }
        """;
    String text = Files.readString(program("mnist")).replace("import std.data.mnist\n", "");
    Path file = folder.resolve("mnist.snn");
    Files.writeString(file, text + data);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 100; row++) {
      rows.add(picture(row % 10, row));
    }
    Files.write(folder.resolve("pictures.csv"), rows);
    keepsWhatItExpects(file, "evaluate", List.of("images=80", "labelled=40"));
  }

  /// A bright band, uneven enough that no two pictures are equal, and its label.
  private static String picture(int label, int row) {
    StringBuilder line = new StringBuilder();
    for (int pixel = 0; pixel < 784; pixel++) {
      boolean bright = pixel * 10 / 784 == label;
      line.append(bright ? 200 + (pixel * 3 + row * 7) % 56 : 0).append(',');
    }
    return line.append(label).toString();
  }

  private static Path program(String example) {
    Path place = EXAMPLES.resolve(example);
    return place.resolve(place.getFileName() + ".snn");
  }

  private void keepsWhatItExpects(Path file, String experiment, List<String> settings) {
    List<String> arguments = new ArrayList<>(List.of("run", file.toString(), experiment));
    arguments.addAll(List.of("--format", "json", "--out", folder.toString()));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertEquals(0, run.exit(), run.out() + run.err());
    assertTrue(KEPT.matcher(run.lastLine()).find(), run.lastLine());
  }

  @Test
  void everyExampleHasAProgramAndTellsWhatToExpect() throws IOException {
    var names = new TreeSet<String>();
    for (String shelf : List.of("", "review")) {
      try (Stream<Path> folders = Files.list(EXAMPLES.resolve(shelf)).filter(Files::isDirectory)) {
        folders.forEach(example -> names.add(EXAMPLES.relativize(example).toString()));
      }
    }
    names.remove("review");
    assertTrue(names.size() >= 10, names.toString());
    for (String name : names) {
      String program = Files.readString(program(name));
      assertTrue(program.contains("expect "), name);
      String page = Files.readString(EXAMPLES.resolve(name).resolve("README.md"));
      String command = "snel run examples/" + EXAMPLES.relativize(program(name));
      assertTrue(page.contains(command), name);
    }
  }
}
