package snel.target.c;

import java.util.Optional;
import snel.ir.protocol.Action;
import snel.ir.protocol.Function;
import snel.ir.protocol.Grouping;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;

/// Writes what an experiment reports and what it claims.
record COutcomes(CTerms terms) {
  /// Nothing for what is only drawn: figures are left out.
  Optional<String> report(Action.Item item) {
    if (item.value() instanceof Term.Call(Function function, var arguments, _)
        && function == Function.ACCURACY_BY) {
      return Optional.of(groups(name(item.name()), arguments.getFirst(), arguments.get(1)));
    }
    return item.value().type() instanceof Type.Figure
        ? Optional.empty()
        : Optional.of(
            CTerms.call("report", name(item.name()), terms.value(item.value()), unit(item.unit())));
  }

  private String groups(String name, Term readOut, Term groups) {
    return CTerms.call(
        "report_groups",
        terms.readOut(((Term.ReadOut) readOut).name()),
        name,
        terms.value(groups),
        Grouping.records(groups).map(terms::value).orElse("snel_nothing()"));
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
