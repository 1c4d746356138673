package snel.pass;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Where each element counts the peers that have more (or less) than itself, those with the least
/// (the most) of all count for nobody. They are often many: the dark pixels of a picture.
final class LeastPeers {
  private LeastPeers() {}

  /// `counting`, a loop over all elements for the one `peer`, but for those peers that count for
  /// none, and before it what finds out which these are.
  ///
  /// @param condition under which the peer counts for element `each`
  static Optional<List<Stmt>> left(
      Expr condition, String peer, String each, Stmt.Loop counting, UnaryOperator<String> local) {
    return condition instanceof Expr.Compare(var op, Expr.Load left, Expr.Load right)
            && left.buffer().equals(right.buffer())
            && left.type().isFloat()
            && (op == CompareOp.GT || op == CompareOp.LT)
        ? left(op, left, right, peer, each, counting, local)
        : Optional.empty();
  }

  private static Optional<List<Stmt>> left(
      CompareOp op,
      Expr.Load left,
      Expr.Load right,
      String peer,
      String each,
      Stmt.Loop counting,
      UnaryOperator<String> local) {
    Expr ofPeer = new Expr.Read(peer, Scalar.I32);
    Expr ofEach = new Expr.Read(each, Scalar.I32);
    boolean isPeerFirst = left.index().equals(ofPeer) && right.index().equals(ofEach);
    boolean isPeerLast = left.index().equals(ofEach) && right.index().equals(ofPeer);
    if (!isPeerFirst && !isPeerLast) {
      return Optional.empty();
    }
    boolean least = isPeerFirst == (op == CompareOp.GT);
    CompareOp beyond = least ? CompareOp.GT : CompareOp.LT;
    CompareOp before = least ? CompareOp.LT : CompareOp.GT;
    Expr end = new Expr.Read(local.apply("end"), left.type());
    String all = local.apply("k");
    Expr value = new Expr.Load(left.buffer(), new Expr.Read(all, Scalar.I32));
    Stmt nearer = new Stmt.Assign(name(end), value);
    Stmt look = new Stmt.If(new Expr.Compare(before, value, end), List.of(nearer), List.of());
    Stmt some =
        new Stmt.If(
            new Expr.Compare(beyond, new Expr.Load(left.buffer(), ofPeer), end),
            counting.body(),
            List.of());
    return Optional.of(
        List.of(
            new Stmt.Var(name(end), infinity(left.type(), least)),
            new Stmt.Loop(
                all, counting.from(), counting.to(), Stmt.Order.SEQUENTIAL, List.of(look)),
            new Stmt.Loop(peer, counting.from(), counting.to(), counting.order(), List.of(some))));
  }

  private static Expr infinity(Scalar type, boolean positive) {
    double end = positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    return type == Scalar.F32 ? Expr.f32((float) end) : Expr.f64(end);
  }

  private static String name(Expr local) {
    return ((Expr.Read) local).name();
  }
}
