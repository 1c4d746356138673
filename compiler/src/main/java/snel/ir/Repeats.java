package snel.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import snel.math.Sharing;

/// Expressions in which one node stands in many places, as where locals that are made of each other
/// are written out.
public final class Repeats {
  private Repeats() {}

  public static boolean isLong(Expr expr) {
    return Sharing.isLong(expr, Nodes::operands);
  }

  /// Visits `expr` and every expression below it, each once.
  public static void each(Expr expr, Consumer<Expr> action) {
    each(expr, action, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static void each(Expr expr, Consumer<Expr> action, Set<Expr> passed) {
    if (passed.add(expr)) {
      action.accept(expr);
      Nodes.operands(expr).forEach(operand -> each(operand, action, passed));
    }
  }

  /// The expression rebuilt from below: `change` sees each node after its operands, and of a long
  /// expression each node once.
  public static Expr map(Expr expr, UnaryOperator<Expr> change) {
    return isLong(expr) ? map(expr, change, new IdentityHashMap<>()) : everywhere(expr, change);
  }

  private static Expr everywhere(Expr expr, UnaryOperator<Expr> change) {
    return change.apply(Nodes.mapOperands(expr, operand -> everywhere(operand, change)));
  }

  private static Expr map(Expr expr, UnaryOperator<Expr> change, Map<Expr, Expr> known) {
    Expr before = known.get(expr);
    if (before != null) {
      return before;
    }
    Expr mapped = change.apply(Nodes.mapOperands(expr, operand -> map(operand, change, known)));
    known.put(expr, mapped);
    return mapped;
  }

  /// The same, where what stands in several places of a long expression is replaced by what `bind`
  /// makes of it: a local, as a rule.
  public static Expr bound(Expr expr, UnaryOperator<Expr> change, UnaryOperator<Expr> bind) {
    if (!isLong(expr)) {
      return everywhere(expr, change);
    }
    Map<Expr, Integer> places = new IdentityHashMap<>();
    List<Expr> order = new ArrayList<>();
    count(expr, places, order);
    Map<Expr, Expr> known = new IdentityHashMap<>();
    for (Expr part : order) {
      boolean isRepeated = places.getOrDefault(part, 0) > 1 && !Nodes.operands(part).isEmpty();
      if (isRepeated) {
        known.put(part, bind.apply(map(part, change, known)));
      }
    }
    return map(expr, change, known);
  }

  /// Each behind its operands. What a reduction has inside is not counted: it may be made of the
  /// index.
  private static void count(Expr expr, Map<Expr, Integer> places, List<Expr> order) {
    if (places.merge(expr, 1, Integer::sum) == 1) {
      if (!(expr instanceof Expr.Reduce)) {
        Nodes.operands(expr).forEach(operand -> count(operand, places, order));
      }
      order.add(expr);
    }
  }
}
