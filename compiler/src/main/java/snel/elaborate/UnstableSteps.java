package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.math.Expr;
import snel.math.Linear;
import snel.math.Matrix;
import snel.math.Stability;
import snel.model.Equation;
import snel.model.Network;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Units;

/// The step is no longer than what a method that was chosen by hand bears. W0804.
final class UnstableSteps {
  private final double step;
  private final Diagnostics diagnostics;

  private UnstableSteps(double step, Diagnostics diagnostics) {
    this.step = step;
    this.diagnostics = diagnostics;
  }

  static void check(Network network, Diagnostics diagnostics) {
    var steps = new UnstableSteps(network.stepMs(), diagnostics);
    steps.block(network.equations());
    network.populations().forEach(population -> steps.block(population.equations()));
    network.projections().forEach(projection -> steps.block(projection.synapse().equations()));
  }

  private void block(List<Equation> equations) {
    for (Equation.Method method :
        List.of(Equation.Method.EULER, Equation.Method.HEUN, Equation.Method.RK4)) {
      List<Equation> chosen =
          equations.stream()
              .filter(each -> each.method().filter(m -> m == method).isPresent())
              .toList();
      Optional<Matrix> whole = chosen.isEmpty() ? Optional.empty() : ConstantRates.of(chosen);
      if (whole.isPresent()) {
        tell(chosen, method, bound(method, whole.get()));
      } else {
        chosen.forEach(each ->
            ConstantRates.of(List.of(each))
                .ifPresent(own -> tell(List.of(each), method, bound(method, own))));
      }
    }
  }

  /// The real interval of stability of Heun's method is that of Euler's.
  private static double bound(Equation.Method method, Matrix matrix) {
    return method == Equation.Method.RK4
        ? Stability.rungeKuttaBound(matrix)
        : Stability.eulerBound(matrix);
  }

  private void tell(List<Equation> equations, Equation.Method method, double bound) {
    if (step <= bound * (1 + 1e-9)) {
      return;
    }
    Equation fastest = equations.getFirst();
    for (Equation equation : equations) {
      fastest = ownRate(equation) < ownRate(fastest) ? equation : fastest;
    }
    diagnostics.report(
        Diagnostic.of(
                Code.UNSTABLE_STEP,
                "step %s is unstable for `%s` (%s bound %s)"
                    .formatted(shown(step), fastest.variable(), name(method), shown(bound)),
                fastest.span(),
                "swings and grows")
            .help("shorten the step, or leave out `integrate … by " + method.word() + "`"));
  }

  private static double ownRate(Equation equation) {
    return Linear.in(equation.rate(), equation.variable())
        .filter(parts -> parts.coefficient() instanceof Expr.Num)
        .map(parts -> ((Expr.Num) parts.coefficient()).value().toDouble())
        .orElse(0.0);
  }

  private static String name(Equation.Method method) {
    return switch (method) {
      case EULER -> "Euler";
      case HEUN -> "Heun";
      case RK4 -> "Runge-Kutta";
      case EXACT, EXPONENTIAL_EULER -> "no";
    };
  }

  private static String shown(double ms) {
    double rounded = Double.parseDouble("%.3g".formatted(ms));
    return Units.show(Rational.ofShortest(rounded), Dimension.TIME);
  }
}
