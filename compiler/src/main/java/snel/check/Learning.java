package snel.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.ModelItem;
import snel.syntax.NeuronItem;
import snel.syntax.Node;
import snel.syntax.QualifiedName;

/// What synapses and neurons learn by themselves.
final class Learning {
  private Learning() {}

  /// What the synapses of a connection change of what `freeze` holds: weight, delay and plastic
  /// states.
  static Set<String> changedBySynapse(Context context, Connect connect, FileScope file) {
    Set<String> changed = new LinkedHashSet<>();
    model(context, connect, file)
        .ifPresent(model ->
            held(model).filter(variable -> changes(model, variable)).forEach(changed::add));
    return changed;
  }

  private static Stream<String> held(SynapseModel model) {
    Stream<String> plastic = model.declaration().items().stream().flatMap(Learning::plastic);
    Stream<String> own =
        model.variables().values().stream()
            .filter(symbol -> symbol.role() == Role.WEIGHT || symbol.role() == Role.DELAY)
            .map(Symbol::name);
    return Stream.of(own, plastic, model.parent().stream().flatMap(Learning::held))
        .flatMap(names -> names);
  }

  /// The synapse of a connection, if it changes its weight.
  static Optional<SynapseModel> synapse(Context context, Connect connect, FileScope file) {
    return model(context, connect, file).filter(Learning::changesWeight);
  }

  private static Optional<SynapseModel> model(Context context, Connect connect, FileScope file) {
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.SynapseModel(var model, _)) {
        return file.find(model.name())
            .flatMap(e ->
                e instanceof Entity.Declared declared
                        && declared.declaration() instanceof Declaration.Synapse synapse
                    ? Optional.of(context.models().synapse(synapse, declared.scope()))
                    : Optional.empty());
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

  /// The plastic states that a neuron changes by itself; those that it only reads are changed by
  /// gradients, which the experiment asks for.
  static Set<String> changedByNeuron(QualifiedName model, FileScope file) {
    Set<String> changed = new LinkedHashSet<>();
    if (file.find(model).orElse(null)
            instanceof Entity.Declared(Declaration declaration, FileScope _)
        && declaration instanceof Declaration.Neuron neuron) {
      neuron.items().stream()
          .flatMap(Learning::plastic)
          .filter(state -> isChanged(neuron.items(), state))
          .forEach(changed::add);
    }
    return changed;
  }

  private static Stream<String> plastic(Node item) {
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
