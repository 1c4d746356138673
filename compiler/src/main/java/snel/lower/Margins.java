package snel.lower;

import snel.ir.Expr;
import snel.math.Fold;
import snel.math.Relation;
import snel.model.Firing;

/// How far a neuron is over its threshold: `v - th` of `spike when v > th`.
final class Margins {
  private Margins() {}

  /// Emits what it needs into `kernel` and returns the margin of neuron `self`.
  static Expr of(World world, Cells cells, Expr self, KernelScope kernel) {
    snel.math.Expr margin =
        cells.population.firing() instanceof Firing.When(var condition, _)
                && condition instanceof snel.math.Expr.Compare(var relation, var a, var b)
            ? relation == Relation.GREATER || relation == Relation.GREATER_OR_EQUAL
                ? Fold.sub(a, b)
                : Fold.sub(b, a)
            : snel.math.Expr.num(0);
    NeuronScope scope = world.bodies().scope(cells, self, kernel, "margin", Emit.nextStep());
    return new Expressions(scope, world.real()).real(margin);
  }
}
