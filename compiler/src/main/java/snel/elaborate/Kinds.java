package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.math.Kind;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.Type;

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
    if (arguments.size() == 2
        && arguments.get(0).value() instanceof Expression.Number(var i, _)
        && arguments.get(1).value() instanceof Expression.Number(var f, _)) {
      return new Kind.Fixed(Integer.parseInt(i), Integer.parseInt(f));
    }
    return Kind.REAL;
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
      sizes.add((int) (long) value.get());
    }
    return Optional.of(sizes);
  }
}
