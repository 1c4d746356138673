package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Reference;

/// A weight is given exactly where the port takes a value. E0208, E0209.
final class WeightPresence {
  private final Context context;

  WeightPresence(Context context) {
    this.context = context;
  }

  void check(Connect connect, Reference written, Endpoint target, Optional<SynapseModel> synapse) {
    Optional<Clause> weight =
        connect.clauses().stream()
            .filter(c -> c instanceof Clause.Weight || c instanceof Clause.TiedTo)
            .findFirst();
    switch (target) {
      case Endpoint.Events(var port, _) -> {
        boolean takes = !port.values().isEmpty();
        boolean ownWeight = synapse.map(s -> s.weight().isPresent()).orElse(true);
        if (takes && weight.isEmpty() && ownWeight) {
          context.report(missing(written, port));
        } else if (!takes && weight.isPresent() && synapse.isEmpty()) {
          context.report(unwanted(weight.get(), port));
        }
      }
      case Endpoint.Trains _ ->
          weight.ifPresent(clause ->
              context.report(
                  Diagnostic.of(
                          Code.WEIGHT_UNWANTED,
                          "`"
                              + Wording.text(written.span())
                              + "` takes spikes as they are: remove `weight`",
                          clause.span(),
                          "no value is taken here")
                      .label(written.span(), "an input of spikes")));
      case Endpoint.Value _, Endpoint.Unclear _ -> {}
    }
  }

  private Diagnostic missing(Reference written, Port port) {
    String wanted = Wording.described(context.resolved(port.values().getFirst()));
    var diagnostic =
        Diagnostic.of(
            Code.WEIGHT_MISSING,
            "`" + port.name().text() + "` takes a value: write `weight`",
            written.span(),
            "takes " + wanted);
    return Context.labelled(diagnostic, port.name().span(), "declared here");
  }

  private static Diagnostic unwanted(Clause weight, Port port) {
    var diagnostic =
        Diagnostic.of(
            Code.WEIGHT_UNWANTED,
            "`" + port.name().text() + "` takes none: remove `weight`",
            weight.span(),
            "has no effect");
    return Context.labelled(diagnostic, port.name().span(), "declared without a value");
  }
}
