package snel.elaborate;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.math.Kind;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.Type;
import snel.syntax.UnitText;
import snel.units.Rational;
import snel.units.UnitReading;
import snel.units.Units;

/// The number kind that a written type stands for.
public final class Kinds {
  private Kinds() {}

  public static Kind of(Type type) {
    if (!(type instanceof Type.Product(var factors, _, _))) {
      return Kind.REAL;
    }
    for (Type.Factor factor : factors) {
      if (factor.name() == null) {
        continue;
      }
      switch (factor.name().text()) {
        case "int" -> {
          return Kind.INT;
        }
        case "bool" -> {
          return Kind.BOOL;
        }
        case "fixed" -> {
          return fixed(factor.arguments());
        }
        default -> {}
      }
    }
    return Kind.REAL;
  }

  private static Kind fixed(List<Argument> arguments) {
    if (arguments.size() >= 2
        && arguments.get(0).value() instanceof Expression.Number(var i, _)
        && arguments.get(1).value() instanceof Expression.Number(var f, _)) {
      return new Kind.Fixed(
          Integer.parseInt(i),
          Integer.parseInt(f),
          Rational.ONE,
          word(arguments, "rounding").map(Kinds::rounding).orElse(Kind.Rounding.USUAL),
          word(arguments, "overflow").map(Kinds::overflow).orElse(Kind.Overflow.SATURATE));
    }
    return Kind.REAL;
  }

  private static Optional<String> word(List<Argument> arguments, String name) {
    return arguments.stream()
        .filter(a -> a.name() != null && a.name().text().equals(name))
        .map(a -> a.value() instanceof Expression.Variable(var word, _) ? word.text() : "")
        .findFirst();
  }

  private static Kind.Rounding rounding(String word) {
    return switch (word) {
      case "floor" -> Kind.Rounding.FLOOR;
      case "nearest" -> Kind.Rounding.NEAREST;
      case "zero" -> Kind.Rounding.ZERO;
      case "stochastic" -> Kind.Rounding.STOCHASTIC;
      default -> Kind.Rounding.USUAL;
    };
  }

  private static Kind.Overflow overflow(String word) {
    return switch (word) {
      case "wrap" -> Kind.Overflow.WRAP;
      case "lava" -> Kind.Overflow.LAVA;
      default -> Kind.Overflow.SATURATE;
    };
  }

  /// The same kind whose 1.0 is one of the unit that it is `stored in`.
  static Kind stored(Kind kind, @Nullable UnitText unit) {
    return kind instanceof Kind.Fixed fixed
            && unit != null
            && Units.read(unit.text()) instanceof UnitReading.Known(var known)
        ? fixed.in(known.factor())
        : kind;
  }

  public static boolean isSpikes(Type type) {
    return type instanceof Type.Product(var factors, _, _)
        && factors.size() == 1
        && factors.get(0).name() != null
        && factors.get(0).name().text().equals("spikes");
  }

  /// The constant shape of a type, empty for a single value.
  public static Optional<List<Integer>> shape(Type type, Evaluator evaluator) {
    if (!(type instanceof Type.Product(_, var shape, _))) {
      return Optional.of(List.of());
    }
    return sizes(shape, evaluator);
  }

  static Optional<List<Integer>> sizes(List<Expression> shape, Evaluator evaluator) {
    List<Integer> sizes = new java.util.ArrayList<>();
    long all = 1;
    for (Expression size : shape) {
      Optional<Long> value = evaluator.whole(size, "a size");
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (value.get() <= 0) {
        evaluator
            .context()
            .fault(
                snel.diagnostics.Code.BAD_SIZE,
                "a size must be a positive whole number, but this is " + value.get(),
                size.span());
        return Optional.empty();
      }
      if (value.get() > Integer.MAX_VALUE / all) {
        evaluator
            .context()
            .fault(
                snel.diagnostics.Code.BAD_SIZE,
                "at most " + Integer.MAX_VALUE + " elements can stand together",
                size.span());
        return Optional.empty();
      }
      all *= value.get();
      sizes.add((int) (long) value.get());
    }
    return Optional.of(sizes);
  }
}
