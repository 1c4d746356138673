package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;
import snel.model.Projection;
import snel.model.Slice;

/// Where the synapses of one projection are and how a kernel walks over them.
final class Links {
  /// How the synapses are laid out.
  enum Layout {
    /// Synapse i joins source i to target i.
    ONE_TO_ONE,
    /// Synapse i * targets + j; nothing but the weights is stored.
    DENSE,
    /// Compressed rows.
    SPARSE,
    /// Rows of bits: a synapse has no number, and only how many there are to a target is asked for.
    BITS,
    /// Nothing is stored: a row is drawn again at every spike. A synapse has no number; what stands
    /// for it is r of the r-th synapse of its pair.
    PROCEDURAL
  }

  final Projection projection;
  final Layout layout;
  final int sources;
  final int targets;
  final String path;
  private final World world;
  private final Optional<Wiring> wiring;
  private final Buffer delivered;

  private int classes = 1;
  private Optional<Buffer> classStart = Optional.empty();
  private Optional<Columns> columns = Optional.empty();

  Links(World world, Projection projection, Layout layout, Rule rule, boolean multapses) {
    this.world = world;
    this.projection = projection;
    this.layout = layout;
    this.path = projection.path();
    this.sources = projection.source().size();
    this.targets = projection.target().size();
    this.delivered = world.buffers.declare(path + ".synapses.delivered", Cell.I64, 1, Role.LOG);
    boolean isWired = layout == Layout.SPARSE || layout == Layout.BITS;
    this.wiring = isWired ? Optional.of(wiring(rule, multapses)) : Optional.empty();
  }

  private Wiring wiring(Rule rule, boolean multapses) {
    Length synapses = synapses();
    Cell targetCell = targets <= 65_536 ? Cell.U16 : Cell.I32;
    var buffers = world.buffers;
    Optional<Buffer> multapse =
        multapses
            ? Optional.of(
                buffers.declare(path + ".synapses.multapse", Cell.I32, synapses, Role.WIRING))
            : Optional.empty();
    boolean shares =
        rule instanceof Rule.Conv || rule instanceof Rule.Pairs || rule instanceof Rule.Window;
    Optional<Buffer> shared =
        shares
            ? Optional.of(
                buffers.declare(path + ".synapses.shared", Cell.I32, synapses, Role.WIRING))
            : Optional.empty();
    int selfOffset = 0;
    if (projection.excludeSelf()) {
      selfOffset = projection.source().at(0) - projection.target().neurons().orElseThrow().at(0);
    }
    return new Wiring(
        path,
        rule,
        sources,
        targets,
        Streams.of(path, "connect", 0),
        projection.excludeSelf(),
        selfOffset,
        buffers.declare(path + ".synapses.row_start", Cell.I32, sources + 1L, Role.WIRING),
        layout == Layout.BITS
            ? buffers.declare(
                path + ".synapses.bits", Cell.I64, Wiring.bitWords(sources, targets), Role.WIRING)
            : buffers.declare(path + ".synapses.target", targetCell, synapses, Role.WIRING),
        multapse,
        shared,
        world.rows().counts().of(projection));
  }

  World world() {
    return world;
  }

  Optional<Wiring> wiring() {
    return wiring;
  }

  Buffer delivered() {
    return delivered;
  }

  /// Length of an array with one element a synapse.
  Length perSynapse() {
    return switch (layout) {
      case ONE_TO_ONE -> Length.of(sources);
      case DENSE -> Length.of((long) sources * targets);
      case SPARSE -> synapses();
      case BITS, PROCEDURAL -> throw notStored();
    };
  }

  private snel.diagnostics.CompilerBug notStored() {
    return new snel.diagnostics.CompilerBug("synapses of " + path + " are not stored");
  }

  /// As many as the wiring makes; where synapses come and go, room for one a pair.
  private Length synapses() {
    return Rewiring.changes(projection)
        ? Length.of((long) sources * targets)
        : new Length.Synapses(path);
  }

  /// Makes the target-sorted view again from the rows.
  List<Stmt> columnsAnew() {
    return columns
        .map(view -> view.madeAnew(world.buffers, this, wiring.orElseThrow()))
        .orElse(List.of());
  }

  /// Length of the weight array: one a synapse, or one a kernel element where weights are shared.
  Length weightLength() {
    return sharedWeights().map(Length::of).orElse(perSynapse());
  }

  /// Number of weights of a convolution.
  Optional<Long> sharedWeights() {
    return kernelShape().map(shape -> shape.stream().mapToLong(n -> n).reduce(1, (x, y) -> x * y));
  }

  /// Lengths of a convolution's weights.
  Optional<List<Integer>> kernelShape() {
    return wiring.isPresent() && wiring.get().rule() instanceof Rule.Conv(var shape)
        ? Optional.of(shape.weights())
        : Optional.empty();
  }

  /// Where the weight of `synapse` is in `weights`.
  Expr weightIndex(Buffer weights, Expr synapse) {
    boolean one = weights.length() instanceof Length.Fixed(var count) && count == 1;
    if (one && !perSynapse().equals(weights.length())) {
      return i(0);
    }
    return sharedWeights().isPresent()
        ? load(wiring.orElseThrow().shared().orElseThrow(), synapse)
        : synapse;
  }

  /// The synapse from `source` to `target`, which is there; in compressed rows it is looked for, as
  /// those of two projections may be in different orders.
  Expr synapseOf(Expr source, Expr target, KernelScope kernel) {
    return switch (layout) {
      case ONE_TO_ONE -> source;
      case DENSE -> add(mul(source, i(targets)), target);
      case SPARSE -> {
        Wiring rows = wiring.orElseThrow();
        Expr found = Emit.local(kernel.fresh("found"), Scalar.I32);
        Expr last = Emit.sub(load(rows.rowStart(), add(source, i(1))), i(1));
        Expr here = convert(Scalar.I32, load(rows.target(), found));
        kernel.statements().add(Emit.variable(found, load(rows.rowStart(), source)));
        kernel
            .statements()
            .add(
                new Stmt.While(
                    Emit.and(
                        Emit.compare(CompareOp.LT, found, last),
                        Emit.compare(CompareOp.NE, here, target)),
                    List.of(Emit.assign(found, add(found, i(1))))));
        yield found;
      }
      case BITS, PROCEDURAL -> throw notStored();
    };
  }

  /// How many synapses there are, where that does not depend on draws.
  Optional<Long> fixedCount() {
    return switch (layout) {
      case ONE_TO_ONE -> Optional.of((long) sources);
      case DENSE ->
          Optional.of((long) sources * targets - (projection.excludeSelf() ? sources : 0));
      case SPARSE, BITS, PROCEDURAL -> Optional.empty();
    };
  }

  Expr synapseCount() {
    return switch (layout) {
      case ONE_TO_ONE -> i(sources);
      case DENSE -> i(sources * targets);
      case SPARSE -> load(wiring.orElseThrow().rowStart(), i(sources));
      case BITS, PROCEDURAL -> throw notStored();
    };
  }

  // Order of the rows

  /// Rows will be sorted by the delay class in `delay`, of which there are `count`.
  void sortedBy(Buffer delay, int count) {
    classes = count;
    classStart =
        Optional.of(
            world.buffers.declare(
                path + ".synapses.class_start", Cell.I32, (long) sources * count + 1, Role.WIRING));
  }

  /// The sorting by `delay`; `carried` move along.
  Build sorting(Buffer delay, List<Buffer> carried) {
    return new Build.SortByDelay(
        wiring.orElseThrow(), delay, classes, classStart.orElseThrow(), carried);
  }

  // Columns

  /// Asks for the target-sorted view, which learning on the post-synaptic side needs: in classes of
  /// `delay` where that differs between synapses, unless weights are summed, sources rising.
  Optional<Build> transposed(Delays.Delay delay) {
    if (layout != Layout.SPARSE || columns.isPresent()) {
      return Optional.empty();
    }
    boolean sorts =
        delay.differs()
            && !Rewiring.changes(projection)
            && projection.normalise().isEmpty()
            && sharedWeights().isEmpty();
    Columns view =
        Columns.declare(
            world.buffers, this, synapses(), sorts ? delay.each() : Optional.empty(), delay);
    columns = Optional.of(view);
    return Optional.of(view.made(wiring.orElseThrow()));
  }

  // Walking. A body gets the synapse's number and the neuron at its other end.

  /// The synapses of source `i` (a local index); of one class where rows are sorted, or all.
  List<Stmt> row(Expr source, Optional<Expr> delayClass, BiFunction<Expr, Expr, List<Stmt>> body) {
    return switch (layout) {
      case ONE_TO_ONE -> body.apply(source, source);
      case DENSE -> {
        Expr base = mul(source, i(targets));
        Expr j = world.names().index("j");
        List<Stmt> inner = withoutSelf(source, j, body.apply(add(base, j), j));
        yield List.of(Emit.loop(j, i(targets), inner));
      }
      case SPARSE -> {
        Wiring w = wiring.orElseThrow();
        Expr from;
        Expr to;
        if (delayClass.isPresent()) {
          Expr at = add(mul(source, i(classes)), delayClass.get());
          from = load(classStart.orElseThrow(), at);
          to = load(classStart.orElseThrow(), add(at, i(1)));
        } else {
          from = load(w.rowStart(), source);
          to = load(w.rowStart(), add(source, i(1)));
        }
        Expr s = world.names().index("s");
        yield List.of(Emit.serial(s, from, to, body.apply(s, load(w.target(), s))));
      }
      case BITS -> throw notStored();
      case PROCEDURAL -> new RegeneratedRow(world, this).of(source, body);
    };
  }

  /// Whether [#column] can be asked for one class of delays.
  boolean hasColumnClasses() {
    return columns.filter(c -> c.classes() > 1).isPresent();
  }

  /// The synapses onto target `j` (a local index), source rising; those of one class, or of all.
  List<Stmt> column(
      Expr target, Optional<Expr> delayClass, BiFunction<Expr, Expr, List<Stmt>> body) {
    return switch (layout) {
      case ONE_TO_ONE -> body.apply(target, target);
      case DENSE -> {
        Expr s = world.names().index("i");
        List<Stmt> inner = withoutSelf(s, target, body.apply(add(mul(s, i(targets)), target), s));
        yield List.of(Emit.loop(s, i(sources), inner));
      }
      case SPARSE -> {
        Columns view = columns.orElseThrow();
        Expr c = world.names().index("c");
        yield List.of(
            Emit.serial(
                c,
                load(view.start(), view.first(target, delayClass)),
                load(view.start(), view.end(target, delayClass)),
                body.apply(load(view.synapse(), c), load(view.source(), c))));
      }
      case BITS, PROCEDURAL -> throw notStored();
    };
  }

  /// The synapses of one column as a counted sequence, for reductions.
  record Walk(String index, Expr count, Expr synapse) {}

  Walk columnWalk(Expr target) {
    String name = world.names().fresh("k");
    Expr k = Emit.index(name);
    return switch (layout) {
      case ONE_TO_ONE -> new Walk(name, i(1), target);
      case DENSE -> {
        if (!projection.excludeSelf()) {
          yield new Walk(name, i(sources), add(mul(k, i(targets)), target));
        }
        int offset = projection.source().at(0) - projection.target().neurons().orElseThrow().at(0);
        Expr own = offset == 0 ? target : Emit.sub(target, i(offset));
        Expr isSource =
            Emit.and(compare(CompareOp.GE, own, i(0)), compare(CompareOp.LT, own, i(sources)));
        Expr count = Emit.sub(i(sources), convert(Scalar.I32, isSource));
        Expr passed = Emit.and(isSource, compare(CompareOp.GE, k, own));
        Expr source = add(k, convert(Scalar.I32, passed));
        yield new Walk(name, count, add(mul(source, i(targets)), target));
      }
      case SPARSE -> {
        Columns view = columns.orElseThrow();
        Expr from = load(view.start(), view.first(target, Optional.empty()));
        Expr end = load(view.start(), view.end(target, Optional.empty()));
        yield new Walk(name, Emit.sub(end, from), load(view.synapse(), add(from, k)));
      }
      case BITS, PROCEDURAL -> throw notStored();
    };
  }

  /// Every synapse with its source and target.
  interface Each {
    List<Stmt> body(Expr synapse, Expr source, Expr target);
  }

  List<Stmt> all(Each each) {
    Expr source = world.names().index("i");
    if (layout == Layout.ONE_TO_ONE) {
      return List.of(Emit.loop(source, i(sources), each.body(source, source, source)));
    }
    List<Stmt> row =
        row(source, Optional.empty(), (synapse, target) -> each.body(synapse, source, target));
    return List.of(Emit.serial(source, i(0), i(sources), row));
  }

  List<Stmt> withoutSelf(Expr source, Expr target, List<Stmt> body) {
    return projection.excludeSelf()
        ? List.of(Emit.when(compare(CompareOp.NE, target, self(source)), body))
        : body;
  }

  /// The target that is the source itself; it may lie outside the targets.
  Expr self(Expr source) {
    Slice to = projection.target().neurons().orElseThrow();
    int offset = projection.source().at(0) - to.at(0);
    return offset == 0 ? source : add(source, i(offset));
  }

  /// r of the r-th synapse of a pair, where a pair may have several.
  Optional<Expr> multapse(Expr synapse) {
    return layout == Layout.PROCEDURAL
        ? Optional.of(synapse)
        : wiring.flatMap(Wiring::multapse).map(m -> load(m, synapse));
  }

  /// How many synapses a spike of source `i` reaches; none where the walk over the row counts them.
  Expr fanOut(Expr source) {
    return switch (layout) {
      case ONE_TO_ONE -> i(1);
      case PROCEDURAL -> i(0);
      case DENSE -> i(projection.excludeSelf() ? targets - 1 : targets);
      case SPARSE, BITS -> {
        Wiring w = wiring.orElseThrow();
        yield Emit.sub(load(w.rowStart(), add(source, i(1))), load(w.rowStart(), source));
      }
    };
  }

  // Indices of populations

  Expr targetInPopulation(Expr local) {
    return LocalIndex.inPopulation(
        world, projection.target().neurons().orElseThrow(), path + ".synapses.targets", local);
  }

  Expr sourceInPopulation(Expr local) {
    return LocalIndex.inPopulation(world, projection.source(), path + ".synapses.sources", local);
  }
}
