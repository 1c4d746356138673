package snel.check;

import java.util.Optional;
import snel.syntax.SynapseItem;

/// The `weight` of a synapse as it is written.
final class SynapseWeights {
  private SynapseWeights() {}

  /// Whether it takes the dimension of the port that it is connected to.
  static boolean isAny(SynapseModel synapse) {
    Optional<SynapseItem.WeightVariable> weight =
        synapse.declaration().items().stream()
            .filter(i -> i instanceof SynapseItem.WeightVariable)
            .map(i -> (SynapseItem.WeightVariable) i)
            .findFirst();
    if (weight.isEmpty()) {
      return synapse.parent().filter(SynapseWeights::isAny).isPresent();
    }
    return weight.get().type() instanceof snel.syntax.Type.Product(var factors, _, _)
        && factors.size() == 1
        && factors.getFirst().name() != null
        && factors.getFirst().name().text().equals("any");
  }
}
