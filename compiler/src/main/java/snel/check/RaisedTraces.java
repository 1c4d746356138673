package snel.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Assign;
import snel.syntax.AssignmentOperator;
import snel.syntax.Declaration;
import snel.syntax.ModelItem;
import snel.syntax.SynapseItem;

/// A trace is raised by its event, so the handler of that event does not raise it too. W0824.
final class RaisedTraces {
  private RaisedTraces() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Synapse synapse)) {
      return;
    }
    Map<String, SynapseItem.DecayingTrace> raised = new HashMap<>();
    for (SynapseItem item : synapse.items()) {
      if (item instanceof SynapseItem.DecayingTrace trace
          && trace.jump() != SynapseItem.TraceJump.SET) {
        raised.put(trace.name().text(), trace);
      }
    }
    for (SynapseItem item : synapse.items()) {
      if (item instanceof ModelItem.OnEvent handler) {
        Actions.assigned(
            handler.body(),
            assign ->
                Optional.of(assign)
                    .filter(a -> a.operator() == AssignmentOperator.ADD)
                    .flatMap(Actions::target)
                    .map(raised::get)
                    .filter(trace -> trace.event().text().equals(handler.event().text()))
                    .ifPresent(trace -> context.report(twice(assign, trace))));
      }
    }
  }

  private static Diagnostic twice(Assign assign, SynapseItem.DecayingTrace trace) {
    String amount = trace.amount() == null ? "1" : "`" + Wording.text(trace.amount().span()) + "`";
    return Diagnostic.of(
            Code.RAISED_TWICE,
            "`%s` is raised by %s at each `%s` by itself; this adds to it once more"
                .formatted(trace.name().text(), amount, trace.event().text()),
            assign.span(),
            "raises it again")
        .label(trace.span(), "raised here")
        .help("leave `" + Wording.text(assign.span()) + "` out");
  }
}
