package snel.elaborate;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.model.Slice;
import snel.source.Span;
import snel.syntax.Connect;

/// What is connected or given to an input of spikes stands for it, neuron by neuron. There are no
/// synapses in between, so nothing can be said about them.
final class FedInputs {
  private final Context context;
  private final NetworkElaborator network;

  FedInputs(Context context, NetworkElaborator network) {
    this.context = context;
    this.network = network;
  }

  void connect(Connect connect, Slice source, String event, Slice input) {
    between(connect)
        .or(() -> event(event, connect.sources().getFirst().span()))
        .or(() -> unfit(source, input, connect.targets().getFirst().span()))
        .ifPresentOrElse(context::fault, () -> network.alias(input.population(), source));
  }

  /// The argument of a part, whose value is `given`.
  void give(GivenInput argument, Val given, Slice input) {
    if (given instanceof Val.Bad) {
      return;
    }
    Span span = argument.value().span();
    if (!(given instanceof Val.Cells(var source, var event))) {
      context.fault(
          noTimes(argument)
              .help("give it an input of the network around it, and `present` the times to that"));
      return;
    }
    event(event, span)
        .or(() -> unfit(network.resolved(source), input, span))
        .ifPresentOrElse(
            context::fault, () -> network.alias(input.population(), network.resolved(source)));
  }

  /// The argument of the network of an experiment, around which there is nothing.
  void refuse(GivenInput argument) {
    String name = argument.name();
    context.fault(noTimes(argument).help("write `present " + name + " = … for …`"));
  }

  private static Diagnostic noTimes(GivenInput argument) {
    return Diagnostic.of(
        Code.NOT_CONNECTABLE,
        "only another input of spikes can stand for `" + argument.name() + "`",
        argument.value().span(),
        "no input of spikes");
  }

  private static Optional<Diagnostic> between(Connect connect) {
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
    return Optional.empty();
  }

  private static Optional<Diagnostic> event(String event, Span span) {
    return event.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Diagnostic.of(
                Code.NOT_CONNECTABLE,
                "only spikes can be connected to an input of spikes, not the event `" + event + "`",
                span));
  }

  private Optional<Diagnostic> unfit(Slice source, Slice input, Span span) {
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
