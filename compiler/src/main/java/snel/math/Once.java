package snel.math;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/// Answers about expressions, found once for each node however many places it stands in: a `let` is
/// one node wherever it is used, so the places can be very many more than the nodes.
public final class Once<R> {
  private final Map<Expr, R> known = new IdentityHashMap<>(8);

  /// What is known of `expression`, else what `find` finds, which may ask for the parts of it.
  public R of(Expr expression, Function<Expr, R> find) {
    R before = known.get(expression);
    if (before != null) {
      return before;
    }
    R found = find.apply(expression);
    known.put(expression, found);
    return found;
  }
}
