package snel.gradient;

import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Stmt;
import snel.pass.GradedLoop;

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
    return GradedLoop.of(loop).flatMap(GradedRows::of);
  }

  private static Optional<GradedRows> of(GradedLoop loop) {
    Stmt.Loop row = loop.row();
    if (!Form.isZero(row.from())
        || !(row.to() instanceof Expr.Const(_, long targets))
        || !loop.at().equals(Form.index(row.index()))
        || !loop.sums().length().equals(Length.of(targets))
        || loop.sources() * targets < LEAST) {
      return Optional.empty();
    }
    Expr place = Form.at(loop.source(), (int) targets, row.index());
    return loop.product(place)
        .filter(product -> product.weights().length().equals(Length.of(loop.sources() * targets)))
        .map(product ->
            new GradedRows(
                loop.sums(),
                product.weights(),
                loop.source(),
                loop.sources(),
                (int) targets,
                product.value()));
  }
}
