package snel.runtime.schedule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/// Stored numbers in the unit that they are shown in.
public final class InUnit {
  /// Any number of so many digits comes back whole through a double.
  private static final MathContext CERTAIN = new MathContext(15, RoundingMode.HALF_EVEN);

  /// What storing a number, the factor of the unit and dividing by it may change, as a share.
  private static final double CHANGED = 0x1p-51;

  private InUnit() {}

  /// 0.043 nA are 43 pA, not 42.99999999999999: the number of fifteen digits is taken where the
  /// conversion cannot tell it from what it gives.
  ///
  /// @param factor stored = shown * factor
  public static double of(double stored, double factor) {
    double divided = stored / factor;
    if (factor == 1 || !Double.isFinite(divided)) {
      return divided;
    }
    double round = new BigDecimal(divided).round(CERTAIN).doubleValue();
    return Math.abs(round - divided) <= Math.abs(divided) * CHANGED ? round : divided;
  }

  public static double[] of(double[] stored, double factor) {
    return Arrays.stream(stored).map(each -> of(each, factor)).toArray();
  }
}
