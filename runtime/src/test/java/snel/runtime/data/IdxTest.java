package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  /// Two images of 1 × 3 pixels, spelled by hand from the format's description.
  private static final byte[] IMAGES =
      HexFormat.of().parseHex("0000080300000002000000010000000300017f80feff");

  @TempDir Path folder;

  private DataFile file(byte[] content) throws IOException {
    return DataFile.at(Files.write(folder.resolve("x"), content));
  }

  @Test
  void imagesAreReadPlainAndPacked() throws IOException {
    assertEquals(Shape.of(2, 1, 3), Idx.images(file(IMAGES)).shape());
    Path packed = folder.resolve("packed");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(IMAGES);
    }
    assertArrayEquals(
        new double[] {0, 1, 127, 128, 254, 255}, Idx.images(DataFile.at(packed)).toDoubles());
    assertArrayEquals(IMAGES, Idx.toBytes(Shape.of(2, 1, 3), new byte[] {0, 1, 127, -128, -2, -1}));
  }

  @Test
  void widerTypesAreBigEndian() throws IOException {
    byte[] shorts = HexFormat.of().parseHex("00000b01000000020100fffe");
    assertArrayEquals(new double[] {256, -2}, Idx.read(file(shorts)).toDoubles());
    byte[] floats = HexFormat.of().parseHex("00000d01000000013fc00000");
    assertArrayEquals(new double[] {1.5}, Idx.labels(file(floats)).toDoubles());
  }

  @Test
  void damagedAndMislabelledFilesAreToldApart() throws IOException {
    assertEquals(
        "x is cut off: expected 6 bytes for shape [2, 1, 3]; found 5 bytes", problem(cut(21)));
    assertEquals("x is cut off: expected 3 lengths; found 9 bytes in all", problem(cut(9)));
    assertEquals(
        "x: expected lengths of less than 2^31 in an IDX file; found 4294967295 as length 2",
        problem(HexFormat.of().parseHex("0000080200000001ffffffff")));
    assertEquals(
        "x: expected images (3 dimensions); found an IDX array of shape [2]",
        problem(HexFormat.of().parseHex("00000801000000020405")));
    assertEquals(
        "x: expected an IDX file (first two bytes 0); found"
            + " what seems to be a zip archive, as NPZ files and PyTorch's `.pt` are",
        problem(new byte[] {0x50, 0x4b, 3, 4}));
    assertEquals(
        "x: expected an IDX element type 08, 09, 0B, 0C, 0D or 0E; found 0A",
        problem(HexFormat.of().parseHex("00000a0100000000")));
  }

  private static byte[] cut(int length) {
    return Arrays.copyOf(IMAGES, length);
  }

  private String problem(byte[] content) throws IOException {
    DataFile file = file(content);
    return assertThrows(DataProblem.class, () -> Idx.images(file))
        .getMessage()
        .replace(folder + "/", "");
  }
}
