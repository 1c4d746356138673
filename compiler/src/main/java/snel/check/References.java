package snel.check;

import java.util.Optional;
import snel.syntax.Expression;

/// Finds the declaration behind a reference such as `E[0 ..< 5].v`.
record References(Context context, Scope scope) {

  Optional<Symbol> symbol(Expression reference) {
    return switch (reference) {
      case Expression.Variable(var name, _) -> scope.find(name.text());
      case Expression.Index(var owner, _, _) -> symbol(owner);
      case Expression.Group(var inner, _) -> symbol(inner);
      case Expression.Member(var owner, var name, _) ->
          switch (context.silent().in(scope).resolved(owner)) {
            case Things.Cells(var model) -> model.flatMap(m -> m.variable(name.text()));
            case Things.Wires(var model, _) ->
                model.flatMap(m -> Optional.ofNullable(m.variables().get(name.text())));
            case Things.Part(var model) ->
                model.flatMap(m -> Optional.ofNullable(m.members().get(name.text())));
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }
}
