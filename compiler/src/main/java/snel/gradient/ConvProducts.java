package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Rule;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// What shared kernels give back to all neurons of a source, without going along their synapses:
/// for each weight of a source channel the maps of all targets, times the weights, are added up,
/// and the sum is added to the map of the source, shifted by the weight's place in the kernel.
final class ConvProducts {
  static final String PREFIX = "maps.";

  private final Program program;
  private final Adjoints adjoints;
  private final Names names;
  private final Flow flow;
  private final Map<Buffer, Maps> made = new LinkedHashMap<>();

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
          && shape.isPlain()
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

  /// What shared kernels are worked with, for one source channel at a time.
  ///
  /// @param products a map for each weight of a channel
  /// @param given what comes to the source, on a grid with room for what comes to no neuron
  private record Maps(Buffer products, Buffer given, ConvShape shape) {
    int map() {
      return shape.targetHeight() * shape.targetWidth();
    }

    int kernel() {
      return shape.kernelHeight() * shape.kernelWidth();
    }

    int line() {
      int reach = (shape.targetWidth() - 1) * shape.strideX() + reachX();
      return Math.max(reach, shape.paddingX() + shape.sourceWidth());
    }

    int lines() {
      int reach =
          (shape.targetHeight() - 1) * shape.strideY()
              + (shape.kernelHeight() - 1) * shape.dilationY()
              + 1;
      return Math.max(reach, shape.paddingY() + shape.sourceHeight());
    }

    private int reachX() {
      return (shape.kernelWidth() - 1) * shape.dilationX() + 1;
    }
  }

  private Maps maps(Buffer weights, ConvShape shape) {
    String name = PREFIX + weights.name();
    Buffer none = new Buffer(name, adjoints.cell(), Length.of(1), Role.SCRATCH);
    var sizes = new Maps(none, none, shape);
    Length products = Length.of((long) sizes.kernel() * sizes.map() + Length.SPARE);
    Length given = Length.of((long) sizes.lines() * sizes.line() + Length.SPARE);
    return new Maps(
        new Buffer(name + ".products", adjoints.cell(), products, Role.SCRATCH),
        new Buffer(name + ".given", adjoints.cell(), given, Role.SCRATCH),
        shape);
  }

  /// What the loop gives to the derivatives by the list.
  List<Stmt> added(Conv conv, Buffer list) {
    return List.of(added(conv.sums, conv.weights, conv.shape, list));
  }

  /// What a kernel gives to the derivatives by the sources, of what has come to the sums.
  Stmt added(Buffer sums, Buffer weights, ConvShape shape, Buffer sources) {
    Maps maps = made.computeIfAbsent(weights, _ -> maps(weights, shape));
    String c = names.fresh("c");
    return Form.loop(
        c,
        maps.shape.sourceChannels(),
        cleared(maps.products, maps.kernel() * maps.map()),
        cleared(maps.given, maps.lines() * maps.line()),
        products(sums, weights, maps, Form.index(c)),
        shifted(maps),
        takenIn(maps, Form.index(c), sources));
  }

  private Stmt cleared(Buffer buffer, int size) {
    String p = names.fresh("p");
    return Form.each(p, size, new Stmt.Store(buffer, Form.index(p), Expr.real(adjoints.real(), 0)));
  }

  /// For each weight of the channel the sum over all target channels of weight times derivatives.
  private Stmt products(Buffer sums, Buffer weights, Maps maps, Expr channel) {
    String n = names.fresh("n");
    String k = names.fresh("k");
    String p = names.fresh("p");
    int weightsOfTarget = maps.shape.sourceChannels() * maps.kernel();
    Expr tap = Form.add(times(channel, maps.kernel()), Form.index(n));
    Expr at = Form.add(times(Form.index(k), weightsOfTarget), tap);
    Expr.Read weight = names.local("w", adjoints.real());
    Expr to = Form.add(times(Form.index(n), maps.map()), Form.index(p));
    Expr from = Form.add(times(Form.index(k), maps.map()), Form.index(p));
    Expr sum =
        new Expr.Fma(
            weight, new Expr.Load(adjoints.of(sums), from), new Expr.Load(maps.products, to));
    Stmt row = Form.each(p, maps.map(), new Stmt.Store(maps.products, to, sum));
    Stmt.Let let = new Stmt.Let(weight.name(), new Expr.Load(weights, at));
    return Form.loop(n, maps.kernel(), Form.loop(k, maps.shape.targetChannels(), let, row));
  }

  /// Each of these sums to where its weight comes from.
  private Stmt shifted(Maps maps) {
    ConvShape s = maps.shape;
    String kernelY = names.fresh("ky");
    String kernelX = names.fresh("kx");
    String y = names.fresh("y");
    String x = names.fresh("x");
    Expr line =
        Form.add(times(Form.index(y), s.strideY()), times(Form.index(kernelY), s.dilationY()));
    Expr column =
        Form.add(times(Form.index(kernelX), s.dilationX()), times(Form.index(x), s.strideX()));
    Expr to = Form.add(times(line, maps.line()), column);
    Expr tap = Form.add(times(Form.index(kernelY), s.kernelWidth()), Form.index(kernelX));
    Expr row = Form.add(times(tap, s.targetHeight()), Form.index(y));
    Expr from = Form.add(times(row, s.targetWidth()), Form.index(x));
    Stmt store = added(maps.given, to, new Expr.Load(maps.products, from));
    Stmt lines = Form.loop(y, s.targetHeight(), Form.each(x, s.targetWidth(), store));
    return Form.loop(kernelY, s.kernelHeight(), Form.loop(kernelX, s.kernelWidth(), lines));
  }

  private Stmt takenIn(Maps maps, Expr channel, Buffer sources) {
    ConvShape s = maps.shape;
    String y = names.fresh("y");
    String x = names.fresh("x");
    Expr row = Form.add(times(channel, s.sourceHeight()), Form.index(y));
    Expr neuron = Form.add(times(row, s.sourceWidth()), Form.index(x));
    Expr line = Form.add(Form.index(y), Expr.i32(s.paddingY()));
    Expr place = Form.add(times(line, maps.line()), Expr.i32(s.paddingX()));
    Expr from = Form.add(place, Form.index(x));
    Stmt store = added(adjoints.of(sources), neuron, new Expr.Load(maps.given, from));
    return Form.loop(y, s.sourceHeight(), Form.each(x, s.sourceWidth(), store));
  }

  private static Stmt added(Buffer buffer, Expr index, Expr value) {
    Expr before = new Expr.Load(buffer, index);
    return new Stmt.Store(buffer, index, new Expr.Binary(BinaryOp.ADD, before, value));
  }

  List<Buffer> buffers() {
    List<Buffer> all = new ArrayList<>();
    made.values().forEach(one -> all.addAll(List.of(one.products, one.given)));
    return all;
  }

  private static Expr times(Expr value, int factor) {
    return factor == 1 ? value : new Expr.Binary(BinaryOp.MUL, value, Expr.i32(factor));
  }
}
