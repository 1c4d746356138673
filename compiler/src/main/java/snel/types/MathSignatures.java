package snel.types;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import snel.units.Rational;

/// The signatures of the mathematical functions that every program knows. Those that work element
/// by element take arrays too; that is the caller's business.
public final class MathSignatures {
  private static final DimensionTerm ANY = DimensionTerm.of(new DimensionVariable("", 0, false));
  private static final Type AMOUNT = new Type.Real(ANY);

  private static final Map<String, Signature> KNOWN =
      Stream.of(
              plain("exp", "expm1", "exprel", "log", "log1p", "logit", "sigmoid"),
              plain("sin", "cos", "tan", "atan", "sinh", "cosh", "tanh"),
              Stream.of(same("abs", "x"), same("relu", "x")),
              Stream.of(same("min", "x", "y"), same("max", "x", "y"), same("mod", "x", "y")),
              Stream.of(same("clip", "x", "lowest", "highest")),
              Stream.of(scaled("decay", "x", "factor")),
              Stream.of(powered("sqrt", Rational.of(1, 2)), powered("sign", Rational.ZERO)),
              Stream.of("floor", "ceil", "round", "truncate").map(MathSignatures::rounding))
          .flatMap(signatures -> signatures)
          .collect(Collectors.toUnmodifiableMap(Signature::name, signature -> signature));

  private MathSignatures() {}

  public static Optional<Signature> of(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }

  /// The names of all of them.
  public static Set<String> names() {
    return KNOWN.keySet();
  }

  private static Stream<Signature> plain(String... names) {
    return Arrays.stream(names).map(name -> Signature.plain(name, "x"));
  }

  private static Signature rounding(String name) {
    return new Signature(name, Signature.plain(name, "x").parameters(), Type.INT);
  }

  private static Signature same(String name, String... parameters) {
    var list = new ArrayList<Signature.Parameter>();
    for (String parameter : parameters) {
      list.add(new Signature.Parameter(parameter, AMOUNT, false));
    }
    return new Signature(name, list, AMOUNT);
  }

  private static Signature scaled(String name, String amount, String factor) {
    return new Signature(
        name,
        List.of(
            new Signature.Parameter(amount, AMOUNT, false),
            new Signature.Parameter(factor, Type.PLAIN, false)),
        AMOUNT);
  }

  private static Signature powered(String name, Rational exponent) {
    var parameter = new Signature.Parameter("x", AMOUNT, false);
    return new Signature(name, List.of(parameter), new Type.Real(ANY.power(exponent)));
  }
}
