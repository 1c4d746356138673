package snel.parallel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// What the parts of a task read and write.
final class Accesses {
  private final Map<String, Set<Owner>> read = new HashMap<>();
  private final Map<String, Set<Owner>> written = new HashMap<>();

  void read(Buffer buffer, Owner owner) {
    read.computeIfAbsent(buffer.name(), _ -> new HashSet<>()).add(owner);
  }

  void write(Buffer buffer, Owner owner) {
    written.computeIfAbsent(buffer.name(), _ -> new HashSet<>()).add(owner);
  }

  void add(Accesses other) {
    other.read.forEach(
        (name, owners) -> read.computeIfAbsent(name, _ -> new HashSet<>()).addAll(owners));
    other.written.forEach(
        (name, owners) -> written.computeIfAbsent(name, _ -> new HashSet<>()).addAll(owners));
  }

  /// All of `block` by the first part.
  void byFirst(List<Stmt> block) {
    Nodes.eachStatement(
        block,
        stmt -> {
          for (Buffer buffer : Nodes.written(stmt)) {
            write(buffer, Owner.FIRST);
          }
          for (Buffer buffer : Nodes.read(stmt)) {
            read(buffer, Owner.FIRST);
          }
        });
    Nodes.eachExpression(
        block,
        expression -> {
          if (expression instanceof Expr.Load(Buffer buffer, _)) {
            read(buffer, Owner.FIRST);
          }
        });
  }

  /// Whether one must come before the other, as in the program, even within one part.
  boolean mustKeepOrder(Accesses later) {
    return meets(written, later.written)
        || meets(written, later.read)
        || meets(read, later.written);
  }

  private static boolean meets(Map<String, Set<Owner>> some, Map<String, Set<Owner>> others) {
    return some.keySet().stream().anyMatch(others::containsKey);
  }

  /// Whether a part of one may touch what another part of the other writes.
  boolean crosses(Accesses later) {
    return crosses(written, later.written)
        || crosses(written, later.read)
        || crosses(read, later.written);
  }

  private static boolean crosses(Map<String, Set<Owner>> some, Map<String, Set<Owner>> others) {
    return crossing(some, others).isPresent();
  }

  /// The buffer that a part of one may touch where another part of the other writes it, or the
  /// other way round.
  Optional<String> crossing(Accesses other) {
    return crossing(written, other.written)
        .or(() -> crossing(written, other.read))
        .or(() -> crossing(read, other.written));
  }

  private static Optional<String> crossing(
      Map<String, Set<Owner>> some, Map<String, Set<Owner>> others) {
    for (var entry : others.entrySet()) {
      Set<Owner> here = some.getOrDefault(entry.getKey(), Set.of());
      if (entry.getValue().stream().anyMatch(there -> !keepsApart(here, there))) {
        return Optional.of(entry.getKey());
      }
    }
    return Optional.empty();
  }

  private static boolean keepsApart(Set<Owner> some, Owner other) {
    return some.stream().allMatch(other::keepsApart);
  }

  boolean writes(Buffer buffer) {
    return written.containsKey(buffer.name());
  }

  /// Calls `action` with each buffer that is written, and an owner of what is written.
  void eachWritten(BiConsumer<String, Owner> action) {
    written.forEach((name, owners) -> owners.forEach(owner -> action.accept(name, owner)));
  }

  /// The same but for what each part has for itself.
  Accesses without(Predicate<String> own) {
    Accesses others = new Accesses();
    others.add(this);
    others.read.keySet().removeIf(own);
    others.written.keySet().removeIf(own);
    return others;
  }
}
