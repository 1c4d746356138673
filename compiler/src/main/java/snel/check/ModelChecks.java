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

  /// What an item says beside its events, whose meaning depends on where it stands.
  void item(ModelItem item) {
    switch (item) {
      case ModelItem.Parameters(var bindings, _, _) ->
          new Bindings(context, scope).parameters(bindings);
      case ModelItem.States(_, _, var bindings, _, _) ->
          new Bindings(context, scope).states(bindings);
      case ModelItem.Input input -> input(input);
      case ModelItem.Equation equation -> new Equations(context, scope).check(equation);
      case ModelItem.Integrate integrate -> Integrations.check(context, scope, integrate);
      case ModelItem.Receive receive -> receive(receive);
      case ModelItem.EveryPeriod(var period, _, _) -> amount(period, Dimension.TIME, "a period");
      case ModelItem.Noise _, ModelItem.OnEvent _ -> {}
    }
  }

  /// @param what "a period", "a delay"
  void amount(Expression value, Dimension wanted, String what) {
    new Fits(context, scope).check(Type.of(wanted), value, what, Optional.empty());
  }

  private void input(ModelItem.Input input) {
    Type type = context.type(scope, input.name());
    if (input.fallback() != null) {
      new Fits(context, scope)
          .check(
              type,
              input.fallback(),
              "`" + input.name().text() + "`",
              Optional.of(input.name().span()));
    }
  }

  private void receive(ModelItem.Receive receive) {
    Scope inner = scope.inner();
    for (Parameter parameter : receive.parameters()) {
      Type type = WrittenTypes.read(context, scope, parameter.type(), parameter.name().text());
      Names.declare(context, inner, Symbol.of(parameter.name(), Role.ARGUMENT, type));
    }
    new Actions(context, Actions.Delivering.MISPLACED).check(receive.body(), inner);
  }
}
