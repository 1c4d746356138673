package snel.runtime.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.nio.BufferUnderflowException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads the arrays of an HDF5 file, each under its path without the first `/`.
public final class Hdf5 {
  private static final String KIND = "an HDF5 file";

  private Hdf5() {}

  public static Map<String, NumberArray> read(DataFile file) {
    return FileContent.read(
        file,
        KIND,
        content -> {
          Map<String, NumberArray> arrays = new LinkedHashMap<>();
          try (HdfFile opened = HdfFile.fromInputStream(content)) {
            take(opened, arrays);
          } catch (HdfException
              | ArithmeticException
              | IllegalArgumentException
              | IllegalStateException
              | IndexOutOfBoundsException
              | BufferUnderflowException
              | NegativeArraySizeException
              | ClassCastException problem) { // what the library throws where a file is damaged
            throw DataProblem.found(file.name(), KIND, String.valueOf(problem.getMessage()));
          }
          return arrays;
        });
  }

  private static void take(Group group, Map<String, NumberArray> arrays) {
    for (Node node : group.getChildren().values()) {
      switch (node) {
        case Group inner -> take(inner, arrays);
        case Dataset dataset
            when !dataset.isCompound() && !dataset.isEmpty() && isNumber(dataset) ->
            arrays.put(dataset.getPath().substring(1), array(dataset));
        default -> {} // texts and the like
      }
    }
  }

  private static boolean isNumber(Dataset dataset) {
    Class<?> type = dataset.getJavaType();
    return type.isPrimitive() && type != boolean.class && type != char.class;
  }

  private static NumberArray array(Dataset dataset) {
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
}
