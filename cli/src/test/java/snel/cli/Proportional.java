package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Numbers that stand to one another as others do.
final class Proportional {
  private Proportional() {}

  /// @param expected at least as many as are found; more are not looked at
  /// @param tolerance a share of the largest that is expected
  static void assertProportional(double[] expected, double[] found, double tolerance) {
    double product = 0;
    double length = 0;
    double most = 0;
    for (int k = 0; k < found.length; k++) {
      product += found[k] * expected[k];
      length += expected[k] * expected[k];
      most = Math.max(most, Math.abs(expected[k]));
    }
    for (int k = 0; k < found.length; k++) {
      assertEquals(expected[k], found[k] * length / product, tolerance * most, "number " + k);
    }
  }
}
