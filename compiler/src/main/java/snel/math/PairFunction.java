package snel.math;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/// An expression as a function of a pair of neurons, where it depends on nothing but their numbers.
/// Truths are 0 and 1.
public interface PairFunction {
  double at(int pre, int post);

  /// @param references what a variable is for a pair, where that is known
  static Optional<PairFunction> of(
      Expr expression, Function<Expr.Ref, Optional<PairFunction>> references) {
    return new Reading(references, Sharing.isLong(expression), new Once<>()).of(expression);
  }

  /// @param isLong whether parts stand in so many places that their values are kept
  record Reading(
      Function<Expr.Ref, Optional<PairFunction>> references,
      boolean isLong,
      Once<Optional<PairFunction>> known) {
    Optional<PairFunction> of(Expr expression) {
      return known.of(
          expression,
          e -> isLong && !Walk.children(e).isEmpty() ? found(e).map(Latest::new) : found(e));
    }

    private Optional<PairFunction> found(Expr expression) {
      return switch (expression) {
        case Expr.Num(var value) -> constant(value.toDouble());
        case Expr.Truth(boolean value) -> constant(truth(value));
        case Expr.Ref ref -> references.apply(ref);
        case Expr.Neg(var a) -> of(a).map(f -> f.then(x -> -x));
        case Expr.Not(var a) -> of(a).map(f -> f.then(x -> 1 - x));
        case Expr.Add(var a, var b) -> both(of(a), of(b), Double::sum);
        case Expr.Sub(var a, var b) -> both(of(a), of(b), (x, y) -> x - y);
        case Expr.Mul(var a, var b) -> both(of(a), of(b), (x, y) -> x * y);
        case Expr.Div(var a, var b) -> both(of(a), of(b), (x, y) -> x / y);
        case Expr.Pow(var a, var b) -> both(of(a), of(b), StrictMath::pow);
        case Expr.And(var a, var b) -> both(of(a), of(b), Math::min);
        case Expr.Or(var a, var b) -> both(of(a), of(b), Math::max);
        case Expr.Compare(var relation, var a, var b) ->
            both(of(a), of(b), (x, y) -> truth(holds(relation, x, y)));
        case Expr.Choose(var condition, var a, var b) -> chosen(of(condition), of(a), of(b));
        case Expr.Table(_, var values, var index) -> {
          double[] numbers = values.stream().mapToDouble(Exact::toDouble).toArray();
          int last = numbers.length - 1;
          yield of(index).map(f -> f.then(at -> numbers[Math.clamp((long) at, 0, last)]));
        }
        case Expr.Call(var function, var arguments) ->
            call(function, arguments.stream().map(this::of).toList());
        default -> Optional.empty();
      };
    }
  }

  /// Keeps the value for the pair that was asked for last.
  final class Latest implements PairFunction {
    private final PairFunction function;
    private int pre = -1;
    private int post = -1;
    private double value;

    Latest(PairFunction function) {
      this.function = function;
    }

    @Override
    public double at(int pre, int post) {
      if (pre != this.pre || post != this.post) {
        value = function.at(pre, post);
        this.pre = pre;
        this.post = post;
      }
      return value;
    }
  }

  private static Optional<PairFunction> constant(double value) {
    return Optional.of((_, _) -> value);
  }

  private static double truth(boolean value) {
    return value ? 1 : 0;
  }

  private PairFunction then(DoubleUnaryOperator next) {
    return (pre, post) -> next.applyAsDouble(at(pre, post));
  }

  private static Optional<PairFunction> both(
      Optional<PairFunction> a, Optional<PairFunction> b, DoubleBinaryOperator joined) {
    return a.flatMap(
        f -> b.map(g -> (pre, post) -> joined.applyAsDouble(f.at(pre, post), g.at(pre, post))));
  }

  private static Optional<PairFunction> chosen(
      Optional<PairFunction> condition, Optional<PairFunction> a, Optional<PairFunction> b) {
    return condition.flatMap(c ->
        a.flatMap(f -> b.map(g -> (pre, post) -> (c.at(pre, post) != 0 ? f : g).at(pre, post))));
  }

  private static Optional<PairFunction> call(
      String function, List<Optional<PairFunction>> arguments) {
    Optional<PairFunction> first = arguments.getFirst();
    if (arguments.size() == 1) {
      return unary(function).flatMap(f -> first.map(a -> a.then(f)));
    }
    if (function.equals("clip")) {
      return both(both(first, arguments.get(1), Math::max), arguments.get(2), Math::min);
    }
    return arguments.size() == 2
        ? binary(function).flatMap(f -> both(first, arguments.get(1), f))
        : Optional.empty();
  }

  private static Optional<DoubleUnaryOperator> unary(String function) {
    return switch (function) {
      case "abs" -> Optional.of(Math::abs);
      case "sign" -> Optional.of(Math::signum);
      case "relu" -> Optional.of(x -> Math.max(0, x));
      case "floor" -> Optional.of(Math::floor);
      case "ceil" -> Optional.of(Math::ceil);
      case "round" -> Optional.of(x -> Math.floor(x + 0.5));
      case "truncate" -> Optional.of(Interval::truncated);
      case "sqrt" -> Optional.of(Math::sqrt);
      case "exp" -> Optional.of(StrictMath::exp);
      case "log" -> Optional.of(StrictMath::log);
      case "sin" -> Optional.of(StrictMath::sin);
      case "cos" -> Optional.of(StrictMath::cos);
      case "tanh" -> Optional.of(StrictMath::tanh);
      default -> Optional.empty();
    };
  }

  private static Optional<DoubleBinaryOperator> binary(String function) {
    return switch (function) {
      case "min" -> Optional.of(Math::min);
      case "max" -> Optional.of(Math::max);
      case "mod" -> Optional.of((x, m) -> x - Math.floor(x / m) * m);
      case "atan2" -> Optional.of(StrictMath::atan2);
      default -> Optional.empty();
    };
  }

  private static boolean holds(Relation relation, double a, double b) {
    return switch (relation) {
      case LESS -> a < b;
      case LESS_OR_EQUAL -> a <= b;
      case GREATER -> a > b;
      case GREATER_OR_EQUAL -> a >= b;
      case EQUAL -> a == b;
      case NOT_EQUAL -> a != b;
    };
  }
}
