package snel.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Rule;
import snel.syntax.SynapseItem;
import snel.syntax.TrainingStatement;

/// In a stack of layers that is trained by gradients, each connection between layers without
/// `instant` costs a step of latency. W0810.
final class LatentLayers {
  /// Methods that follow the times of spikes, delays included.
  private static final Set<String> BY_TIMES = Set.of("eventprop", "spike_time_gradient");

  private LatentLayers() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Experiment experiment)
        || experiment.body().stream()
            .noneMatch(s ->
                s instanceof TrainingStatement.Train train
                    && !BY_TIMES.contains(train.method().name().text()))) {
      return;
    }
    if (file.find(experiment.network().model()).orElse(null) instanceof Entity.Declared declared
        && declared.declaration() instanceof Declaration.Network network) {
      report(context, Stack.of(context, network, declared.scope()), declared.scope());
    }
  }

  private static void report(Context context, Stack stack, FileScope file) {
    List<Connect> latent =
        stack.edges().stream()
            .filter(edge -> !leadsBack(edge, stack.edges()))
            .filter(edge -> isLatent(edge.connect()))
            .filter(edge -> !transmits(edge.connect(), file))
            .filter(stack::waits)
            .map(Stack.Edge::connect)
            .distinct()
            .toList();
    if (!latent.isEmpty()) {
      context.report(
          Diagnostic.of(
                  Code.LATENT_LAYERS,
                  latent.size() == 1
                      ? "a layer of the trained stack costs a step of latency"
                      : latent.size() + " layers of the trained stack cost a step of latency each",
                  latent.getFirst().span(),
                  "acts in the next step")
              .help("write `instant` on the forward connections"));
    }
  }

  private static boolean isLatent(Connect connect) {
    return connect.clauses().stream()
        .noneMatch(clause -> clause instanceof Clause.Instant || clause instanceof Clause.Delay);
  }

  /// Values are handed on from step to step: there is no `instant` for them.
  private static boolean transmits(Connect connect, FileScope file) {
    return connect.clauses().stream()
        .anyMatch(clause ->
            clause instanceof Clause.SynapseModel(Rule model, _)
                && file.find(model.name().text())
                    .filter(entity ->
                        entity instanceof Entity.Declared declared
                            && declared.declaration() instanceof Declaration.Synapse synapse
                            && synapse.items().stream()
                                .anyMatch(item -> item instanceof SynapseItem.Transmit))
                    .isPresent());
  }

  /// Whether the target leads back to the source, so that the connection is recurrent.
  private static boolean leadsBack(Stack.Edge edge, List<Stack.Edge> edges) {
    Map<String, Set<String>> next = new HashMap<>();
    edges.forEach(e -> next.computeIfAbsent(e.from(), _ -> new HashSet<>()).add(e.to()));
    Set<String> seen = new HashSet<>(Set.of(edge.to()));
    List<String> open = new ArrayList<>(seen);
    while (!open.isEmpty()) {
      for (String name : next.getOrDefault(open.removeLast(), Set.of())) {
        if (seen.add(name)) {
          open.add(name);
        }
      }
    }
    return seen.contains(edge.from());
  }
}
