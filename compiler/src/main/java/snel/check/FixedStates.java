package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.Binding;
import snel.types.Type;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Unit;
import snel.units.UnitReading;
import snel.units.Units;

/// A `fixed` state with a dimension says in which unit its bits count (E0221), and its initial
/// value fits into them (E0222). Other states have no bits to count (E0515).
final class FixedStates {
  private FixedStates() {}

  static void check(Context context, Scope scope, Binding binding, Type declared) {
    if (!(context.resolved(declared).single() instanceof Type.Fixed fixed)) {
      if (binding.storedIn() != null && context.resolved(declared).single() instanceof Type.Real) {
        context.report(notFixed(binding));
      }
      return;
    }
    if (fixed.dimension().fixed().isEmpty()) {
      return;
    }
    Dimension dimension = fixed.dimension().fixed().get();
    if (binding.storedIn() == null && !dimension.isPlain()) {
      context.report(
          Diagnostic.of(
                  Code.FIXED_WITHOUT_UNIT,
                  "`"
                      + binding.name().text()
                      + "` is a fixed-point "
                      + dimension
                      + ": in which unit is it stored?",
                  binding.name().span(),
                  "one bit must mean an amount")
              .help(
                  "write `stored in "
                      + Unit.coherent(dimension).text()
                      + "` behind the initial value"));
      return;
    }
    Rational unit = Rational.ONE;
    if (binding.storedIn() != null) {
      if (!(Units.read(binding.storedIn().text()) instanceof UnitReading.Known(var known))) {
        return;
      }
      if (!known.dimension().equals(dimension)) {
        context.report(
            Diagnostic.of(
                    Code.UNLIKE_ASSIGNMENT,
                    "`"
                        + binding.name().text()
                        + "` is "
                        + dimension.described()
                        + ", but `"
                        + known.text()
                        + "` is the unit of "
                        + known.dimension().described(),
                    binding.storedIn().span(),
                    "another dimension")
                .label(binding.name().span(), "declared here"));
        return;
      }
      unit = known.factor();
    }
    if (binding.value() != null) {
      initial(context, scope, binding, fixed, unit);
    }
  }

  private static Diagnostic notFixed(Binding binding) {
    String unit = java.util.Objects.requireNonNull(binding.storedIn()).text();
    return Diagnostic.of(
            Code.NO_MEANING_HERE,
            "`" + binding.name().text() + "` is no fixed-point number, so it is stored in no unit",
            binding.storedIn().span(),
            "has no meaning for a real number")
        .help(
            "leave `stored in "
                + unit
                + "` out: reports show `"
                + binding.name().text()
                + "` in the unit of its initial value; or give it a `fixed(…)` type");
  }

  private static void initial(
      Context context, Scope scope, Binding binding, Type.Fixed fixed, Rational unit) {
    if (binding.value() == null) {
      return;
    }
    Optional<Rational> value =
        Constants.BY_DEFAULT.value(binding.value(), scope).map(v -> v.dividedBy(unit));
    Rational limit = Rational.of(2).power(fixed.integer() - 1);
    boolean fits =
        value.filter(v -> v.compareTo(limit) >= 0 || v.compareTo(limit.negated()) < 0).isEmpty();
    if (!fits) {
      context.report(
          Diagnostic.of(
                  Code.FIXED_OVERFLOW,
                  "`"
                      + Wording.text(binding.value().span())
                      + "` does not fit into `fixed("
                      + fixed.integer()
                      + ", "
                      + fixed.fraction()
                      + ")`",
                  binding.value().span(),
                  "too large")
              .note("it holds -" + limit.numerator() + " up to almost " + limit.numerator()));
    }
  }
}
