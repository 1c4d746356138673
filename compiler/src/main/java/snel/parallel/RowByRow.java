package snel.parallel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Loops over all synapses of a projection as loops along its rows: in each row a part has the
/// synapses onto its own targets, whose values other pieces of the step have it read and write. Of
/// values that threads take from one another, each comes from the other's cache.
public final class RowByRow {
  private final Map<Buffer, Integer> sources = new HashMap<>();

  private RowByRow(Program program) {
    for (Build build : program.build()) {
      if (build instanceof Build.Wire(Wiring wiring)) {
        sources.put(wiring.rowStart(), wiring.sources());
      }
    }
  }

  /// Whether a step has such loops: by rows, whose ends fill no vectors, they take longer.
  public static boolean isNeeded(Program program) {
    var rows = new RowByRow(program);
    boolean[] found = {false};
    for (Kernel kernel : program.step()) {
      Nodes.eachStatement(
          kernel.body(), stmt -> found[0] |= stmt instanceof Stmt.Loop loop && rows.isOfAll(loop));
    }
    return found[0];
  }

  static Program of(Program program) {
    var rows = new RowByRow(program);
    return program.mapKernels(
        kernel -> kernel.phase() == Phase.BUILD ? kernel : rows.along(kernel));
  }

  private Kernel along(Kernel kernel) {
    return kernel.with(along(kernel.body(), new HashSet<>(Nodes.declared(kernel.body()))));
  }

  private List<Stmt> along(List<Stmt> block, Set<String> taken) {
    return block.stream()
        .map(stmt ->
            switch (stmt) {
              case Stmt.If(var condition, var then, var otherwise) ->
                  new Stmt.If(condition, along(then, taken), along(otherwise, taken));
              case Stmt.Loop loop -> along(loop, taken);
              default -> stmt;
            })
        .toList();
  }

  private Stmt along(Stmt.Loop loop, Set<String> taken) {
    if (!isOfAll(loop) || !(loop.to() instanceof Expr.Load(Buffer start, Expr rows))) {
      return loop;
    }
    String name = Nodes.fresh("row", taken);
    Expr row = new Expr.Read(name, Scalar.I32);
    Expr next = new Expr.Binary(BinaryOp.ADD, row, Expr.i32(1));
    Stmt along =
        new Stmt.Loop(
            loop.index(),
            new Expr.Load(start, row),
            new Expr.Load(start, next),
            loop.order(),
            loop.body());
    return new Stmt.Loop(name, Expr.i32(0), rows, Stmt.Order.SEQUENTIAL, List.of(along));
  }

  private boolean isOfAll(Stmt.Loop loop) {
    return loop.from().equals(Expr.i32(0))
        && loop.to() instanceof Expr.Load(Buffer start, Expr.Const(_, long rows))
        && sources.getOrDefault(start, -1) == rows;
  }
}
