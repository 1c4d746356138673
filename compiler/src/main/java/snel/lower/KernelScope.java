package snel.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Stmt;

/// What all scopes of one kernel share: fresh names and the statements under construction.
final class KernelScope {
  private final Map<String, Integer> used = new HashMap<>();
  private List<Stmt> statements = new ArrayList<>();

  String fresh(String hint) {
    int number = used.merge(hint, 1, Integer::sum);
    return number == 1 ? hint : hint + number;
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
