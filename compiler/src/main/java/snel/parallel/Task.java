package snel.parallel;

import java.util.List;
import java.util.Optional;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;

/// A piece of a step that one thread does, or each part its share of.
///
/// @param kernel its name
/// @param number of the piece of it
/// @param whole what one thread does
/// @param parts what each part does, if it is divided
record Task(
    String kernel,
    int number,
    Phase phase,
    List<Stmt> whole,
    Optional<List<List<Stmt>>> parts,
    Accesses accesses) {
  boolean isDivided() {
    return parts.isPresent();
  }

  static String name(String kernel, int number) {
    return kernel + "/" + number;
  }

  private String name() {
    return name(kernel, number);
  }

  Kernel alone() {
    return new Kernel(name(), phase, whole);
  }

  /// The kernel of a part; of a task that is not divided, of the first part.
  Kernel part(int part) {
    if (parts.isPresent()) {
      return new Kernel(name() + "@" + part, phase, parts.get().get(part));
    }
    return new Kernel(name(), phase, part == 0 ? whole : List.of());
  }
}
