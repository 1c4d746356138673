package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files of named arrays, made byte by byte or by the library that others write them with.
final class TensorFilesTest {
  @TempDir Path folder;

  private DataFile file(String header, int bytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(8 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(text.length).put(text);
    all.putFloat(1.5f).putFloat(-2).putShort((short) 0x3c00).putShort((short) 0xbf80);
    Path path = folder.resolve("net.safetensors");
    Files.write(path, all.array());
    return DataFile.at(path);
  }

  @Test
  void readsSafetensors() throws IOException {
    ArrayFile arrays =
        Safetensors.read(
            file(
                """
                {"__metadata__": {"by": "hand"},
                 "a": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},
                 "half": {"dtype": "F16", "shape": [1], "data_offsets": [8, 10]},
                 "brain": {"dtype": "BF16", "shape": [], "data_offsets": [10, 12]}}
                """,
                12));
    assertEquals(Shape.of(2, 1), Objects.requireNonNull(arrays.get("a")).shape());
    assertArrayEquals(new double[] {1.5, -2}, Objects.requireNonNull(arrays.get("a")).toDoubles());
    assertArrayEquals(new double[] {1}, Objects.requireNonNull(arrays.get("half")).toDoubles());
    assertArrayEquals(new double[] {-1}, Objects.requireNonNull(arrays.get("brain")).toDoubles());
  }

  @Test
  void masksBesideTheWeightsDoNotHinder() throws IOException {
    ArrayFile arrays =
        Safetensors.read(
            file(
                """
                {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
                 "mask": {"dtype": "BOOL", "shape": [4], "data_offsets": [8, 12]}}
                """,
                12));
    assertArrayEquals(new double[] {1.5, -2}, Objects.requireNonNull(arrays.get("a")).toDoubles());
    DataProblem problem = assertThrows(DataProblem.class, () -> arrays.get("mask"));
    assertTrue(problem.getMessage().contains("`mask`"), problem.getMessage());
    assertTrue(problem.getMessage().contains("the type BOOL"), problem.getMessage());
  }

  @Test
  void tellsOfSafetensorsThatAreCutOffInTheirHeader() throws IOException {
    DataFile file =
        file("{\"a\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [0, 12]}}", 12);
    Path path = folder.resolve("net.safetensors");
    byte[] whole = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(whole, 40));
    DataProblem problem = assertThrows(DataProblem.class, () -> Safetensors.read(file));
    String header = (whole.length - 8 - 12) + " bytes; found 32 bytes";
    assertTrue(
        problem.getMessage().endsWith("is cut off: expected a header of " + header),
        problem.getMessage());
    whole[0] = 1;
    Files.write(path, whole);
    problem = assertThrows(DataProblem.class, () -> Safetensors.read(file));
    assertTrue(problem.getMessage().contains("found a header of 1 bytes"), problem.getMessage());
  }

  @Test
  void tellsOfSafetensorsThatAreCutOff() throws IOException {
    DataFile file =
        file("{\"a\": {\"dtype\": \"F32\", \"shape\": [9], \"data_offsets\": [0, 36]}}", 12);
    DataProblem problem = assertThrows(DataProblem.class, () -> Safetensors.read(file));
    assertTrue(problem.getMessage().contains("cut off"), problem.getMessage());
  }

  @Test
  void tellsOfSafetensorsThatBeginBeforeTheirData() throws IOException {
    DataFile file =
        file("{\"a\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [-4, 8]}}", 12);
    DataProblem problem = assertThrows(DataProblem.class, () -> Safetensors.read(file).get("a"));
    assertTrue(
        problem.getMessage().contains("at byte 0 or later; found one that begins at -4"),
        problem.getMessage());
  }

  @Test
  void placesOfSafetensorsNeitherOverlapNorLeaveGaps() throws IOException {
    for (String place : new String[] {"[4, 12]", "[0, 8]"}) {
      DataFile file =
          file(
              """
              {"a": {"dtype": "F32", "shape": [2], "data_offsets": %s},
               "b": {"dtype": "BOOL", "shape": [4], "data_offsets": [8, 12]}}
              """
                  .formatted(place),
              place.equals("[0, 8]") ? 16 : 12);
      DataProblem problem = assertThrows(DataProblem.class, () -> Safetensors.read(file));
      String expected =
          place.equals("[0, 8]")
              ? "net.safetensors: expected 12 bytes of arrays, as its header says; found 16 bytes"
              : "`a`: expected a place that begins at byte 0";
      assertTrue(problem.getMessage().contains(expected), problem.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | an empty file",
        "616263 | the first bytes 61 62 63",
        "FFFFFFFFFFFFFFFF7B7D | a header of -1 bytes in a file of 10"
      })
  void shortSafetensorsAreTold(String bytes, String expected) throws IOException {
    Path path = folder.resolve("net.safetensors");
    Files.write(path, HexFormat.of().parseHex(bytes));
    DataFile file = DataFile.at(path);
    DataProblem problem = assertThrows(DataProblem.class, () -> Safetensors.read(file));
    assertTrue(
        problem.getMessage().endsWith("expected a safetensors file; found " + expected),
        problem.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "504B030414000000 | a zip archive, as NPZ files",
        "894844460D0A1A0A | an HDF5 file",
        "934E554D50590100 | an NPY array",
        "80025D7100285801 | a pickle of Python",
        "02000000000000007B7D | a safetensors file",
        "312C322C330A342C352C360A | a text",
        "3C21444F43545950452068746D6C3E | a web page"
      })
  void filesOfOtherKindsAreNamed(String bytes, String kind) throws IOException {
    Path path = folder.resolve("net");
    Files.write(path, HexFormat.of().parseHex(bytes));
    DataFile file = DataFile.at(path);
    Map<String, Executable> readers =
        Map.of(
            "an ONNX model", () -> Onnx.read(file),
            "an NPZ archive", () -> Npz.read(file),
            "an HDF5 file", () -> Hdf5.read(file),
            "a safetensors file", () -> Safetensors.read(file));
    readers.forEach((expected, reader) -> {
      if (!kind.startsWith(expected) && !(kind.contains("NPZ") && expected.contains("NPZ"))) {
        DataProblem problem = assertThrows(DataProblem.class, reader);
        assertTrue(
            problem.getMessage().contains("expected " + expected)
                && problem.getMessage().contains("found what seems to be " + kind),
            problem.getMessage());
      }
    });
  }

  @Test
  void readsArraysOfHdf5() {
    Path path = folder.resolve("net.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      var group = file.putGroup("model").putGroup("dense");
      group.putDataset("kernel:0", new double[][] {{1, 2, 3}, {4, 5, 6}});
      group.putDataset("bias:0", new float[] {0.5f, 0.25f});
    }
    ArrayFile arrays = Hdf5.read(DataFile.at(path));
    assertEquals(
        Shape.of(2, 3), Objects.requireNonNull(arrays.get("model/dense/kernel:0")).shape());
    assertArrayEquals(
        new double[] {1, 2, 3, 4, 5, 6},
        Objects.requireNonNull(arrays.get("model/dense/kernel:0")).toDoubles());
    assertArrayEquals(
        new double[] {0.5, 0.25},
        Objects.requireNonNull(arrays.get("model/dense/bias:0")).toDoubles());
  }
}
