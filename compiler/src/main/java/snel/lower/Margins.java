package snel.lower;

import snel.ir.Expr;
import snel.math.Fold;
import snel.math.Relation;
import snel.model.Firing;

/// How far a neuron is over its threshold: `v - th` of `spike when v > th`, also where `and`
/// demands more.
final class Margins {
  private Margins() {}

  /// Emits what it needs into `kernel` and returns the margin of neuron `self`.
  static Expr of(World world, Cells cells, Expr self, KernelScope kernel) {
    snel.math.Expr margin =
        cells.population.firing() instanceof Firing.When(var condition, _)
            ? of(condition)
            : snel.math.Expr.num(0);
    NeuronScope scope = world.bodies().scope(cells, self, kernel, "margin", Emit.nextStep());
    return new Expressions(scope, world.real()).real(margin);
  }

  private static snel.math.Expr of(snel.math.Expr condition) {
    return switch (condition) {
      case snel.math.Expr.And(var first, _) -> of(first);
      case snel.math.Expr.Compare(var relation, var a, var b)
          when relation == Relation.GREATER || relation == Relation.GREATER_OR_EQUAL ->
          Fold.sub(a, b);
      case snel.math.Expr.Compare(_, var a, var b) -> Fold.sub(b, a);
      default -> snel.math.Expr.num(0);
    };
  }
}
