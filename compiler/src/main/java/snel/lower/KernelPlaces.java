package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;

import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Rule;
import snel.math.Kind;

/// Names as one weight of a convolution sees them, which has many synapses: its target is the first
/// of a map, its source lies in that one's window, be it in the frame or not.
final class KernelPlaces extends SynapseScope {
  private final ConvShape shape;
  private final int sourceAxes;
  private final int targetAxes;
  private final Expr weight;

  /// @param at the weight's number, for source and target too
  KernelPlaces(World world, Plasticity plasticity, At at, KernelScope kernel, Draws draws) {
    super(world, plasticity, at, kernel, draws, Emit.step(), Set.of());
    this.shape = ((Rule.Conv) plasticity.links.wiring().orElseThrow().rule()).shape();
    this.sourceAxes = plasticity.sourceCells().population.shape().size();
    this.targetAxes = plasticity.targetCells().orElseThrow().population.shape().size();
    this.weight = at.synapse();
  }

  @Override
  public Typed read(snel.math.Expr.Ref ref) {
    if (!ref.name().startsWith("position.")) {
      return super.read(ref);
    }
    int axis = Integer.parseInt(ref.name().substring("position.".length()));
    return switch (ref.owner()) {
      case PRE -> typed(source(sourceAxes - 1 - axis));
      case POST -> typed(target(targetAxes - 1 - axis));
      case SELF, NETWORK, POPULATION, PEER, ARGUMENT, LOCAL -> super.read(ref);
    };
  }

  private Typed typed(Expr place) {
    return new Typed(convert(world.real(), place), Kind.REAL);
  }

  private Expr source(int fromLast) {
    int places = shape.kernelHeight() * shape.kernelWidth();
    return switch (fromLast) {
      case 0 -> within(rest(weight, shape.kernelWidth()), shape.paddingX());
      case 1 ->
          within(
              rest(quotient(weight, shape.kernelWidth()), shape.kernelHeight()), shape.paddingY());
      default -> rest(quotient(weight, places), shape.sourceChannels());
    };
  }

  private Expr within(Expr place, int padding) {
    Expr far = new Expr.Binary(BinaryOp.MUL, place, i(shape.dilation()));
    return new Expr.Binary(BinaryOp.SUB, far, i(padding));
  }

  private Expr target(int fromLast) {
    int ofMap = shape.sourceChannels() * shape.kernelHeight() * shape.kernelWidth();
    return fromLast < 2 ? i(0) : quotient(weight, ofMap);
  }

  private static Expr quotient(Expr a, int b) {
    return new Expr.Binary(BinaryOp.DIV, a, i(b));
  }

  private static Expr rest(Expr a, int b) {
    return new Expr.Binary(BinaryOp.REM, a, i(b));
  }
}
