package snel.elaborate;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.model.Slice;
import snel.source.Span;
import snel.syntax.Connect;

/// What is connected to an input of spikes stands for it, neuron by neuron. There are no synapses
/// in between, so nothing can be said about them.
final class FedInputs {
  private final Context context;
  private final NetworkElaborator network;
  private final Connect connect;

  FedInputs(Context context, NetworkElaborator network, Connect connect) {
    this.context = context;
    this.network = network;
    this.connect = connect;
  }

  boolean allow(Slice source, String event, Slice input) {
    Optional<Diagnostic> fault = fault(source, event, input);
    fault.ifPresent(context::fault);
    return fault.isEmpty();
  }

  private Optional<Diagnostic> fault(Slice source, String event, Slice input) {
    Span span = connect.targets().getFirst().span();
    if (!connect.rule().name().text().equals("one_to_one") || !connect.clauses().isEmpty()) {
      Span said =
          connect.clauses().isEmpty() ? connect.rule().span() : connect.clauses().getFirst().span();
      return Optional.of(
          Diagnostic.of(
                  Code.NO_MEANING_HERE,
                  "an input of spikes has no synapses: what is connected stands for it",
                  said,
                  "has no meaning on the way to an input")
              .help("write `one_to_one` and no more; weights and delays belong behind the input"));
    }
    if (!event.isEmpty()) {
      return Optional.of(
          Diagnostic.of(
              Code.NOT_CONNECTABLE,
              "only spikes can be connected to an input of spikes, not the event `" + event + "`",
              connect.sources().getFirst().span()));
    }
    boolean isPart =
        input.size() != network.population(input.population()).map(p -> p.size()).orElse(0);
    if (isPart || source.size() != input.size()) {
      return Optional.of(
          Diagnostic.of(
              Code.UNEQUAL_SIZES,
              isPart
                  ? "an input of spikes can be connected as a whole only"
                  : "`one_to_one` joins " + source.size() + " to " + input.size() + " neurons",
              span,
              "wants as many on both sides"));
    }
    return network.isFed(input.population())
        ? Optional.of(
            Diagnostic.of(
                Code.TWO_RULES_FOR_ONE, "this input of spikes is connected already", span))
        : Optional.empty();
  }
}
