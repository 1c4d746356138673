package snel.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the examples promise holds: each is run as a reader would, the long ones made smaller, and
/// every `expect` in it is kept. Those of the review have a class of their own, so that both can be
/// run at once.
class ExamplesTest {
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
      })
  void keepsWhatItExpects(String example, String experiment, String setting) {
    Examples.assertKept(
        Examples.program(example),
        experiment,
        setting == null ? List.of() : List.of(setting),
        folder);
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
    String text =
        Files.readString(Examples.program("mnist")).replace("import std.data.mnist\n", "");
    Path file = folder.resolve("mnist.snn");
    Files.writeString(file, text + data);
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 100; row++) {
      rows.add(picture(row % 10, row));
    }
    Files.write(folder.resolve("pictures.csv"), rows);
    Examples.assertKept(file, "evaluate", List.of("images=80", "labelled=40"), folder);
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

  @Test
  void everyExampleHasAProgramAndTellsWhatToExpect() throws IOException {
    var names = new TreeSet<String>();
    for (String shelf : List.of("", "review")) {
      try (Stream<Path> folders =
          Files.list(Examples.FOLDER.resolve(shelf)).filter(Files::isDirectory)) {
        folders.forEach(example -> names.add(Examples.FOLDER.relativize(example).toString()));
      }
    }
    names.remove("review");
    assertTrue(names.size() >= 10, names.toString());
    for (String name : names) {
      String program = Files.readString(Examples.program(name));
      assertTrue(program.contains("expect "), name);
      String page = Files.readString(Examples.FOLDER.resolve(name).resolve("README.md"));
      String command = "snel run examples/" + Examples.FOLDER.relativize(Examples.program(name));
      assertTrue(page.contains(command), name);
    }
  }
}
