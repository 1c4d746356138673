package snel.pass;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Stmt;

/// Finds what a row is multiplied by before it is added to what is there: where that is zero the
/// row stays as it is, but that a -0 does not become 0.
final class IdleRows {
  private final Predicate<Expr> isOfSource;

  private IdleRows(Predicate<Expr> isOfSource) {
    this.isOfSource = isOfSource;
  }

  /// A value of the source that is a factor of all that `body` adds.
  static Optional<Expr> factor(List<Stmt> body, Predicate<Expr> isOfSource) {
    var rows = new IdleRows(isOfSource);
    Set<Expr> common = new LinkedHashSet<>();
    boolean isFirst = true;
    for (Stmt stmt : body) {
      if (!(stmt instanceof Stmt.Store store)) {
        return Optional.empty();
      }
      Expr held = new Expr.Load(store.buffer(), store.index());
      Optional<Set<Expr>> factors = rows.added(store.value(), held);
      if (factors.isEmpty()) {
        return Optional.empty();
      }
      if (isFirst) {
        common.addAll(factors.get());
      } else {
        common.retainAll(factors.get());
      }
      isFirst = false;
    }
    return common.stream().findFirst();
  }

  /// Factors of what `value` adds to what is held; nothing if it does something else.
  private Optional<Set<Expr>> added(Expr value, Expr held) {
    return switch (value) {
      case Expr.Choose(_, var one, var other) when other.equals(held) -> added(one, held);
      case Expr.Choose(_, var one, var other) when one.equals(held) -> added(other, held);
      case Expr.Binary(var op, var left, var right)
          when left.equals(held) && (op == BinaryOp.ADD || op == BinaryOp.SUB) ->
          Optional.of(factors(right));
      case Expr.Fma(var one, var other, var sum) when sum.equals(held) -> {
        Set<Expr> both = factors(one);
        both.addAll(factors(other));
        yield Optional.of(both);
      }
      default -> Optional.empty();
    };
  }

  private Set<Expr> factors(Expr product) {
    Set<Expr> all = new LinkedHashSet<>();
    if (product instanceof Expr.Binary(var op, var left, var right) && op == BinaryOp.MUL) {
      all.addAll(factors(left));
      all.addAll(factors(right));
    } else if (product.type().isFloat() && isOfSource.test(product)) {
      all.add(product);
    }
    return all;
  }
}
