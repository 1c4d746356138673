package snel.gradient;

import java.util.ArrayList;
import java.util.List;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// Parts a kernel into runs of statements without loops, which are differentiated as one, since
/// their locals hand values on, and all other statements by themselves.
final class StraightRuns {
  private StraightRuns() {}

  static List<List<Stmt>> of(List<Stmt> body) {
    List<List<Stmt>> runs = new ArrayList<>();
    List<Stmt> open = new ArrayList<>();
    for (Stmt stmt : body) {
      if (isStraight(stmt)) {
        open.add(stmt);
        continue;
      }
      close(open, runs);
      runs.add(List.of(stmt));
    }
    close(open, runs);
    return runs;
  }

  private static void close(List<Stmt> open, List<List<Stmt>> runs) {
    if (!open.isEmpty()) {
      runs.add(List.copyOf(open));
      open.clear();
    }
  }

  /// Whether a statement does nothing but set locals and elements of buffers, each once.
  static boolean isStraight(Stmt stmt) {
    boolean[] straight = {true};
    Nodes.eachStatement(
        List.of(stmt),
        inner ->
            straight[0] &=
                inner instanceof Stmt.Let
                    || inner instanceof Stmt.Store
                    || inner instanceof Stmt.If);
    return straight[0];
  }
}
