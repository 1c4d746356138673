package snel.runtime.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.exceptions.HdfException;
import java.nio.BufferUnderflowException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/// Reads the arrays of an HDF5 file, each under its path without the first `/`.
public final class Hdf5 {
  private static final String KIND = "an HDF5 file";

  private final String file;
  private final long bytes;

  private Hdf5(String file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  public static ArrayFile read(DataFile file) {
    return FileContent.read(
        file,
        KIND,
        content -> {
          byte[] bytes = BoundedStream.all(content, file.name(), KIND);
          try (HdfFile opened = HdfFile.fromBytes(bytes)) {
            return new Hdf5(file.name(), bytes.length).arrays(opened);
          } catch (HdfException
              | ArithmeticException
              | IllegalArgumentException
              | IllegalStateException
              | IndexOutOfBoundsException
              | BufferUnderflowException
              | NegativeArraySizeException
              | ClassCastException problem) { // what the library throws where a file is damaged
            throw DataProblem.found(file.name(), KIND, unlike(bytes, problem));
          }
        });
  }

  private static String unlike(byte[] content, RuntimeException problem) {
    return FileKind.HDF5.begins(content)
        ? "damaged content, or some that is not read (" + problem.getMessage() + ")"
        : FileKind.told(content);
  }

  private ArrayFile arrays(Group group) {
    Map<String, Supplier<NumberArray>> arrays = new LinkedHashMap<>();
    take(group, arrays);
    return new ArrayFile(arrays);
  }

  private void take(Group group, Map<String, Supplier<NumberArray>> arrays) {
    for (Node node : group.getChildren().values()) {
      switch (node) {
        case Group inner -> take(inner, arrays);
        case Dataset dataset
            when !dataset.isCompound() && !dataset.isEmpty() && isNumber(dataset) -> {
          NumberArray array = array(dataset);
          arrays.put(dataset.getPath().substring(1), () -> array);
        }
        default -> {} // texts and the like
      }
    }
  }

  private static boolean isNumber(Dataset dataset) {
    Class<?> type = dataset.getJavaType();
    return type.isPrimitive() && type != boolean.class && type != char.class;
  }

  private NumberArray array(Dataset dataset) {
    checkLengths(dataset);
    if (dataset.isScalar()) {
      double only = ((Number) dataset.getData()).doubleValue();
      return new NumberArray(Shape.SCALAR, new Numbers.Doubles(new double[] {only}));
    }
    Object flat = dataset.getDataFlat();
    double[] values = new double[java.lang.reflect.Array.getLength(flat)];
    for (int k = 0; k < values.length; k++) {
      values[k] = ((Number) java.lang.reflect.Array.get(flat, k)).doubleValue();
    }
    return NumberArray.of(values, dataset.getDimensions());
  }

  /// The library makes as much room as the lengths say. What lies in one piece is no longer than
  /// the file; chunks may be packed, or never written.
  private void checkLengths(Dataset dataset) {
    String place = file + ", `" + dataset.getPath().substring(1) + "`";
    Shape shape = Shape.read(place, LongStream.of(dataset.getDimensionsAsLong()).boxed().toList());
    int width = dataset.getDataType().getSize();
    if (dataset instanceof ContiguousDataset && shape.bytes(width) > bytes) {
      throw DataProblem.truncated(
          place,
          shape.bytes(width) + " bytes for an array of shape " + shape,
          bytes + " bytes in the whole file");
    }
    checkHeld(place, "an array", shape, 2 * width + Double.BYTES); // packed, unpacked, as doubles
    if (dataset instanceof ChunkedDataset chunked) {
      checkHeld(place, "chunks", Shape.of(chunked.getChunkDimensions()), width);
    }
  }

  private static void checkHeld(String place, String what, Shape shape, int each) {
    if (shape.size() > Integer.MAX_VALUE || shape.bytes(each) > Memory.allowed()) {
      throw Memory.exceeded(place, what + " that memory can hold", "the lengths " + shape);
    }
  }
}
