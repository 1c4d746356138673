package snel.elaborate;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.math.Exact;
import snel.math.Expr;
import snel.syntax.BinaryOperator;
import snel.syntax.Exponent;
import snel.syntax.Expression;
import snel.syntax.Type;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Unit;
import snel.units.UnitReading;
import snel.units.Units;

/// Numbers as written, exactly, in coherent units.
public final class Literals {
  /// Functions whose value is in the unit of their arguments.
  private static final Set<String> KEEP_THE_UNIT =
      Set.of(
          "uniform",
          "normal",
          "lognormal",
          "gamma",
          "exponential",
          "min",
          "max",
          "abs",
          "clip",
          "to_step",
          "sum",
          "mean",
          "linspace");

  private static final Set<String> PLAIN_TYPES = Set.of("1", "real", "int", "bool");

  private Literals() {}

  static Expr number(String text) {
    return new Expr.Num(Exact.of(rational(text)));
  }

  static Rational rational(String text) {
    return Rational.parse(text.replace("_", "")).orElse(Rational.ZERO);
  }

  static Expr quantity(Expression.Quantity quantity) {
    Rational number = rational(quantity.number());
    return new Expr.Num(
        Exact.of(
            switch (Units.read(quantity.unit().text())) {
              case UnitReading.Known(var unit) -> unit.stored(number);
              case UnitReading.Unknown _, UnitReading.Malformed _ -> number;
            }));
  }

  /// The unit first written in an expression, for showing values as the author does.
  public static Optional<String> unitIn(Expression expression) {
    return switch (expression) {
      case Expression.Quantity(_, var unit, _) -> Optional.of(unit.text());
      case Expression.Unary(_, var a, _) -> unitIn(a);
      // products, quotients and powers of what has a unit have another one
      case Expression.Binary(var operator, var a, var b, _) when isProduct(operator, a, b) ->
          Optional.empty();
      case Expression.Binary(_, var a, var b, _) -> unitIn(a).or(() -> unitIn(b));
      case Expression.Group(var a, _) -> unitIn(a);
      case Expression.Conditional(_, var a, var b, _) -> unitIn(a).or(() -> unitIn(b));
      case Expression.Call(Expression.Variable(var name, _), var arguments, _)
          when KEEP_THE_UNIT.contains(name.text()) ->
          arguments.stream().flatMap(a -> unitIn(a.value()).stream()).findFirst();
      case Expression.Array(var elements, _) ->
          elements.stream().flatMap(e -> unitIn(e).stream()).findFirst();
      default -> Optional.empty();
    };
  }

  private static boolean isProduct(BinaryOperator operator, Expression a, Expression b) {
    return switch (operator) {
      case POWER -> unitIn(a).isPresent();
      case DIVIDE -> unitIn(b).isPresent();
      case TIMES -> unitIn(a).isPresent() && unitIn(b).isPresent();
      default -> false;
    };
  }

  /// The unit in which a variable is shown: that of its value, else the usual one of its type.
  public static String unitOf(@Nullable Expression value, @Nullable Type type) {
    Optional<Dimension> dimension = dimension(type);
    Optional<String> written = value == null ? Optional.empty() : unitIn(value);
    return written
        .filter(unit -> dimension.isEmpty() || isOf(unit, dimension.get()))
        .or(() -> dimension.map(Literals::usualUnit))
        .orElse("");
  }

  /// Whether a unit that stands somewhere in a value is that of the whole: not so in `0 mV / 1 ms`.
  static boolean isOf(String unit, Dimension dimension) {
    return Units.read(unit) instanceof UnitReading.Known(var known)
        && known.dimension().equals(dimension);
  }

  /// Whether two units are of one dimension.
  static boolean areAlike(String one, String other) {
    return Units.read(other) instanceof UnitReading.Known(var known)
        && isOf(one, known.dimension());
  }

  /// The usual unit of a type that says what it is of; that is not known of `any` and `like w`.
  static Optional<String> unitOf(Type type) {
    return dimension(type).map(Literals::usualUnit);
  }

  private static String usualUnit(Dimension dimension) {
    return dimension.equals(Dimension.FREQUENCY) ? "Hz" : Unit.coherent(dimension).text();
  }

  private static Optional<Dimension> dimension(@Nullable Type type) {
    if (!(type instanceof Type.Product(var factors, _, _))) {
      return Optional.empty();
    }
    Dimension product = Dimension.PLAIN;
    for (Type.Factor factor : factors) {
      Optional<Dimension> named = named(factor);
      if (named.isEmpty()) {
        return Optional.empty();
      }
      product = factor.divides() ? product.dividedBy(named.get()) : product.times(named.get());
    }
    return Optional.of(product);
  }

  /// Of a factor by itself, be it multiplied or divided by.
  private static Optional<Dimension> named(Type.Factor factor) {
    String word = factor.name() == null ? "1" : factor.name().text();
    Optional<Dimension> named =
        PLAIN_TYPES.contains(word) ? Optional.of(Dimension.PLAIN) : Dimension.named(word);
    Exponent exponent = factor.exponent();
    return exponent == null
        ? named
        : named.map(d -> d.power(Rational.of(exponent.numerator(), exponent.denominator())));
  }

  /// Stored value = shown value times this.
  public static double factor(String unit) {
    return unit.isEmpty()
        ? 1
        : switch (Units.read(unit)) {
          case UnitReading.Known(var known) -> known.factor().toDouble();
          case UnitReading.Unknown _, UnitReading.Malformed _ -> 1;
        };
  }
}
