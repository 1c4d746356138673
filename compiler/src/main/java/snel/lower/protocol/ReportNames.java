package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import snel.elaborate.Val;
import snel.syntax.Argument;
import snel.syntax.Expression;

/// Names for what a report does not name: `rate(E)` is `rate.E`, `accuracy(digit)` is `accuracy`.
final class ReportNames {
  private ReportNames() {}

  static String of(Expression value, Block block) {
    if (!(value.ungrouped()
        instanceof Expression.Call(Expression.Variable(var function, _), var arguments, _))) {
      return Places.text(value.span());
    }
    if (function.text().equals("over_time") && arguments.size() == 1) {
      return of(arguments.getFirst().value(), block);
    }
    if (function.text().equals("accuracy") || arguments.isEmpty()) {
      return function.text();
    }
    List<String> parts = new ArrayList<>();
    parts.add(function.text());
    for (Argument argument : arguments) {
      if (argument.name() == null) {
        parts.add(part(argument.value(), block));
      }
    }
    return String.join(".", parts);
  }

  private static String part(Expression argument, Block block) {
    if (argument instanceof Expression.Call) {
      return of(argument, block);
    }
    if (argument instanceof snel.syntax.Reference
        && block.reader().read(argument)
            instanceof Meaning.Fixed(Val.Cells(var slice, String event), _)
        && slice.whole()) {
      return Selections.path(slice, event);
    }
    return Places.text(argument.span());
  }
}
