package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.checksum.ChecksumUtils;
import java.io.ByteArrayInputStream;
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
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A file that is cut off, or of which some bytes are others, is read or told to be damaged.
final class DamagedFilesTest {
  private static final int TRIALS = 400;
  private static final int OBJECT_HEADER = 0x5244484f; // OHDR

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

  private static void readAll(ArrayFile arrays) {
    arrays.names().forEach(arrays::get);
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
    damage(resource("layers.safetensors"), TRIALS, file -> readAll(Safetensors.read(file)));
  }

  @Test
  void numpy() throws IOException {
    var archive = new ByteArrayOutputStream();
    Npz.write(Map.of("a", NumberArray.of(new double[] {1, 2, 3, 4}, 2, 2)), archive);
    damage(archive.toByteArray(), TRIALS, file -> readAll(Npz.read(file)));
  }

  @Test
  void hdf5() throws IOException {
    Path path = folder.resolve("net.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putGroup("dense").putDataset("kernel:0", new float[] {1, 2, 3, 4, 5, 6});
    }
    damage(
        Files.readAllBytes(path),
        TRIALS / 10,
        file -> readAll(Hdf5.read(file))); // the library takes its time
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3000000000 | the lengths of an array",
        "2000000000 | 176000000000 bytes for an array of shape [2000000000, 11]"
      })
  void lengthsOfHdf5ThatTheFileCannotHave(long length, String expected) throws IOException {
    Path path = folder.resolve("net.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putDataset("kernel", new double[7][11]);
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(place(bytes, 7, 11), length);
    sign(bytes, place(bytes, length, 11));
    Files.write(path, bytes.array());
    DataFile file = DataFile.at(path);
    DataProblem problem = assertThrows(DataProblem.class, () -> readAll(Hdf5.read(file)));
    assertTrue(problem.getMessage().contains("expected " + expected), problem.getMessage());
  }

  @Test
  void chunksOfHdf5AreUnpacked() throws IOException {
    Path path = folder.resolve("chunked.h5");
    Files.write(path, resource("chunked.h5"));
    NumberArray kernel = Hdf5.read(DataFile.at(path)).get("kernel");
    assertArrayEquals(
        IntStream.range(0, 7 * 11).asDoubleStream().toArray(),
        Objects.requireNonNull(kernel).toDoubles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | 190000000 | an array that memory can hold; found the lengths [190000000, 11]",
        "4 | 2000000000 | chunks that memory can hold; found the lengths [2000000000, 5]"
      })
  void chunksOfHdf5ThatMemoryCannotHold(int right, int wrong, String expected) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(resource("chunked.h5")).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(right == 7 ? place(bytes, 7, 11) : place(bytes, 5L << 32 | 4), wrong);
    Path path = folder.resolve("chunked.h5");
    Files.write(path, bytes.array());
    DataFile file = DataFile.at(path);
    DataProblem problem = assertThrows(DataProblem.class, () -> readAll(Hdf5.read(file)));
    assertTrue(problem.getMessage().contains("expected " + expected), problem.getMessage());
  }

  /// Writes the checksum of the object header, of version 2, around `inside`.
  private static void sign(ByteBuffer bytes, int inside) {
    int start = inside;
    while (bytes.getInt(start) != OBJECT_HEADER) {
      start--;
    }
    int flags = bytes.get(start + 5);
    int at = start + 6 + ((flags & 32) == 0 ? 0 : 16) + ((flags & 16) == 0 ? 0 : 4);
    int width = 1 << (flags & 3);
    int size = width == 1 ? bytes.get(at) & 0xff : bytes.getInt(at) & -1 >>> 32 - 8 * width;
    int end = at + width + size;
    bytes.putInt(end, ChecksumUtils.checksum(bytes.slice(start, end - start)));
  }

  private static int place(ByteBuffer bytes, long... numbers) {
    byte[] sought = new byte[8 * numbers.length];
    ByteBuffer.wrap(sought).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(numbers);
    for (int at = 0; ; at++) {
      if (bytes.slice(at, sought.length).equals(ByteBuffer.wrap(sought))) {
        return at;
      }
    }
  }

  @Test
  void contentThatUnpacksToMoreThanIsAllowed() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[1 << 20]);
    }
    var content = new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()));
    var bounded = new BoundedStream(content, "a.npy", "an NPY array", 1 << 19);
    DataProblem problem = assertThrows(DataProblem.class, bounded::readAllBytes);
    assertTrue(
        problem.getMessage().startsWith("a.npy: expected an NPY array of at most 524288 bytes"),
        problem.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[-3, 4] | [0, 48] | the lengths of an array",
        "[3.5, 4] | [0, 48] | a whole number; found 3.5",
        "[1099511627776, 4] | [0, 48] | the lengths of an array, each of 0 to 2147483647; found",
        "[3, 4] | [0, 1099511627776] | 48 bytes for numbers of type F32 and shape [3, 4]",
        "[3, 4] | [-48, 0] | a place that begins at byte 0 or later",
        "[3, 5] | [0, 60] | 60 bytes of arrays, as its header says; found 48 bytes",
        "[3, 3] | [0, 36] | 36 bytes of arrays, as its header says; found 48 bytes",
        "[3, 4] | [0, 96] | 48 bytes for numbers of type F32 and shape [3, 4]",
        "[3, 4] | [4, 52] | a place that begins at byte 0, where the one before ends"
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
