package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.syntax.Assign;
import snel.syntax.AssignmentOperator;
import snel.syntax.Declaration;
import snel.syntax.ModelItem;
import snel.syntax.NeuronItem;

/// What a neuron itself says of its threshold, reset and refractory time.
record Thresholds(
    Optional<NeuronItem.SpikeWhen> threshold,
    Optional<NeuronItem.Reset> reset,
    Optional<NeuronItem.Refractory> refractory,
    List<ModelItem.OnEvent> handlers) {

  static Thresholds of(Declaration.Neuron neuron) {
    Optional<NeuronItem.SpikeWhen> threshold = Optional.empty();
    Optional<NeuronItem.Reset> reset = Optional.empty();
    Optional<NeuronItem.Refractory> refractory = Optional.empty();
    List<ModelItem.OnEvent> handlers = new ArrayList<>();
    for (NeuronItem item : neuron.items()) {
      switch (item) {
        case NeuronItem.SpikeWhen when -> threshold = Optional.of(when);
        case NeuronItem.Reset body -> reset = Optional.of(body);
        case NeuronItem.Refractory period -> refractory = Optional.of(period);
        case ModelItem.OnEvent handler -> handlers.add(handler);
        default -> {}
      }
    }
    return new Thresholds(threshold, reset, refractory, handlers);
  }

  /// Those of the neuron, completed by those of what it extends.
  static Thresholds inherited(NeuronModel model) {
    Thresholds own = of(model.declaration());
    if (model.parent().isEmpty()) {
      return own;
    }
    Thresholds parent = inherited(model.parent().get());
    List<ModelItem.OnEvent> handlers = new ArrayList<>(parent.handlers);
    handlers.addAll(own.handlers);
    return new Thresholds(
        own.threshold.or(() -> parent.threshold),
        own.reset.or(() -> parent.reset),
        own.refractory.or(() -> parent.refractory),
        handlers);
  }

  /// The assignments that the reset makes with `=`, unless they depend on a condition.
  List<Assign> set() {
    return reset.stream()
        .flatMap(r -> r.body().stream())
        .filter(a -> a instanceof Assign)
        .map(a -> (Assign) a)
        .filter(a -> a.operator() == AssignmentOperator.SET)
        .toList();
  }
}
