package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;

import snel.ir.BinaryOp;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Rule;
import snel.math.Kind;

/// Names as one weight of a convolution sees them, which has many synapses: its target is the first
/// of a map, its source lies in that one's window, be it in the frame or not; of a transposed one
/// its source is the first of a map, and its target lies in the window.
final class KernelPlaces extends SynapseScope {
  private final ConvShape shape;
  private final int sourceAxes;
  private final int targetAxes;
  private final Expr weight;

  /// @param at the weight's number, for source and target too
  KernelPlaces(World world, Plasticity plasticity, At at, KernelScope kernel, Draws draws) {
    super(world, plasticity, at, kernel, draws, Moment.before(Emit.step()));
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
    if (fromLast < 2) {
      return shape.transposed() ? i(0) : inWindow(fromLast);
    }
    Expr target = quotient(weight, places() * shape.weights().get(1));
    return shape.transposed() ? target : other(target, shape.targetsOfGroup());
  }

  private Expr target(int fromLast) {
    if (fromLast < 2) {
      return shape.transposed() ? inWindow(fromLast) : i(0);
    }
    Expr first = quotient(weight, places() * shape.weights().get(1));
    return shape.transposed() ? other(first, shape.sourcesOfGroup()) : first;
  }

  private int places() {
    return shape.kernelHeight() * shape.kernelWidth();
  }

  /// The channel on the other side of a weight.
  ///
  /// @param first the channel on the side that weights are ordered by first
  /// @param ofGroup channels of a group on that side
  private Expr other(Expr first, int ofGroup) {
    int channels = shape.weights().get(1);
    Expr within = rest(quotient(weight, places()), channels);
    if (shape.groups() == 1) {
      return within;
    }
    Expr before = new Expr.Binary(BinaryOp.MUL, quotient(first, ofGroup), i(channels));
    return new Expr.Binary(BinaryOp.ADD, before, within);
  }

  private Expr inWindow(int fromLast) {
    Expr column = rest(weight, shape.kernelWidth());
    Expr row = rest(quotient(weight, shape.kernelWidth()), shape.kernelHeight());
    return fromLast == 0
        ? within(column, shape.dilationX(), shape.paddingX())
        : within(row, shape.dilationY(), shape.paddingY());
  }

  private static Expr within(Expr place, int dilation, int padding) {
    Expr far = new Expr.Binary(BinaryOp.MUL, place, i(dilation));
    return new Expr.Binary(BinaryOp.SUB, far, i(padding));
  }

  private static Expr quotient(Expr a, int b) {
    return new Expr.Binary(BinaryOp.DIV, a, i(b));
  }

  private static Expr rest(Expr a, int b) {
    return new Expr.Binary(BinaryOp.REM, a, i(b));
  }
}
