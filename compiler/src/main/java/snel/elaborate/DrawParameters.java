package snel.elaborate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Which parameters a distribution can have.
public final class DrawParameters {
  private DrawParameters() {}

  /// What is wrong with them.
  ///
  /// @param values those that are known before anything runs, in the order of [snel.math.Expr.Draw]
  public static Optional<String> fault(String distribution, List<OptionalDouble> values) {
    return switch (distribution) {
      case "normal" -> below(values, 1, "standard deviation");
      case "lognormal" ->
          notAbove(values, 0, "mean").or(() -> below(values, 1, "standard deviation"));
      case "gamma" ->
          notAbove(values, 0, "mean").or(() -> notAbove(values, 1, "standard deviation"));
      case "exponential" -> below(values, 0, "mean");
      case "bernoulli" -> noChance(values, 0);
      case "binomial" -> below(values, 0, "number of trials").or(() -> noChance(values, 1));
      default -> Optional.empty();
    };
  }

  private static Optional<String> below(List<OptionalDouble> values, int at, String what) {
    return values.get(at).orElse(0) < 0
        ? Optional.of("wants a " + what + " that is not below 0")
        : Optional.empty();
  }

  private static Optional<String> notAbove(List<OptionalDouble> values, int at, String what) {
    return values.get(at).orElse(1) <= 0
        ? Optional.of("wants a " + what + " above 0")
        : Optional.empty();
  }

  private static Optional<String> noChance(List<OptionalDouble> values, int at) {
    double p = values.get(at).orElse(0);
    return p < 0 || p > 1 ? Optional.of("wants a probability from 0 to 1") : Optional.empty();
  }
}
