package snel.check;

import java.util.Collections;
import java.util.IdentityHashMap;
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
      case Expression.Variable(var name, _) ->
          scope.find(expression).map(this::changes).orElse(name.text().equals("t"));
      case Expression.Member _ -> scope.find(expression).map(this::changes).orElse(true);
      case Expression.Call(Expression.Variable(var function, _), var arguments, _) ->
          function.text().equals("since")
              || Expr.Draw.DISTRIBUTIONS.contains(function.text())
              || arguments.stream().anyMatch(a -> changes(a.value(), scope));
      case Expression.Call(Expression.Member callee, var arguments, _)
          when scope.function(callee).isPresent() ->
          arguments.stream().anyMatch(a -> changes(a.value(), scope));
      default -> Parts.of(expression).stream().anyMatch(part -> changes(part, scope));
    };
  }

  private boolean changes(Symbol symbol) {
    if (symbol.role().changes()) {
      return true;
    }
    boolean derived = symbol.role() == Role.LET || symbol.role() == Role.CONSTANT;
    return derived
        && seen.add(symbol)
        && symbol.definition().filter(d -> changes(d.value(), d.scope())).isPresent();
  }
}
