package snel.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;
import snel.syntax.NeuronItem;
import snel.syntax.Node;
import snel.syntax.OutcomeStatement;
import snel.syntax.Statement;
import snel.syntax.SynapseItem;

/// What may be said once is said once: one equation a state, one spike condition, one `reset`, one
/// step. E0512; a second step is E0306, a second port or event of one name E0109.
final class OnceOnly {
  private record Key(Code code, String words) {}

  private final Context context;
  private final Map<Key, Span> first = new HashMap<>();

  private OnceOnly(Context context) {
    this.context = context;
  }

  static void check(Context context, FileScope file, Declaration declaration) {
    List<? extends Node> items =
        switch (declaration) {
          case Declaration.Experiment experiment -> experiment.body();
          case Declaration.Test test -> test.body();
          case Declaration.Neuron _, Declaration.Synapse _, Declaration.Network _ ->
              Inside.model(declaration);
          case Declaration.Data _, Declaration.Function _, Declaration.Sweep _ -> List.of();
          case Declaration.Deployment _, snel.syntax.Let _ -> List.of();
        };
    var once = new OnceOnly(context);
    items.forEach(once::item);
  }

  /// The results of one statement have names of their own.
  static void results(Context context, OutcomeStatement.Report report) {
    var once = new OnceOnly(context);
    for (OutcomeStatement.Reported item : report.items()) {
      if (item.name() != null) {
        once.name("result", item.name().text(), item.name().span());
      }
    }
  }

  private void item(Node item) {
    switch (item) {
      case ModelItem.Equation equation ->
          once("the equation of `" + equation.variable().text() + "`", item.span());
      case ModelItem.Receive receive -> name("port", receive.name().text(), receive.name().span());
      case NeuronItem.UserEvent event -> name("event", event.name().text(), event.name().span());
      case NetworkItem.Protocol protocol ->
          name("protocol", protocol.name().text(), protocol.name().span());
      case ModelItem.OnEvent(var event, _, _) -> once("`on " + event.text() + "`", item.span());
      case NeuronItem.Reset _ -> once("`reset`", item.span());
      case NeuronItem.Refractory _ -> once("the refractory time", item.span());
      case NeuronItem.SpikeWhen _, NeuronItem.SpikeOnCrossing _ -> spike(item);
      case NeuronItem.SpikeWithRate _, NeuronItem.SpikeAt _ -> spike(item);
      case SynapseItem.WeightVariable _ -> once("`weight`", item.span());
      case SynapseItem.DelayVariable _ -> once("`delay`", item.span());
      case SynapseItem.Transmit _ -> once("`transmit`", item.span());
      case SynapseItem.Prune _ -> once("`prune when`", item.span());
      case SynapseItem.Coincident _ -> once("`coincident`", item.span());
      case Statement.Step _ -> said(new Key(Code.BAD_STEP, "the step"), item.span());
      case Statement.Seed _ -> once("the seed", item.span());
      case Statement.Numerics _ -> once("`numerics`", item.span());
      default -> {}
    }
  }

  private void spike(Node item) {
    once("when the neuron spikes", item.span());
  }

  private void once(String words, Span at) {
    said(new Key(Code.TWO_RULES_FOR_ONE, words), at);
  }

  private void said(Key key, Span at) {
    Span earlier = first.putIfAbsent(key, at);
    if (earlier != null) {
      context.report(
          Diagnostic.of(key.code(), key.words() + " is said twice", at, "said again")
              .label(earlier, "said first here"));
    }
  }

  private void name(String kind, String name, Span at) {
    Span earlier = first.putIfAbsent(new Key(Code.DECLARED_TWICE, kind + " " + name), at);
    if (earlier != null) {
      context.report(
          Diagnostic.of(
                  Code.DECLARED_TWICE,
                  "the "
                      + kind
                      + " `"
                      + name
                      + "` is already declared at "
                      + Wording.place(earlier, at),
                  at,
                  "declared again")
              .label(earlier, "first declared here"));
    }
  }
}
