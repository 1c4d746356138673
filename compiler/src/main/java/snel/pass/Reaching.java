package snel.pass;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Stmt;

/// What of some kernels reaches buffers that are wanted, if they are run again and again.
public final class Reaching {
  private Reaching() {}

  /// The kernels of which something is left.
  ///
  /// @param wanted names of the buffers
  public static List<Kernel> of(List<Kernel> kernels, Set<String> wanted) {
    var sources = new Sources();
    kernels.forEach(sources::add);
    Set<String> roots = new HashSet<>(wanted);
    Nodes.writtenBy(kernels).stream()
        .filter(buffer -> buffer.role() == Role.QUEUE) // tied to each other by control flow
        .map(Buffer::name)
        .forEach(roots::add);
    Rewrite sweep = sweep(sources.of(roots));
    return kernels.stream()
        .map(kernel -> kernel.with(UnusedLocals.removed(sweep.block(kernel.body()))))
        .filter(kernel -> !kernel.body().isEmpty())
        .toList();
  }

  /// Takes away what writes other buffers than those with these names.
  static Rewrite sweep(Set<String> live) {
    return new Rewrite() {
      @Override
      List<Stmt> change(Stmt stmt) {
        return switch (stmt) {
          case Stmt.Store(var buffer, _, _) when !live.contains(buffer.name()) -> List.of();
          case Stmt.Words words when !live.contains(words.words().name()) -> List.of();
          case Stmt.AddBits add when !live.contains(add.counts().name()) -> List.of();
          default -> unlessIdle(stmt);
        };
      }
    };
  }
}
