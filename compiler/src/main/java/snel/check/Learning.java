package snel.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;
import snel.syntax.NeuronItem;
import snel.syntax.Node;
import snel.syntax.QualifiedName;

/// Which synapses and networks learn by themselves.
final class Learning {
  private Learning() {}

  static boolean inNetwork(Context context, List<NetworkItem> items, FileScope file) {
    return items.stream()
        .anyMatch(item ->
            switch (item) {
              case Connect connect -> synapse(context, connect, file).isPresent();
              case NetworkItem.For loop -> inNetwork(context, loop.body(), file);
              case NetworkItem.If(_, var then, var otherwise, _) ->
                  inNetwork(context, then, file) || inNetwork(context, otherwise, file);
              case NetworkItem.Population population ->
                  changesPlasticState(population.model().model(), file);
              default -> false;
            });
  }

  /// The synapse of a connection, if it changes its weight.
  static Optional<SynapseModel> synapse(Context context, Connect connect, FileScope file) {
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.SynapseModel(var model, _)) {
        return file.find(model.name())
            .flatMap(e ->
                e instanceof Entity.Declared declared
                        && declared.declaration() instanceof Declaration.Synapse synapse
                    ? Optional.of(context.models().synapse(synapse, declared.scope()))
                    : Optional.empty())
            .filter(Learning::changesWeight);
      }
    }
    return Optional.empty();
  }

  static boolean changesWeight(SynapseModel model) {
    Optional<String> weight = model.weight().map(Symbol::name);
    return weight.isPresent() && changes(model, weight.get());
  }

  private static boolean changes(SynapseModel model, String weight) {
    return isChanged(model.declaration().items(), weight)
        || model.parent().filter(p -> changes(p, weight)).isPresent();
  }

  private static void assigned(List<snel.syntax.Action> body, String weight, boolean[] found) {
    Actions.assigned(
        body, assign -> found[0] |= Actions.target(assign).filter(weight::equals).isPresent());
  }

  /// Whether the neuron changes one of its plastic states by itself; those that it only reads are
  /// changed by gradients, which the experiment asks for.
  private static boolean changesPlasticState(QualifiedName model, FileScope file) {
    return file.find(model)
        .filter(e ->
            e instanceof Entity.Declared declared
                && declared.declaration() instanceof Declaration.Neuron neuron
                && neuron.items().stream()
                    .flatMap(Learning::plastic)
                    .anyMatch(state -> isChanged(neuron.items(), state)))
        .isPresent();
  }

  private static Stream<String> plastic(NeuronItem item) {
    return item instanceof ModelItem.States states && states.plastic()
        ? states.bindings().stream().map(binding -> binding.name().text())
        : Stream.empty();
  }

  /// Whether one of the items of a neuron or a synapse assigns the variable.
  private static boolean isChanged(List<? extends Node> items, String variable) {
    boolean[] found = {false};
    for (Node item : items) {
      switch (item) {
        case ModelItem.Equation equation -> found[0] |= equation.variable().text().equals(variable);
        case ModelItem.OnEvent handler -> assigned(handler.body(), variable, found);
        case ModelItem.EveryPeriod handler -> assigned(handler.body(), variable, found);
        case ModelItem.Receive handler -> assigned(handler.body(), variable, found);
        case NeuronItem.Reset(var body, _) -> assigned(body, variable, found);
        case NeuronItem.UserEvent event when event.body() != null ->
            assigned(event.body(), variable, found);
        default -> {}
      }
    }
    return found[0];
  }
}
