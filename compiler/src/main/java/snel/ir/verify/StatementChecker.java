package snel.ir.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Checks the statements of one kernel.
final class StatementChecker {
  private final Violations violations;
  private final Scope scope = new Scope();
  private final ExpressionChecker expressions;

  StatementChecker(Map<String, Buffer> buffers, Violations violations) {
    this.violations = violations;
    this.expressions = new ExpressionChecker(buffers, violations, scope);
  }

  void check(List<Stmt> block) {
    scope.enter();
    block.forEach(this::check);
    scope.leave();
  }

  private void check(Stmt stmt) {
    switch (stmt) {
      case Stmt.Let(String name, Expr value) -> checkLocal(name, value, false);
      case Stmt.Var(String name, Expr value) -> checkLocal(name, value, true);
      case Stmt.Assign(String name, Expr value) -> checkAssign(name, value);
      case Stmt.Store(Buffer buffer, Expr index, Expr value) -> {
        expressions.check(index);
        expressions.checkAccess(buffer, index);
        expressions.check(value, buffer.cell().scalar(), "a value stored in " + buffer.name());
      }
      case Stmt.If branch -> {
        expressions.check(branch.condition(), Scalar.BOOL, "a condition");
        check(branch.then());
        check(branch.otherwise());
      }
      case Stmt.Loop loop -> checkLoop(loop);
      case Stmt.While loop -> {
        expressions.check(loop.condition(), Scalar.BOOL, "a condition");
        check(loop.body());
      }
      case Stmt.Collect collect -> checkCollect(collect);
      case Stmt.Words(
              Buffer words,
              Expr count,
              Expr stream,
              Expr c1,
              Expr c2,
              Expr c3,
              Draw draw,
              int first) -> {
        violations.require(
            first >= 0 && first % Stmt.Words.TOGETHER == 0,
            "words of " + words.name() + " begin within a block");
        if (draw instanceof Draw.Count(var thresholds)) {
          for (int k = 1; k < thresholds.size(); k++) {
            violations.require(
                Integer.compareUnsigned(thresholds.get(k - 1), thresholds.get(k)) <= 0,
                "thresholds of " + words.name() + " fall");
          }
        }
        violations.require(
            words.cell() == snel.ir.Cell.I32, "words are drawn into " + words.name());
        for (Expr part : java.util.List.of(count, stream, c1, c2, c3)) {
          expressions.check(part, Scalar.I32, "an argument of words");
        }
      }
      case Stmt.AddBits add -> checkAddBits(add);
      case Stmt.Push(Buffer list, Buffer count, Expr value) -> {
        checkList(list, count);
        expressions.check(value, list.cell().scalar(), "a value pushed to " + list.name());
      }
    }
  }

  private void checkAddBits(Stmt.AddBits add) {
    expressions.check(add.at());
    expressions.checkAccess(add.counts(), add.at());
    violations.require(
        add.counts().cell() == Cell.I32 || add.counts().cell() == Cell.U16,
        "rows of bits are added up in " + add.counts().name());
    violations.require(
        add.rows().cell() == Cell.I64
            && add.rows().length().equals(Length.of(Wiring.bitWords(add.sources(), add.targets()))),
        add.rows().name() + " is no matrix of " + add.sources() + " rows of " + add.targets());
    violations.require(add.first() >= 0, "sources begin below 0");
    violations.require(
        add.from() >= 0
            && add.from() <= add.to()
            && add.to() <= add.targets()
            && add.from() % Stmt.AddBits.TOGETHER == 0
            && (add.to() == add.targets() || add.to() % Stmt.AddBits.TOGETHER == 0),
        "targets of " + add.rows().name() + " begin or end within those added up at once");
    checkList(add.list(), add.count());
    violations.require(
        !add.list().equals(add.counts()) && !add.count().equals(add.counts()),
        "a list of rows is what they are added to");
  }

  private void checkLocal(String name, Expr value, boolean mutable) {
    expressions.check(value);
    expressions.declare(name, value.type(), mutable);
  }

  private void checkAssign(String name, Expr value) {
    Scope.Local local = scope.find(name);
    if (local == null) {
      violations.add("local " + name + " is assigned where it is not in sight");
      expressions.check(value);
      return;
    }
    violations.require(local.mutable(), name + " is assigned but is no variable");
    expressions.check(value, local.type(), "a value assigned to " + name);
  }

  private void checkLoop(Stmt.Loop loop) {
    expressions.checkRange(loop.from(), loop.to());
    scope.enter();
    expressions.declare(loop.index(), Scalar.I32, false);
    check(loop.body());
    scope.leave();
    RangeChecker.check(loop, violations);
    if (loop.order() == Stmt.Order.INDEPENDENT) {
      new IndependenceChecker(loop, violations).check();
    }
  }

  private void checkCollect(Stmt.Collect collect) {
    expressions.checkRange(collect.from(), collect.to());
    checkList(collect.list(), collect.count());
    scope.enter();
    expressions.declare(collect.index(), Scalar.I32, false);
    check(collect.body());
    expressions.check(collect.condition(), Scalar.BOOL, "a condition");
    scope.leave();
    checkBody(collect);
  }

  /// The condition is looked at as if the body made it its last local.
  private void checkBody(Stmt.Collect collect) {
    if (collect.body().isEmpty()) {
      return;
    }
    List<Stmt> all = new ArrayList<>(collect.body());
    all.add(new Stmt.Let("", collect.condition()));
    Stmt.Loop loop =
        new Stmt.Loop(collect.index(), collect.from(), collect.to(), Stmt.Order.INDEPENDENT, all);
    RangeChecker.check(loop, violations);
    new IndependenceChecker(loop, violations).check();
    Set<Buffer> touched = Nodes.buffers(all);
    violations.require(
        !touched.contains(collect.list()) && !touched.contains(collect.count()),
        "what is done before indices are collected touches " + collect.list().name());
  }

  private void checkList(Buffer list, Buffer count) {
    expressions.checkAccess(list, Expr.i32(0));
    expressions.checkAccess(count, Expr.i32(0));
    violations.require(
        count.cell() == Cell.I32 && count.length().equals(Length.of(1)),
        "the count of " + list.name() + " is not I32[1]");
    violations.require(list.cell().scalar() == Scalar.I32, "list " + list.name() + " holds no I32");
    violations.require(!list.equals(count), "a list counts itself");
  }
}
