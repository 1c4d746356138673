package snel.lower;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.math.Expr;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Network;
import snel.model.Projection;
import snel.model.Synapse;
import snel.model.Variable;
import snel.model.WeightSource;

/// What stays as it was built in the synapses of a projection.
final class Constancy {
  private Constancy() {}

  /// Whether the only thing the synapse does is to deliver a fixed amount at a pre spike. It may
  /// own a delay, which it then leaves alone. Weights that it shares may change elsewhere
  /// ([#sharesWhatLearns]).
  static boolean isStatic(Projection projection) {
    Synapse synapse = projection.synapse();
    return synapse.traces().isEmpty()
        && synapse.equations().isEmpty()
        && synapse.ports().isEmpty()
        && synapse.every().isEmpty()
        && synapse.states().isEmpty()
        && (synapse.delay().isEmpty() || projection.dendritic().isEmpty())
        && synapse.handlers().size() == 1
        && synapse.handlers().get(0).event().equals("pre")
        && synapse.handlers().get(0).body().size() == 1
        && synapse.handlers().get(0).body().get(0) instanceof Action.Deliver(var value, _)
        && isFixed(synapse, value)
        && !projection.changesWeight();
  }

  /// Whether the weights are those of a projection that changes them.
  static boolean sharesWhatLearns(Projection projection, Network network) {
    return projection.weight() instanceof WeightSource.Tied tied
        && network.projections().stream()
            .filter(owner -> owner.path().equals(tied.projection()))
            .anyMatch(owner -> owner.changesWeight() || sharesWhatLearns(owner, network));
  }

  /// Whether a value in a handler is the same at any time: made of the weight, parameters and where
  /// the two neurons are.
  private static boolean isFixed(Synapse synapse, Expr value) {
    return !Walk.any(
        value,
        e ->
            switch (e) {
              case Expr.Ref(var owner, var name, _) ->
                  switch (owner) {
                    case SELF -> isInput(synapse, name);
                    case PRE, POST -> !name.equals("index") && !name.startsWith("position.");
                    case PEER, NETWORK, ARGUMENT, LOCAL, POPULATION -> true;
                  };
              case Expr.Draw _, Expr.Since _, Expr.OverPeers _, Expr.OverAll _, Expr.Element _ ->
                  true;
              default -> false;
            });
  }

  private static boolean isInput(Synapse synapse, String name) {
    return java.util.stream.Stream.of(
                synapse.inputs(), synapse.inputsOfPost(), synapse.inputsOfPre())
            .flatMap(List::stream)
            .anyMatch(v -> v.name().equals(name))
        || synapse.bindings().stream().anyMatch(b -> b.input().equals(name));
  }

  /// Whether what a static synapse delivers is its weight itself.
  static boolean deliversWeight(Projection projection) {
    Synapse synapse = projection.synapse();
    String name = synapse.weight().map(Variable::name).orElse("w");
    return isStatic(projection)
        && synapse.handlers().get(0).body().get(0) instanceof Action.Deliver(var value, _)
        && value instanceof Expr.Ref ref
        && ref.name().equals(name);
  }

  /// Whether a draw decides what a pre spike delivers.
  static boolean releasesAtRandom(Synapse synapse) {
    return synapse.handlers().stream()
        .filter(h -> h.event().equals("pre"))
        .anyMatch(h -> releasesAtRandom(h.body(), new HashSet<>()));
  }

  /// @param drawn names of `let` that a draw made
  private static boolean releasesAtRandom(List<Action> actions, Set<String> drawn) {
    for (Action action : actions) {
      switch (action) {
        case Action.Deliver(var value, _) -> {
          if (isDrawn(value, drawn)) {
            return true;
          }
        }
        case Action.Let(var name, var value) -> {
          if (isDrawn(value, drawn)) {
            drawn.add(name);
          }
        }
        case Action.If(var condition, var then, var otherwise) -> {
          boolean delivers = delivers(then) || delivers(otherwise);
          if (isDrawn(condition, drawn) && delivers
              || releasesAtRandom(then, drawn)
              || releasesAtRandom(otherwise, drawn)) {
            return true;
          }
        }
        case Action.Assign _ -> {}
      }
    }
    return false;
  }

  private static boolean isDrawn(Expr value, Set<String> drawn) {
    return Walk.any(
        value,
        e -> e instanceof Expr.Draw || e instanceof Expr.Ref ref && drawn.contains(ref.name()));
  }

  private static boolean delivers(List<Action> actions) {
    return actions.stream()
        .anyMatch(a ->
            a instanceof Action.Deliver
                || a instanceof Action.If(_, var then, var otherwise)
                    && (delivers(then) || delivers(otherwise)));
  }
}
