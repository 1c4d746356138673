package snel.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// The statement that lists the neurons for which a condition holds.
///
/// @param condition with its locals written out
record Firing(String index, Expr from, Expr to, Expr condition, Buffer list) {
  /// What a statement lists: a `collect`, or a loop that pushes its index where a condition holds.
  static Optional<Firing> of(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Collect(var index, var from, var to, var body, var condition, var list, _)
          when body.isEmpty() ->
          Optional.of(new Firing(index, from, to, condition, list));
      case Stmt.Loop loop -> pushing(loop);
      default -> Optional.empty();
    };
  }

  private static Optional<Firing> pushing(Stmt.Loop loop) {
    Map<String, Expr> values = new HashMap<>();
    for (Stmt stmt : loop.body()) {
      if (stmt instanceof Stmt.Let(var name, var value)) {
        values.put(name, written(value, values));
      }
      if (stmt instanceof Stmt.If(var condition, var then, var otherwise)
          && otherwise.isEmpty()
          && pushed(then, loop.index()).isPresent()) {
        return Optional.of(
            new Firing(
                loop.index(),
                loop.from(),
                loop.to(),
                written(condition, values),
                pushed(then, loop.index()).get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Buffer> pushed(List<Stmt> block, String index) {
    List<Buffer> lists = new ArrayList<>();
    for (Stmt stmt : block) {
      if (stmt instanceof Stmt.Push(var list, _, Expr.Read(var name, _)) && name.equals(index)) {
        lists.add(list);
      }
    }
    return lists.stream().findFirst();
  }

  private static Expr written(Expr expr, Map<String, Expr> values) {
    return Form.map(
        expr,
        node -> node instanceof Expr.Read(var name, _) ? values.getOrDefault(name, node) : node);
  }

  /// Whether the statement appends to a list in another way.
  static boolean listsOtherwise(Stmt stmt, Flow flow) {
    boolean[] found = {false};
    Nodes.eachStatement(
        List.of(stmt),
        inner ->
            found[0] |=
                inner instanceof Stmt.Push(var list, _, _) && flow.isRelevant(list)
                    || inner instanceof Stmt.Collect collect && flow.isRelevant(collect.list()));
    return found[0] && of(stmt).isEmpty();
  }
}
