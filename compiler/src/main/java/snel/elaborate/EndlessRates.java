package snel.elaborate;

import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.math.Finite;
import snel.model.Equation;
import snel.model.Network;
import snel.source.Span;

/// Equations are made of finite numbers: no time constant is 0. E0521.
public final class EndlessRates {
  private final Diagnostics diagnostics;

  private EndlessRates(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// Refuses equations whose constants divide by zero.
  public static void check(Network network, Diagnostics diagnostics) {
    var rates = new EndlessRates(diagnostics);
    network.equations().forEach(each -> rates.rate(each, "the network", each.span()));
    network.populations().forEach(each -> rates.block(each.equations(), each.path(), each.span()));
    network
        .projections()
        .forEach(each -> rates.block(each.synapse().equations(), each.path(), each.span()));
  }

  private void block(List<Equation> equations, String owner, Span instance) {
    equations.forEach(each -> rate(each, "`" + owner + "`", instance));
  }

  private void rate(Equation equation, String owner, Span instance) {
    if (!Finite.is(equation.rate())) {
      diagnostics.report(
          Diagnostic.of(
                  Code.ENDLESS_RATE,
                  "the equation of `%s` in %s divides by zero"
                      .formatted(equation.variable(), owner),
                  equation.span(),
                  "not finite")
              .help("is a time constant, a capacitance or the width of an exponential 0?")
              .seenFrom(instance));
    }
  }
}
