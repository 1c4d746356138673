package snel.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Argument;
import snel.types.Type;

/// `Model(name: value, …)`: the model has the names, each value fits what it is given to, and every
/// state begins somewhere. E0202, E0507. Whether a parameter is missing is found when the model is
/// filled.
final class Instances {
  private static final Set<Role> GIVEN = Set.of(Role.PARAMETER, Role.STATE, Role.INPUT, Role.DELAY);

  private final Context context;
  private final Scope scope;

  /// @param scope where the arguments stand
  Instances(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  /// @param at the name of the model
  void check(NeuronModel model, List<Argument> arguments, Span at) {
    cells(model.scope(), model.isWhole(), model.name(), arguments, at);
  }

  /// @param at the name of the model
  void check(SynapseModel model, List<Argument> arguments, Span at) {
    cells(model.scope(), model.isWhole(), model.name(), arguments, at);
  }

  void check(NetworkModel model, List<Argument> arguments) {
    new ArgumentNames(context, scope, model.scope(), true).check(model.name(), arguments);
    values(model.members(), model.name(), arguments);
  }

  private void cells(Scope model, boolean isWhole, String name, List<Argument> arguments, Span at) {
    new ArgumentNames(context, scope, model, isWhole).check(name, arguments);
    values(model.own(), name, arguments);
    initialValues(model.own(), name, arguments, at);
  }

  private void values(Map<String, Symbol> variables, String model, List<Argument> arguments) {
    for (Argument argument : arguments) {
      Symbol symbol = argument.name() == null ? null : variables.get(argument.name().text());
      if (symbol == null || !GIVEN.contains(symbol.role())) {
        context.in(scope).type(argument.value());
        continue;
      }
      new Fits(context, scope)
          .check(
              unshaped(context.type(symbol)),
              argument.value(),
              "`" + symbol.name() + "` of `" + model + "`",
              Context.shown(symbol.span()));
    }
  }

  /// A population takes one value for each neuron as well; sizes are compared where they are known.
  private static Type unshaped(Type type) {
    return type instanceof Type.Array array && !(array.single() instanceof Type.Spikes)
        ? Things.array(array.single())
        : type;
  }

  private void initialValues(
      Map<String, Symbol> variables, String model, List<Argument> arguments, Span at) {
    Set<String> given =
        arguments.stream()
            .filter(a -> a.name() != null)
            .map(a -> java.util.Objects.requireNonNull(a.name()).text())
            .collect(Collectors.toSet());
    for (Symbol symbol : variables.values()) {
      boolean begins =
          symbol.role() != Role.STATE
              || symbol.definition().isPresent()
              || context.resolved(context.type(symbol)) == Type.UNKNOWN // told by itself
              || given.contains(symbol.name());
      if (!begins) {
        context.report(
            Diagnostic.of(
                    Code.NO_INITIAL_VALUE,
                    "the state `" + symbol.name() + "` of `" + model + "` has no initial value",
                    at,
                    "none is given here")
                .label(symbol.span(), "none is declared")
                .help("write `" + symbol.name() + ": …` here, or `= …` in the declaration"));
      }
    }
  }
}
