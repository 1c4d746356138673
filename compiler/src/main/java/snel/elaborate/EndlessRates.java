package snel.elaborate;

import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Walk;
import snel.model.Equation;
import snel.model.Network;

/// Equations are made of finite numbers: no time constant is 0. E0521.
public final class EndlessRates {
  private final Diagnostics diagnostics;

  private EndlessRates(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// Refuses equations whose constants divide by zero.
  public static void check(Network network, Diagnostics diagnostics) {
    var rates = new EndlessRates(diagnostics);
    rates.block(network.equations(), "the network");
    network.populations().forEach(each -> rates.block(each.equations(), "`" + each.path() + "`"));
    network
        .projections()
        .forEach(each -> rates.block(each.synapse().equations(), "`" + each.path() + "`"));
  }

  private void block(List<Equation> equations, String owner) {
    for (Equation equation : equations) {
      if (Walk.any(equation.rate(), EndlessRates::isEndless)) {
        diagnostics.report(
            Diagnostic.of(
                    Code.ENDLESS_RATE,
                    "the equation of `%s` in %s divides by zero"
                        .formatted(equation.variable(), owner),
                    equation.span(),
                    "not finite")
                .help("is a time constant or a capacitance 0?"));
      }
    }
  }

  private static boolean isEndless(Expr expression) {
    return switch (expression) {
      case Expr.Num(var value) -> !Double.isFinite(value.toDouble());
      case Expr.Div(_, var by) -> Fold.isZero(by);
      default -> false;
    };
  }
}
