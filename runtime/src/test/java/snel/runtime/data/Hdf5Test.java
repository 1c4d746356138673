package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that the HDF5 library wrote, see `src/test/resources/hdf5`.
final class Hdf5Test {
  private static final double[] GRID = IntStream.range(0, 77).asDoubleStream().toArray();

  @TempDir Path folder;

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(Hdf5Test.class.getResourceAsStream("/hdf5/" + name))) {
      return stream.readAllBytes();
    }
  }

  private DataFile file(byte[] content) throws IOException {
    Path path = folder.resolve("net.h5");
    Files.write(path, content);
    return DataFile.at(path);
  }

  private ArrayFile arrays(byte[] content) throws IOException {
    return Hdf5.read(file(content));
  }

  private ArrayFile arrays(String name) throws IOException {
    return arrays(resource(name));
  }

  private static double[] values(ArrayFile arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name).toDoubles();
  }

  /// Also of groups that say that their names are ASCII.
  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest"})
  void namesBeyondAscii(String version) throws IOException {
    assertArrayEquals(
        new double[] {0, 1, 2, 3}, values(arrays("names_" + version + ".h5"), "größe/länge"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shuffled_i1", "shuffled_f2", "shuffled_f4", "shuffled_f8", "lzf", "checked"})
  void checkSumsAreTakenAway(String name) throws IOException {
    assertArrayEquals(GRID, values(arrays("filters.h5"), name));
  }

  @Test
  void checkSumsAreChecked() throws IOException {
    byte[] bytes = resource("filters.h5");
    int at = place(bytes, 0, 0, -128, 63, 0, 0, 0, 64, 0, 0, 64, 64); // 1, 2, 3
    bytes[at + 2] ^= 1;
    ArrayFile arrays = arrays(bytes);
    DataProblem problem = assertThrows(DataProblem.class, () -> arrays.get("checked"));
    assertTrue(problem.getMessage().contains("`checked`"), problem.getMessage());
    assertTrue(problem.getMessage().contains("check sum"), problem.getMessage());
    assertArrayEquals(GRID, values(arrays, "shuffled_f4"));
  }

  private static int place(byte[] in, int... wanted) {
    return IntStream.range(0, in.length - wanted.length)
        .filter(at -> IntStream.range(0, wanted.length).allMatch(k -> in[at + k] == wanted[k]))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void chunksMaySkipFilters() throws IOException {
    assertArrayEquals(
        new double[] {1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 0, 1, 2, 3, 4, 5, 6, 7},
        values(arrays("filters.h5"), "skipping"));
    assertArrayEquals(GRID, values(arrays("edges.h5"), "kernel"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "first",
        "second",
        "both",
        "bounded",
        "first_packed",
        "second_packed",
        "both_packed",
        "bounded_packed",
        "in_order",
        "in_order_bounded",
        "shrunk"
      })
  void chunksLieWhereTheArrayMayGrow(String name) throws IOException {
    assertEquals(
        Shape.of(7, 11), Objects.requireNonNull(arrays("growing.h5").get(name), name).shape());
    assertArrayEquals(GRID, values(arrays("growing.h5"), name));
  }

  @Test
  void chunksFarAwayAreFoundWithoutThoseBefore() throws IOException {
    double[] endless = new double[80000];
    Arrays.fill(endless, 5);
    endless[3] = 1;
    endless[200] = 2;
    endless[70000] = 3;
    endless[70001] = 4;
    endless[70002] = 6;
    assertArrayEquals(endless, values(arrays("growing.h5"), "far_endless"));
    double[] fixed = new double[2500];
    Arrays.fill(fixed, 5);
    fixed[3] = 1;
    fixed[2400] = 3;
    fixed[2401] = 4;
    fixed[2402] = 6;
    assertArrayEquals(fixed, values(arrays("growing.h5"), "far_fixed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "there/values | 0, 1, 2, 3",
        "scalar       | 3.5",
        "soft         | 0, 1, 2, 3",
        "group/values | 0, 1, 2, 3",
        "named        | 0, 1, 2, 3",
        "truth        | 1, 0",
        "unsigned     | 1, 4611686018427387904",
        "filled       | -1.5, -1.5, -1.5, -1.5, -1.5, -1.5",
        "nought       | 0, 0, 0, 0, 0, 0",
        "brain        | 1, -2.5, 100, 0.0078125"
      })
  void arraysOfEachKind(String name, String expected) throws IOException {
    double[] numbers =
        Arrays.stream(expected.split(",")).mapToDouble(Double::parseDouble).toArray();
    for (String file : new String[] {"kinds_earliest.h5", "kinds_latest.h5"}) {
      assertArrayEquals(numbers, values(arrays(file), name), file);
    }
  }

  @Test
  void chunksNeverWrittenHaveTheFillValue() throws IOException {
    for (String file : new String[] {"kinds_earliest.h5", "kinds_latest.h5"}) {
      double[] partly = values(arrays(file), "partly");
      for (int k = 0; k < 77; k++) {

        assertEquals(k == 0 ? 9 : 2.5, partly[k], file);
      }
      double[] none = values(arrays(file), "no_chunk");
      assertTrue(Arrays.stream(none).allMatch(value -> value == -4), file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "too_large     | below 2^63; found 9223372036854775809",
        "float_6_9     | an exponent of 6 bits",
        "complex       | compound elements, as complex numbers",
        "text          | found texts",
        "regions       | references",
        "scaled        | packed by scaleoffset (filter 6); `h5repack",
        "nowhere       | a link to `/nothing`, where there is nothing",
        "round         | links to links",
        "elsewhere     | in another file, `other.h5`",
        "virtual       | a virtual array",
        "outside       | in other files",
        "without_shape | without a shape"
      })
  void othersAreRefusedWhenAskedFor(String name, String expected) throws IOException {
    for (String file : new String[] {"kinds_earliest.h5", "kinds_latest.h5"}) {
      ArrayFile arrays = arrays(file);
      assertTrue(arrays.names().contains(name), file);
      DataProblem problem = assertThrows(DataProblem.class, () -> arrays.get(name));
      assertTrue(problem.getMessage().contains("net.h5, `" + name + "`"), problem.getMessage());
      assertTrue(problem.getMessage().contains(expected), problem.getMessage());
    }
  }

  private Hdf5File lists() throws IOException {
    return Hdf5.open(file(resource("lists.h5")));
  }

  private static double[][] rows(List<Numbers> lists) {
    return lists.stream()
        .map(list -> IntStream.range(0, list.length()).mapToDouble(list::real).toArray())
        .toArray(double[][]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spikes/units", "/spikes/units", "packed/units"})
  void eachListHasItsOwnLength(String path) throws IOException {
    double[][] units = {{4, 0, 4}, {}, {1, 1}, {3}};
    assertArrayEquals(units, rows(lists().lists(path)));
  }

  @Test
  void listsOfFloats() throws IOException {
    double[][] times = {{0.001, 0.0025, 0.0105}, {}, {0.002, 0.002}, {0.25}};
    assertArrayEquals(times, rows(lists().lists("packed/times")));
    double[][] rounded =
        Arrays.stream(times)
            .map(row -> Arrays.stream(row).map(time -> (float) time).toArray())
            .toArray(double[][]::new);
    assertArrayEquals(rounded, rows(lists().lists("spikes/times")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "labels | found one number for each",
        "names  | found texts",
        "lists  | expected a dataset `lists`; found `few/units`, `image`, `labels`, `names`"
      })
  void whatIsNoListsOfNumbers(String path, String expected) throws IOException {
    Hdf5File file = lists();
    DataProblem problem = assertThrows(DataProblem.class, () -> file.lists(path));
    assertTrue(problem.getMessage().contains(expected), problem.getMessage());
  }

  @Test
  void whatJavaSaysOfDamagedContentIsNotTold() {
    RuntimeException own = new IndexOutOfBoundsException();
    for (RuntimeException thrown : List.of(own, new HdfException("no block", own))) {
      DataProblem problem =
          assertThrows(
              DataProblem.class,
              () ->
                  Hdf5.reading(
                      "a.h5",
                      "an array",
                      () -> {
                        throw thrown;
                      }));
      String reason = thrown == own ? "" : " (no block)";
      assertEquals(
          "a.h5: expected an array; found damaged content, or some that is not read" + reason,
          problem.getMessage());
    }
  }

  @Test
  void listsThatAreCutOffAreTold() throws IOException {
    byte[] bytes = resource("lists.h5");
    bytes[place(bytes, 'G', 'C', 'O', 'L')] = 'X';
    Hdf5File file = Hdf5.open(file(bytes));
    DataProblem problem = assertThrows(DataProblem.class, () -> rows(file.lists("spikes/times")));
    assertTrue(problem.getMessage().contains("damaged content"), problem.getMessage());
  }

  @Test
  void groupsThatContainThemselvesAreWalkedOnce() throws IOException {
    ArrayFile arrays = arrays("kinds_earliest.h5");
    assertFalse(arrays.names().contains("there/back/scalar"));
    assertFalse(arrays.names().contains("type"));
  }
}
