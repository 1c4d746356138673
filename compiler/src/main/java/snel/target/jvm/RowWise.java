package snel.target.jvm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Tells which build kernels go through the rows of a projection one by one, each row for itself,
/// so that rows may be done side by side: `for i in a ..< b { for s in row[i] ..< row[i + 1] { … }
/// }`, where only the elements s of buffers of the projection's synapses are written, and of what
/// is written no others are read.
final class RowWise {
  private RowWise() {}

  static boolean is(Kernel kernel) {
    return kernel.body().size() == 1
        && kernel.body().getFirst() instanceof Stmt.Loop rows
        && rows.order() == Stmt.Order.SEQUENTIAL
        && rows.from() instanceof Expr.Const
        && rows.to() instanceof Expr.Const
        && rows.body().size() == 1
        && rows.body().getFirst() instanceof Stmt.Loop row
        && isRow(row, rows.index())
        && isOwn(row);
  }

  private static boolean isRow(Stmt.Loop row, String source) {
    Expr i = new Expr.Read(source, Scalar.I32);
    return row.from() instanceof Expr.Load(Buffer starts, Expr first)
        && first.equals(i)
        && row.to().equals(new Expr.Load(starts, new Expr.Binary(BinaryOp.ADD, i, Expr.i32(1))));
  }

  private static boolean isOwn(Stmt.Loop row) {
    Expr s = new Expr.Read(row.index(), Scalar.I32);
    Set<Buffer> written = new HashSet<>();
    boolean[] own = {true};
    Nodes.eachStatement(
        row.body(),
        stmt -> {
          written.addAll(Nodes.written(stmt));
          switch (stmt) {
            case Stmt.Store(Buffer buffer, Expr at, _) ->
                own[0] &= at.equals(s) && buffer.length() instanceof Length.Synapses;
            case Stmt.Push _, Stmt.Collect _, Stmt.Words _, Stmt.AddBits _ -> own[0] = false;
            case Stmt.Let _, Stmt.Var _, Stmt.Assign _, Stmt.If _, Stmt.Loop _, Stmt.While _ -> {}
          }
        });
    Nodes.eachExpression(
        List.of(row),
        expr -> {
          if (expr instanceof Expr.Load(Buffer buffer, Expr at) && written.contains(buffer)) {
            own[0] &= at.equals(s);
          }
        });
    return own[0];
  }
}
