package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Type;

/// An argument has another dimension than its function asks for. E0205 where a plain number is
/// wanted, else E0202.
final class ArgumentFaults {
  private ArgumentFaults() {}

  /// @param call shows the units that the author uses
  static Type report(
      Expressions expressions,
      String function,
      Expression argument,
      Type found,
      Type wanted,
      Expression call) {
    return report(
        expressions,
        function,
        argument,
        found,
        wanted,
        UnitAdvice.of(
            expressions.context(),
            expressions.scope(),
            argument,
            found,
            wanted,
            Optional.of(call)));
  }

  /// The same with other advice.
  static Type report(
      Expressions expressions,
      String function,
      Expression argument,
      Type found,
      Type wanted,
      Optional<UnitAdvice> unit) {
    Context context = expressions.context();
    Type asked = context.resolved(wanted);
    if (Wording.isOpen(found) || Wording.isOpen(asked)) {
      return Type.UNKNOWN;
    }
    if (Wording.isPlain(asked) && Wording.isNumber(found)) {
      return PlainNumbers.report(expressions, function, argument, found);
    }
    var diagnostic =
        Diagnostic.of(
            Code.UNLIKE_ASSIGNMENT,
            "`"
                + function
                + "` wants "
                + WrongKind.described(asked)
                + ", but `"
                + Wording.text(argument.span())
                + "` is "
                + WrongKind.described(context.resolved(found)),
            argument.span(),
            "this is " + WrongKind.described(context.resolved(found)));
    return context.faulty(unit.map(advice -> advice.addTo(diagnostic)).orElse(diagnostic));
  }
}
