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
    List<Stmt> body = loop.body();
    boolean isOne =
        loop.order() == Stmt.Order.INDEPENDENT
            && !body.isEmpty()
            && body.getLast() instanceof Stmt.If(_, _, var otherwise)
            && otherwise.isEmpty()
            && body.subList(0, body.size() - 1).stream().allMatch(Stmt.Let.class::isInstance);
    return isOne
        ? one(loop, ((Stmt.If) body.getLast()).condition()).map(one -> sides(loop, one))
        : Optional.empty();
  }

  /// Which iteration a condition leaves out.
  private static Optional<Expr> one(Stmt.Loop loop, Expr condition) {
    Expr index = new Expr.Read(loop.index(), Scalar.I32);
    LoopFacts facts = new LoopFacts(loop.index(), loop.to(), loop.body());
    return condition instanceof Expr.Compare(CompareOp op, Expr left, Expr right)
            && op == CompareOp.NE
        ? left.equals(index)
            ? Optional.of(right).filter(facts::isInvariant)
            : right.equals(index) ? Optional.of(left).filter(facts::isInvariant) : Optional.empty()
        : Optional.empty();
  }

  private static List<Stmt.Loop> sides(Stmt.Loop loop, Expr one) {
    Expr next = new Expr.Binary(BinaryOp.ADD, one, Expr.i32(1));
    List<Stmt> body = new ArrayList<>(loop.body().subList(0, loop.body().size() - 1));
    body.addAll(((Stmt.If) loop.body().getLast()).then());
    return List.of(
        new Stmt.Loop(loop.index(), loop.from(), within(loop, one), loop.order(), body),
        new Stmt.Loop(loop.index(), within(loop, next), loop.to(), loop.order(), body));
  }

  private static Expr within(Stmt.Loop loop, Expr place) {
    return new Expr.Binary(
        BinaryOp.MIN, new Expr.Binary(BinaryOp.MAX, place, loop.from()), loop.to());
  }
}
