package snel.math;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Equality and hash codes of expressions by what they are made of, each part looked at once: left
/// to the records, they would follow every path to a part that stands in many places.
final class Structure {
  /// What each part has been found equal to, or is being compared with.
  private final Map<Expr, Set<Expr>> compared = new IdentityHashMap<>();

  private Structure() {}

  static boolean equal(Expr expression, @Nullable Object other) {
    return other instanceof Expr second && new Structure().same(expression, second);
  }

  private boolean same(Expr a, Expr b) {
    if (a == b) {
      return true;
    }
    List<Expr> parts = Walk.children(a);
    if (parts.isEmpty()) {
      return a.equals(b);
    }
    if (!a.getClass().equals(b.getClass()) || !alike(a, b)) {
      return false;
    }
    boolean isNew =
        compared.computeIfAbsent(a, _ -> Collections.newSetFromMap(new IdentityHashMap<>())).add(b);
    return !isNew || same(parts, Walk.children(b));
  }

  private boolean same(List<Expr> parts, List<Expr> others) {
    if (parts.size() != others.size()) {
      return false;
    }
    Iterator<Expr> other = others.iterator();
    for (Expr part : parts) {
      if (!same(part, other.next())) {
        return false;
      }
    }
    return true;
  }

  /// Whether two of one class differ in their parts at most.
  private static boolean alike(Expr a, Expr b) {
    return switch (a) {
      case Expr.Compare(var relation, _, _) ->
          b instanceof Expr.Compare(var other, _, _) && relation == other;
      case Expr.Call(var function, _) ->
          b instanceof Expr.Call(var other, _) && function.equals(other);
      case Expr.Draw(var distribution, _, var redraw, int ordinal) ->
          b instanceof Expr.Draw(var other, _, var bounds, int second)
              && distribution.equals(other)
              && ordinal == second
              && redraw.closed() == bounds.closed()
              && redraw.lower().isPresent() == bounds.lower().isPresent();
      case Expr.OverPeers(var function, _) ->
          b instanceof Expr.OverPeers(var other, _) && function.equals(other);
      case Expr.OverAll(var function, int count, _) ->
          b instanceof Expr.OverAll(var other, int second, _)
              && function.equals(other)
              && count == second;
      case Expr.Table(var name, var values, _) ->
          b instanceof Expr.Table(var other, var others, _)
              && name.equals(other)
              && values.equals(others);
      case Expr.Num _,
          Expr.Truth _,
          Expr.Ref _,
          Expr.Since _,
          Expr.Neg _,
          Expr.Add _,
          Expr.Sub _,
          Expr.Mul _,
          Expr.Div _,
          Expr.Pow _,
          Expr.And _,
          Expr.Or _,
          Expr.Not _,
          Expr.Choose _,
          Expr.Element _ ->
          true;
    };
  }

  static int hash(Expr expression) {
    return hash(expression, new Once<>());
  }

  private static int hash(Expr expression, Once<Integer> known) {
    return Walk.children(expression).isEmpty()
        ? expression.hashCode()
        : known.of(
            expression,
            parent -> {
              int hash = parent.getClass().getName().hashCode();
              for (Expr part : Walk.children(parent)) {
                hash = 31 * hash + hash(part, known);
              }
              return hash;
            });
  }
}
