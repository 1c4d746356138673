package snel.check;

import java.util.Optional;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.syntax.Parameter;
import snel.types.Type;
import snel.units.Dimension;

/// What bodies of neurons, synapses and networks have in common.
final class ModelChecks {
  private final Context context;
  private final Scope scope;

  ModelChecks(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  /// @param what "a period", "a delay"
  void amount(Expression value, Dimension wanted, String what) {
    new Fits(context, scope).check(Type.of(wanted), value, what, Optional.empty());
  }

  void input(ModelItem.Input input) {
    Type type = scope.find(input.name().text()).map(context::type).orElse(Type.UNKNOWN);
    if (input.fallback() != null) {
      new Fits(context, scope)
          .check(
              type,
              input.fallback(),
              "`" + input.name().text() + "`",
              Optional.of(input.name().span()));
    }
  }

  void receive(ModelItem.Receive receive) {
    Scope inner = scope.inner();
    for (Parameter parameter : receive.parameters()) {
      Type type = WrittenTypes.read(context, scope, parameter.type(), parameter.name().text());
      Names.declare(context, inner, Symbol.of(parameter.name(), Role.ARGUMENT, type));
    }
    new Actions(context, Actions.Delivering.MISPLACED).check(receive.body(), inner);
  }
}
