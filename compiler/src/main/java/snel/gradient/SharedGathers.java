package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Derivatives by kernels that neurons share, added up when a sample has been gone back over: what
/// came to the targets is kept step by step, and then the spikes of all steps are gone along, those
/// of the last first, in one loop that a target may do without looking at the gradient in between.
final class SharedGathers {
  private final Adjoints adjoints;
  private final Names names;
  private final Tapes tapes;
  private final ConvProducts convolutions;
  private final Set<Buffer> weights = new LinkedHashSet<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Stmt.Loop> open = new ArrayList<>();
  private final List<Stmt> sums = new ArrayList<>();

  SharedGathers(Adjoints adjoints, Names names, Tapes tapes, ConvProducts convolutions) {
    this.adjoints = adjoints;
    this.names = names;
    this.tapes = tapes;
    this.convolutions = convolutions;
  }

  /// The inner loops of a loop over a list of spikes that are put off, with what is to be done in
  /// their place.
  Map<Body.Inner, List<Stmt>> noted(Stmt.Loop loop, String e, Body body, Buffer list) {
    Map<Body.Inner, List<Stmt>> found = new LinkedHashMap<>();
    Optional<String> who = Gathers.neuron(body, new Expr.Load(list, Form.index(e)));
    if (who.isEmpty() || !body.changed().isEmpty()) {
      return found;
    }
    for (ConvProducts.Conv conv : convolutions.among(body, who.get())) {
      if (conv.sums().length() instanceof Length.Fixed(long targets)
          && body.lets().stream().noneMatch(SharedGathers::asksTheTime)
          && weights.add(conv.weights())) {
        found.put(conv.inner(), List.of(noted(loop, e, body, conv, (int) targets)));
      }
    }
    return found;
  }

  private static boolean asksTheTime(Stmt.Let let) {
    boolean[] found = {false};
    Nodes.eachExpression(
        let.value(),
        expr -> found[0] |= expr instanceof Expr.Load(var b, _) && b.role() == Role.CLOCK);
    return found[0];
  }

  /// Keeps what has come to the targets, and puts off the loop.
  private Stmt noted(Stmt.Loop loop, String e, Body body, ConvProducts.Conv conv, int targets) {
    Length length = Length.of(tapes.rows() * targets);
    String name = Gathers.PREFIX + conv.weights().name();
    var came = new Buffer(name, adjoints.cell(), length, Role.SCRATCH);
    buffers.add(came);
    Body.Inner inner = conv.inner();
    Map.Entry<Place, Expr> change = inner.body().changed().entrySet().iterator().next();
    Expr target = inner.body().straight().inlined(change.getKey().index());
    Expr at =
        ((Expr.Load)
                inner
                    .body()
                    .straight()
                    .inlined(
                        inner
                            .body()
                            .straight()
                            .added(change.getKey(), change.getValue())
                            .orElseThrow()))
            .index();
    Buffer gradient = adjoints.of(conv.weights());
    Expr more = new Expr.Load(came, at(targets, target));
    Stmt add = new Stmt.Store(gradient, at, Form.add(new Expr.Load(gradient, at), more));
    Stmt row =
        new Stmt.Loop(inner.index(), inner.from(), inner.to(), Stmt.Order.SEQUENTIAL, List.of(add));
    List<Stmt> each = new ArrayList<>(body.lets());
    each.add(row);
    open.add(new Stmt.Loop(e, loop.from(), loop.to(), Stmt.Order.SEQUENTIAL, each));
    String j = names.fresh("j");
    Stmt keep =
        new Stmt.Store(
            came,
            at(targets, Form.index(j)),
            new Expr.Load(adjoints.of(conv.sums()), Form.index(j)));
    return new Stmt.Loop(j, Expr.i32(0), Expr.i32(targets), Stmt.Order.INDEPENDENT, List.of(keep));
  }

  private Expr at(int width, Expr column) {
    Expr row = new Expr.Binary(BinaryOp.MUL, tapes.row(), Expr.i32(width));
    return new Expr.Binary(BinaryOp.ADD, row, column);
  }

  /// The statement `number` of the step has been seen to.
  ///
  /// @param lets locals of its kernel
  void close(List<Stmt> lets, int number) {
    for (Stmt.Loop loop : open) {
      List<Stmt> whole = new ArrayList<>(lets);
      whole.add(loop);
      List<Stmt> read = tapes.reading(snel.pass.UnusedLocals.removed(whole), number);
      String t = names.fresh("t");
      Expr.Read row = new Expr.Read(names.fresh("row"), Scalar.I32);
      Expr last = new Expr.Binary(BinaryOp.SUB, Form.one(tapes.steps()), Expr.i32(1));
      List<Stmt> body = new ArrayList<>();
      body.add(new Stmt.Let(row.name(), new Expr.Binary(BinaryOp.SUB, last, Form.index(t))));
      body.addAll(Form.mapAll(read, expr -> expr.equals(tapes.row()) ? row : expr));
      sums.add(new Stmt.Loop(t, Expr.i32(0), Form.one(tapes.steps()), Stmt.Order.SEQUENTIAL, body));
    }
    open.clear();
  }

  /// Adds up what was noted of a sample.
  List<Stmt> sums() {
    return sums;
  }

  List<Buffer> buffers() {
    return buffers;
  }
}
