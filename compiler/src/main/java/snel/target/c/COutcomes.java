package snel.target.c;

import snel.ir.protocol.Action;
import snel.ir.protocol.Term;
import snel.ir.protocol.Unit;

/// Writes what an experiment reports and what it claims.
record COutcomes(CTerms terms) {
  String report(Action.Item item) {
    return CTerms.call("report", name(item.name()), terms.value(item.value()), unit(item.unit()));
  }

  private String name(Term name) {
    return name instanceof Term.Word(String word)
        ? CText.quote(word)
        : terms.value(name) + ".as.text";
  }

  String expect(Action.Claim claim) {
    return switch (claim) {
      case Action.Claim.Holds(var condition) -> CTerms.call("expect_holds", terms.value(condition));
      case Action.Claim.Compares(
              var comparison,
              var left,
              var right,
              var tolerance,
              boolean relative,
              var unit) ->
          CTerms.call(
              "expect_compares",
              "SNEL_" + comparison,
              terms.value(left),
              terms.value(right),
              terms.real(tolerance),
              relative,
              unit(unit));
      case Action.Claim.Lies(var value, var low, var high, boolean upperOpen, var unit) ->
          CTerms.call(
              "expect_lies",
              terms.value(value),
              terms.value(low),
              terms.value(high),
              upperOpen,
              unit(unit));
    };
  }

  private static String unit(Unit unit) {
    return CText.quote(unit.text()) + ", " + CLiteral.real(unit.factor());
  }
}
