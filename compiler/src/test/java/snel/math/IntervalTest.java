package snel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bounds of calls of what lies in a range: tight where the function is monotone, and never too
/// narrow.
class IntervalTest {
  private static final Expr INDEX = new Expr.Ref(Owner.POST, "index", Kind.INT);
  private static final Expr X = new Expr.Ref(Owner.POST, "x", Kind.REAL);

  private static Interval of(Expr expression, double low, double high) {
    return Interval.of(expression, ref -> new Interval(low, high));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 9, 4, 0, 3",
    "0, 2, 4, 0, 2",
    "-5, 9, 4, 0, 3",
    "-5, 9, -4, -3, 0",
  })
  void theRemainderOfWholeNumbers(int low, int high, int m, double least, double most) {
    Expr mod = new Expr.Call("mod", List.of(INDEX, Expr.num(m)));
    Interval bounds = of(mod, low, high);
    assertEquals(new Interval(least, most), bounds);
    for (int x = low; x <= high; x++) {
      int value = m > 0 ? Math.floorMod(x, m) : -Math.floorMod(-x, -m);
      assertTrue(value >= bounds.low() && value <= bounds.high(), x + " mod " + m);
    }
  }

  @Test
  void theRemainderOfRealsReachesTheDivisor() {
    Expr mod = new Expr.Call("mod", List.of(X, Expr.num(4)));
    assertEquals(new Interval(0, 4), of(mod, -1, 9));
    assertEquals(Interval.UNKNOWN, of(new Expr.Call("mod", List.of(X, X)), -1, 9));
  }

  @ParameterizedTest
  @CsvSource({
    "floor, -2, 2",
    "ceil, -1, 3",
    "round, -1, 3",
    "truncate, -1, 2",
    "sign, -1, 1",
    "relu, 0, 2.6",
  })
  void functionsThatRise(String function, double least, double most) {
    assertEquals(new Interval(least, most), of(new Expr.Call(function, List.of(X)), -1.4, 2.6));
  }

  /// 0.3 * 21 + 0.05 in single precision, fused and not, against bounds of the exact numbers.
  @Test
  void whatIsComputedLiesWithinItsBounds() {
    Expr product = new Expr.Mul(Expr.num(0.3), INDEX);
    Expr sum = new Expr.Add(product, Expr.num(0.05));
    Interval single = Interval.of(sum, ref -> new Interval(0, 21), Precision.SINGLE);
    assertTrue(single.high() >= Math.fma(0.3f, 21f, 0.05f));
    assertTrue(single.high() >= 0.3f * 21f + 0.05f);
    assertTrue(single.high() < 6.35 + 1e-4);
    Interval twice = Interval.of(sum, ref -> new Interval(0, 21), Precision.DOUBLE);
    assertTrue(twice.high() >= Math.fma(0.3, 21, 0.05));
    assertTrue(twice.high() < 6.35 + 1e-12);
  }

  @Test
  void aBoundedNumberStaysWithinItsBounds() {
    Expr clipped = new Expr.Call("clip", List.of(X, Expr.num(0), Expr.num(20)));
    assertEquals(
        new Interval(0, 20), Interval.of(clipped, _ -> Interval.UNKNOWN, Precision.SINGLE));
  }
}
