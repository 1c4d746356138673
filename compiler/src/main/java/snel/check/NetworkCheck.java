package snel.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import snel.resolve.Entity;
import snel.syntax.Argument;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;

/// Kinds and dimensions in the body of a network, and in the parts of a network that stand in a
/// test.
final class NetworkCheck {
  private final Context context;
  private final Map<NetworkItem.For, Scope> loops;

  NetworkCheck(Context context, Map<NetworkItem.For, Scope> loops) {
    this.context = context;
    this.loops = loops;
  }

  static void check(Context context, NetworkModel model) {
    new NetworkCheck(context, model.loops()).items(model.declaration().items(), model.scope());
  }

  private void items(List<NetworkItem> items, Scope scope) {
    items.forEach(item -> item(item, scope));
  }

  private void item(NetworkItem item, Scope scope) {
    switch (item) {
      case Let let -> Lets.check(context, scope, let);
      case ModelItem shared -> new ModelChecks(context, scope).item(shared);
      case NetworkItem.Output(_, var value, _, _) -> context.in(scope).type(value);
      case NetworkItem.Population population -> population(population, scope);
      case NetworkItem.Part part -> part(part, scope);
      case Connect connect -> new ConnectCheck(context, scope).check(connect);
      case NetworkItem.Drive drive -> new ConnectCheck(context, scope).drive(drive);
      case NetworkItem.Readout readout -> readout(readout, scope);
      case NetworkItem.Protocol protocol -> Protocols.check(context, scope, protocol);
      case NetworkItem.For loop -> {
        Loops.check(context, loop.pattern(), loop.values(), scope);
        items(loop.body(), loops.getOrDefault(loop, scope));
      }
      case NetworkItem.If(var condition, var then, var otherwise, _) -> {
        Conditions.check(context, scope, condition, "`if`");
        items(then, scope);
        items(otherwise, scope);
      }
    }
  }

  void population(NetworkItem.Population population, Scope scope) {
    Sizes.checkIndices(context, scope, population.name().indices());
    Sizes.check(context, scope, population.model().shape());
    KnownModels.NEURON.check(context, scope, population.model().model());
    Optional<NeuronModel> model =
        NetworkNames.neuron(context, population.model().model(), scope.file());
    Scope arguments = scope.inner();
    var at = population.model().span();
    arguments.put(Symbol.given("self", new Things.End("self", model), at));
    arguments.put(Symbol.given("peers", new Things.End("peers", model), at));
    List<Argument> given = population.model().arguments();
    if (model.isPresent()) {
      new Instances(context, arguments)
          .check(model.get(), given, population.model().model().span());
    } else {
      context.in(arguments).all(given);
    }
    competition(population.inhibit(), scope, List.of("k", "per"));
    competition(population.winners(), scope, List.of("k", "per", "radius"));
  }

  /// `first(k, per: map, radius: r)`: `map` is a word, not a name. E0118, E0213.
  private void competition(@Nullable Expression rule, Scope scope, List<String> parameters) {
    if (!(rule instanceof Expression.Call(Expression.Variable(var name, _), var arguments, _))
        || !name.text().equals("first")) {
      return;
    }
    String shown = "first(" + String.join(", ", parameters) + ")";
    GivenArguments.match(context, parameters, 1, List.of("k"), "", shown, arguments, rule.span())
        .ifPresent(given ->
            Stream.of("k", "radius")
                .flatMap(parameter -> given.of(parameter).stream())
                .forEach(size -> Sizes.check(context, scope, size)));
  }

  void part(NetworkItem.Part part, Scope scope) {
    Sizes.checkIndices(context, scope, part.name().indices());
    Sizes.check(context, scope, part.network().shape());
    KnownModels.NETWORK.check(context, scope, part.network().model());
    Optional<NetworkModel> model =
        NetworkNames.network(context, part.network().model(), scope.file());
    List<Argument> given = part.network().arguments();
    if (model.isPresent()) {
      new Instances(context, scope).check(model.get(), given);
    } else {
      context.in(scope).all(given);
    }
  }

  void readout(NetworkItem.Readout readout, Scope scope) {
    context.usage().readImport(scope.file(), readout.kind().model().parts().getFirst().text());
    Optional<Entity.Declared> declared = scope.file().function(readout.kind().model());
    if (declared.isPresent()
        && declared.get().declaration() instanceof Declaration.Function function) {
      new UserCalls(context.in(scope))
          .type(
              function, declared.get().scope(), readout.kind().arguments(), readout.kind().span());
    } else {
      context.in(scope).all(readout.kind().arguments());
    }
    readout.kind().arguments().forEach(argument -> potential(scope, argument));
  }

  /// Some read-outs compare the potentials `v` of their population, which they are not told by
  /// name.
  private void potential(Scope scope, Argument argument) {
    if (context.silent().in(scope).resolved(argument.value()) instanceof Things.Cells cells) {
      cells
          .model()
          .flatMap(model -> Optional.ofNullable(model.variables().get("v")))
          .ifPresent(context.usage()::read);
    }
  }
}
