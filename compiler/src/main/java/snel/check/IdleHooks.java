package snel.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.EventName;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;
import snel.syntax.Node;
import snel.syntax.Statement;
import snel.syntax.SynapseItem;
import snel.syntax.TestItem;

/// What acts at the beginnings and ends of presentations never does where all experiments on the
/// network only `run`. Models of other files serve other networks too and are not looked at. W0820.
final class IdleHooks {
  private record Hook(String what, String instead, Span span) {}

  private IdleHooks() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (declaration instanceof Declaration.Network network && isOnlyRun(file, network)) {
      for (Hook hook : hooks(file, network.items())) {
        context.report(
            Diagnostic.of(
                    Code.NOTHING_PRESENTED,
                    hook.what + " only where something is presented",
                    hook.span,
                    "never happens: all experiments on `" + network.name().text() + "` only `run`")
                .help("write `present … for …` in place of `run …`" + hook.instead));
      }
    }
  }

  private static boolean isOnlyRun(FileScope file, Declaration.Network network) {
    List<TestItem> statements = new ArrayList<>();
    for (NetworkItem item : network.items()) {
      if (item instanceof NetworkItem.Protocol protocol) {
        statements.addAll(protocol.body());
      }
    }
    for (Declaration each : file.file().declarations()) {
      switch (each) {
        case Declaration.Experiment experiment
            when experiment.network().model().text().equals(network.name().text()) ->
            statements.addAll(experiment.body());
        case Declaration.Test test -> statements.addAll(test.body()); // on it or on others
        default -> {}
      }
    }
    boolean[] runs = {false};
    boolean[] presents = {false};
    Inside.statements(
        statements,
        statement -> {
          runs[0] |= statement instanceof Statement.Run;
          presents[0] |= statement instanceof Statement.Present;
        });
    return runs[0] && !presents[0];
  }

  private static List<Hook> hooks(FileScope file, List<NetworkItem> items) {
    List<Hook> hooks = new ArrayList<>();
    Set<String> models = new HashSet<>();
    Set<String> grown = new HashSet<>(); // what is pruned whenever others grow
    items.forEach(item -> inItem(item, hooks, models, grown));
    for (Declaration each : file.file().declarations()) {
      switch (each) {
        case Declaration.Neuron neuron when models.contains(neuron.name().text()) ->
            inModel(neuron.items(), hooks, true);
        case Declaration.Synapse synapse when models.contains(synapse.name().text()) ->
            inModel(synapse.items(), hooks, grown.contains(synapse.name().text()));
        default -> {}
      }
    }
    return hooks;
  }

  private static void inItem(
      NetworkItem item, List<Hook> hooks, Set<String> models, Set<String> grown) {
    switch (item) {
      case NetworkItem.Population population -> models.add(population.model().model().text());
      case Connect connect -> {
        connect.clauses().forEach(clause -> inClause(clause, hooks, models));
        if (connect.clauses().stream().anyMatch(clause -> clause instanceof Clause.Grow)) {
          connect.clauses().forEach(clause -> inClause(clause, new ArrayList<>(), grown));
        }
      }
      case NetworkItem.For loop ->
          loop.body().forEach(inner -> inItem(inner, hooks, models, grown));
      case NetworkItem.If branch -> {
        branch.then().forEach(inner -> inItem(inner, hooks, models, grown));
        branch.otherwise().forEach(inner -> inItem(inner, hooks, models, grown));
      }
      default -> {}
    }
  }

  private static void inClause(Clause clause, List<Hook> hooks, Set<String> models) {
    if (clause instanceof Clause.Normalise normalise && isOfPresentation(normalise.event())) {
      hooks.add(new Hook("weights are normalised here", "", normalise.span()));
    } else if (clause instanceof Clause.SynapseModel(var model, _)) {
      models.add(model.name().text());
    }
  }

  /// @param grows whether synapses also go when others grow
  private static void inModel(List<? extends Node> items, List<Hook> hooks, boolean grows) {
    for (Node item : items) {
      switch (item) {
        case ModelItem.OnEvent(var event, _, _) when isOfPresentation(event) ->
            hooks.add(
                new Hook(
                    "`on " + event.text() + "` acts", ", or use `every …` here", event.span()));
        case SynapseItem.DecayingTrace trace when isOfPresentation(trace.event()) ->
            hooks.add(new Hook("the trace jumps", "", trace.event().span()));
        case SynapseItem.Prune prune when !grows ->
            hooks.add(
                new Hook("synapses are pruned", ", or let others `grow … every …`", prune.span()));
        default -> {}
      }
    }
  }

  private static boolean isOfPresentation(@Nullable EventName event) {
    return event != null && event.parts().getFirst().text().equals("presentation");
  }
}
