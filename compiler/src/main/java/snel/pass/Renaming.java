package snel.pass;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Gives locals other names, where statements come together that had kernels of their own.
final class Renaming {
  private Renaming() {}

  /// New names for the locals of `block` where theirs are taken; takes all of them.
  static Map<String, String> apart(List<Stmt> block, Set<String> taken) {
    Map<String, String> names = new HashMap<>();
    for (String name : Nodes.declared(block).stream().sorted().toList()) {
      names.put(name, Nodes.fresh(name, taken));
    }
    return names;
  }

  /// Replaces names by those that they lead to.
  static Rewrite of(Map<String, String> names) {
    return new Rewrite() {
      private String name(String name) {
        return names.getOrDefault(name, name);
      }

      @Override
      Expr change(Expr expr) {
        return switch (expr) {
          case Expr.Read(String read, Scalar type) -> new Expr.Read(name(read), type);
          case Expr.Reduce(var op, var index, var from, var to, var body) ->
              new Expr.Reduce(op, name(index), from, to, body);
          default -> expr;
        };
      }

      @Override
      List<Stmt> change(Stmt stmt) {
        return List.of(
            switch (stmt) {
              case Stmt.Let(String local, Expr value) -> new Stmt.Let(name(local), value);
              case Stmt.Var(String local, Expr value) -> new Stmt.Var(name(local), value);
              case Stmt.Assign(String local, Expr value) -> new Stmt.Assign(name(local), value);
              case Stmt.Loop(var index, var from, var to, var order, var body) ->
                  new Stmt.Loop(name(index), from, to, order, body);
              case Stmt.Collect(
                      var index,
                      var from,
                      var to,
                      var body,
                      var condition,
                      var list,
                      var count) ->
                  new Stmt.Collect(name(index), from, to, body, condition, list, count);
              default -> stmt;
            });
      }
    };
  }
}
