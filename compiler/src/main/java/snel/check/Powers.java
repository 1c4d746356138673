package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Type;
import snel.units.Rational;

/// `x^n`: `n` is plain, and constant where `x` has a dimension, since the dimension of the power
/// depends on it. E0210.
final class Powers {
  private static final Rational LARGEST = Rational.of(64);

  private final Expressions expressions;
  private final Context context;

  Powers(Expressions expressions) {
    this.expressions = expressions;
    this.context = expressions.context();
  }

  Type type(Expression.Binary binary) {
    Type base = expressions.resolved(binary.left());
    Type exponent = expressions.resolved(binary.right());
    if (!NumbersOnly.hold(context, base, binary.left(), exponent, binary.right())
        || !UnlikeShapes.hold(context, binary, base, exponent)) {
      return Type.UNKNOWN;
    }
    if (!exponentIsPlain(exponent)) {
      return context.faulty(
          fault(
              binary,
              "an exponent is a plain number, but `"
                  + Wording.text(binary.right().span())
                  + "` is "
                  + Wording.described(exponent)));
    }
    Optional<Rational> value = Constants.SURE.value(binary.right(), expressions.scope());
    if (value.isPresent() && value.get().abs().compareTo(LARGEST) <= 0) {
      return Agreeing.like(constant(base, value.get()), base, exponent);
    }
    return free(binary, base, exponent);
  }

  private boolean exponentIsPlain(Type exponent) {
    return Wording.isOpen(exponent) || context.sameDimension(exponent, Type.PLAIN);
  }

  private static Type constant(Type base, Rational exponent) {
    if (base.single() instanceof Type.Int && exponent.isWhole() && exponent.signum() >= 0) {
      return Type.INT;
    }
    return base.single()
        .numberDimension()
        .<Type>map(term -> new Type.Real(term.power(exponent)))
        .orElse(Type.UNKNOWN);
  }

  private Type free(Expression.Binary binary, Type base, Type exponent) {
    if (Wording.isOpen(base)) {
      return Type.UNKNOWN;
    }
    if (Wording.fitsAll(base) || Wording.isPlain(base)) {
      boolean whole = base.single() instanceof Type.Int && exponent.single() instanceof Type.Int;
      return Agreeing.like(whole ? Type.INT : Type.PLAIN, base, exponent);
    }
    return context.faulty(
        fault(
                binary,
                "the exponent of "
                    + Wording.described(base)
                    + " must be a constant number, since the dimension depends on it")
            .label(binary.left().span(), "this is " + Wording.described(base))
            .help("write the number, or make the base plain first: divide it by an amount"));
  }

  private static Diagnostic fault(Expression.Binary binary, String message) {
    return Diagnostic.of(Code.BAD_EXPONENT, message, binary.right().span(), "the exponent");
  }
}
