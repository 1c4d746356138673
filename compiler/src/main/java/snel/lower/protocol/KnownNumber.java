package snel.lower.protocol;

import java.util.OptionalDouble;
import snel.ir.protocol.Term;

/// The number that a term is, where that is known before the run.
final class KnownNumber {
  private KnownNumber() {}

  static OptionalDouble of(Term term) {
    return switch (term) {
      case Term.Number(double value) -> OptionalDouble.of(value);
      case Term.Whole(long value) -> OptionalDouble.of(value);
      case Term.Negate(Term operand) -> {
        OptionalDouble value = of(operand);
        yield value.isPresent() ? OptionalDouble.of(-value.getAsDouble()) : value;
      }
      default -> OptionalDouble.empty();
    };
  }
}
