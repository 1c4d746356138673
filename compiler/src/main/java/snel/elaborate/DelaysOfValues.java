package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.math.Owner;
import snel.model.Synapse;
import snel.model.SynapseText;
import snel.source.Span;
import snel.syntax.Clause;
import snel.syntax.Connect;

/// What is transmitted is there at all times and takes none: delays are of events, and have a
/// meaning beside it only where the synapse follows the source's.
final class DelaysOfValues {
  private final Context context;
  private final Connect connect;

  DelaysOfValues(Context context, Connect connect) {
    this.context = context;
    this.connect = connect;
  }

  void check(Synapse synapse, Optional<Expr> axonal, Optional<Expr> dendritic) {
    if (synapse.transmit().isEmpty()) {
      return;
    }
    boolean followsSource = SynapseText.followsEvents(synapse, Owner.PRE);
    if (!followsSource && synapse.delay().isPresent()) {
      report(synapse, synapse.delay().get().span());
    } else if (!followsSource && isLate(axonal)) {
      report(synapse, clause(Clause.DelayKind.AXONAL, Clause.DelayKind.PLAIN));
    }
    if (isLate(dendritic)) {
      report(synapse, clause(Clause.DelayKind.DENDRITIC));
    }
  }

  private static boolean isLate(Optional<Expr> delay) {
    return delay.filter(d -> !(d instanceof Expr.Num(var ms) && ms.isZero())).isPresent();
  }

  private Span clause(Clause.DelayKind... kinds) {
    return connect.clauses().stream()
        .filter(c -> c instanceof Clause.Delay(var kind, _, _) && List.of(kinds).contains(kind))
        .findFirst()
        .map(Clause::span)
        .orElse(connect.span());
  }

  private void report(Synapse synapse, Span span) {
    context.fault(
        Diagnostic.of(
                Code.DELAY_CONFLICT,
                "`"
                    + synapse.model()
                    + "` transmits a value, which is the present one: a delay has no meaning for it",
                span,
                "delays are of events")
            .help(
                "leave the delay out and let a chain of states follow the value"
                    + " (`x' = (pre.v - x) / 5 ms`), or send spikes, which can be late"));
  }
}
