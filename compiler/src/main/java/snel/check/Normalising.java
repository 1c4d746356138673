package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Expression;
import snel.syntax.Rule;

/// `normalise sum(w) per post to … on …`: the weights, added up for each target, around a
/// presentation. E0121, E0503, E0519.
final class Normalising {
  private final Context context;

  Normalising(Context context) {
    this.context = context;
  }

  void check(Clause.Normalise clause, Connect connect, Optional<SynapseModel> synapse) {
    boolean isStatic = Projections.clause(connect).isEmpty();
    Optional<String> weight =
        isStatic
            ? Projections.weights(connect).map(_ -> "w")
            : synapse.flatMap(SynapseModel::weight).map(Symbol::name);
    if (weight.isPresent()) {
      sumOf(weight.get(), clause.measure());
    } else if (isStatic || synapse.isPresent()) {
      context.report(
          Diagnostic.of(
              Code.NOTHING_TO_LEARN,
              "the connection has no weights to normalise",
              clause.span(),
              "nothing to add up"));
    }
    if (!clause.per().text().equals("post")) {
      only("per", "post", clause.per().span());
    }
    Events.ofPresentation(context, "normalise", clause.event());
  }

  private void sumOf(String weight, Rule measure) {
    boolean isTheirs =
        measure.name().text().equals("sum")
            && measure.arguments().size() == 1
            && measure.arguments().getFirst() instanceof Argument(var label, var value, _)
            && label == null
            && value.ungrouped() instanceof Expression.Variable(var name, _)
            && name.text().equals(weight);
    if (!isTheirs) {
      only("by", "sum(" + weight + ")", measure.span());
    }
  }

  private void only(String word, String wanted, Span written) {
    context.report(
        Diagnostic.of(
                Code.UNKNOWN_OPTION,
                "weights are normalised %s `%s`, not %s `%s`"
                    .formatted(word, wanted, word, Wording.text(written)),
                written,
                "not " + word + " this")
            .fix("write `" + wanted + "`", written, wanted));
  }
}
