package snel.ir.verify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.ir.Scalar;

/// The locals in sight.
final class Scope {
  record Local(Scalar type, boolean mutable) {}

  private final Map<String, Local> visible = new HashMap<>();
  private final Set<String> everDeclared = new HashSet<>();
  private final Deque<Set<String>> blocks = new ArrayDeque<>();

  void enter() {
    blocks.push(new HashSet<>());
  }

  void leave() {
    visible.keySet().removeAll(blocks.pop());
  }

  /// Declares a local; false if the kernel has one of this name already.
  boolean declare(String name, Scalar type, boolean mutable) {
    visible.put(name, new Local(type, mutable));
    blocks.element().add(name);
    return everDeclared.add(name);
  }

  @Nullable Local find(String name) {
    return visible.get(name);
  }
}
