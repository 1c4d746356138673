package snel.elaborate;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Owner;
import snel.model.Slice;
import snel.model.Synapse;
import snel.model.SynapseText;
import snel.source.Span;
import snel.syntax.Connect;

/// An event comes from a neuron once: where synapses follow the events of an end, its slice has no
/// neuron twice.
final class RepeatedNeurons {
  private final Context context;
  private final Connect connect;

  RepeatedNeurons(Context context, Connect connect) {
    this.context = context;
    this.connect = connect;
  }

  void check(Synapse synapse, Slice source, Optional<Slice> target) {
    check(synapse, source, Owner.PRE, connect.sources().getFirst().span());
    target.ifPresent(to -> check(synapse, to, Owner.POST, connect.targets().getFirst().span()));
  }

  private void check(Synapse synapse, Slice slice, Owner end, Span span) {
    if (slice.whole() || !SynapseText.followsEvents(synapse, end)) {
      return;
    }
    Set<Integer> seen = new HashSet<>();
    IntStream.range(0, slice.size())
        .map(slice::at)
        .filter(neuron -> !seen.add(neuron))
        .findFirst()
        .ifPresent(neuron ->
            context.fault(
                Diagnostic.of(
                        Code.NO_MEANING_HERE,
                        "the slice has neuron %d of `%s` more than once, but its spikes come once"
                            .formatted(neuron, slice.population()),
                        span,
                        "a neuron is repeated")
                    .help(
                        "name each neuron once; for several synapses of one pair write a `connect`"
                            + " for each")));
  }
}
