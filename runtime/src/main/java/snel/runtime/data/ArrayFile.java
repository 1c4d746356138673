package snel.runtime.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The arrays of a file, by name. Each is read when it is asked for, so that one which is no array
/// of numbers hinders nobody who does not want it.
public final class ArrayFile {
  private final Map<String, Supplier<NumberArray>> arrays;

  /// @param arrays in the file's order
  ArrayFile(Map<String, Supplier<NumberArray>> arrays) {
    this.arrays = new LinkedHashMap<>(arrays);
  }

  /// In the file's order.
  public Set<String> names() {
    return arrays.keySet();
  }

  public @Nullable NumberArray get(String name) {
    @Nullable Supplier<NumberArray> found = arrays.get(name);
    return found == null ? null : found.get();
  }
}
