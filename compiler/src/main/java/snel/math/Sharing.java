package snel.math;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Expressions whose parts stand in several places, as `let`s do wherever they are used.
public final class Sharing {
  /// More places than this are not written out.
  private static final int WRITTEN_OUT = 256;

  private Sharing() {}

  /// Whether an expression has so many places that each of its parts is better dealt with once.
  public static boolean isLong(Expr expression) {
    return isLong(expression, Walk::children);
  }

  /// The same of anything that is made of parts.
  public static <T> boolean isLong(T whole, Function<T, List<T>> parts) {
    return left(whole, parts, WRITTEN_OUT) < 0;
  }

  private static <T> int left(T whole, Function<T, List<T>> parts, int places) {
    int left = places - 1;
    for (T part : parts.apply(whole)) {
      if (left < 0) {
        return left;
      }
      left = left(part, parts, left);
    }
    return left;
  }

  /// In how many places of an expression anything stands; the largest number if they are more.
  public static long places(Expr expression) {
    return places(expression, new Once<>());
  }

  private static long places(Expr expression, Once<Long> known) {
    return known.of(
        expression,
        e -> {
          long sum = 1;
          for (Expr child : Walk.children(e)) {
            long more = places(child, known);
            sum = more > Long.MAX_VALUE - sum ? Long.MAX_VALUE : sum + more;
          }
          return sum;
        });
  }

  /// The parts of a long expression that stand in more than one place, each behind its own parts;
  /// also the two factors of such a product, which is fused with whatever is added to it. What
  /// stands in the body of a reduction is not among them: it has a value for each place there.
  public static List<Expr> repeated(Expr expression) {
    if (!isLong(expression)) {
      return List.of();
    }
    Map<Expr, Integer> places = new IdentityHashMap<>();
    List<Expr> order = new ArrayList<>();
    visit(expression, places, order);
    for (Expr part : order.reversed()) {
      if (part instanceof Expr.Mul(var a, var b) && Known.in(places, part) > 1) {
        places.merge(a, 1, Integer::sum);
        places.merge(b, 1, Integer::sum);
      }
    }
    order.removeIf(part -> Known.in(places, part) < 2 || Walk.children(part).isEmpty());
    return order;
  }

  private static void visit(Expr expression, Map<Expr, Integer> places, List<Expr> order) {
    if (places.merge(expression, 1, Integer::sum) > 1) {
      return;
    }
    if (!(expression instanceof Expr.OverPeers || expression instanceof Expr.OverAll)) {
      Walk.children(expression).forEach(child -> visit(child, places, order));
    }
    order.add(expression);
  }

  /// The parts that are worked out whatever any condition in the expression says.
  public static Set<Expr> unconditional(Expr expression) {
    Set<Expr> all = Collections.newSetFromMap(new IdentityHashMap<>());
    addUnconditional(expression, all);
    return all;
  }

  private static void addUnconditional(Expr expression, Set<Expr> all) {
    if (!all.add(expression)) {
      return;
    }
    switch (expression) {
      case Expr.Choose(var condition, _, _) -> addUnconditional(condition, all);
      case Expr.And(var first, _) -> addUnconditional(first, all);
      case Expr.Or(var first, _) -> addUnconditional(first, all);
      default -> Walk.children(expression).forEach(child -> addUnconditional(child, all));
    }
  }
}
