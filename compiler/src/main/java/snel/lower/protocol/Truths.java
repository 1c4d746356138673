package snel.lower.protocol;

import snel.ir.protocol.Term;

/// `and`, `or` and `not` of one condition or, element by element, of many.
final class Truths {
  private static final Term TRUE = new Term.Truth(true);
  private static final Term FALSE = new Term.Truth(false);

  private Truths() {}

  static Term and(Term a, Term b) {
    if (Term.Choose.isOfMany(a)) {
      return choose(a, b, FALSE);
    }
    return Term.Choose.isOfMany(b) ? choose(b, a, FALSE) : new Term.And(a, b);
  }

  static Term or(Term a, Term b) {
    if (Term.Choose.isOfMany(a)) {
      return choose(a, TRUE, b);
    }
    return Term.Choose.isOfMany(b) ? choose(b, TRUE, a) : new Term.Or(a, b);
  }

  static Term not(Term a) {
    return Term.Choose.isOfMany(a) ? choose(a, FALSE, TRUE) : new Term.Not(a);
  }

  private static Term choose(Term condition, Term yes, Term no) {
    return new Term.Choose(condition, yes, no, Types.chosen(condition, yes, no));
  }
}
