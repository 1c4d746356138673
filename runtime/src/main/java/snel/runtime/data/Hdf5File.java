package snel.runtime.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.ProblemKind;

/// What lies in an HDF5 file, by its path without the first `/`. Each is read when it is asked for.
public final class Hdf5File {
  /// Paths that a message lists.
  private static final int MOST_TOLD = 12;

  private final String name;
  private final Map<String, Supplier<Hdf5Dataset>> datasets;

  /// @param name as messages have it
  /// @param datasets in the file's order
  Hdf5File(String name, Map<String, Supplier<Hdf5Dataset>> datasets) {
    this.name = name;
    this.datasets = new LinkedHashMap<>(datasets);
  }

  public String name() {
    return name;
  }

  ArrayFile arrays() {
    Map<String, Supplier<NumberArray>> arrays = new LinkedHashMap<>();
    datasets.forEach((path, found) -> arrays.put(path, () -> found.get().array()));
    return new ArrayFile(arrays);
  }

  public NumberArray array(String path) {
    return dataset(path).array();
  }

  /// A list of numbers for each place of an array of lists.
  public List<Numbers> lists(String path) {
    return dataset(path).lists();
  }

  private Hdf5Dataset dataset(String path) {
    @Nullable Supplier<Hdf5Dataset> found =
        datasets.get(path.startsWith("/") ? path.substring(1) : path);
    if (found == null) {
      throw DataProblem.found(
          ProblemKind.COLUMN_MISSING, name, "a dataset `" + path + "`", known());
    }
    return found.get();
  }

  private String known() {
    if (datasets.isEmpty()) {
      return "none";
    }
    String told =
        datasets.keySet().stream()
            .limit(MOST_TOLD)
            .map(path -> "`" + path + "`")
            .collect(Collectors.joining(", "));
    return datasets.size() > MOST_TOLD ? told + ", …" : told;
  }
}
