package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Connect;
import snel.syntax.Expression;
import snel.types.Type;

/// What a spike brings and what the port takes have one dimension. E0207.
final class PortDimensions {
  private final Context context;
  private final Scope scope;
  private final Scope pairs;

  PortDimensions(Context context, Scope scope, Scope pairs) {
    this.context = context;
    this.scope = scope;
    this.pairs = pairs;
  }

  void check(
      Connect connect,
      Endpoint target,
      Optional<SynapseModel> synapse,
      Optional<SynapseFit.Found> found) {
    Optional<Expression> weight = Projections.weights(connect);
    Optional<Symbol> variable = synapse.flatMap(SynapseModel::weight);
    if (variable.isPresent() && weight.isPresent()) {
      weightOf(synapse.get(), variable.get(), target, weight.get(), connect);
    } else if (weight.isPresent() && synapse.isEmpty()) {
      boolean unknown = Projections.clause(connect).isPresent();
      Type type = type(connect, weight.get());
      if (!unknown) {
        driven(target, weight.get(), type);
      }
    }
    Span used =
        Projections.clause(connect).map(c -> c.model().name().span()).orElse(connect.span());
    found.ifPresent(given -> given(target, synapse.orElseThrow(), given, used));
  }

  /// The sum that weights are normalised to has their dimension.
  void normalised(Endpoint target, Optional<SynapseModel> synapse, Expression total) {
    Optional<Symbol> own =
        synapse.filter(model -> !SynapseWeights.isAny(model)).flatMap(SynapseModel::weight);
    if (own.isPresent()) {
      fits(context.type(own.get()), total, own.get().span());
    } else if (target instanceof Endpoint.Events(var port, _) && !port.values().isEmpty()) {
      fits(port.values().getFirst(), total, port.name().span());
    } else {
      context.in(pairs).type(total);
    }
  }

  private void fits(Type weight, Expression total, Span declared) {
    new Fits(context, pairs)
        .check(weight, total, "the sum of the weights", Context.shown(declared));
  }

  private Type type(Connect connect, Expression weight) {
    boolean tied = connect.clauses().stream().anyMatch(c -> c instanceof snel.syntax.Clause.TiedTo);
    return context.in(tied ? scope : pairs).resolved(weight);
  }

  /// `any` has the dimension of the port; any other weight its own.
  private void weightOf(
      SynapseModel synapse, Symbol variable, Endpoint target, Expression weight, Connect connect) {
    Type type = type(connect, weight);
    Type declared = context.type(variable);
    boolean ofPort = SynapseWeights.isAny(synapse);
    if (ofPort && target instanceof Endpoint.Events) {
      driven(target, weight, type);
      return;
    }
    new Fits(context, pairs)
        .check(
            Things.array(declared),
            type,
            weight,
            "`" + variable.name() + "` of `" + synapse.name() + "`",
            Context.shown(variable.span()));
  }

  /// A weight that reaches the port as it is.
  void driven(Endpoint target, Expression weight, Type given) {
    if (!(target instanceof Endpoint.Events(var port, _)) || port.values().isEmpty()) {
      return;
    }
    Type wanted = context.resolved(port.values().getFirst());
    Type found = context.resolved(given);
    if (!Wording.isNumber(found) && !Wording.isOpen(found)) {
      WrongKind.report(context, found, weight.span(), "a number");
      return;
    }
    if (agree(wanted, found)) {
      if (wanted.single() instanceof Type.Int) {
        Wholes.check(context, pairs, found, weight, "`" + port.name().text() + "`");
      }
      return;
    }
    String text = "`weight " + Wording.text(weight.span()) + "`";
    var diagnostic =
        Context.labelled(
            Diagnostic.of(
                Code.UNLIKE_PORT,
                "port `"
                    + port.name().text()
                    + "` takes "
                    + Wording.described(wanted)
                    + ", but "
                    + text
                    + " is "
                    + Wording.described(found),
                weight.span(),
                "this is " + Wording.described(found)),
            port.name().span(),
            "takes " + Wording.described(wanted));
    context.report(
        UnitAdvice.of(context, pairs, weight, found, wanted, Optional.empty())
            .map(advice -> advice.addTo(diagnostic))
            .or(() -> Factors.between(context, scope, weight, found, wanted).map(diagnostic::help))
            .orElse(diagnostic));
  }

  private void given(Endpoint target, SynapseModel synapse, SynapseFit.Found found, Span used) {
    switch (target) {
      case Endpoint.Events(var port, _) -> {
        if (!port.values().isEmpty()) {
          Type wanted = port.values().getFirst();
          found
              .delivered()
              .forEach(g ->
                  given(
                      g,
                      wanted,
                      synapse.name() + "` delivers ",
                      "port `" + port.name().text(),
                      port.name().span(),
                      used));
        }
      }
      case Endpoint.Value(var name, var span, var type, _) ->
          found
              .transmitted()
              .forEach(g ->
                  given(g, type, synapse.name() + "` transmits ", "input `" + name, span, used));
      case Endpoint.Trains _, Endpoint.Unclear _ -> {}
    }
  }

  /// @param giver "`NAME` delivers", `taker` "port `NAME`", each from within the quotes
  private void given(
      SynapseFit.Given given, Type wanted, String giver, String taker, Span declared, Span used) {
    Type place = context.resolved(wanted);
    Type found = context.resolved(given.type());
    if (agree(place, found)) {
      return;
    }
    String message =
        taker
            + "` takes "
            + Wording.described(place)
            + ", but `"
            + giver
            + WrongKind.described(found);
    Diagnostic diagnostic = Diagnostic.of(Code.UNLIKE_PORT, message, used, "used here");
    context.report(
        Context.labelled(diagnostic, declared, "takes " + Wording.described(place))
            .label(given.span(), "this is " + WrongKind.described(found)));
  }

  private boolean agree(Type wanted, Type found) {
    if (wanted.single() instanceof Type.Unknown || found.single() instanceof Type.Unknown) {
      return true;
    }
    boolean numbers = Wording.isNumber(wanted) && Wording.isNumber(found);
    return numbers
        ? context.sameDimension(found, wanted)
        : Wording.isOpen(wanted) || Wording.isOpen(found) || wanted.single().equals(found.single());
  }
}
