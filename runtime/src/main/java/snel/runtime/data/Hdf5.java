package snel.runtime.data;

import io.jhdf.HdfFile;
import io.jhdf.exceptions.HdfException;
import java.nio.BufferUnderflowException;
import java.util.function.Supplier;

/// Reads what lies in an HDF5 file: numbers, under paths without the first `/`.
public final class Hdf5 {
  private static final String KIND = "an HDF5 file";

  private Hdf5() {}

  /// The arrays of a file.
  public static ArrayFile read(DataFile file) {
    return open(file).arrays();
  }

  /// The arrays of a file, and lists of numbers each of its own length.
  public static Hdf5File open(DataFile file) {
    return FileContent.read(
        file,
        KIND,
        content -> {
          byte[] bytes = BoundedStream.all(content, file.name(), KIND);
          if (!isHdf5(bytes)) {
            throw DataProblem.found(file.name(), KIND, FileKind.told(bytes));
          }
          return reading(file.name(), KIND, () -> opened(file.name(), bytes));
        });
  }

  /// Whether it begins at byte 0, or behind something else of 512 bytes, 1024, …
  private static boolean isHdf5(byte[] bytes) {
    return FileKind.HDF5.isIn(bytes, 0)
        || java.util.stream.IntStream.iterate(512, at -> at > 0 && at < bytes.length, at -> 2 * at)
            .anyMatch(at -> FileKind.HDF5.isIn(bytes, at));
  }

  /// What it holds is read when it is asked for, from bytes in memory: the file stays open, which
  /// holds nothing else.
  private static Hdf5File opened(String name, byte[] content) {
    HdfFile opened = HdfFile.fromBytes(content);
    var bytes = new Hdf5Bytes(name, opened.getHdfBackingStorage());
    return new Hdf5File(name, Hdf5Tree.datasets(bytes, opened.getAddress()));
  }

  /// Runs `reading`, and tells what the library throws where a file is damaged.
  static <T> T reading(String place, String expected, Supplier<T> reading) {
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
    return DataProblem.found(
        place, expected, "damaged content, or some that is not read" + reason(problem));
  }

  /// The first that the library says; what Java says of its own accord is of no help.
  private static String reason(RuntimeException problem) {
    String reason = "";
    for (Throwable each = problem; each != null; each = each.getCause()) {
      if (each instanceof HdfException && each.getMessage() != null) {
        reason = " (" + each.getMessage() + ")";
      }
    }
    return reason;
  }
}
