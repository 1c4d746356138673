package snel.ir;

import java.util.List;

/// A routine without parameters over the buffers of its program. Kernels are small: one population
/// or projection and one phase each, so that a just-in-time compiler treats them well.
public record Kernel(String name, Phase phase, List<Stmt> body) {
  public Kernel {
    body = List.copyOf(body);
  }

  /// The kernel of this name and phase that does `other`.
  public Kernel with(List<Stmt> other) {
    return new Kernel(name, phase, other);
  }
}
