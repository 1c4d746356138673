package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Relation;
import snel.syntax.Clause;
import snel.syntax.Connect;

/// Which pairs a connection leaves out.
///
/// @param excludeSelf whether a neuron is not joined with itself
/// @param where what else must hold
record PairConditions(boolean excludeSelf, Optional<Expr> where) {

  /// @param selves how the neurons lie that are on both sides, by their index
  static PairConditions of(Connect connect, Evaluator pairs, Selves selves) {
    boolean excludeSelf = false;
    Optional<Expr> where = Optional.empty();
    for (Expr condition : conditions(connect, pairs)) {
      if (isOther(condition) && selves == Selves.NONE) {
        continue; // holds for all pairs
      }
      if (isOther(condition) && selves == Selves.ALIGNED) {
        excludeSelf = true;
      } else {
        where = Optional.of(where.map(w -> Fold.and(w, condition)).orElse(condition));
      }
    }
    return new PairConditions(excludeSelf, where);
  }

  private static List<Expr> conditions(Connect connect, Evaluator pairs) {
    List<Expr> all = new ArrayList<>();
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.Where(var condition, _)) {
        pairs.one(condition).ifPresent(c -> split(c, all));
      }
    }
    return all;
  }

  private static void split(Expr condition, List<Expr> all) {
    if (condition instanceof Expr.And(var a, var b)) {
      split(a, all);
      split(b, all);
    } else if (!(condition instanceof Expr.Truth(var truth)) || !truth) {
      all.add(condition);
    }
  }

  private static boolean isOther(Expr condition) {
    return condition instanceof Expr.Compare(var relation, Expr.Ref a, Expr.Ref b)
        && relation == Relation.NOT_EQUAL
        && a.name().equals("index")
        && b.name().equals("index")
        && a.owner() != b.owner();
  }
}
