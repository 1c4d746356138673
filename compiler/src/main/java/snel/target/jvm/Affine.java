package snel.target.jvm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;

/// An index that is a sum of loop indices, each times a number, and of something else.
record Affine(Map<String, Integer> factors, Expr rest) {
  /// @param indices the loops'
  static Optional<Affine> of(Expr index, Set<String> indices) {
    if (index instanceof Expr.Read(String name, _) && indices.contains(name)) {
      return Optional.of(new Affine(Map.of(name, 1), Expr.i32(0)));
    }
    if (index instanceof Expr.Binary(BinaryOp op, Expr left, Expr right)
        && index.type() == Scalar.I32) {
      Optional<Affine> a = of(left, indices);
      Optional<Affine> b = of(right, indices);
      if (op == BinaryOp.ADD) {
        return a.flatMap(one -> b.map(one::plus));
      }
      if (op == BinaryOp.MUL && right instanceof Expr.Const(_, long factor)) {
        return a.map(one -> one.times((int) factor));
      }
    }
    boolean[] mentions = {false};
    Nodes.eachExpression(
        index,
        e -> mentions[0] |= e instanceof Expr.Read(String name, _) && indices.contains(name));
    return mentions[0] ? Optional.empty() : Optional.of(new Affine(Map.of(), index));
  }

  int factor(String index) {
    return factors.getOrDefault(index, 0);
  }

  private Affine plus(Affine other) {
    Map<String, Integer> sum = new HashMap<>(factors);
    other.factors.forEach((name, factor) -> sum.merge(name, factor, Integer::sum));
    Expr zero = Expr.i32(0);
    Expr both =
        rest.equals(zero)
            ? other.rest
            : other.rest.equals(zero) ? rest : new Expr.Binary(BinaryOp.ADD, rest, other.rest);
    return new Affine(sum, both);
  }

  private Affine times(int factor) {
    Map<String, Integer> product = new HashMap<>();
    factors.forEach((name, own) -> product.put(name, own * factor));
    Expr zero = Expr.i32(0);
    return new Affine(
        product, rest.equals(zero) ? zero : new Expr.Binary(BinaryOp.MUL, rest, Expr.i32(factor)));
  }
}
