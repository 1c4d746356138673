package snel.pass;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// A piece of a step that stays together: a statement of a kernel, or all of a kernel whose
/// statements share locals.
///
/// @param kernel it belongs to
/// @param alone whether it is one statement without locals from outside
record StepPart(Kernel kernel, List<Stmt> body, boolean alone, Touched read, Touched written) {
  StepPart {
    body = List.copyOf(body);
  }

  static StepPart of(Kernel kernel, List<Stmt> body, boolean alone) {
    Set<Buffer> read = new HashSet<>();
    Set<Buffer> written = new HashSet<>();
    Nodes.eachStatement(
        body,
        stmt -> {
          written.addAll(Nodes.written(stmt));
          read.addAll(Nodes.read(stmt));
          // what grows a list reads how long it is
          if (stmt instanceof Stmt.Collect || stmt instanceof Stmt.Push) {
            read.addAll(Nodes.written(stmt));
          }
        });
    Nodes.eachExpression(
        body,
        expr -> {
          if (expr instanceof Expr.Load(Buffer buffer, _)) {
            read.add(buffer);
          }
        });
    return new StepPart(kernel, body, alone, new Touched(read), new Touched(written));
  }

  /// The parts of a kernel in order.
  static List<StepPart> of(Kernel kernel, boolean mayBeTakenApart) {
    boolean shares =
        kernel.body().stream()
            .anyMatch(stmt -> stmt instanceof Stmt.Let || stmt instanceof Stmt.Var);
    return shares || !mayBeTakenApart
        ? List.of(of(kernel, kernel.body(), false))
        : kernel.body().stream().map(stmt -> of(kernel, List.of(stmt), true)).toList();
  }

  /// Whether the two must stay in order.
  boolean conflicts(StepPart other) {
    return conflicts(other.read, other.written);
  }

  /// Whether it must stay in order with all that reads and writes these.
  boolean conflicts(Touched othersRead, Touched othersWritten) {
    return written.meets(othersWritten) || written.meets(othersRead) || read.meets(othersWritten);
  }

  /// Whether it only sets an element to a number.
  boolean isSetting() {
    return alone
        && body.getFirst() instanceof Stmt.Store(_, Expr at, Expr value)
        && at instanceof Expr.Const
        && value instanceof Expr.Const;
  }
}
