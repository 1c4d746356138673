package snel.check;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.syntax.Name;

/// `tied to` shares the weights of a projection, and nothing else that its synapses have. E0519.
final class TiedWeights {
  private final Context context;
  private final Scope scope;

  TiedWeights(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  void check(Expression shared) {
    if (shared instanceof Expression.Member(var owner, var name, _)
        && context.in(scope).resolved(owner) instanceof Things.Wires(var model, _)) {
      model
          .filter(m -> m.variables().containsKey(name.text()))
          .flatMap(SynapseModel::weight)
          .filter(weight -> !weight.name().equals(name.text()))
          .ifPresent(weight -> context.report(notTheWeight(owner, name, weight.name())));
      return;
    }
    Parts.of(shared).forEach(this::check);
  }

  private static Diagnostic notTheWeight(Expression owner, Name found, String weight) {
    String projection = Wording.text(owner.span());
    return Diagnostic.of(
            Code.NOTHING_TO_LEARN,
            "`tied to` shares weights, and `"
                + found.text()
                + "` is not the weight of `"
                + projection
                + "`",
            found.span(),
            "no weight")
        .fix("write `" + projection + "." + weight + "`", found.span(), weight);
  }
}
