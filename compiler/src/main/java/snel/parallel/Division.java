package snel.parallel;

import java.util.List;
import snel.ir.Stmt;

/// A statement as what each part does of it.
///
/// @param parts a list of statements a part
record Division(List<List<Stmt>> parts, Accesses accesses) {
  Division {
    parts = parts.stream().map(List::copyOf).toList();
  }
}
