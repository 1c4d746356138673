package snel.recall;

import java.util.HashSet;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// What a kernel loads and stores, clock and flags for the driver apart.
///
/// @param differs whether it does something else in another presentation of the same: it draws
record KernelUse(Kernel kernel, Set<Buffer> loads, Set<Buffer> stores, boolean differs) {
  private static final Set<String> OF_THE_DRIVER = Set.of(Clock.NAME, Clock.HALT, Clock.FAULT);

  static KernelUse of(Kernel kernel) {
    Set<Buffer> loads = new HashSet<>();
    Set<Buffer> stores = new HashSet<>();
    boolean[] differs = new boolean[1];
    Nodes.eachStatement(
        kernel.body(),
        stmt -> {
          stores.addAll(Nodes.written(stmt));
          loads.addAll(Nodes.read(stmt));
          if (stmt instanceof Stmt.Push) {
            loads.addAll(Nodes.written(stmt));
          }
          differs[0] |= stmt instanceof Stmt.Words;
        });
    Nodes.eachExpression(
        kernel.body(),
        expr -> {
          if (expr instanceof Expr.Load(Buffer buffer, Expr index)) {
            loads.add(buffer);
            differs[0] |= buffer.name().equals(Clock.NAME) && isPresentation(index);
          }
          differs[0] |= expr instanceof Expr.Philox;
        });
    loads.removeIf(KernelUse::isOfTheDriver);
    stores.removeIf(KernelUse::isOfTheDriver);
    return new KernelUse(kernel, loads, stores, differs[0]);
  }

  private static boolean isOfTheDriver(Buffer buffer) {
    return OF_THE_DRIVER.contains(buffer.name());
  }

  private static boolean isPresentation(Expr index) {
    return !(index instanceof Expr.Const(_, long bits)) || bits == Clock.PRESENTATION;
  }
}
