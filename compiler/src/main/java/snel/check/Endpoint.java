package snel.check;

import java.util.Optional;
import snel.source.Span;
import snel.types.Type;

/// What a connection ends at.
sealed interface Endpoint {
  /// A `receive`, of neurons or of the synapses of a projection.
  ///
  /// @param model of the neurons
  record Events(Port port, Optional<NeuronModel> model) implements Endpoint {}

  /// An `input` that holds a value.
  record Value(String name, Span span, Type type, Optional<NeuronModel> model)
      implements Endpoint {}

  /// An `input` of spikes, of the network or of a part.
  record Trains(Type type) implements Endpoint {}

  /// Nothing that could be told from the text; what is wrong with it is found with the sizes.
  record Unclear(Optional<NeuronModel> model) implements Endpoint {}

  default Optional<NeuronModel> neurons() {
    return switch (this) {
      case Events(_, var model) -> model;
      case Value(_, _, _, var model) -> model;
      case Trains _ -> Optional.empty();
      case Unclear(var model) -> model;
    };
  }
}
