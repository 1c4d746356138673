package snel.pass;

import static snel.pass.RowWalk.local;
import static snel.pass.RowWalk.next;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Stmt;

/// What each synapse does by itself, such as an equation of its own, asks for none of its neurons:
/// rows lie end to end, so that one loop does it for all synapses, as many at once as a vector has.
public final class FlattenRows implements Pass {
  /// So long rows of a matrix fill vectors by themselves.
  private static final int WIDE = 64;

  @Override
  public String name() {
    return "flatten-rows";
  }

  @Override
  public Program apply(Program program) {
    return program.mapKernels(kernel -> kernel.phase() == Phase.BUILD ? kernel : flat(kernel));
  }

  private static Kernel flat(Kernel kernel) {
    Set<String> taken = new HashSet<>(Nodes.declared(kernel.body()));
    return kernel.with(flat(kernel.body(), taken));
  }

  private static List<Stmt> flat(List<Stmt> block, Set<String> taken) {
    return block.stream()
        .map(stmt ->
            switch (stmt) {
              case Stmt.If(var condition, var then, var otherwise) ->
                  new Stmt.If(condition, flat(then, taken), flat(otherwise, taken));
              case Stmt.Loop loop -> flat(loop, taken).orElse(loop);
              default -> stmt;
            })
        .toList();
  }

  private static Optional<Stmt.Loop> flat(Stmt.Loop loop, Set<String> taken) {
    if (loop.body().size() != 1
        || !loop.from().equals(Expr.i32(0))
        || !(loop.body().getFirst() instanceof Stmt.Loop along)) {
      return Optional.empty();
    }
    String row = loop.index();
    return endToEnd(row, loop.to(), along)
        .or(() -> alike(row, loop.to(), along, Nodes.fresh("s", taken)))
        .filter(flat -> isApart(flat, row, along.index()))
        .map(flat ->
            along.to() instanceof Expr.Const(_, long width) && width >= WIDE
                ? with(loop, List.of(readFirst(along, place(row, along), taken)))
                : readFirst(flat, local(flat.index()), taken));
  }

  private static Stmt.Loop with(Stmt.Loop loop, List<Stmt> body) {
    return new Stmt.Loop(loop.index(), loop.from(), loop.to(), loop.order(), body);
  }

  /// Rows of which each begins where the one before ends.
  private static Optional<Stmt.Loop> endToEnd(String row, Expr rows, Stmt.Loop along) {
    return along.from() instanceof Expr.Load(Buffer start, Expr own)
            && own.equals(local(row))
            && along.to().equals(new Expr.Load(start, next(own)))
        ? Optional.of(over(along.index(), new Expr.Load(start, rows), along.body()))
        : Optional.empty();
  }

  /// Rows that are as long as one another.
  private static Optional<Stmt.Loop> alike(String row, Expr rows, Stmt.Loop along, String index) {
    if (!along.from().equals(Expr.i32(0))
        || !(rows instanceof Expr.Const(_, long count))
        || !(along.to() instanceof Expr.Const(_, long width))
        || count * width > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    Expr place = place(row, along);
    var numbered =
        new Rewrite() {
          @Override
          Expr change(Expr expr) {
            return expr.equals(place) ? local(index) : expr;
          }
        };
    return Optional.of(over(index, Expr.i32((int) (count * width)), numbered.block(along.body())));
  }

  private static Expr place(String row, Stmt.Loop along) {
    Expr begin = new Expr.Binary(BinaryOp.MUL, local(row), along.to());
    return new Expr.Binary(BinaryOp.ADD, begin, local(along.index()));
  }

  private static Stmt.Loop over(String index, Expr to, List<Stmt> body) {
    return new Stmt.Loop(index, Expr.i32(0), to, Stmt.Order.INDEPENDENT, body);
  }

  /// Whether a pass of the loop knows its synapse alone, and changes nothing that another reads.
  private static boolean isApart(Stmt.Loop flat, String row, String along) {
    Expr synapse = local(flat.index());
    Set<Buffer> written = Nodes.writtenIn(flat.body());
    Set<String> own = Nodes.declared(flat.body());
    boolean[] apart = {true};
    Nodes.eachStatement(
        flat.body(),
        stmt ->
            apart[0] &=
                switch (stmt) {
                  case Stmt.Let _, Stmt.Var _, Stmt.If _ -> true;
                  case Stmt.Assign(String name, _) -> own.contains(name);
                  case Stmt.Store(_, Expr at, _) -> at.equals(synapse);
                  case Stmt.Loop _, Stmt.While _, Stmt.Collect _ -> false;
                  case Stmt.Push _, Stmt.Words _, Stmt.AddBits _ -> false;
                });
    Nodes.eachExpression(
        flat.body(),
        expr ->
            apart[0] &=
                switch (expr) {
                  case Expr.Read _ -> expr.equals(synapse) || !isOneOf(expr, row, along);
                  case Expr.Load(Buffer buffer, Expr at) ->
                      at.equals(synapse) || !written.contains(buffer);
                  default -> true;
                });
    return apart[0];
  }

  private static boolean isOneOf(Expr read, String row, String along) {
    return read.equals(local(row)) || read.equals(local(along));
  }

  /// The loop with what it reads at `synapse` read before anything else: a synapse has its place in
  /// all buffers of synapses, so that it may be read whatever is chosen afterwards.
  private static Stmt.Loop readFirst(Stmt.Loop loop, Expr synapse, Set<String> taken) {
    Map<Buffer, Expr.Read> read = new LinkedHashMap<>();
    Set<Buffer> written = new HashSet<>();
    var early =
        new Rewrite() {
          @Override
          Expr change(Expr expr) {
            return expr instanceof Expr.Load(Buffer buffer, Expr at)
                    && at.equals(synapse)
                    && !written.contains(buffer)
                ? read.computeIfAbsent(
                    buffer, _ -> new Expr.Read(Nodes.fresh("own", taken), expr.type()))
                : expr;
          }
        };
    List<Stmt> behind = new ArrayList<>();
    for (Stmt stmt : loop.body()) {
      if (stmt instanceof Stmt.If) {
        written.addAll(Nodes.writtenIn(List.of(stmt)));
      }
      behind.addAll(early.block(List.of(stmt)));
      written.addAll(Nodes.writtenIn(List.of(stmt)));
    }
    List<Stmt> all = new ArrayList<>();
    read.forEach(
        (buffer, own) -> all.add(new Stmt.Let(own.name(), new Expr.Load(buffer, synapse))));
    all.addAll(behind);
    return with(loop, all);
  }
}
