package snel.runtime.schedule;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.DoubleFunction;
import snel.runtime.schedule.Script.Spot;

/// Tests what `expect` claims, and says what was found where it does not hold.
public final class Claims {
  private Claims() {}

  public enum Relation {
    LESS("less than"),
    AT_MOST("at most"),
    GREATER("more than"),
    AT_LEAST("at least"),
    EQUAL("equal to"),
    UNEQUAL("other than");

    private final String words;

    Relation(String words) {
      this.words = words;
    }
  }

  /// The unit that both sides are shown in: stored = shown * factor.
  public record Shown(String unit, double factor) {
    String of(double stored) {
      return NumberText.of(stored / factor) + (unit.isEmpty() ? "" : " " + unit);
    }
  }

  public static void holds(Results results, Spot spot, Value condition) {
    settle(results, spot, condition.truth(), "it does not hold");
  }

  /// @param tolerance absolute, or a fraction of the right side; equality of reals without one is
  ///   exact
  public static void compares(
      Results results,
      Spot spot,
      Relation relation,
      Value left,
      Value right,
      double tolerance,
      boolean relative,
      Shown shown) {
    if (isWord(left) || isWord(right)) {
      boolean equal = Operators.equal(left, right).truth();
      boolean holds = relation == Relation.UNEQUAL ? !equal : equal;
      settle(results, spot, holds, "it is " + left.shown() + ", not " + right.shown());
      return;
    }
    double[] a = left.numbers();
    double[] b = right.numbers();
    if (a.length != b.length && a.length != 1 && b.length != 1) {
      results.fail(spot, a.length + " numbers cannot be compared with " + b.length);
      return;
    }
    int count = Math.max(a.length, b.length);
    for (int k = 0; k < count; k++) {
      double x = a.length == 1 ? a[0] : a[k];
      double y = b.length == 1 ? b[0] : b[k];
      double slack = relative ? tolerance * Math.abs(y) : tolerance;
      if (!holds(relation, x, y, slack)) {
        String which = count == 1 ? "it is " : "element " + k + " is ";
        settle(results, spot, false, which + found(x, y, relation, slack, shown));
        return;
      }
    }
    results.pass();
  }

  private static boolean holds(Relation relation, double x, double y, double slack) {
    return switch (relation) {
      case LESS -> x < y + slack;
      case AT_MOST -> x <= y + slack;
      case GREATER -> x > y - slack;
      case AT_LEAST -> x >= y - slack;
      case EQUAL -> x == y || Math.abs(x - y) <= slack;
      case UNEQUAL -> !(x == y || Math.abs(x - y) <= slack);
    };
  }

  private static String found(double x, double y, Relation relation, double slack, Shown shown) {
    DoubleFunction<String> text = shown::of;
    String within = slack > 0 ? " within " + text.apply(slack) : "";
    String claim = " instead of " + relation.words + " " + text.apply(y) + within;
    boolean looksTheSame = text.apply(x).equals(text.apply(y)) && Math.abs(x - y) > 0;
    return (looksTheSame ? exactly(x, shown) + " (" + exactly(y, shown) + ")" : text.apply(x))
        + claim;
  }

  /// With all its digits, written as C writes them.
  private static String exactly(double value, Shown shown) {
    BigDecimal exact = new BigDecimal(Double.toString(value / shown.factor())).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    return exponent >= -4 && exponent < 15
        ? exact.toPlainString()
        : String.format(
            Locale.ROOT,
            "%se%c%02d",
            exact.movePointLeft(exponent).toPlainString(),
            exponent < 0 ? '-' : '+',
            Math.abs(exponent));
  }

  public static void lies(
      Results results,
      Spot spot,
      Value value,
      Value low,
      Value high,
      boolean upperOpen,
      Shown shown) {
    for (double x : value.numbers()) {
      double least = low.real();
      double most = high.real();
      if (!(x >= least && (upperOpen ? x < most : x <= most))) {
        String range = shown.of(least) + (upperOpen ? " ..< " : " .. ") + shown.of(most);
        results.fail(spot, "it is " + shown.of(x) + ", outside " + range);
        return;
      }
    }
    results.pass();
  }

  private static boolean isWord(Value value) {
    return value instanceof Value.Text
        || value instanceof Value.Nothing
        || value instanceof Value.Truth;
  }

  private static void settle(Results results, Spot spot, boolean holds, String found) {
    if (holds) {
      results.pass();
    } else {
      results.fail(spot, found);
    }
  }
}
