package snel.parallel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Buffers whose elements belong to one part each: while parts step together, each has its own in
/// an array of its own, but for the first one. In one array they would lie side by side, and a
/// processor that reads ahead takes from another what that has just written.
final class Slices {
  private static final Expr ZERO = Expr.i32(0);

  private final Ranges ranges;
  private final Tables tables;
  private final RowLimits limits;
  private final Map<Buffer, Set<Owner>> owners = new LinkedHashMap<>();
  private final Map<String, Buffer> own = new LinkedHashMap<>();

  Slices(Ranges ranges, Tables tables, RowLimits limits) {
    this.ranges = ranges;
    this.tables = tables;
    this.limits = limits;
  }

  void add(Buffer buffer, Owner owner) {
    owners.computeIfAbsent(buffer, _ -> new LinkedHashSet<>()).add(owner);
  }

  /// The buffer of a part in place of one.
  Buffer of(Buffer buffer, int part) {
    return part > 0 && owners.containsKey(buffer)
        ? own.computeIfAbsent(
            buffer.name() + "@of " + part,
            name -> new Buffer(name, buffer.cell(), buffer.length(), Role.SCRATCH, buffer.scale()))
        : buffer;
  }

  List<Buffer> buffers() {
    return List.copyOf(own.values());
  }

  List<Kernel> begin() {
    return kernels("@apart", true);
  }

  List<Kernel> end() {
    return kernels("@back", false);
  }

  private List<Kernel> kernels(String name, boolean toParts) {
    List<Kernel> kernels = new ArrayList<>();
    owners.forEach((buffer, all) -> {
      List<Stmt> body = new ArrayList<>();
      for (int part = 1; part < ranges.parts(); part++) {
        Buffer there = of(buffer, part);
        for (Owner owner : all) {
          body.addAll(
              toParts ? copied(buffer, there, owner, part) : copied(there, buffer, owner, part));
        }
      }
      kernels.add(new Kernel(buffer.name() + name, Phase.ON_DEMAND, body));
    });
    return kernels;
  }

  private List<Stmt> copied(Buffer from, Buffer to, Owner owner, int part) {
    return switch (owner) {
      case Owner.Neuron(int neurons) -> rows(from, to, neurons, part);
      case Owner.Slice(int start, int neurons) ->
          List.of(
              copied(
                  from,
                  to,
                  ZERO,
                  start + ranges.start(part, neurons),
                  start + ranges.end(part, neurons)));
      case Owner.Target(String wiring) -> List.of(synapses(from, to, wiring, part));
      case Owner.Shared _, Owner.First _, Owner.Part _ -> List.of();
    };
  }

  /// One element a neuron, or several rows of that.
  private List<Stmt> rows(Buffer from, Buffer to, int neurons, int part) {
    int rows = (int) (((Length.Fixed) from.length()).count() / neurons);
    Expr first =
        new Expr.Binary(BinaryOp.MUL, new Expr.Read("$row", Scalar.I32), Expr.i32(neurons));
    Stmt row = copied(from, to, first, ranges.start(part, neurons), ranges.end(part, neurons));
    return List.of(
        new Stmt.Loop("$row", ZERO, Expr.i32(rows), Stmt.Order.SEQUENTIAL, List.of(row)));
  }

  private static Stmt copied(Buffer from, Buffer to, Expr first, int begin, int end) {
    Expr at = new Expr.Binary(BinaryOp.ADD, first, new Expr.Read("$k", Scalar.I32));
    return new Stmt.Loop(
        "$k",
        Expr.i32(begin),
        Expr.i32(end),
        Stmt.Order.INDEPENDENT,
        List.of(new Stmt.Store(to, at, new Expr.Load(from, at))));
  }

  private Stmt synapses(Buffer from, Buffer to, String name, int part) {
    Map.Entry<Buffer, Wiring> rows = tables.rows(name);
    int sources = (int) (((Length.Fixed) rows.getKey().length()).count() - 1);
    Expr source = new Expr.Read("$i", Scalar.I32);
    Expr at = new Expr.Read("$s", Scalar.I32);
    Stmt.Loop row =
        new Stmt.Loop(
            "$s",
            new Expr.Load(rows.getKey(), source),
            new Expr.Load(rows.getKey(), new Expr.Binary(BinaryOp.ADD, source, Expr.i32(1))),
            Stmt.Order.INDEPENDENT,
            List.of(new Stmt.Store(to, at, new Expr.Load(from, at))));
    return new Stmt.Loop(
        "$i",
        ZERO,
        Expr.i32(sources),
        Stmt.Order.SEQUENTIAL,
        List.of(
            limits.along(row, new Row(rows.getKey(), source), rows.getValue(), part, row.body())));
  }
}
