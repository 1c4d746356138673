package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A data set of the author's own in IDX files.
class IdxFilesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void imagesAndLabelsAreReadTogether() throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + 12);
    images.putInt(0x803).putInt(3).putInt(2).putInt(2);
    for (int k = 0; k < 12; k++) {
      images.put((byte) k);
    }
    Files.write(folder.resolve("images.idx"), images.array());
    ByteBuffer labels = ByteBuffer.allocate(8 + 3);
    labels.putInt(0x801).putInt(3).put((byte) 4).put((byte) 5).put((byte) 6);
    Files.write(folder.resolve("labels.idx"), labels.array());
    Path program = folder.resolve("own.snn");
    Files.writeString(
        program,
        """
        neuron Cell { state v : real = 0; every dt { v += 1 } }
        data mine from idx("images.idx", "labels.idx") {
          image : real[2, 2] = idx("images.idx")
          label : int = idx("labels.idx")
        }
        network Net { population P : Cell[1] }
        experiment e on Net {
          step 1 ms; seed 1
          var sum = 0
          for each in mine { sum += sum(each.image) * each.label }
          report sum
        }
        """);
    CommandLineRun run =
        CommandLineRun.of(
            "run", program.toString(), "e", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("\"sum\":" + (6 * 4 + 22 * 5 + 38 * 6)), run.out());
  }
}
