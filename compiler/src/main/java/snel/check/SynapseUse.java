package snel.check;

import java.util.Optional;
import snel.types.DimensionTerm;

/// Where a synapse is used: what `any` stands for there, and which neurons it joins. All are absent
/// while it is looked at by itself.
record SynapseUse(
    Optional<DimensionTerm> weight, Optional<NeuronModel> pre, Optional<NeuronModel> post) {
  static final SynapseUse NOWHERE =
      new SynapseUse(Optional.empty(), Optional.empty(), Optional.empty());
}
