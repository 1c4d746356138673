package snel.target.jvm;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;

/// Sums that are 0 whenever the one loop that adds to them begins: later in the same step another
/// loop takes them and leaves 0.
final class FreshSums {
  private final Map<Buffer, Stmt> adding = new HashMap<>();
  private final Set<Buffer> others = new HashSet<>();

  FreshSums(Program program) {
    for (Kernel kernel : program.step()) {
      kernel.body().forEach(this::note);
    }
    Set<Buffer> cleared = new HashSet<>();
    for (Kernel kernel : program.step().reversed()) {
      kernel.body().reversed().forEach(stmt -> note(stmt, cleared));
    }
    Set<Kernel> steps = Collections.newSetFromMap(new IdentityHashMap<>());
    steps.addAll(program.step());
    program.kernels().stream()
        .filter(kernel -> !steps.contains(kernel))
        .forEach(kernel -> Nodes.eachStatement(kernel.body(), this::noteOther));
    adding.keySet().removeAll(others);
  }

  /// Whether this loop, at the top of a kernel, finds nothing but 0 in the sums.
  boolean begin(Buffer sums, Stmt.Loop loop) {
    return loop.equals(adding.get(sums));
  }

  private void note(Stmt top) {
    Nodes.eachStatement(
        List.of(top),
        stmt -> {
          if (!isClearing(stmt)) {
            for (Buffer buffer : sums(stmt)) {
              if (!(stmt instanceof Stmt.Store) || adding.put(buffer, top) != null) {
                others.add(buffer);
              }
            }
          }
        });
  }

  /// From the last statement of a step to its first: what is cleared behind is not added to.
  private void note(Stmt top, Set<Buffer> cleared) {
    cleared.addAll(cleared(top));
    Nodes.eachStatement(
        List.of(top),
        stmt -> {
          for (Buffer buffer : sums(stmt)) {
            if (adding.get(buffer) == top && !cleared.contains(buffer)) {
              others.add(buffer);
            }
          }
        });
  }

  private void noteOther(Stmt stmt) {
    if (!isClearing(stmt)) {
      others.addAll(sums(stmt));
    }
  }

  private static List<Buffer> sums(Stmt stmt) {
    return Nodes.written(stmt).stream().filter(buffer -> buffer.role() == Role.QUEUE).toList();
  }

  private static boolean isClearing(Stmt stmt) {
    return stmt instanceof Stmt.Store(_, _, Expr.Const(_, long bits)) && bits == 0;
  }

  /// What a loop sets to 0 as a whole.
  private static Set<Buffer> cleared(Stmt top) {
    Stmt.Loop loop =
        switch (top) {
          case Stmt.Loop one -> one;
          case Stmt.Collect collect -> collect.before();
          default -> null;
        };
    Set<Buffer> cleared = new HashSet<>();
    if (loop == null || !loop.from().equals(Expr.i32(0))) {
      return cleared;
    }
    for (Stmt stmt : loop.body()) {
      if (isClearing(stmt)
          && stmt instanceof Stmt.Store(Buffer buffer, Expr.Read(String index, _), _)
          && index.equals(loop.index())
          && buffer.length() instanceof Length.Fixed(long length)
          && loop.to() instanceof Expr.Const(_, long to)
          && to == length) {
        cleared.add(buffer);
      }
    }
    return cleared;
  }
}
