package snel.lower;

import java.util.ArrayList;
import java.util.List;
import snel.ir.Stmt;

/// What all scopes of one kernel share: fresh names and the statements under construction.
final class KernelScope {
  private final LocalNames names;
  private List<Stmt> statements = new ArrayList<>();
  private int roundings = 0;

  KernelScope(LocalNames names) {
    this.names = names;
  }

  String fresh(String hint) {
    return names.fresh(hint);
  }

  /// How many products before this one are rounded at random.
  int rounding() {
    return roundings++;
  }

  List<Stmt> statements() {
    return statements;
  }

  /// Runs `body`, which adds to [#statements()], and returns only what it added.
  List<Stmt> collect(Runnable body) {
    List<Stmt> outer = statements;
    statements = new ArrayList<>();
    try {
      body.run();
      return statements;
    } finally {
      statements = outer;
    }
  }
}
