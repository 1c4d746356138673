package snel.check;

import java.util.List;
import java.util.Optional;
import snel.syntax.Binding;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.types.Type;
import snel.units.Dimension;
import snel.units.Rational;

/// The names that bodies of models declare.
final class ModelNames {
  /// What white noise has.
  static final Dimension OF_NOISE = Dimension.TIME.power(Rational.of(-1, 2));

  private static final Dimension ROOT_OF_TIME = Dimension.TIME.power(Rational.of(1, 2));

  private static final Type NOISE = Type.of(OF_NOISE);

  private ModelNames() {}

  /// The names that one of the items declares which models and networks have in common.
  static List<Symbol> of(Context context, Scope scope, ModelItem item) {
    return switch (item) {
      case ModelItem.Parameters(var bindings, _, _) ->
          bindings.stream().map(b -> variable(context, scope, b, Role.PARAMETER)).toList();
      case ModelItem.States(_, _, var bindings, _, _) ->
          bindings.stream().map(b -> variable(context, scope, b, Role.STATE)).toList();
      case ModelItem.Input input -> List.of(input(context, scope, input));
      case ModelItem.Noise(_, var names, _, _) -> names.stream().map(ModelNames::noise).toList();
      case ModelItem.Equation _, ModelItem.Integrate _, ModelItem.Receive _ -> List.of();
      case ModelItem.OnEvent _, ModelItem.EveryPeriod _ -> List.of();
    };
  }

  static Symbol variable(Context context, Scope scope, Binding binding, Role role) {
    Optional<Symbol.Definition> definition =
        Optional.ofNullable(binding.value()).map(v -> new Symbol.Definition(v, scope));
    return Symbol.lazy(
        binding.name(),
        role,
        definition,
        self -> Typing.of(context, scope, binding.type(), binding.value(), binding.name().text()));
  }

  private static Symbol input(Context context, Scope scope, ModelItem.Input input) {
    return Symbol.lazy(
        input.name(),
        Role.INPUT,
        Optional.ofNullable(input.fallback()).map(v -> new Symbol.Definition(v, scope)),
        self -> WrittenTypes.read(context, scope, input.type(), input.name().text()));
  }

  private static Symbol noise(Name name) {
    return Symbol.of(name, Role.NOISE, NOISE);
  }

  static Symbol let(Context context, Scope scope, Let let) {
    return Symbol.lazy(
        let.name(),
        Role.LET,
        Optional.of(new Symbol.Definition(let.value(), scope)),
        self -> Typing.ofLet(context, scope, let));
  }

  /// Of an amplitude times white noise that stands for a rate.
  ///
  /// @param factor by which its dimension is not that of the rate
  static Optional<String> noiseAsRate(Dimension factor) {
    return factor.equals(ROOT_OF_TIME)
        ? Optional.of(
            "white noise has 1/time^(1/2): divide by the root of a time, `xi / sqrt(tau)`")
        : Optional.empty();
  }
}
