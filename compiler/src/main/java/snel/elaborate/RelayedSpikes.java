package snel.elaborate;

import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Handler;
import snel.model.Synapse;
import snel.source.Span;

/// A projection onto a port of synapses brings its weight at each spike, and no more: the synapses
/// that it leads to run `receive`, its own synapses run no `on pre`.
final class RelayedSpikes {
  private RelayedSpikes() {}

  static void check(Context context, Synapse synapse, String port, Span span) {
    List<Handler> onPre =
        synapse.handlers().stream()
            .filter(h -> h.event().equals("pre") || h.event().startsWith("pre."))
            .toList();
    for (Handler handler : onPre) {
      if (!synapse.model().isEmpty() && !isDelivery(handler, synapse)) {
        context.fault(
            Diagnostic.of(
                    Code.NO_MEANING_HERE,
                    "`on "
                        + handler.event()
                        + "` of `"
                        + synapse.model()
                        + "` does not run on the way to `"
                        + port
                        + "`: a port of other synapses gets the weight of each spike, no more",
                    handler.span(),
                    "more than `deliver " + synapse.weightName() + "`")
                .label(span, "connected here")
                .help("write it in `receive` of the synapses that the port belongs to"));
        return;
      }
    }
  }

  private static boolean isDelivery(Handler handler, Synapse synapse) {
    return handler.event().equals("pre")
        && handler.body().size() == 1
        && handler.body().getFirst() instanceof Action.Deliver(Expr.Ref ref, _)
        && ref.owner() == Owner.SELF
        && ref.name().equals(synapse.weightName());
  }
}
