package snel.target.jvm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Locals that a piece of a kernel uses but does not declare. Names are unique in a kernel, so a
/// name declared anywhere in the piece is not free.
final class FreeLocals {
  record Local(String name, Scalar type) {}

  private FreeLocals() {}

  /// Free locals that `block` reads, in order of first use.
  static List<Local> read(List<Stmt> block) {
    Set<String> declared = Nodes.declared(block);
    Map<String, Local> free = new LinkedHashMap<>();
    Nodes.eachExpression(
        block,
        expr -> {
          if (expr instanceof Expr.Read(String name, Scalar type) && !declared.contains(name)) {
            free.putIfAbsent(name, new Local(name, type));
          }
        });
    return List.copyOf(free.values());
  }

  /// Free locals that `block` assigns to.
  static List<String> assigned(List<Stmt> block) {
    Set<String> declared = Nodes.declared(block);
    List<String> assigned = new ArrayList<>();
    Nodes.eachStatement(
        block,
        stmt -> {
          if (stmt instanceof Stmt.Assign(String name, _) && !declared.contains(name)) {
            assigned.add(name);
          }
        });
    return assigned;
  }
}
