package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.elaborate.Literals;
import snel.elaborate.Val;
import snel.ir.protocol.Plan;
import snel.math.Exact;
import snel.math.Expr;
import snel.units.Rational;

/// Makes values of an axis of what a sweep goes over: numbers, truths, texts and lists of them.
///
/// @param unit that the author writes them in; empty for none
record SweptValues(String unit) {
  /// Empty if a setting cannot hold it.
  Optional<Plan.Value> of(Val item) {
    Optional<String> written = written(item);
    Optional<String> shown = shown(item);
    return written.isEmpty() || shown.isEmpty()
        ? Optional.empty()
        : Constants.term(item).map(term -> new Plan.Value(written.get(), shown.get(), term));
  }

  /// As an expression that gives it back exactly.
  private Optional<String> written(Val item) {
    return switch (item) {
      case Val.Num(Expr.Num(Exact value), _) -> Optional.of(number(inUnit(value)));
      case Val.Num(Expr.Truth(boolean truth), _) -> Optional.of(String.valueOf(truth));
      case Val.Text(String text) -> Optional.of(quoted(text));
      case Val.Items(var items) -> list(items.stream().map(this::written).toList());
      default -> Optional.empty();
    };
  }

  /// As the author would write it.
  private Optional<String> shown(Val item) {
    return switch (item) {
      case Val.Num(Expr.Num(Exact value), _) -> Optional.of(shown(inUnit(value)));
      case Val.Items(var items) -> list(items.stream().map(this::shown).toList());
      default -> written(item);
    };
  }

  private Rational inUnit(Exact value) {
    Rational stored =
        switch (value) {
          case Exact.Ratio(var ratio) -> ratio;
          case Exact.Approximate(double number) -> Rational.ofShortest(number);
        };
    Rational factor = unit.isEmpty() ? Rational.ONE : Rational.ofShortest(Literals.factor(unit));
    return stored.dividedBy(factor);
  }

  private String number(Rational value) {
    String number = value.numerator() + (value.isWhole() ? "" : " / " + value.denominator());
    return unit.isEmpty() ? number : number + " * 1 " + unit;
  }

  private String shown(Rational value) {
    String number =
        value.isWhole() ? String.valueOf(value.numerator()) : String.valueOf(value.toDouble());
    return unit.isEmpty() ? number : number + " " + unit;
  }

  private static String quoted(String text) {
    return "\"" + text.replaceAll("[\\\\\"{}]", "\\\\$0").replace("\n", "\\n") + "\"";
  }

  private static Optional<String> list(List<Optional<String>> elements) {
    List<String> known = new ArrayList<>();
    elements.forEach(element -> element.ifPresent(known::add));
    return known.size() == elements.size()
        ? Optional.of("[" + String.join(", ", known) + "]")
        : Optional.empty();
  }
}
