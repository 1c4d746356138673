package snel.check;

import java.math.BigInteger;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Expression;
import snel.types.Type;
import snel.units.Rational;

/// A real number goes into an `int` only by a rounding that says what is lost. E0211; what does not
/// fit into 64 bits is E0212.
final class Wholes {
  private static final Rational LEAST = Rational.of(BigInteger.valueOf(Long.MIN_VALUE));
  private static final Rational GREATEST = Rational.of(BigInteger.valueOf(Long.MAX_VALUE));

  private Wholes() {}

  /// @param receiver what wants the whole number
  static void check(Context context, Scope scope, Type found, Expression value, String receiver) {
    Optional<Rational> constant = Constants.BY_DEFAULT.value(value, scope);
    if (constant.isPresent()) {
      constant(context, constant.get(), value, receiver);
      return;
    }
    boolean whole =
        found.single() instanceof Type.Int || Wording.isOpen(found) || Wording.fitsAll(found);
    if (whole || !Changing.inTime(value, scope)) {
      return;
    }
    String text = Wording.text(value.span());
    context.report(
        Diagnostic.of(
                Code.WHOLE_NUMBER_WANTED,
                receiver + " is an `int`, but `" + text + "` need not be whole",
                value.span(),
                "this is a real number")
            .fix("write `round(" + text + ")`", value.span(), "round(" + text + ")")
            .note("`floor`, `ceil` and `truncate` round in other ways"));
  }

  private static void constant(
      Context context, Rational constant, Expression value, String receiver) {
    if (!constant.isWhole()) {
      context.report(
          Diagnostic.of(
              Code.WHOLE_NUMBER_WANTED,
              receiver + " is an `int`, but `" + Wording.text(value.span()) + "` is not whole",
              value.span(),
              "not a whole number"));
    } else if (constant.compareTo(LEAST) < 0 || constant.compareTo(GREATEST) > 0) {
      context.report(
          Diagnostic.of(
                  Code.INTEGER_OVERFLOW,
                  "`" + Wording.text(value.span()) + "` does not fit into 64 bits",
                  value.span(),
                  "this is " + constant.numerator())
              .help("a `real` holds larger numbers, with 7 or 16 digits"));
    }
  }
}
