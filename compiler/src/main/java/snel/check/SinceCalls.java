package snel.check;

import java.util.ArrayList;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;

/// `since(event)`: a neuron speaks of its own events, a synapse of those of its two neurons, which
/// are known only where it is used. E0503, E0515.
final class SinceCalls {
  private final Context context;
  private final Scope scope;

  SinceCalls(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  void check(Expression.Call call, Expression event) {
    switch (scope.place()) {
      case NEURON -> known(event, ofNeuron(), "this neuron");
      case SYNAPSE -> {
        boolean ofOneEnd =
            event.ungrouped() instanceof Expression.Member(var end, var name, _)
                && List.of("pre", "post").contains(Wording.text(end.span()))
                && !name.text().equals("spike");
        if (!ofOneEnd) {
          known(event, List.of("pre", "post"), "a synapse");
        }
      }
      case UNCLEAR -> {}
      case TOP, FUNCTION, NETWORK, PAIR, DATA, EXPERIMENT ->
          context.report(
              Diagnostic.of(
                      Code.NO_MEANING_HERE,
                      "`since` has no meaning " + scope.place().words(),
                      call.span(),
                      "means nothing here")
                  .note(
                      "`since(spike)` stands in neurons, `since(pre)` and `since(post)` in synapses"));
    }
  }

  private List<String> ofNeuron() {
    var known = new ArrayList<String>(List.of("spike", "win"));
    scope
        .find("self")
        .map(context::type)
        .filter(Things.End.class::isInstance)
        .flatMap(self -> ((Things.End) self).model())
        .ifPresent(model -> known.addAll(model.events()));
    return known;
  }

  private void known(Expression event, List<String> known, String owner) {
    if (event.ungrouped() instanceof Expression.Missing) {
      return;
    }
    Events.check(context, owner, Wording.text(event.ungrouped().span()), event.span(), known);
  }
}
