package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Rule;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// What shared kernels give back to all neurons of a source, without going along their synapses:
/// the derivatives by the targets are laid out on the grid of the source, a margin of zeros around
/// them, and each weight adds a shifted piece of that grid to a whole map.
final class ConvProducts {
  static final String PREFIX = "maps.";

  private final Program program;
  private final Adjoints adjoints;
  private final Names names;
  private final Flow flow;
  private final Map<Buffer, Grids> made = new LinkedHashMap<>();

  ConvProducts(Program program, Adjoints adjoints, Names names, Flow flow) {
    this.program = program;
    this.adjoints = adjoints;
    this.names = names;
    this.flow = flow;
  }

  /// A loop along the synapses of a neuron that adds their shared weights to their targets.
  record Conv(Body.Inner inner, Buffer sums, Buffer weights, ConvShape shape) {}

  /// The inner loops that [#added] takes.
  List<Conv> among(Body body, String neuron) {
    List<Conv> found = new ArrayList<>();
    body.inner().forEach(inner -> conv(inner, neuron).ifPresent(found::add));
    return found;
  }

  private Optional<Conv> conv(Body.Inner inner, String neuron) {
    Body body = inner.body();
    if (!body.inner().isEmpty() || body.changed().size() != 1) {
      return Optional.empty();
    }
    Map.Entry<Place, Expr> change = body.changed().entrySet().iterator().next();
    Expr target = body.straight().inlined(change.getKey().index());
    Optional<Expr> added =
        body.straight().added(change.getKey(), change.getValue()).map(body.straight()::inlined);
    Expr s = Form.index(inner.index());
    for (Build build : program.build()) {
      if (build instanceof Build.Wire(Wiring wiring)
          && wiring.rule() instanceof Rule.Conv(ConvShape shape)
          && wiring.shared().isPresent()
          && isRow(inner, wiring.rowStart(), Form.index(neuron))
          && target.equals(new Expr.Load(wiring.target(), s))
          && added.isPresent()
          && added.get() instanceof Expr.Load(Buffer weights, Expr at)
          && at.equals(new Expr.Load(wiring.shared().get(), s))
          && !flow.varies(weights)
          && weights.cell() == adjoints.cell()) {
        return Optional.of(new Conv(inner, change.getKey().buffer(), weights, shape));
      }
    }
    return Optional.empty();
  }

  private static boolean isRow(Body.Inner inner, Buffer rowStart, Expr neuron) {
    Expr next = new Expr.Binary(BinaryOp.ADD, neuron, Expr.i32(1));
    return inner.from().equals(new Expr.Load(rowStart, neuron))
        && inner.to().equals(new Expr.Load(rowStart, next));
  }

  /// The two grids of a kernel, of lines as long as a line of the source and its margin.
  ///
  /// @param came derivatives by the targets, a map for each of their channels
  /// @param given what comes to the source, a map for each of its channels
  /// @param pieces for each weight of a source channel where in `came` its piece begins
  /// @param taps for each of them its place among the weights of the first source channel
  private record Grids(Buffer came, Buffer given, Buffer pieces, Buffer taps, ConvShape shape) {
    int marginX() {
      return (shape.kernelWidth() - 1) * shape.dilation();
    }

    int marginY() {
      return (shape.kernelHeight() - 1) * shape.dilation();
    }

    int line() {
      return shape.sourceWidth() + marginX();
    }

    /// Size of a map of `given`.
    int map() {
      return shape.sourceHeight() * line();
    }

    /// Size of a map of `came`.
    int wideMap() {
      return (shape.sourceHeight() + marginY()) * line();
    }

    int kernel() {
      return shape.kernelHeight() * shape.kernelWidth();
    }

    int weightsOfChannel() {
      return shape.targetChannels() * kernel();
    }
  }

  private Grids grids(Conv conv) {
    String name = PREFIX + conv.weights.name();
    ConvShape shape = conv.shape;
    Cell real = adjoints.cell();
    Buffer none = new Buffer(name, real, Length.of(1), Role.SCRATCH);
    var sizes = new Grids(none, none, none, none, shape);
    Length weights = Length.of(sizes.weightsOfChannel());
    long came = (long) shape.targetChannels() * sizes.wideMap();
    long given = (long) shape.sourceChannels() * sizes.map();
    // a piece that begins below the first line ends as far beyond the last map
    return new Grids(
        new Buffer(name + ".came", real, Length.of(came + sizes.marginX()), Role.SCRATCH),
        new Buffer(name + ".given", real, Length.of(given), Role.SCRATCH),
        new Buffer(name + ".pieces", Cell.I32, weights, Role.WIRING),
        new Buffer(name + ".taps", Cell.I32, weights, Role.WIRING),
        shape);
  }

  /// What the loop gives to the derivatives by the list.
  List<Stmt> added(Conv conv, Buffer list) {
    Grids grids = made.computeIfAbsent(conv.weights, _ -> grids(conv));
    return List.of(laidOut(conv, grids), products(conv, grids), takenIn(grids, list));
  }

  private Stmt laidOut(Conv conv, Grids grids) {
    ConvShape s = grids.shape;
    String c = names.fresh("c");
    String y = names.fresh("y");
    String x = names.fresh("x");
    int firstY = grids.marginY() - s.paddingY();
    int firstX = grids.marginX() - s.paddingX();
    int fromY = reached(firstY, s.strideY());
    int fromX = reached(firstX, s.strideX());
    int toY = end(firstY, s.strideY(), s.targetHeight(), s.sourceHeight() + grids.marginY());
    int toX = end(firstX, s.strideX(), s.targetWidth(), grids.line());
    Expr line = Form.add(times(Form.index(y), s.strideY()), Expr.i32(firstY));
    Expr column = Form.add(times(Form.index(x), s.strideX()), Expr.i32(firstX));
    Expr to =
        Form.add(
            times(Form.index(c), grids.wideMap()), Form.add(times(line, grids.line()), column));
    Expr row = Form.add(times(Form.index(c), s.targetHeight()), Form.index(y));
    Expr from = Form.add(times(row, s.targetWidth()), Form.index(x));
    Stmt store = new Stmt.Store(grids.came, to, new Expr.Load(adjoints.of(conv.sums), from));
    return loop(c, 0, s.targetChannels(), loop(y, fromY, toY, loop(x, fromX, toX, store)));
  }

  /// The first index whose place is not below 0.
  private static int reached(int first, int stride) {
    return Math.max(0, Math.ceilDiv(-first, stride));
  }

  /// Where the places leave the grid.
  private static int end(int first, int stride, int count, int size) {
    return Math.min(count, Math.max(0, Math.ceilDiv(size - first, stride)));
  }

  private Stmt products(Conv conv, Grids grids) {
    String c = names.fresh("c");
    String k = names.fresh("k");
    String p = names.fresh("p");
    String clear = names.fresh("p");
    Expr map = times(Form.index(c), grids.map());
    Expr tap =
        Form.add(new Expr.Load(grids.taps, Form.index(k)), times(Form.index(c), grids.kernel()));
    Expr.Read weight = names.local("w", adjoints.real());
    Expr piece = Form.add(new Expr.Load(grids.pieces, Form.index(k)), Form.index(p));
    Expr to = Form.add(map, Form.index(p));
    Expr sum =
        new Expr.Fma(weight, new Expr.Load(grids.came, piece), new Expr.Load(grids.given, to));
    Stmt row = each(p, grids.map(), new Stmt.Store(grids.given, to, sum));
    Stmt weights =
        new Stmt.Loop(
            k,
            Expr.i32(0),
            Expr.i32(grids.weightsOfChannel()),
            Stmt.Order.SEQUENTIAL,
            List.of(new Stmt.Let(weight.name(), new Expr.Load(conv.weights, tap)), row));
    Stmt zero =
        each(
            clear,
            grids.map(),
            new Stmt.Store(
                grids.given, Form.add(map, Form.index(clear)), Expr.real(adjoints.real(), 0)));
    return loop(c, 0, grids.shape.sourceChannels(), zero, weights);
  }

  private Stmt takenIn(Grids grids, Buffer list) {
    ConvShape s = grids.shape;
    String c = names.fresh("c");
    String y = names.fresh("y");
    String x = names.fresh("x");
    Expr row = Form.add(times(Form.index(c), s.sourceHeight()), Form.index(y));
    Expr neuron = Form.add(times(row, s.sourceWidth()), Form.index(x));
    Expr from = Form.add(times(row, grids.line()), Form.index(x));
    Buffer sum = adjoints.of(list);
    Stmt store =
        new Stmt.Store(
            sum, neuron, Form.add(new Expr.Load(sum, neuron), new Expr.Load(grids.given, from)));
    return loop(
        c, 0, s.sourceChannels(), loop(y, 0, s.sourceHeight(), loop(x, 0, s.sourceWidth(), store)));
  }

  List<Buffer> buffers() {
    List<Buffer> all = new ArrayList<>();
    made.values().forEach(one -> all.addAll(List.of(one.came, one.given, one.pieces, one.taps)));
    return all;
  }

  /// Fills the tables.
  List<Build> build() {
    List<Build> all = new ArrayList<>();
    for (Grids grids : made.values()) {
      ConvShape s = grids.shape;
      int kernel = grids.kernel();
      all.add(
          new Build.FillIntegers(
              grids.pieces,
              LongStream.range(0, grids.weightsOfChannel())
                  .map(k -> {
                    long channel = k / kernel;
                    long y = grids.marginY() - k % kernel / s.kernelWidth() * s.dilation();
                    long x = grids.marginX() - k % s.kernelWidth() * s.dilation();
                    return channel * grids.wideMap() + y * grids.line() + x;
                  })
                  .toArray()));
      all.add(
          new Build.FillIntegers(
              grids.taps,
              LongStream.range(0, grids.weightsOfChannel())
                  .map(k -> k / kernel * s.sourceChannels() * kernel + k % kernel)
                  .toArray()));
    }
    return all;
  }

  private static Expr times(Expr value, int factor) {
    return factor == 1 ? value : new Expr.Binary(BinaryOp.MUL, value, Expr.i32(factor));
  }

  private static Stmt loop(String index, int from, int to, Stmt... body) {
    return new Stmt.Loop(index, Expr.i32(from), Expr.i32(to), Stmt.Order.SEQUENTIAL, List.of(body));
  }

  private static Stmt each(String index, int to, Stmt body) {
    return new Stmt.Loop(index, Expr.i32(0), Expr.i32(to), Stmt.Order.INDEPENDENT, List.of(body));
  }
}
