package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir Path folder;

  private static DataFile numpy(String name) {
    return DataFile.resource(NpyTest.class.getClassLoader(), "numpy/" + name);
  }

  @Test
  void arraysWrittenByNumpyAreRead() {
    NumberArray turned = Npy.read(numpy("first_index_fastest.npy"));
    assertEquals(Shape.of(2, 3, 4), turned.shape());
    double[] quarters = new double[24];
    Arrays.setAll(quarters, i -> i / 4.0);
    assertArrayEquals(quarters, turned.toDoubles());
    assertArrayEquals(new double[] {-2, 300, 7}, Npy.read(numpy("big_endian.npy")).toDoubles());
    assertArrayEquals(new double[] {0.5, -1.25}, Npy.read(numpy("half.npy")).toDoubles());
    assertEquals(4_294_967_295L, Npy.read(numpy("unsigned.npy")).values().whole(0));
    assertArrayEquals(new double[] {1, 2}, Npy.read(numpy("version_2.npy")).toDoubles());
    NumberArray scalar = Npy.read(numpy("scalar.npy"));
    assertEquals(Shape.SCALAR, scalar.shape());
    assertEquals(2.5, scalar.values().real(0));
  }

  @Test
  void whatWeWriteIsByteForByteWhatNumpyWrites() throws IOException {
    var out = new ByteArrayOutputStream();
    Npy.write(new NumberArray(Shape.SCALAR, new Numbers.Floats(new float[] {2.5f})), out);
    try (var numpy = numpy("scalar.npy").open()) {
      assertArrayEquals(numpy.readAllBytes(), out.toByteArray());
    }
  }

  @Test
  void archivesGoThereAndBack() throws IOException {
    ArrayFile numpy = Npz.read(numpy("archive.npz"));
    assertEquals(java.util.Set.of("w", "label", "ok"), numpy.names());
    assertEquals(Shape.of(3, 2), Npz.read(numpy("archive.npz"), "w").shape());
    assertArrayEquals(new double[] {3, 1}, Npz.read(numpy("archive.npz"), "label").toDoubles());
    assertArrayEquals(new double[] {1, 0}, Npz.read(numpy("archive.npz"), "ok").toDoubles());
    var ours = new LinkedHashMap<String, NumberArray>();
    ours.put("w", NumberArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    ours.put("long", new NumberArray(Shape.of(1), new Numbers.Longs(new long[] {1L << 60})));
    Path file = Files.write(folder.resolve("a.npz"), Npz.toBytes(ours));
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, Npz.read(DataFile.at(file), "w").toFloats());
    assertEquals(1L << 60, Npz.read(DataFile.at(file), "long").values().whole(0));
    assertArrayEquals(Npz.toBytes(ours), Npz.toBytes(ours));
    assertEquals(
        "a.npz: expected an array \"v\"; found w, long",
        assertThrows(DataProblem.class, () -> Npz.read(DataFile.at(file), "v"))
            .getMessage()
            .replace(folder + "/", ""));
  }

  /// Into a pipe the sizes are written behind each array.
  @Test
  void archivesMayHaveBeenWrittenIntoAPipe() {
    assertArrayEquals(new double[] {1.5, -2}, Npz.read(numpy("streamed.npz"), "w").toDoubles());
    assertArrayEquals(new double[] {3, 4}, Npz.read(numpy("streamed.npz"), "bias").toDoubles());
  }

  @Test
  void archivesThatEndBetweenArraysAreCutOff() throws IOException {
    byte[] whole = FileContent.bytes(numpy("archive.npz"), "a file");
    int second = 4;
    while (!Arrays.equals(whole, second, second + 4, whole, 0, 4)) {
      second++;
    }
    Path file = Files.write(folder.resolve("a.npz"), Arrays.copyOf(whole, second));
    String told = assertThrows(DataProblem.class, () -> Npz.read(DataFile.at(file))).getMessage();
    assertTrue(told.contains("a.npz is cut off: expected an NPZ archive with a list"), told);
  }

  /// What NumPy stores of texts, `np.savez("a.npz", names=np.array(["a", "b"]), w=…)`.
  @Test
  void whatNobodyAsksForMayBeOfAnotherType() throws IOException {
    Path file = folder.resolve("a.npz");
    var parts = new LinkedHashMap<String, DataFile>();
    parts.put("names", numpy("texts.npy"));
    parts.put("w", numpy("half.npy"));
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey() + ".npy"));
        zip.write(FileContent.bytes(part.getValue(), "a file"));
      }
    }
    ArrayFile arrays = Npz.read(DataFile.at(file));
    assertArrayEquals(
        new double[] {0.5, -1.25}, Objects.requireNonNull(arrays.get("w")).toDoubles());
    String told = assertThrows(DataProblem.class, () -> arrays.get("names")).getMessage();
    assertTrue(told.contains("a.npz (names.npy): expected whole or floating-point"), told);
  }

  @Test
  void longArraysKeepEveryNumber() throws IOException {
    double[] many = new double[100_003];
    Arrays.setAll(many, i -> Math.sin(i));
    var out = new ByteArrayOutputStream();
    Npy.write(NumberArray.of(many, 100_003), out);
    assertArrayEquals(many, Npy.parse("m", out.toByteArray()).toDoubles());
  }

  @Test
  void otherFilesAreRefusedInASentence() throws IOException {
    var out = new ByteArrayOutputStream();
    Npy.write(NumberArray.of(new double[] {1, 2, 3}, 3), out);
    byte[] good = out.toByteArray();
    assertEquals(
        "x.npy is cut off: expected 24 bytes for shape [3] of <f8; found 23 bytes",
        problem(Arrays.copyOf(good, good.length - 1)));
    assertEquals(
        "x.npy: expected 24 bytes for shape [3] of <f8; found 25 bytes",
        problem(Arrays.copyOf(good, good.length + 1)));
    assertEquals(
        "x.npy is cut off: expected a header of 118 bytes; found 40 bytes",
        problem(Arrays.copyOf(good, 50)));
    assertEquals(
        "x.npy: expected an NPY array (first bytes 93 4E 55 4D 50 59); found an empty file",
        problem(new byte[0]));
    assertEquals(
        "numpy/texts.npy: expected whole or floating-point numbers; found elements of NumPy type"
            + " <U1",
        assertThrows(DataProblem.class, () -> Npy.read(numpy("texts.npy"))).getMessage());
  }

  /// NumPy reads the header as Python's literals.
  @Test
  void headersMayBeWrittenInOtherWays() {
    for (String header :
        new String[] {
          "{'shape': (2, 1), 'descr': '<f8', 'fortran_order': False}",
          "{\"descr\": \"<f8\", \"shape\": (2, 1), \"fortran_order\": False, }",
          "{ 'fortran_order' :False ,'descr':'<f8','shape':(2,1,) , }\n"
        }) {
      NumberArray array = Npy.parse("x.npy", npy(1, header));
      assertEquals(Shape.of(2, 1), array.shape());
      assertArrayEquals(new double[] {1.5, -2}, array.toDoubles());
    }
  }

  @Test
  void headersOfAnotherKindAreRefused() {
    for (String header :
        new String[] {
          "{'descr': '<f8', 'fortran_order': False}",
          "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), 'x': 1}",
          "{'descr': '<f8' 'fortran_order': False, 'shape': (2, 1)}",
          "{'descr': False, 'fortran_order': False, 'shape': (2, 1)}",
          "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2, 1)}"
        }) {
      assertEquals(
          "x.npy: expected an NPY header of plain numbers; found the header " + header,
          problem(npy(1, header)));
    }
    assertEquals(
        "x.npy: expected an NPY array of version 1.0, 2.0 or 3.0; found one of version 4.0",
        problem(npy(4, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }")));
  }

  private static byte[] npy(int version, String header) {
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(NpyHeader.MAGIC).put((byte) version).put((byte) 0).putShort((short) header.length());
    bytes.put(header.getBytes(StandardCharsets.US_ASCII)).putDouble(1.5).putDouble(-2);
    return bytes.array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bzip2", "lzma"})
  void otherWaysToPackArchivesAreNamed(String method) {
    DataFile file = numpy(method + ".npz");
    assertEquals(
        "numpy/%s.npz (w.npy): expected an array that is not packed, or packed by deflate;"
                .formatted(method)
            + " found one packed by %s; `np.savez` or `np.savez_compressed` of NumPy writes one"
                .formatted(method)
            + " that is read",
        assertThrows(DataProblem.class, () -> Npz.read(file)).getMessage());
  }

  @Test
  void twoArraysOfOneNameAreRefused() {
    DataFile file = numpy("twice.npz");
    assertEquals(
        "numpy/twice.npz: expected an NPZ archive with one array of each name; found two members"
            + " `w.npy`",
        assertThrows(DataProblem.class, () -> Npz.read(file)).getMessage());
  }

  private static String problem(byte[] content) {
    return assertThrows(DataProblem.class, () -> Npy.parse("x.npy", content)).getMessage();
  }
}
