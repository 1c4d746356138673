package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;

import java.util.List;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Probabilities that are worked out for each pair of neurons lie in 0 .. 1, as those do that are
/// written: another, or none, ends the run, which names the pair.
final class PairChances {
  private PairChances() {}

  /// @param chance as written; what is constant has been checked
  /// @param p its value for a pair
  static List<Stmt> checked(
      World world,
      Links links,
      snel.math.Expr chance,
      Expr p,
      Scalar real,
      Expr source,
      Expr target) {
    if (chance instanceof snel.math.Expr.Num) {
      return List.of();
    }
    Expr isOne =
        Emit.and(
            compare(CompareOp.GE, p, Expr.real(real, 0)),
            compare(CompareOp.LE, p, Expr.real(real, 1)));
    Expr pair =
        add(
            Emit.mul(
                convert(Scalar.I64, links.sourceInPopulation(source)),
                Expr.i64(snel.runtime.kernel.Fault.TARGETS)),
            convert(Scalar.I64, links.targetInPopulation(target)));
    int site = world.faultSite(links.path);
    return List.of(Emit.when(Emit.not(isOne), Fault.raise(Fault.NO_PROBABILITY, site, pair)));
  }
}
