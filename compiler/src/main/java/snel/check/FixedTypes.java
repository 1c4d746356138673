package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.types.DimensionTerm;
import snel.types.Type;
import snel.units.Rational;

/// `fixed(8, 8, rounding: floor, overflow: wrap)`: bits before and after the point, 32 at most
/// (E0214), and what happens to those that do not fit (E0121).
final class FixedTypes {
  private static final Map<String, List<String>> OPTIONS =
      Map.of(
          "rounding", List.of("floor", "nearest", "zero", "stochastic"),
          "overflow", List.of("saturate", "wrap", "lava"));

  private static final int MOST_BITS = 32;

  private final Context context;

  FixedTypes(Context context) {
    this.context = context;
  }

  Type read(List<Argument> arguments) {
    var bits = new ArrayList<Integer>();
    for (Argument argument : arguments) {
      if (argument.name() != null) {
        option(argument.name(), argument.value());
      } else if (argument.value() instanceof Expression.Number(var text, _)) {
        Constants.number(text)
            .filter(Rational::isWhole)
            .filter(n -> n.compareTo(Rational.of(MOST_BITS)) <= 0)
            .map(n -> n.numerator().intValue())
            .ifPresent(bits::add);
      }
    }
    long plain = arguments.stream().filter(a -> a.name() == null).count();
    if (plain != 2
        || bits.size() != 2
        || bits.get(0) < 1
        || bits.get(0) + bits.get(1) > MOST_BITS) {
      return arguments.isEmpty() ? Type.UNKNOWN : bad(arguments);
    }
    return new Type.Fixed(bits.get(0), bits.get(1), DimensionTerm.PLAIN);
  }

  private Type bad(List<Argument> arguments) {
    return context.faulty(
        Diagnostic.of(
            Code.UNKNOWN_TYPE,
            "`fixed(i, f)` wants two whole numbers: i bits before the point, at least one, and f"
                + " after it, no more than 32 together",
            arguments.getFirst().span(),
            "not this"));
  }

  private void option(snel.syntax.Name name, Expression value) {
    List<String> words = OPTIONS.get(name.text());
    if (words == null) {
      Optional<String> meant = Nearest.to(name.text(), OPTIONS.keySet().stream().sorted().toList());
      context.report(
          Diagnostic.of(
              Code.UNKNOWN_OPTION,
              "`fixed` has no option `" + name.text() + "`" + Nearest.hint(meant),
              name.span(),
              "`rounding` and `overflow` are"));
      return;
    }
    String word = value instanceof Expression.Variable(var written, _) ? written.text() : "";
    if (!words.contains(word)) {
      context.report(
          Diagnostic.of(
              Code.UNKNOWN_OPTION,
              "`"
                  + Wording.text(value.span())
                  + "` is no `"
                  + name.text()
                  + "`"
                  + Nearest.hint(Nearest.to(word, words)),
              value.span(),
              "one of `" + String.join("`, `", words) + "`"));
    }
  }
}
