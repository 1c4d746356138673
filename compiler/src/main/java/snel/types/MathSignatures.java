package snel.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.units.Rational;

/// The signatures of the mathematical functions that every program knows. Those that work element
/// by element take arrays too; that is the caller's business.
public final class MathSignatures {
  private static final DimensionTerm ANY = DimensionTerm.of(new DimensionVariable("", 0, false));
  private static final Type AMOUNT = new Type.Real(ANY);

  private MathSignatures() {}

  public static Optional<Signature> of(String name) {
    return switch (name) {
      case "exp", "expm1", "exprel", "log", "log1p", "logit", "sigmoid" -> plain(name);
      case "sin", "cos", "tan", "sinh", "cosh", "tanh", "erf" -> plain(name);
      case "atan" -> plain(name);
      case "abs", "relu" -> same(name, "x");
      case "min", "max" -> same(name, "x", "y");
      case "mod" -> same(name, "x", "y");
      case "clip" -> same(name, "x", "lowest", "highest");
      case "sqrt" -> powered(name, Rational.of(1, 2));
      case "sign" -> powered(name, Rational.ZERO);
      case "floor", "ceil", "round", "truncate" ->
          Optional.of(new Signature(name, Signature.plain(name, "x").parameters(), Type.INT));
      default -> Optional.empty();
    };
  }

  private static Optional<Signature> plain(String name) {
    return Optional.of(Signature.plain(name, "x"));
  }

  private static Optional<Signature> same(String name, String... parameters) {
    var list = new ArrayList<Signature.Parameter>();
    for (String parameter : parameters) {
      list.add(new Signature.Parameter(parameter, AMOUNT, false));
    }
    return Optional.of(new Signature(name, list, AMOUNT));
  }

  private static Optional<Signature> powered(String name, Rational exponent) {
    var parameter = new Signature.Parameter("x", AMOUNT, false);
    return Optional.of(new Signature(name, List.of(parameter), new Type.Real(ANY.power(exponent))));
  }
}
