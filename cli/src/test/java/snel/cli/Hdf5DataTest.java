package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Samples in an HDF5 file that h5py wrote: lists of spikes, images, labels.
class Hdf5DataTest {
  /// Written by h5py; see its folder.
  static final Path FILE = Path.of("../runtime/src/test/resources/hdf5/lists.h5");

  private static final String PROGRAM =
      """
      neuron Relay {
        state v : real = 0
        receive syn(w : real) { v += w }
        spike when v > 0.5
        reset { v = 0 }
      }
      data heard from hdf5("lists.h5") {
        sound : spikes[5] = binned(address_events("spikes/times", "spikes/units"), 1 ms) bin ceil
        label : int in 0 ..< 3 = dataset("labels")
        image : real[2, 3] = dataset("image") / 2
        split first where dataset("labels") == 2
      }
      network Net {
        input sound : spikes[5]
        population A : Relay[5]
        connect sound -> A one_to_one weight 1
      }
      experiment e on Net {
        step 1 ms; seed 1
        record A.spikes
        var labels = 0
        var pixels = 0
        var spikes = 0
        for sample in heard {
          present sound = sample.sound for 20 ms
          labels = 10 * labels + sample.label
          pixels += sample.image[1, 2]
          spikes = 10 * spikes + count(A)
        }
        report labels, pixels, spikes, size(heard.first)
      }
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    Files.copy(FILE, folder.resolve("lists.h5"));
  }

  private CommandLineRun run(String program, String... more) throws IOException {
    Path path = folder.resolve("heard.snn");
    Files.writeString(path, program);
    String[] all = new String[more.length + 6];
    System.arraycopy(
        new String[] {"run", path.toString(), "--out", folder.toString(), "--format", "json"},
        0,
        all,
        0,
        6);
    System.arraycopy(more, 0, all, 6, more.length);
    return CommandLineRun.of(all);
  }

  @Test
  void spikesImagesAndLabelsAreReadTogether() throws IOException {
    CommandLineRun run = run(PROGRAM);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("\"labels\":2012.0,"), run.out());
    assertTrue(run.out().contains("\"pixels\":28.0,"), run.out()); // (5 + 11 + 17 + 23) / 2
    // two events of one unit in a slot are one spike, and the last comes after the presentation
    assertTrue(run.out().contains("\"spikes\":3010.0,"), run.out());
    assertTrue(run.out().contains("\"size.heard.first\":2"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spikes/units | few/units   | `few/units` holds 3 records, `spikes/times` 4 | E0914",
        "spikes/units | short/units | there are 3 times, but 1 units                | E0914",
        "\"labels\"     | \"number\"    | found a single number                         | E0903",
        "\"labels\"     | \"label\"     | expected a dataset `label`; found             | E0904",
        "[5]          | [4]         | expected units 0 to 3; found unit 4 (event 0) | E0905"
      })
  void whatDoesNotFitIsTold(String written, String wrong, String expected, String code)
      throws IOException {
    CommandLineRun run = run(PROGRAM.replace(written, wrong));
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.out().contains(expected), run.out());
    assertTrue(run.out().contains(code), run.out());
  }
}
