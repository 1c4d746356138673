package snel.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// What the spikes of a slice do is done only where the neuron is in the slice. Elsewhere its
/// places within the slice do not exist, so that nothing may be read or written there.
///
/// @param lets that the condition is made of
/// @param condition absent where all neurons do it
/// @param inside what is done, all locals with it
record Guard(List<Stmt.Let> lets, Optional<Expr> condition, List<Stmt> inside) {
  Guard {
    lets = List.copyOf(lets);
    inside = List.copyOf(inside);
  }

  static Guard of(List<Stmt> block, Flow flow) {
    List<Stmt.Let> lets = new ArrayList<>();
    for (Stmt stmt : block) {
      if (stmt instanceof Stmt.Let let) {
        lets.add(let);
      } else if (lets.size() == block.size() - 1
          && stmt instanceof Stmt.If(var condition, var then, var otherwise)
          && otherwise.isEmpty()
          && stands(condition, lets, flow)) {
        List<Stmt> inside = new ArrayList<>(lets);
        inside.addAll(then);
        return new Guard(lets, Optional.of(condition), inside);
      } else {
        break;
      }
    }
    return new Guard(List.of(), Optional.empty(), block);
  }

  /// Whether no step changes whether the condition holds for a neuron.
  private static boolean stands(Expr condition, List<Stmt.Let> lets, Flow flow) {
    boolean[] varies = {false};
    List<Expr> all = new ArrayList<>(List.of(condition));
    lets.forEach(let -> all.add(let.value()));
    for (Expr expr : all) {
      Nodes.eachExpression(
          expr,
          node ->
              varies[0] |=
                  node instanceof Expr.Load(var buffer, _)
                      && flow.varies(buffer)
                      && !flow.isList(buffer));
    }
    return !varies[0];
  }

  /// Whether all neurons do it.
  boolean isOpen() {
    return condition.isEmpty();
  }

  /// Does `block` where the condition holds.
  List<Stmt> around(List<Stmt> block) {
    if (condition.isEmpty()) {
      return block;
    }
    List<Stmt> all = new ArrayList<>(lets);
    all.add(new Stmt.If(condition.get(), block, List.of()));
    return all;
  }

  /// Does `block` for each neuron `i` of so many for which the condition holds.
  Stmt.Loop each(String i, int size, Stmt.Order order, List<Stmt> block) {
    return range(i)
        .map(range -> new Stmt.Loop(i, range.from, range.to, order, block))
        .orElseGet(() -> new Stmt.Loop(i, Expr.i32(0), Expr.i32(size), order, around(block)));
  }

  private record Range(Expr from, Expr to) {}

  /// The neurons for which the condition holds, where they lie side by side.
  private Optional<Range> range(String i) {
    Map<String, Expr> values = new HashMap<>();
    lets.forEach(let -> values.put(let.name(), let.value()));
    return condition.flatMap(holds ->
        holds
                    instanceof
                    Expr.Binary(
                        BinaryOp and,
                        Expr.Compare(CompareOp least, Expr one, Expr.Const from),
                        Expr.Compare(CompareOp below, Expr other, Expr.Const to))
                && and == BinaryOp.AND
                && least == CompareOp.GE
                && below == CompareOp.LT
                && isNeuron(one, i, values)
                && isNeuron(other, i, values)
            ? Optional.of(new Range(from, to))
            : Optional.empty());
  }

  private static boolean isNeuron(Expr expr, String i, Map<String, Expr> values) {
    return expr.equals(Form.index(i))
        || expr instanceof Expr.Read(var name, _)
            && Form.index(i).equals(values.getOrDefault(name, expr));
  }
}
