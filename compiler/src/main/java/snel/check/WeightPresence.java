package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Expression;
import snel.syntax.NetworkItem;
import snel.syntax.Reference;

/// A weight is given exactly where the port takes a value and the synapse has one. E0208, E0209.
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
    if (weight.isPresent() && synapse.filter(WeightPresence::hasNone).isPresent()) {
      context.report(unwanted(weight.get(), synapse.get(), target));
      return;
    }
    switch (target) {
      case Endpoint.Events(var port, _) -> events(written, port, weight.map(Clause::span), synapse);
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

  void check(NetworkItem.Drive drive, Reference written, Endpoint target) {
    if (target instanceof Endpoint.Events(var port, _)) {
      Optional<Span> weight = Optional.ofNullable(drive.weight()).map(Expression::span);
      events(written, port, weight, Optional.empty());
    }
  }

  private void events(
      Reference written, Port port, Optional<Span> weight, Optional<SynapseModel> synapse) {
    boolean takes = !port.values().isEmpty();
    boolean ownWeight = synapse.map(s -> s.weight().isPresent()).orElse(true);
    if (takes && weight.isEmpty() && ownWeight) {
      context.report(missing(written, port));
    } else if (!takes && weight.isPresent() && synapse.isEmpty()) {
      context.report(unwanted(weight.get(), port));
    }
  }

  private static boolean hasNone(SynapseModel synapse) {
    return synapse.isWhole() && synapse.weight().isEmpty();
  }

  private static Diagnostic unwanted(Clause clause, SynapseModel synapse, Endpoint target) {
    String word = clause instanceof Clause.Weight ? "weight" : "tied to";
    var diagnostic =
        Diagnostic.of(
            Code.WEIGHT_UNWANTED,
            "`" + synapse.name() + "` has no weight: remove `" + word + "`",
            clause.span(),
            "has no effect");
    boolean delivers = target instanceof Endpoint.Events(var port, _) && !port.values().isEmpty();
    return Context.labelled(
        delivers
            ? diagnostic.help("or declare one in the synapse, `weight w : any`, and `deliver w`")
            : diagnostic,
        synapse.declaration().name().span(),
        "has no `weight`");
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

  private static Diagnostic unwanted(Span weight, Port port) {
    var diagnostic =
        Diagnostic.of(
            Code.WEIGHT_UNWANTED,
            "`" + port.name().text() + "` takes none: remove `weight`",
            weight,
            "has no effect");
    return Context.labelled(diagnostic, port.name().span(), "declared without a value");
  }
}
