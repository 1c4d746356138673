package snel.parallel;

import java.util.List;
import snel.ir.Kernel;

/// A stretch of a step: first what one thread does while the others wait, then what all do side by
/// side.
///
/// @param parts the kernels of each part
public record Section(List<Kernel> alone, List<List<Kernel>> parts) {
  public Section {
    alone = List.copyOf(alone);
    parts = parts.stream().map(List::copyOf).toList();
  }
}
