package snel.math;

import java.util.Map;

/// Looks up what must be in a map.
public final class Known {
  private Known() {}

  /// The value of `key`.
  ///
  /// @throws IllegalStateException if there is none: a fault of the compiler
  public static <K, V> V in(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing for " + key);
    }
    return value;
  }
}
