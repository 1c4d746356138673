package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;

import java.util.List;
import java.util.Map;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.math.Kind;
import snel.math.Known;

/// Names as the neuron with index `self` sees them.
final class NeuronScope extends WorldScope {
  private final Cells cells;
  private final Expr self;
  private final Draws draws;
  private final Expr now;
  private Expr peer = i(0);
  private Map<Buffer, Buffer> before = Map.of();

  /// @param now the instant at which the expression is read, in steps (`I64`)
  NeuronScope(World world, Cells cells, Expr self, KernelScope kernel, Draws draws, Expr now) {
    this(world, cells, self, kernel, draws, now, Map.of());
  }

  private NeuronScope(
      World world,
      Cells cells,
      Expr self,
      KernelScope kernel,
      Draws draws,
      Expr now,
      Map<String, Typed> locals) {
    super(world, kernel, locals, "a neuron");
    this.cells = cells;
    this.self = self;
    this.draws = draws;
    this.now = now;
  }

  @Override
  public Typed read(snel.math.Expr.Ref ref) {
    Typed local = ref.owner() == snel.math.Owner.PEER ? null : locals.get(ref.name());
    if (local != null) {
      return local;
    }
    return switch (ref.owner()) {
      case SELF -> Members.read(world, cells, ref, self);
      case PEER -> asItWas(Members.read(world, cells, ref, peer));
      case NETWORK -> World.isTime(ref) ? world.time(now) : world.network(ref, self);
      case POPULATION -> world.populationMember(ref, self);
      case PRE, POST, ARGUMENT, LOCAL -> throw unknown(ref.owner() + " " + ref.name());
    };
  }

  @Override
  public Typed since(snel.math.Expr.Since since) {
    String event = since.event().equals("spike") ? "" : since.event();
    return world.since(load(cells.last(event), self), now);
  }

  @Override
  public Draws draws() {
    return draws;
  }

  @Override
  public Scope overPeers(Expr peerIndex) {
    var inner = new NeuronScope(world, cells, self, world.kernel(), draws, now, locals);
    inner.peer = peerIndex;
    inner.before = before;
    return inner;
  }

  /// Reads of the peers, for what is assigned neuron by neuron, what was kept before that.
  ///
  /// @param copies of buffers, by what they are copies of
  NeuronScope peersFrom(Map<Buffer, Buffer> copies) {
    before = copies;
    return this;
  }

  private Typed asItWas(Typed value) {
    return value.expr() instanceof Expr.Load(var buffer, var index) && before.containsKey(buffer)
        ? new Typed(load(Known.in(before, buffer), index), value.kind())
        : value;
  }

  @Override
  public int size() {
    return cells.size;
  }

  /// Shared with [Members].
  static Typed flag(Expr count) {
    return new Typed(compare(CompareOp.GT, count, i(0)), Kind.BOOL);
  }

  static Expr coordinate(Expr index, List<Integer> shape, int axis) {
    int stride = 1;
    for (int a = axis + 1; a < shape.size(); a++) {
      stride *= shape.get(a);
    }
    Expr whole = stride == 1 ? index : new Expr.Binary(BinaryOp.DIV, index, i(stride));
    return axis == 0 ? whole : new Expr.Binary(BinaryOp.REM, whole, i(shape.get(axis)));
  }

  static Expr asInt(Expr index) {
    return convert(Scalar.I64, index);
  }
}
