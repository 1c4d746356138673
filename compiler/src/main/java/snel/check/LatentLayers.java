package snel.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Rule;
import snel.syntax.SynapseItem;
import snel.syntax.TrainingStatement;

/// In a stack of layers that is trained by gradients, each connection without `instant` costs a
/// step of latency. W0810.
final class LatentLayers {
  private record Edge(String from, String to, Connect connect) {}

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
    Optional<Declaration.Network> network =
        file.find(experiment.network().model())
            .flatMap(entity ->
                entity instanceof Entity.Declared declared
                        && declared.declaration() instanceof Declaration.Network found
                    ? Optional.of(found)
                    : Optional.empty());
    if (network.isEmpty()) {
      return;
    }
    List<Edge> edges = new ArrayList<>();
    network.get().items().forEach(item -> edges(item, edges));
    List<Connect> latent =
        edges.stream()
            .filter(edge -> !leadsBack(edge, edges))
            .map(Edge::connect)
            .filter(LatentLayers::isLatent)
            .filter(connect -> !transmits(connect, file))
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

  private static void edges(NetworkItem item, List<Edge> edges) {
    switch (item) {
      case Connect connect -> {
        for (Expression source : connect.sources()) {
          for (Expression target : connect.targets()) {
            edges.add(new Edge(population(source), population(target), connect));
          }
        }
      }
      case NetworkItem.For loop -> loop.body().forEach(inner -> edges(inner, edges));
      case NetworkItem.If(_, var then, var otherwise, _) -> {
        then.forEach(inner -> edges(inner, edges));
        otherwise.forEach(inner -> edges(inner, edges));
      }
      default -> {}
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
  private static boolean leadsBack(Edge edge, List<Edge> edges) {
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

  private static String population(Expression reference) {
    return switch (reference) {
      case Expression.Variable(var name, _) -> name.text();
      case Expression.Member(var owner, _, _) -> population(owner);
      case Expression.Index(var owner, _, _) -> population(owner);
      default -> "";
    };
  }
}
