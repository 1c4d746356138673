package snel.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The random streams that one program uses. Two names with one key would draw the same numbers
/// (semantics.md §10).
public final class StreamBook {
  private static final ScopedValue<StreamBook> OPEN = ScopedValue.newInstance();

  /// Two names of one key.
  public record Collision(String first, String second) {}

  private final Map<Integer, String> names = new HashMap<>();
  private final List<Collision> collisions = new ArrayList<>();

  /// Does `work` and notes the streams that it names.
  public <R> R during(Supplier<R> work) {
    return ScopedValue.where(OPEN, this).call(work::get);
  }

  /// The names that share a key, in the order in which they were met.
  public List<Collision> collisions() {
    return List.copyOf(collisions);
  }

  static void note(int key, String name) {
    if (OPEN.isBound()) {
      OPEN.get().enter(key, name);
    }
  }

  private void enter(int key, String name) {
    String known = names.putIfAbsent(key, name);
    if (known != null && !known.equals(name)) {
      collisions.add(new Collision(known, name));
    }
  }
}
