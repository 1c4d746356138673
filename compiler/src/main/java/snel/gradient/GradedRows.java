package snel.gradient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// A loop over all sources of a full matrix of weights that adds the value of each times its row to
/// the sums of the targets.
///
/// @param sums of the targets
/// @param weights of each source in a row
/// @param source the index of the loop
/// @param value of the source
record GradedRows(
    Buffer sums, Buffer weights, String source, int sources, int targets, Expr value) {
  /// Smaller matrices are gone through as they lie.
  private static final int LEAST = 1024;

  /// The loop as one of these, if it is one.
  static Optional<GradedRows> of(Stmt.Loop loop) {
    if (!Form.isZero(loop.from())
        || !(loop.to() instanceof Expr.Const(_, long sources))
        || loop.body().isEmpty()
        || !(loop.body().getLast() instanceof Stmt.Loop(String j, Expr from, Expr to, _, var row))
        || !Form.isZero(from)
        || !(to instanceof Expr.Const(_, long targets))
        || row.size() != 1
        || !(row.getFirst() instanceof Stmt.Store(Buffer sums, Expr at, Expr sum))
        || !(sum instanceof Expr.Fma(Expr a, Expr b, Expr before))
        || !at.equals(Form.index(j))
        || !before.equals(new Expr.Load(sums, at))
        || !sums.length().equals(Length.of(targets))
        || sources * targets < LEAST) {
      return Optional.empty();
    }
    Map<String, Expr> lets = new HashMap<>();
    for (Stmt stated : loop.body().subList(0, loop.body().size() - 1)) {
      if (!(stated instanceof Stmt.Let(String name, Expr value))) {
        return Optional.empty();
      }
      lets.put(name, inlined(value, lets));
    }
    Expr place =
        new Expr.Binary(
            BinaryOp.ADD,
            new Expr.Binary(BinaryOp.MUL, Form.index(loop.index()), Expr.i32((int) targets)),
            Form.index(j));
    return weights(a, place)
        .map(w -> rows(sums, w, loop.index(), sources, targets, inlined(b, lets)))
        .or(() ->
            weights(b, place)
                .map(w -> rows(sums, w, loop.index(), sources, targets, inlined(a, lets))))
        .filter(rows -> rows.isApart(j));
  }

  private static GradedRows rows(
      Buffer sums, Buffer weights, String source, long sources, long targets, Expr value) {
    return new GradedRows(sums, weights, source, (int) sources, (int) targets, value);
  }

  private static Expr inlined(Expr expr, Map<String, Expr> lets) {
    return expr instanceof Expr.Read(String name, _) && lets.containsKey(name)
        ? lets.getOrDefault(name, expr)
        : Nodes.mapOperands(expr, part -> inlined(part, lets));
  }

  private static Optional<Buffer> weights(Expr factor, Expr place) {
    return factor instanceof Expr.Load(Buffer weights, Expr at) && at.equals(place)
        ? Optional.of(weights)
        : Optional.empty();
  }

  /// Whether the value is the source's own, and the loop does not change what it is made of.
  private boolean isApart(String target) {
    boolean[] apart = {
      !sums.equals(weights)
          && value.type() == sums.cell().scalar()
          && weights.length().equals(Length.of((long) sources * targets))
    };
    List<Expr> own = List.of(new Expr.Read(target, Scalar.I32));
    Nodes.eachExpression(
        value,
        part ->
            apart[0] &=
                !own.contains(part)
                    && !(part instanceof Expr.Reduce)
                    && !(part instanceof Expr.Load(Buffer buffer, _) && buffer.equals(sums)));
    return apart[0];
  }
}
