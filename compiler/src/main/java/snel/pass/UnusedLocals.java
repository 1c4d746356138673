package snel.pass;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;

/// Takes away locals that nothing is made of: what is left where a store has gone.
final class UnusedLocals {
  private UnusedLocals() {}

  static Program removed(Program program) {
    return program.mapKernels(UnusedLocals::swept);
  }

  private static Kernel swept(Kernel kernel) {
    List<Stmt> body = kernel.body();
    while (true) {
      Set<String> used = used(body);
      List<Stmt> less =
          new Rewrite() {
            @Override
            List<Stmt> change(Stmt stmt) {
              return switch (stmt) {
                case Stmt.Let(String name, _) when !used.contains(name) -> List.of();
                case Stmt.Var(String name, _) when !used.contains(name) -> List.of();
                case Stmt.Assign(String name, _) when !used.contains(name) -> List.of();
                default -> unlessIdle(stmt);
              };
            }
          }.block(body);
      if (Nodes.size(less) == Nodes.size(body)) {
        return kernel.with(less);
      }
      body = less;
    }
  }

  /// Names read, but for those that only feed their own assignment.
  private static Set<String> used(List<Stmt> body) {
    Set<String> used = new HashSet<>();
    Nodes.eachStatement(
        body,
        stmt -> {
          String own = stmt instanceof Stmt.Assign(String name, _) ? name : "";
          for (Expr operand : Nodes.operands(stmt)) {
            Nodes.eachExpression(
                operand,
                expr -> {
                  if (expr instanceof Expr.Read(String name, _) && !name.equals(own)) {
                    used.add(name);
                  }
                });
          }
        });
    return used;
  }
}
