package snel.lower;

import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.diagnostics.CompilerBug;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.math.Kind;

/// Names as the neuron with index `self` sees them.
final class NeuronScope implements Scope {
  private final World world;
  private final Cells cells;
  private final Expr self;
  private final KernelScope kernel;
  private final Draws draws;
  private final Expr now;
  private final Map<String, Typed> locals;

  /// @param now the instant at which the expression is read, in steps (`I64`)
  NeuronScope(World world, Cells cells, Expr self, KernelScope kernel, Draws draws, Expr now) {
    this(world, cells, self, kernel, draws, now, new HashMap<>());
  }

  private NeuronScope(
      World world,
      Cells cells,
      Expr self,
      KernelScope kernel,
      Draws draws,
      Expr now,
      Map<String, Typed> locals) {
    this.world = world;
    this.cells = cells;
    this.self = self;
    this.kernel = kernel;
    this.draws = draws;
    this.now = now;
    this.locals = locals;
  }

  /// Binds an argument or local of a handler, or overrides a state.
  void bind(String name, Typed value) {
    locals.put(name, value);
  }

  @Override
  public Typed read(snel.math.Expr.Ref ref) {
    Typed local = ref.owner() == snel.math.Owner.PEER ? null : locals.get(ref.name());
    if (local != null) {
      return local;
    }
    return switch (ref.owner()) {
      case SELF -> member(cells, ref, self);
      case PEER -> member(cells, ref, peer);
      case NETWORK -> world.network(ref, self);
      case POPULATION -> world.populationMember(ref, self);
      case PRE, POST, ARGUMENT, LOCAL ->
          throw new CompilerBug(ref.owner() + " " + ref.name() + " in a neuron");
    };
  }

  private Expr peer = i(0);

  /// A state, parameter, input or built-in member of neuron `index`.
  Typed member(Cells of, snel.math.Expr.Ref ref, Expr index) {
    return Members.read(world, of, ref, index);
  }

  @Override
  public Typed element(snel.math.Expr.Ref array, Expr index) {
    return world.element(array, index);
  }

  @Override
  public Typed since(snel.math.Expr.Since since) {
    String event = since.event().equals("spike") ? "" : since.event();
    return world.since(cells.last(event), self, now);
  }

  @Override
  public Draws draws() {
    return draws;
  }

  @Override
  public Scope overPeers(Expr peerIndex) {
    var inner =
        new NeuronScope(world, cells, self, new KernelScope(), draws, now, new HashMap<>(locals));
    inner.peer = peerIndex;
    return inner;
  }

  @Override
  public int size(String population) {
    return population.isEmpty() ? cells.size : world.cells(population).size;
  }

  @Override
  public snel.ir.Buffer table(snel.math.Expr.Table table) {
    return world.table(table);
  }

  @Override
  public double step() {
    return world.step();
  }

  @Override
  public List<Stmt> before() {
    return kernel.statements();
  }

  @Override
  public String fresh(String hint) {
    return kernel.fresh(hint);
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
