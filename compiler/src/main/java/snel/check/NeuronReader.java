package snel.check;

import java.util.LinkedHashMap;
import java.util.Optional;
import snel.syntax.Declaration;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NeuronItem;

/// Reads what a neuron declares.
final class NeuronReader {
  private final Context context;

  NeuronReader(Context context) {
    this.context = context;
  }

  NeuronModel read(Declaration.Neuron neuron, Scope root) {
    Optional<NeuronModel> parent =
        Ancestors.of(context, neuron.parent(), neuron, root.file())
            .flatMap(declared ->
                declared.declaration() instanceof Declaration.Neuron ancestor
                    ? Optional.of(context.models().neuron(ancestor, declared.scope()))
                    : Optional.empty());
    Scope given = root.inner(Place.NEURON);
    var variables = new LinkedHashMap<String, Symbol>();
    parent.ifPresent(p -> variables.putAll(p.variables()));
    Scope scope = given.sharing(variables, Place.NEURON);
    var model = new NeuronModel(neuron, scope, parent);
    var end = new Things.End("self", Optional.of(model));
    var peers = new Things.End("peers", Optional.of(model));
    given.put(Symbol.given("self", end, neuron.name().span()));
    given.put(Symbol.given("peers", peers, neuron.name().span()));
    var own = new OwnNames(context, scope);
    for (NeuronItem item : neuron.items()) {
      switch (item) {
        case Let let -> own.add(ModelNames.let(context, scope, let));
        case ModelItem.Receive receive -> model.add(Port.of(context, scope, receive));
        case NeuronItem.UserEvent event -> model.addEvent(event.name().text());
        case ModelItem shared -> ModelNames.of(context, scope, shared).forEach(own::add);
        case NeuronItem.SpikeWhen _, NeuronItem.SpikeOnCrossing _ -> {}
        case NeuronItem.SpikeWithRate _, NeuronItem.SpikeAt _, NeuronItem.Reset _ -> {}
        case NeuronItem.Refractory _ -> {}
      }
    }
    return model;
  }
}
