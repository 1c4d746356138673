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
public final class UnusedLocals {
  private UnusedLocals() {}

  static Program removed(Program program) {
    return program.mapKernels(UnusedLocals::swept);
  }

  private static Kernel swept(Kernel kernel) {
    return kernel.with(removed(kernel.body()));
  }

  /// The statements that are left of a kernel's.
  public static List<Stmt> removed(List<Stmt> block) {
    List<Stmt> body = block;
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
        return less;
      }
      body = less;
    }
  }

  /// Names that something is made of which stays.
  private static Set<String> used(List<Stmt> body) {
    Set<String> used = new HashSet<>();
    int before;
    do {
      before = used.size();
      stays(body, used);
    } while (used.size() > before);
    return used;
  }

  /// Whether anything of a block is needed; notes what that reads. A loop that only makes its own
  /// condition is not.
  private static boolean stays(List<Stmt> block, Set<String> used) {
    boolean any = false;
    // the last first: what a local is made of is needed if the local is
    for (Stmt stmt : block.reversed()) {
      boolean stays =
          switch (stmt) {
            case Stmt.Let(String name, _) -> used.contains(name);
            case Stmt.Var(String name, _) -> used.contains(name);
            case Stmt.Assign(String name, _) -> used.contains(name);
            case Stmt.If(_, var then, var otherwise) -> stays(then, used) | stays(otherwise, used);
            case Stmt.Loop loop -> stays(loop.body(), used);
            case Stmt.While(_, var inner) -> stays(inner, used);
            case Stmt.Collect collect -> {
              stays(collect.body(), used);
              yield true;
            }
            case Stmt.Store _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ -> true;
          };
      if (stays) {
        Nodes.operands(stmt).forEach(operand -> noteReads(operand, used));
      }
      any |= stays;
    }
    return any;
  }

  private static void noteReads(Expr operand, Set<String> used) {
    Nodes.eachExpression(
        operand,
        expr -> {
          if (expr instanceof Expr.Read(String name, _)) {
            used.add(name);
          }
        });
  }
}
