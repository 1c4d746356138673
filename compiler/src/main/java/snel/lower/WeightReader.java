package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.load;

import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.math.Kind;
import snel.model.Variable;
import snel.model.WeightSource;

/// Reads the weight of a synapse wherever it is kept.
final class WeightReader {
  private WeightReader() {}

  static Typed read(World world, Plasticity plasticity, SynapseScope scope, Kind kind) {
    return switch (plasticity.projection.weight()) {
      case WeightSource.None _ -> throw new CompilerBug("no weight in " + plasticity.links.path);
      case WeightSource.Tied tied -> tied(world, plasticity, tied, scope, kind);
      case WeightSource.Value(var expression)
          when plasticity.links.layout == Links.Layout.PROCEDURAL
              && !(expression instanceof snel.math.Expr.Num) ->
          new Typed(
              InitialValue.of(
                  world, plasticity, "weight", expression, kind, scope.at(), scope.kernel()),
              kind);
      case WeightSource.Value(var expression) when plasticity.weight().isEmpty() ->
          new Typed(new Expressions(scope, world.real()).of(expression, kind), kind);
      case WeightSource.Value _, WeightSource.Matrix _ -> {
        Buffer buffer = plasticity.weight().orElseThrow();
        Expr index = plasticity.links.weightIndex(buffer, scope.at().synapse());
        yield new Typed(convert(Expressions.scalar(kind, world.real()), load(buffer, index)), kind);
      }
    };
  }

  private static Typed tied(
      World world, Plasticity plasticity, WeightSource.Tied tied, SynapseScope scope, Kind kind) {
    Plasticity other = world.plasticity(tied.projection());
    SynapseScope.At at = scope.at();
    Expr synapse =
        plasticity
            .tiedPlaces()
            .map(places -> load(places, at.synapse()))
            .orElseGet(
                () -> TiedPlaces.searched(world, tied, at.source(), at.target(), scope.kernel()));
    var expressions = new Expressions(scope, world.real());
    Expr typed =
        other.weight().isPresent()
            ? expressions.as(stored(world, other, other.weight().get(), synapse), kind)
            : expressions.of(((WeightSource.Value) other.projection.weight()).expression(), kind);
    return new Typed(tied.sign() < 0 ? new Expr.Unary(snel.ir.UnaryOp.NEG, typed) : typed, kind);
  }

  private static Typed stored(World world, Plasticity other, Buffer buffer, Expr synapse) {
    Kind kind = other.synapse.weight().map(Variable::kind).orElse(Kind.REAL);
    Expr value = load(buffer, other.links.weightIndex(buffer, synapse));
    return new Typed(convert(Expressions.scalar(kind, world.real()), value), kind);
  }
}
