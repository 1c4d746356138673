package snel.runtime.data;

import io.jhdf.HdfFile;
import io.jhdf.exceptions.HdfException;
import java.nio.BufferUnderflowException;
import java.util.Objects;
import java.util.function.Supplier;

/// Reads the arrays of an HDF5 file, each under its path without the first `/`.
public final class Hdf5 {
  private static final String KIND = "an HDF5 file";

  private Hdf5() {}

  public static ArrayFile read(DataFile file) {
    return FileContent.read(
        file,
        KIND,
        content -> {
          byte[] bytes = BoundedStream.all(content, file.name(), KIND);
          if (!isHdf5(bytes)) {
            throw DataProblem.found(file.name(), KIND, FileKind.told(bytes));
          }
          return reading(file.name(), KIND, () -> arrays(file.name(), bytes));
        });
  }

  /// Whether it begins at byte 0, or behind something else of 512 bytes, 1024, …
  private static boolean isHdf5(byte[] bytes) {
    return FileKind.HDF5.isIn(bytes, 0)
        || java.util.stream.IntStream.iterate(512, at -> at > 0 && at < bytes.length, at -> 2 * at)
            .anyMatch(at -> FileKind.HDF5.isIn(bytes, at));
  }

  /// The arrays are read when they are asked for, from bytes in memory: the file stays open, which
  /// holds nothing else.
  private static ArrayFile arrays(String name, byte[] content) {
    HdfFile opened = HdfFile.fromBytes(content);
    var bytes = new Hdf5Bytes(name, opened.getHdfBackingStorage());
    return new ArrayFile(Hdf5Tree.arrays(bytes, opened.getAddress()));
  }

  /// Runs `reading`, and tells what the library throws where a file is damaged.
  static NumberArray reading(String place, Supplier<NumberArray> reading) {
    return reading(place, "an array of numbers", reading);
  }

  private static <T> T reading(String place, String expected, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (HdfException
        | ArithmeticException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | BufferUnderflowException
        | NegativeArraySizeException
        | ClassCastException problem) {
      throw told(place, expected, problem);
    }
  }

  static DataProblem told(String place, RuntimeException problem) {
    return told(place, "an array of numbers", problem);
  }

  private static DataProblem told(String place, String expected, RuntimeException problem) {
    Throwable first = problem;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return DataProblem.found(
        place,
        expected,
        "damaged content, or some that is not read ("
            + Objects.requireNonNullElse(first.getMessage(), first.getClass().getSimpleName())
            + ")");
  }
}
