package snel.check;

import java.util.HashMap;
import java.util.Map;

/// Puts a model's own names into its scope. They may replace inherited ones, but not each other,
/// and no value of the file. E0109.
final class OwnNames {
  private final Context context;
  private final Scope scope;
  private final Map<String, Symbol> mine = new HashMap<>();

  OwnNames(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  void add(Symbol symbol) {
    if (symbol.name().isEmpty()) {
      return;
    }
    Symbol earlier = mine.putIfAbsent(symbol.name(), symbol);
    if (earlier != null) {
      context.report(Names.twice(symbol, earlier));
      return;
    }
    scope.own().remove(symbol.name());
    Names.declare(context, scope, symbol);
  }
}
