package snel.target.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// A loop that leaves one iteration out, as all synapses of a neuron but the one onto itself do, in
/// two: what comes before that iteration and what comes after it. Neither asks which one it is, and
/// may read what all its iterations read without asking whether any does.
final class LeftOut {
  private LeftOut() {}

  static Optional<List<Stmt.Loop>> of(Stmt.Loop loop) {
    if (loop.order() != Stmt.Order.INDEPENDENT
        || loop.body().isEmpty()
        || !(loop.body().getLast() instanceof Stmt.If(var condition, var then, var otherwise))
        || !otherwise.isEmpty()) {
      return Optional.empty();
    }
    List<Stmt> before = loop.body().subList(0, loop.body().size() - 1);
    List<Stmt> body = new ArrayList<>(before);
    body.addAll(then);
    return before.stream().allMatch(Stmt.Let.class::isInstance)
        ? one(loop, condition).map(one -> sides(loop, one, body))
        : Optional.empty();
  }

  /// Which iteration a condition leaves out.
  private static Optional<Expr> one(Stmt.Loop loop, Expr condition) {
    if (!(condition instanceof Expr.Compare(var op, var left, var right)) || op != CompareOp.NE) {
      return Optional.empty();
    }
    Expr index = new Expr.Read(loop.index(), Scalar.I32);
    LoopFacts facts = new LoopFacts(loop.index(), loop.to(), loop.body());
    Expr other = left.equals(index) ? right : left;
    boolean isIndex = left.equals(index) || right.equals(index);
    return isIndex && facts.isInvariant(other) ? Optional.of(other) : Optional.empty();
  }

  private static List<Stmt.Loop> sides(Stmt.Loop loop, Expr one, List<Stmt> body) {
    Expr next = new Expr.Binary(BinaryOp.ADD, one, Expr.i32(1));
    return List.of(
        new Stmt.Loop(loop.index(), loop.from(), within(loop, one), loop.order(), body),
        new Stmt.Loop(loop.index(), within(loop, next), loop.to(), loop.order(), body));
  }

  private static Expr within(Stmt.Loop loop, Expr place) {
    return new Expr.Binary(
        BinaryOp.MIN, new Expr.Binary(BinaryOp.MAX, place, loop.from()), loop.to());
  }
}
