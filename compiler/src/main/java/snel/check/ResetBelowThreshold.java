package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Assign;
import snel.syntax.BinaryOperator;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.units.Rational;

/// After the reset the neuron is below its threshold, as far as parameters keep their defaults.
/// W0803.
final class ResetBelowThreshold {
  private ResetBelowThreshold() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (!(declaration instanceof Declaration.Neuron neuron)) {
      return;
    }
    NeuronModel model = context.models().neuron(neuron, file);
    Thresholds thresholds = Thresholds.of(neuron);
    if (thresholds.threshold().isEmpty()
        || !(thresholds.threshold().get().condition().ungrouped()
            instanceof Expression.Binary binary)
        || !(binary.left().ungrouped() instanceof Expression.Variable(var variable, _))) {
      return;
    }
    for (Assign assign : thresholds.set()) {
      boolean same = Actions.target(assign).filter(variable.text()::equals).isPresent();
      Optional<Rational> reset = Constants.BY_DEFAULT.value(assign.value(), model.scope());
      Optional<Rational> threshold = Constants.BY_DEFAULT.value(binary.right(), model.scope());
      if (same
          && reset.isPresent()
          && threshold.isPresent()
          && holds(binary.operator(), reset.get().compareTo(threshold.get()))) {
        context.report(
            Diagnostic.of(
                    Code.RESET_ABOVE_THRESHOLD,
                    Wording.text(assign.value().span())
                        + " "
                        + (binary.operator() == BinaryOperator.GREATER ? ">" : "≥")
                        + " "
                        + Wording.text(binary.right().span())
                        + ": spikes at every step",
                    assign.value().span(),
                    "the reset puts `" + variable.text() + "` here")
                .label(binary.span(), "which is over the threshold"));
      }
    }
  }

  /// Whether the condition still holds when the two sides compare like this.
  private static boolean holds(BinaryOperator operator, int comparison) {
    return switch (operator) {
      case GREATER -> comparison > 0;
      case GREATER_OR_EQUAL -> comparison >= 0;
      case LESS, LESS_OR_EQUAL, EQUAL, NOT_EQUAL, IN, AND, OR -> false;
      case PLUS, MINUS, TIMES, DIVIDE, POWER -> false;
    };
  }
}
