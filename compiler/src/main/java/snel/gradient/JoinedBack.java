package snel.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Makes one kernel of adjoint kernels that follow one another, each a single loop over the same
/// neurons in which nobody looks at another: what one leaves for the next is fetched once.
final class JoinedBack {
  private JoinedBack() {}

  static List<Kernel> of(List<Kernel> kernels) {
    List<Kernel> joined = new ArrayList<>();
    for (Kernel kernel : kernels) {
      Optional<Kernel> both =
          joined.isEmpty() ? Optional.empty() : both(joined.getLast(), kernel);
      both.ifPresent(_ -> joined.removeLast());
      joined.add(both.orElse(kernel));
    }
    return joined;
  }

  private static Optional<Kernel> both(Kernel first, Kernel second) {
    if (first.body().size() != 1
        || second.body().size() != 1
        || !(first.body().getFirst() instanceof Stmt.Loop one)
        || !(second.body().getFirst() instanceof Stmt.Loop other)) {
      return Optional.empty();
    }
    boolean same =
        one.from().equals(other.from())
            && one.to().equals(other.to())
            && one.to() instanceof Expr.Const
            && one.order() == Stmt.Order.INDEPENDENT
            && other.order() == Stmt.Order.INDEPENDENT;
    Expr.Read index = new Expr.Read(one.index(), Scalar.I32);
    Map<String, Expr> renamed = Map.of(other.index(), index);
    List<Stmt> body = new ArrayList<>(one.body());
    body.addAll(
        Form.mapAll(
            other.body(),
            expr ->
                expr instanceof Expr.Read(var name, _) ? renamed.getOrDefault(name, expr) : expr));
    return same && BodyAdjoint.isIndependent(body, one.index())
        ? Optional.of(
            first.with(
                List.of(
                    new Stmt.Loop(
                        one.index(), one.from(), one.to(), Stmt.Order.INDEPENDENT, body))))
        : Optional.empty();
  }
}
