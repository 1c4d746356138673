package snel.parallel;

import java.util.List;
import java.util.Optional;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;

/// A piece of a step that one thread does, or each part its share of.
///
/// @param name of the kernel and the piece of it
/// @param whole what one thread does
/// @param parts what each part does, if it is divided
record Task(
    String name,
    Phase phase,
    List<Stmt> whole,
    Optional<List<List<Stmt>>> parts,
    Accesses accesses) {
  boolean isDivided() {
    return parts.isPresent();
  }

  Kernel alone() {
    return new Kernel(name, phase, whole);
  }

  /// The kernel of a part; of a task that is not divided, of the first part.
  Kernel part(int part) {
    if (parts.isPresent()) {
      return new Kernel(name + "@" + part, phase, parts.get().get(part));
    }
    return new Kernel(name, phase, part == 0 ? whole : List.of());
  }
}
