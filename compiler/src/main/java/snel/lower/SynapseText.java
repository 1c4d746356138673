package snel.lower;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import snel.math.Expr;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Projection;
import snel.model.Synapse;

/// All that an author wrote for the synapses of a projection, as one sequence of expressions.
final class SynapseText {
  private SynapseText() {}

  static Stream<Expr> of(Projection projection) {
    Synapse synapse = projection.synapse();
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
                synapse.prune().stream(),
                projection.normalise().stream().map(n -> n.total()))
            .flatMap(s -> s);
    return Stream.concat(bodies.flatMap(SynapseText::of), rest);
  }

  /// The values and conditions of a body.
  static Stream<Expr> of(List<Action> body) {
    return body.stream()
        .flatMap(action ->
            switch (action) {
              case Action.Assign(_, var value, _) -> Stream.of(value);
              case Action.Let(_, var value) -> Stream.of(value);
              case Action.Deliver(var value, _) -> Stream.of(value);
              case Action.If(var condition, var then, var otherwise) ->
                  Stream.concat(Stream.of(condition), Stream.concat(of(then), of(otherwise)));
            });
  }

  static boolean any(Projection projection, Predicate<Expr> test) {
    return of(projection).anyMatch(e -> Walk.any(e, test));
  }
}
