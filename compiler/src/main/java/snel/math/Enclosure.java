package snel.math;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Encloses what expressions evaluate to, where variables lie in known ranges and operations round.
final class Enclosure {
  private static final double NORMAL_SPAN = 6.34;
  private static final double EXPONENTIAL_SPAN = 45;

  /// Functions whose results are exact.
  private static final Set<String> EXACT =
      Set.of(
          "to_step",
          "floor",
          "ceil",
          "round",
          "truncate",
          "sign",
          "relu",
          "min",
          "max",
          "abs",
          "clip");

  private final Function<Expr.Ref, Interval> references;
  private final Precision precision;
  private final Once<Interval> known = new Once<>();

  Enclosure(Function<Expr.Ref, Interval> references, Precision precision) {
    this.references = references;
    this.precision = precision;
  }

  Interval of(Expr expression) {
    return known.of(expression, this::found);
  }

  private Interval found(Expr expression) {
    return switch (expression) {
      case Expr.Num(var value) -> precision.constant(value);
      case Expr.Neg(var a) -> of(a).negated();
      case Expr.Add(var a, var b) -> rounded(of(a).plus(of(b)));
      case Expr.Sub(var a, var b) -> rounded(of(a).plus(of(b).negated()));
      case Expr.Mul(var a, var b) -> rounded(Interval.product(of(a), of(b)));
      case Expr.Div(var a, var b) -> rounded(Interval.product(of(a), Interval.inverse(of(b))));
      case Expr.Pow(var a, Expr.Num(var n)) ->
          rounded(Interval.power(of(a), n), 1 + Math.abs(n.toDouble()));
      case Expr.Choose(_, var a, var b) -> Interval.hull(of(a), of(b));
      case Expr.Call(var function, var arguments) when EXACT.contains(function) ->
          call(function, arguments);
      case Expr.Call(var function, var arguments) -> rounded(call(function, arguments));
      case Expr.Draw draw -> draw(draw);
      case Expr.Ref ref when isWhole(ref) -> references.apply(ref);
      case Expr.Ref ref -> rounded(references.apply(ref));
      case Expr.Table(_, var values, _) -> {
        double low = values.stream().mapToDouble(Exact::toDouble).min().orElse(0);
        double high = values.stream().mapToDouble(Exact::toDouble).max().orElse(0);
        yield rounded(new Interval(low, high));
      }
      default -> Interval.UNKNOWN;
    };
  }

  private Interval rounded(Interval exact) {
    return rounded(exact, 1);
  }

  private Interval rounded(Interval exact, double operations) {
    return exact.wider(
        operations * precision.error(exact.low()), operations * precision.error(exact.high()));
  }

  private Interval call(String function, List<Expr> arguments) {
    Interval a = of(arguments.get(0));
    return switch (function) {
      case "to_step" -> a;
      case "floor" -> new Interval(Math.floor(a.low()), Math.floor(a.high()));
      case "ceil" -> new Interval(Math.ceil(a.low()), Math.ceil(a.high()));
      case "round" -> new Interval(Math.floor(a.low() + 0.5), Math.floor(a.high() + 0.5));
      case "truncate" -> new Interval(Interval.truncated(a.low()), Interval.truncated(a.high()));
      case "sign" -> new Interval(Math.signum(a.low()), Math.signum(a.high()));
      case "relu" -> new Interval(Math.max(0, a.low()), Math.max(0, a.high()));
      case "tanh" -> new Interval(-1, 1);
      case "mod" ->
          arguments.get(1) instanceof Expr.Num(var m) && m.toDouble() != 0
              ? Interval.remainder(
                  a, m.toDouble(), isWhole(arguments.get(0)) && m.isWhole() ? 1 : 0)
              : Interval.UNKNOWN;
      case "abs" ->
          new Interval(
              a.low() <= 0 && a.high() >= 0 ? 0 : Math.min(Math.abs(a.low()), Math.abs(a.high())),
              Math.max(Math.abs(a.low()), Math.abs(a.high())));
      case "min" ->
          new Interval(
              Math.min(a.low(), of(arguments.get(1)).low()),
              Math.min(a.high(), of(arguments.get(1)).high()));
      case "max" ->
          new Interval(
              Math.max(a.low(), of(arguments.get(1)).low()),
              Math.max(a.high(), of(arguments.get(1)).high()));
      case "clip" -> new Interval(of(arguments.get(1)).low(), of(arguments.get(2)).high());
      case "sqrt" -> new Interval(0, Math.sqrt(Math.max(0, a.high())));
      case "exp" -> new Interval(Math.exp(a.low()), Math.exp(a.high()));
      case "expm1" -> new Interval(Math.expm1(a.low()), Math.expm1(a.high()));
      case "log" -> new Interval(Math.log(Math.max(0, a.low())), Math.log(a.high()));
      case "log1p" -> new Interval(Math.log1p(Math.max(-1, a.low())), Math.log1p(a.high()));
      case "tan" -> Interval.tangent(a);
      case "atan" -> new Interval(Math.atan(a.low()), Math.atan(a.high()));
      case "atan2" -> new Interval(-Math.PI, Math.PI);
      case "asin" -> new Interval(-Math.PI / 2, Math.PI / 2);
      case "acos" -> new Interval(0, Math.PI);
      case "sigmoid" -> new Interval(0, 1);
      case "sin", "cos" -> new Interval(-1, 1);
      default -> Interval.UNKNOWN;
    };
  }

  private Interval draw(Expr.Draw draw) {
    Interval first = of(draw.parameters().get(0));
    Interval exact =
        switch (draw.distribution()) {
          case "uniform" -> {
            Interval last = of(draw.parameters().get(1));
            double error = precision.error(last.plus(first.negated()).magnitude());
            yield Interval.hull(first, last).wider(error, error);
          }
          case "bernoulli" -> new Interval(0, 1);
          case "normal" -> {
            double sd = of(draw.parameters().get(1)).high();
            yield new Interval(first.low() - NORMAL_SPAN * sd, first.high() + NORMAL_SPAN * sd);
          }
          case "lognormal" -> new Interval(0, Double.POSITIVE_INFINITY);
          case "exponential" -> new Interval(0, EXPONENTIAL_SPAN * first.high());
          case "gamma" -> {
            double sd = of(draw.parameters().get(1)).high();
            yield new Interval(0, first.high() + EXPONENTIAL_SPAN * sd);
          }
          case "binomial" -> new Interval(0, first.high());
          default -> Interval.UNKNOWN;
        };
    Interval free = rounded(exact);
    double low = draw.redraw().lower().map(e -> of(e).low()).orElse(free.low());
    double high = draw.redraw().upper().map(e -> of(e).high()).orElse(free.high());
    return new Interval(Math.max(low, free.low()), Math.min(high, Math.max(high, free.high())));
  }

  private static boolean isWhole(Expr expression) {
    return expression instanceof Expr.Ref ref && ref.kind() instanceof Kind.Int;
  }
}
