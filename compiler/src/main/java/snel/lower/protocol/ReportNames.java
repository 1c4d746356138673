package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import snel.elaborate.Val;
import snel.syntax.Argument;
import snel.syntax.Expression;

/// Names for what a report does not name: `rate(E)` is `rate.E`, `accuracy(digit)` is `accuracy`,
/// or `accuracy.digit` where a report has those of several read-outs.
final class ReportNames {
  private static final String ACCURACY = "accuracy";

  private ReportNames() {}

  /// The names of the values of one report that have none of their own.
  static List<String> of(List<Expression> values, Block block) {
    List<String> names = values.stream().map(value -> of(value, block)).toList();
    boolean several = names.stream().filter(ACCURACY::equals).count() > 1;
    List<String> all = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      boolean alike = several && names.get(k).equals(ACCURACY);
      all.add(alike ? ofReadOut(values.get(k)) : names.get(k));
    }
    return all;
  }

  private static String ofReadOut(Expression value) {
    return value.ungrouped() instanceof Expression.Call(var function, var arguments, _)
        ? arguments.size() == 1 && !isAccuracy(function)
            ? ofReadOut(arguments.getFirst().value())
            : ACCURACY + "." + Places.text(arguments.getFirst().value().span())
        : ACCURACY;
  }

  private static boolean isAccuracy(Expression function) {
    return function instanceof Expression.Variable(var name, _) && name.text().equals(ACCURACY);
  }

  private static String of(Expression value, Block block) {
    if (!(value.ungrouped()
        instanceof Expression.Call(Expression.Variable(var function, _), var arguments, _))) {
      return Places.text(value.span());
    }
    if (function.text().equals("over_time") && arguments.size() == 1) {
      return of(arguments.getFirst().value(), block);
    }
    if (function.text().equals(ACCURACY) || arguments.isEmpty()) {
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
