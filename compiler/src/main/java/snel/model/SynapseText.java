package snel.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;

/// All that an author wrote for the synapses of a projection, as one sequence of expressions.
public final class SynapseText {
  private SynapseText() {}

  public static Stream<Expr> of(Projection projection) {
    return Stream.concat(
        of(projection.synapse()), projection.normalise().stream().map(n -> n.total()));
  }

  private static Stream<Expr> of(Synapse synapse) {
    Stream<List<Action>> bodies =
        Stream.of(
                synapse.handlers().stream().map(h -> h.body()),
                synapse.ports().stream().map(p -> p.body()),
                synapse.every().stream().map(e -> e.body()))
            .flatMap(s -> s);
    Stream<Expr> rest =
        Stream.of(
                synapse.equations().stream().map(e -> e.rate()),
                synapse.bindings().stream().map(b -> b.value()),
                synapse.transmit().stream(),
                synapse.prune().stream())
            .flatMap(s -> s);
    return Stream.concat(bodies.flatMap(Action::expressions), rest);
  }

  /// What has an effect through the whole of a step: equations, `transmit`, and what both read.
  public static Stream<Expr> withinStep(Synapse synapse) {
    return Stream.of(
            synapse.equations().stream().map(e -> e.rate()),
            synapse.bindings().stream().map(b -> b.value()),
            synapse.transmit().stream())
        .flatMap(s -> s);
  }

  /// Whether what a synapse does depends on when events of one of its ends come to it.
  public static boolean followsEvents(Synapse synapse, Owner end) {
    String name = end.name().toLowerCase(Locale.ROOT);
    return Stream.concat(
                synapse.handlers().stream().map(Handler::event),
                synapse.traces().stream().map(Trace::event))
            .anyMatch(event -> event.equals(name) || event.startsWith(name + "."))
        || of(synapse).anyMatch(value -> Walk.any(value, e -> isOfEvent(e, end)));
  }

  private static boolean isOfEvent(Expr value, Owner end) {
    return value instanceof Expr.Since since && since.owner() == end
        || value instanceof Expr.Ref ref && ref.owner() == end && ref.name().equals("spiked");
  }
}
