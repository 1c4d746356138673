package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A file that is cut off, or of which some bytes are others, is read or told to be damaged.
final class DamagedFilesTest {
  private static final int TRIALS = 400;

  @TempDir Path folder;

  private final Random random = new Random(7);

  private void damage(byte[] whole, int trials, Consumer<DataFile> reader) throws IOException {
    Path path = folder.resolve("damaged");
    for (int trial = 0; trial < trials; trial++) {
      byte[] bytes = damaged(whole);
      Files.write(path, bytes);
      try {
        reader.accept(DataFile.at(path));
      } catch (DataProblem expected) {
        assertTrue(String.valueOf(expected.getMessage()).contains("damaged"), expected.toString());
      } catch (RuntimeException thrown) {
        fail("trial " + trial, thrown);
      }
    }
  }

  private byte[] damaged(byte[] whole) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] bytes = whole.clone();
    for (int k = random.nextInt(3); k >= 0; k--) {
      int at = random.nextInt(whole.length);
      bytes[at] = (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] ^ 128);
    }
    return bytes;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(
            DamagedFilesTest.class.getResourceAsStream("/snel/runtime/convert/" + name))) {
      return stream.readAllBytes();
    }
  }

  @Test
  void onnx() throws IOException {
    damage(resource("mlp.onnx"), TRIALS, Onnx::read);
  }

  @Test
  void safetensors() throws IOException {
    damage(resource("layers.safetensors"), TRIALS, Safetensors::read);
  }

  @Test
  void numpy() throws IOException {
    var archive = new ByteArrayOutputStream();
    Npz.write(Map.of("a", NumberArray.of(new double[] {1, 2, 3, 4}, 2, 2)), archive);
    damage(archive.toByteArray(), TRIALS, file -> Npz.read(file));
  }

  @Test
  void hdf5() throws IOException {
    Path path = folder.resolve("net.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putGroup("dense").putDataset("kernel:0", new float[] {1, 2, 3, 4, 5, 6});
    }
    damage(Files.readAllBytes(path), TRIALS / 10, Hdf5::read); // the library takes its time
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[-3, 4] | [0, 48] | the lengths of an array",
        "[3, 4] | [-48, 0] | 48 bytes",
        "[3, 4] | [0, 96] | 48 bytes for numbers of type F32 and shape [3, 4]",
        "[3, 4] | [4, 52] | its end at byte"
      })
  void aPlaceOfSafetensorsThatIsNone(String shape, String place, String expected)
      throws IOException {
    byte[] header =
        "{\"a\": {\"dtype\": \"F32\", \"shape\": %s, \"data_offsets\": %s}}"
            .formatted(shape, place)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(8 + header.length + 48).order(ByteOrder.LITTLE_ENDIAN);
    Path path = folder.resolve("net.safetensors");
    Files.write(path, all.putLong(header.length).put(header).array());
    DataFile file = DataFile.at(path);
    DataProblem problem = assertThrows(DataProblem.class, () -> Safetensors.read(file));
    assertTrue(problem.getMessage().contains("expected " + expected), problem.getMessage());
  }
}
