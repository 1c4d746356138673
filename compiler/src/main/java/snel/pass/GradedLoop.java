package snel.pass;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// A loop over all neurons of a layer that adds, along the synapses of each, its value times
/// weights to sums: `sums[at] = a * b + sums[at]`, one of the factors being a weight.
///
/// @param source the index of the loop
/// @param row the loop along the synapses
/// @param at the place in the sums
/// @param lets what the factors may be made of
public record GradedLoop(
    String source,
    int sources,
    Stmt.Loop row,
    Buffer sums,
    Expr at,
    Expr a,
    Expr b,
    Map<String, Expr> lets) {
  public GradedLoop {
    lets = Map.copyOf(lets);
  }

  /// The value of a source, and the weights that it is multiplied by.
  public record Product(Buffer weights, Expr value) {}

  /// The statement as one of these, if it is one.
  public static Optional<GradedLoop> of(Stmt stmt) {
    if (!(stmt instanceof Stmt.Loop(String i, Expr first, Expr end, _, List<Stmt> body))
        || !(first instanceof Expr.Const(_, long zero) && zero == 0)
        || !(end instanceof Expr.Const(_, long sources))
        || body.isEmpty()
        || !(body.getLast() instanceof Stmt.Loop row)
        || row.body().size() != 1
        || !(row.body().getFirst() instanceof Stmt.Store(Buffer sums, Expr at, Expr sum))
        || !(sum instanceof Expr.Fma(Expr a, Expr b, Expr before))
        || !before.equals(new Expr.Load(sums, at))) {
      return Optional.empty();
    }
    Map<String, Expr> lets = new HashMap<>();
    for (Stmt stated : body.subList(0, body.size() - 1)) {
      if (!(stated instanceof Stmt.Let(String name, Expr value))) {
        return Optional.empty();
      }
      lets.put(name, inlined(value, lets));
    }
    return Optional.of(new GradedLoop(i, (int) sources, row, sums, at, a, b, lets));
  }

  private static Expr inlined(Expr expr, Map<String, Expr> lets) {
    return expr instanceof Expr.Read(String name, _) && lets.containsKey(name)
        ? lets.getOrDefault(name, expr)
        : Nodes.mapOperands(expr, part -> inlined(part, lets));
  }

  /// What is added where weights lie at `place`, if the value is the source's own and the loop does
  /// not change what it is made of.
  public Optional<Product> product(Expr place) {
    return product(a, b, place).or(() -> product(b, a, place)).filter(this::isApart);
  }

  private Optional<Product> product(Expr factor, Expr value, Expr place) {
    return factor instanceof Expr.Load(Buffer weights, Expr there) && there.equals(place)
        ? Optional.of(new Product(weights, inlined(value, lets)))
        : Optional.empty();
  }

  private boolean isApart(Product product) {
    Expr value = product.value;
    boolean[] apart = {!sums.equals(product.weights) && value.type() == sums.cell().scalar()};
    Expr synapse = new Expr.Read(row.index(), Scalar.I32);
    Nodes.eachExpression(
        value,
        part ->
            apart[0] &=
                !part.equals(synapse)
                    && !(part instanceof Expr.Reduce)
                    && !(part instanceof Expr.Load(Buffer buffer, _) && buffer.equals(sums)));
    return apart[0];
  }
}
