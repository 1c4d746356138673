package snel.math.text;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Relation;
import snel.math.Sharing;

/// Writes an expression with as few parentheses as it needs, in coherent units.
public final class ExprPrinter {
  private static final int CHOICE = 0;
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int COMPARISON = 3;
  private static final int SUM = 4;
  private static final int PRODUCT = 5;
  private static final int PREFIX = 6;
  private static final int POWER = 7;
  private static final int ATOM = 8;

  /// The parts that are written behind the expression, and what stands for them in it.
  private final Map<Expr, String> names = new IdentityHashMap<>();

  private ExprPrinter() {}

  /// Parts of a long expression that stand in several places are written once, behind it.
  public static String print(Expr expression) {
    var printer = new ExprPrinter();
    List<String> parts = new ArrayList<>();
    for (Expr part : Sharing.repeated(expression)) {
      String name = "#" + (parts.size() + 1);
      parts.add(name + " = " + printer.text(part));
      printer.names.put(part, name);
    }
    String whole = printer.text(expression);
    return parts.isEmpty() ? whole : whole + " where " + String.join(", ", parts);
  }

  private String text(Expr expression) {
    String name = names.get(expression);
    return name != null ? name : written(expression);
  }

  private String written(Expr expression) {
    return switch (expression) {
      case Expr.Num(var value) -> number(value);
      case Expr.Truth(var value) -> Boolean.toString(value);
      case Expr.Ref(var owner, var name, _) -> owner(owner) + name;
      case Expr.Neg(var a) -> "-" + inside(a, PREFIX);
      case Expr.Add(var a, var b) -> inside(a, SUM) + " + " + inside(b, SUM + 1);
      case Expr.Sub(var a, var b) -> inside(a, SUM) + " - " + inside(b, SUM + 1);
      case Expr.Mul(var a, var b) -> inside(a, PRODUCT) + " * " + inside(b, PRODUCT + 1);
      case Expr.Div(var a, var b) -> inside(a, PRODUCT) + " / " + inside(b, PRODUCT + 1);
      case Expr.Pow(var a, var b) -> inside(a, ATOM) + "^" + inside(b, POWER);
      case Expr.Compare(var relation, var a, var b) ->
          inside(a, SUM) + sign(relation) + inside(b, SUM);
      case Expr.And(var a, var b) -> inside(a, AND) + " and " + inside(b, AND + 1);
      case Expr.Or(var a, var b) -> inside(a, OR) + " or " + inside(b, OR + 1);
      case Expr.Not(var a) -> "not " + inside(a, COMPARISON);
      case Expr.Choose(var c, var a, var b) ->
          "if " + text(c) + " then " + text(a) + " else " + text(b);
      case Expr.Call(var function, var arguments) -> function + list(arguments);
      case Expr.Draw draw -> draw.distribution() + list(draw.parameters()) + bounds(draw);
      case Expr.OverPeers(var function, var body) -> function + "(" + print(body) + ")";
      case Expr.OverAll(var function, var count, var body) ->
          function + "(" + count + ": " + print(body) + ")";
      case Expr.Since(var owner, var event) -> "since(" + owner(owner) + event + ")";
      case Expr.Element(var array, var index) -> text(array) + "[" + text(index) + "]";
      case Expr.Table(var name, _, var index) -> "table " + name + "[" + text(index) + "]";
    };
  }

  private String bounds(Expr.Draw draw) {
    return draw.redraw().lower().map(e -> " min " + text(e)).orElse("")
        + draw.redraw().upper().map(e -> " max " + text(e)).orElse("");
  }

  private String list(List<Expr> arguments) {
    return arguments.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String number(Exact value) {
    return switch (value) {
      case Exact.Ratio(var ratio) -> ratio.toString();
      case Exact.Approximate(var number) -> Double.toString(number);
    };
  }

  private static String owner(Owner owner) {
    return switch (owner) {
      case SELF, ARGUMENT, LOCAL -> "";
      case PRE, POST, PEER, NETWORK, POPULATION -> owner.name().toLowerCase(Locale.ROOT) + ".";
    };
  }

  private static String sign(Relation relation) {
    return switch (relation) {
      case LESS -> " < ";
      case LESS_OR_EQUAL -> " <= ";
      case GREATER -> " > ";
      case GREATER_OR_EQUAL -> " >= ";
      case EQUAL -> " == ";
      case NOT_EQUAL -> " != ";
    };
  }

  private String inside(Expr expression, int level) {
    String text = text(expression);
    return !names.containsKey(expression) && level(expression) < level ? "(" + text + ")" : text;
  }

  private static int level(Expr expression) {
    return switch (expression) {
      case Expr.Choose _ -> CHOICE;
      case Expr.Or _ -> OR;
      case Expr.And _ -> AND;
      case Expr.Compare _, Expr.Not _ -> COMPARISON;
      case Expr.Add _, Expr.Sub _ -> SUM;
      case Expr.Mul _, Expr.Div _ -> PRODUCT;
      case Expr.Neg _ -> PREFIX;
      case Expr.Pow _ -> POWER;
      case Expr.Num(Exact.Ratio(var value)) -> value.isWhole() ? ATOM : PRODUCT;
      case Expr.Num _,
          Expr.Truth _,
          Expr.Ref _,
          Expr.Call _,
          Expr.Draw _,
          Expr.OverPeers _,
          Expr.OverAll _,
          Expr.Since _,
          Expr.Element _,
          Expr.Table _ ->
          ATOM;
    };
  }
}
