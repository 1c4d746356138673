package snel.ir.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Checks what can be seen of a loop's promise that no iteration reads what another writes:
/// assignments to outer variables, lists that grow, elements written that do not follow the index,
/// and reads of a written buffer at another element. LOG buffers may be written by any iteration.
final class IndependenceChecker {
  private final Stmt.Loop loop;
  private final Violations violations;
  private final Set<String> inner = new HashSet<>();
  private final Set<String> varying = new HashSet<>();
  private final Map<String, Expr> values = new HashMap<>();
  private final Map<Buffer, Set<Expr>> writes = new HashMap<>();

  IndependenceChecker(Stmt.Loop loop, Violations violations) {
    this.loop = loop;
    this.violations = violations;
  }

  void check() {
    varying.add(loop.index());
    Nodes.eachStatement(loop.body(), this::collectLocals);
    Nodes.eachStatement(loop.body(), this::checkStatement);
    Nodes.eachExpression(loop.body(), this::checkRead);
  }

  private void collectLocals(Stmt stmt) {
    switch (stmt) {
      case Stmt.Let(String name, Expr value) -> {
        inner.add(name);
        if (varies(value)) {
          varying.add(name);
        }
        values.put(name, resolved(value));
      }
      case Stmt.Var(String name, _) -> {
        inner.add(name);
        varying.add(name);
      }
      case Stmt.Loop nested -> {
        inner.add(nested.index());
        varying.add(nested.index());
      }
      case Stmt.Assign _,
          Stmt.Store _,
          Stmt.If _,
          Stmt.While _,
          Stmt.Collect _,
          Stmt.Push _,
          Stmt.Words _,
          Stmt.AddBits _ -> {}
    }
  }

  private void checkStatement(Stmt stmt) {
    switch (stmt) {
      case Stmt.Assign(String name, _) ->
          violations.require(
              inner.contains(name),
              "independent iterations over " + loop.index() + " assign to " + name);
      case Stmt.Push(Buffer list, _, _) -> grows(list);
      case Stmt.Collect collect -> grows(collect.list());
      case Stmt.Words words -> grows(words.words());
      case Stmt.AddBits add -> grows(add.counts());
      case Stmt.Store(Buffer buffer, Expr index, _) when buffer.role() != Role.LOG -> {
        violations.require(
            varies(index),
            "independent iterations over "
                + loop.index()
                + " all write the same element of "
                + buffer.name());
        writes.computeIfAbsent(buffer, _ -> new HashSet<>()).add(resolved(index));
      }
      case Stmt.Store _, Stmt.Let _, Stmt.Var _, Stmt.If _, Stmt.Loop _, Stmt.While _ -> {}
    }
  }

  private void grows(Buffer list) {
    violations.add("independent iterations over " + loop.index() + " append to " + list.name());
  }

  /// A read of a written buffer must be at an element that the same iteration writes. An index that
  /// no two iterations share, or that varies in an inner loop, cannot be told apart here.
  private void checkRead(Expr expr) {
    if (!(expr instanceof Expr.Load(Buffer buffer, Expr index)) || !writes.containsKey(buffer)) {
      return;
    }
    Set<Expr> written = writes.getOrDefault(buffer, Set.of());
    Expr own = new Expr.Read(loop.index(), Scalar.I32);
    boolean plain = written.stream().allMatch(at -> at.equals(own));
    if (plain) {
      violations.require(
          resolved(index).equals(own),
          "independent iterations over "
              + loop.index()
              + " read other elements of "
              + buffer.name()
              + ", which they write");
    } else {
      violations.require(
          varies(index),
          "independent iterations over "
              + loop.index()
              + " read one element of "
              + buffer.name()
              + ", which they write");
    }
  }

  private boolean varies(Expr expr) {
    boolean[] varies = {false};
    Nodes.eachExpression(
        expr,
        node -> {
          if (node instanceof Expr.Read(String name, _) && varying.contains(name)) {
            varies[0] = true;
          }
        });
    return varies[0];
  }

  /// The value behind a name for an index that only passes through `Let`s.
  private Expr resolved(Expr expr) {
    return expr instanceof Expr.Read(String name, _) ? values.getOrDefault(name, expr) : expr;
  }
}
