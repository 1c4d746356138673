package snel.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Prose;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Assign;
import snel.syntax.Declaration;
import snel.syntax.ModelItem;
import snel.syntax.NeuronItem;

/// A refractory time without `holding` lets what the reset set go on at once. What the reset only
/// adds to or takes from was meant to go on. W0808.
final class RefractoryHolds {
  private RefractoryHolds() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Neuron neuron)) {
      return;
    }
    Thresholds thresholds = Thresholds.of(neuron);
    boolean bare =
        thresholds.refractory().filter(r -> r.holding().isEmpty()).isPresent()
            && thresholds.reset().isPresent();
    if (!bare) {
      return;
    }
    NeuronItem.Refractory refractory = thresholds.refractory().orElseThrow();
    Set<String> moving = new HashSet<>();
    for (NeuronItem item : neuron.items()) {
      if (item instanceof ModelItem.Equation equation) {
        moving.add(equation.variable().text());
      }
    }
    List<String> assigned = new ArrayList<>();
    for (Assign assign : thresholds.set()) {
      Actions.target(assign)
          .filter(n -> moving.contains(n) && !assigned.contains(n))
          .ifPresent(assigned::add);
    }
    if (!assigned.isEmpty()) {
      String names = String.join(", ", assigned);
      int end = refractory.span().end();
      context.report(
          Diagnostic.of(
                  Code.REFRACTORY_WITHOUT_HOLDING,
                  "the refractory time does not hold "
                      + Prose.codes(assigned)
                      + ", which the reset assigns",
                  refractory.span(),
                  "only a further spike is kept off")
              .fix(
                  "write `holding " + names + "` behind it",
                  new Span(refractory.span().file(), end, end),
                  " holding " + names));
    }
  }
}
