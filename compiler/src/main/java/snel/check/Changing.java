package snel.check;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import snel.math.Expr;
import snel.syntax.Expression;

/// Whether a value can differ from one instant to the next.
final class Changing {
  private final Set<Symbol> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Changing() {}

  static boolean inTime(Expression expression, Scope scope) {
    return new Changing().changes(expression, scope);
  }

  private boolean changes(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Variable(var name, _) -> variable(name.text(), scope);
      case Expression.Member _ -> true;
      case Expression.Call(Expression.Variable(var function, _), var arguments, _) ->
          function.text().equals("since")
              || Expr.Draw.DISTRIBUTIONS.contains(function.text())
              || arguments.stream().anyMatch(a -> changes(a.value(), scope));
      default -> Parts.of(expression).stream().anyMatch(part -> changes(part, scope));
    };
  }

  private boolean variable(String name, Scope scope) {
    Optional<Symbol> symbol = scope.find(name);
    if (symbol.isEmpty()) {
      return name.equals("t");
    }
    if (symbol.get().role().changes()) {
      return true;
    }
    boolean derived = symbol.get().role() == Role.LET || symbol.get().role() == Role.CONSTANT;
    return derived
        && seen.add(symbol.get())
        && symbol.get().definition().filter(d -> changes(d.value(), d.scope())).isPresent();
  }
}
