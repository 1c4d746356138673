package snel.lower;

import java.util.Optional;
import snel.model.Connection;

/// A connection rule whose rows do not depend on other rows, so that each can be drawn alone. Other
/// rules draw for each target or for all pairs at once.
sealed interface RowRule {
  /// Independent trials.
  record Trials(double p) implements RowRule {}

  /// A fixed number of partners.
  record Partners(int k, boolean multapses) implements RowRule {}

  /// All targets: only the values of the synapses are drawn.
  record Everyone() implements RowRule {}

  static Optional<RowRule> of(Connection connection) {
    return switch (connection) {
      case Connection.Bernoulli(snel.math.Expr.Num(var p)) -> Optional.of(new Trials(p.toDouble()));
      case Connection.FixedOutdegree(var k, var multapses) ->
          Optional.of(new Partners(k, multapses));
      case Connection.All _ -> Optional.of(new Everyone());
      case Connection.Bernoulli _,
          Connection.OneToOne _,
          Connection.FixedIndegree _,
          Connection.FixedTotal _,
          Connection.Convolution _,
          Connection.Pooling _,
          Connection.Window _,
          Connection.Edges _ ->
          Optional.empty();
    };
  }
}
