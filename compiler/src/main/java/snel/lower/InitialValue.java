package snel.lower;

import java.util.Optional;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.math.Bounds;
import snel.math.Kind;
import snel.model.Variable;

/// What a variable of a synapse is when the synapse is made: drawn or computed from its pair.
final class InitialValue {
  private InitialValue() {}

  /// @param purpose names the random stream; a `weight` or `delay` is clipped to its bounds
  static Expr of(
      World world,
      Plasticity plasticity,
      String purpose,
      snel.math.Expr expression,
      Kind kind,
      SynapseScope.At at,
      KernelScope kernel) {
    SynapseScope scope = scope(world, plasticity, purpose, at, kernel);
    var expressions = new Expressions(scope, world.real());
    Expr computed = expressions.of(expression, kind);
    Optional<Variable> clipped =
        switch (purpose) {
          case "weight" -> plasticity.synapse.weight();
          case "delay" -> plasticity.synapse.delay();
          default -> Optional.empty();
        };
    return clipped.map(v -> clipped(v, expressions, computed)).orElse(computed);
  }

  static SynapseScope scope(
      World world, Plasticity plasticity, String purpose, SynapseScope.At at, KernelScope kernel) {
    Optional<Expr> multapse = plasticity.links.multapse(at.synapse());
    String declaration = Variable.declaration(purpose);
    Draws draws =
        new SynapseDraws(
            plasticity.links.path, declaration, at.source(), at.target(), multapse, false);
    boolean shared = purpose.equals("weight") && plasticity.links.sharedWeights().isPresent();
    return shared
        ? new KernelPlaces(world, plasticity, at, kernel, draws)
        : new SynapseScope(world, plasticity, at, kernel, draws, Moment.before(Emit.step()));
  }

  /// A weight or delay within its bounds.
  static Expr clipped(Variable variable, Expressions expressions, Expr value) {
    Bounds bounds = variable.bounds();
    Kind kind = variable.kind();
    Expr result = value;
    if (bounds.lower().isPresent()) {
      Expr x = expressions.once("x", result);
      Expr low = expressions.of(bounds.lower().get(), kind);
      result = new Expr.Choose(Emit.compare(CompareOp.LT, x, low), low, x);
    }
    if (bounds.upper().isPresent()) {
      Expr x = expressions.once("x", result);
      Expr high = expressions.of(bounds.upper().get(), kind);
      result = new Expr.Choose(Emit.compare(CompareOp.GT, x, high), high, x);
    }
    return result;
  }
}
