package snel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PropagatorTest {
  private static final double H = 0.1;

  private static Matrix column(double... values) {
    double[][] rows = new double[values.length][1];
    for (int i = 0; i < values.length; i++) {
      rows[i][0] = values[i];
    }
    return Matrix.of(rows);
  }

  private static Matrix after(int steps, Propagator p, Matrix start) {
    Matrix x = start;
    for (int i = 0; i < steps; i++) {
      x = p.state().times(x).plus(p.input());
    }
    return x;
  }

  /// semantics.md, Ex1: v' = (20 - v)/10 ms.
  @Test
  void drivenMembrane() {
    Propagator p = Propagator.of(Matrix.of(new double[] {-0.1}), column(2), H);
    assertEquals(14.968428938804825, after(138, p, column(0)).get(0, 0), 1e-13);
    assertTrue(after(139, p, column(0)).get(0, 0) > 15);
    assertEquals(StrictMath.exp(-0.01), p.state().get(0, 0), 2e-16);
    assertEquals(-20 * StrictMath.expm1(-0.01), p.input().get(0, 0), 1e-15);
  }

  /// semantics.md, Ex12: the same in single precision, bit for bit.
  @Test
  void singlePrecisionCoefficients() {
    Propagator p = Propagator.of(Matrix.of(new double[] {-0.1}), column(2), H);
    float decay = (float) p.state().get(0, 0);
    float constant = (float) p.input().get(0, 0);
    assertEquals(0x3f7d73e8, Float.floatToRawIntBits(decay));
    assertEquals(0x3e4bc787, Float.floatToRawIntBits(constant));
    float v = 0;
    for (int i = 0; i < 138; i++) {
      v = Math.fma(decay, v, constant);
    }
    assertEquals(0x416f7eb1, Float.floatToRawIntBits(v));
  }

  private static Propagator membraneAndSynapse(double tauM, double tauS) {
    Matrix a = Matrix.of(new double[] {-1 / tauM, 1 / tauM}, new double[] {0, -1 / tauS});
    return Propagator.of(a, column(0, 0), H);
  }

  /// semantics.md, Ex2.
  @Test
  void currentSynapse() {
    Propagator p = membraneAndSynapse(20, 5);
    Matrix one = after(1, p, column(0, 1));
    assertEquals(0.9801986733067553, one.get(1, 0), 1e-15);
    assertEquals(0.0049379352953090, one.get(0, 0), 1e-15);
    assertEquals(0.0441662238075775, after(10, p, column(0, 1)).get(0, 0), 1e-14);
    assertEquals(0, p.state().get(1, 0));
  }

  /// semantics.md, Ex9, and the limit (t/tau) e^(-t/tau) from both sides.
  @Test
  void equalTimeConstantsAreNoSpecialCase() {
    Propagator equal = membraneAndSynapse(5, 5);
    assertEquals(0.1637461506, after(10, equal, column(0, 1)).get(0, 0), 1e-10);
    assertEquals(0.3678794412, after(50, equal, column(0, 1)).get(0, 0), 1e-10);
    assertEquals(0.2706705665, after(100, equal, column(0, 1)).get(0, 0), 1e-10);
    double limit = 0.02 * StrictMath.exp(-0.02);
    assertEquals(limit, equal.state().get(0, 1), 1e-16);
    for (double gap = 1e-15; gap < 1e-3; gap *= 10) {
      double above = membraneAndSynapse(5, 5 * (1 + gap)).state().get(0, 1);
      double below = membraneAndSynapse(5, 5 * (1 - gap)).state().get(0, 1);
      assertEquals(limit, above, 1e-16 + 3e-4 * gap);
      assertEquals(limit, below, 1e-16 + 3e-4 * gap);
    }
  }

  /// Two equal compartments joined by a conductance: sum and difference decay separately.
  @Test
  void twoCompartments() {
    double leak = 0.05;
    double join = 0.8;
    Matrix a = Matrix.of(new double[] {-leak - join, join}, new double[] {join, -leak - join});
    Propagator p = Propagator.of(a, column(0, 0), 2);
    double slow = StrictMath.exp(-2 * leak);
    double fast = StrictMath.exp(-2 * (leak + 2 * join));
    assertEquals((slow + fast) / 2, p.state().get(0, 0), 1e-15);
    assertEquals((slow - fast) / 2, p.state().get(0, 1), 1e-15);
  }

  /// A chain of three: the modes (1, 1, 1), (1, 0, -1), (1, -2, 1) with rates 0, join and 3 join.
  @Test
  void threeCompartments() {
    double leak = 0.05;
    double join = 0.4;
    Matrix a =
        Matrix.of(
            new double[] {-leak - join, join, 0},
            new double[] {join, -leak - 2 * join, join},
            new double[] {0, join, -leak - join});
    double t = 1.5;
    Propagator p = Propagator.of(a, column(1, 0, 0), t);
    double[] rates = {leak, leak + join, leak + 3 * join};
    double[][] modes = {{1, 1, 1}, {1, 0, -1}, {1, -2, 1}};
    double[] squares = {3, 2, 6};
    for (int i = 0; i < 3; i++) {
      double input = 0;
      for (int j = 0; j < 3; j++) {
        double state = 0;
        for (int k = 0; k < 3; k++) {
          state += modes[k][i] * modes[k][j] / squares[k] * StrictMath.exp(-rates[k] * t);
        }
        assertEquals(state, p.state().get(i, j), 1e-15);
        double part = modes[j][i] * modes[j][0] / squares[j];
        input += part * -StrictMath.expm1(-rates[j] * t) / rates[j];
      }
      assertEquals(input, p.input().get(i, 0), 1e-15);
    }
  }

  @Test
  void largeInputsCostNoPrecision() {
    Matrix a = Matrix.of(new double[] {-0.1, 0.02}, new double[] {0, -0.5});
    Propagator plain = Propagator.of(a, column(1, 0), H);
    Propagator large = Propagator.of(a, column(1e9, 0), H);
    assertEquals(1, large.input().get(0, 0) / plain.input().get(0, 0) / 1e9, 4e-16);
    assertEquals(plain.state(), large.state());
  }

  @Test
  void severalInputsAndNone() {
    Matrix a = Matrix.of(new double[] {-0.1, 0.02}, new double[] {0, -0.5});
    Matrix b = Matrix.of(new double[] {1, 0}, new double[] {0, 3});
    Propagator both = Propagator.of(a, b, H);
    assertEquals(-3 * StrictMath.expm1(-0.05) / 0.5, both.input().get(1, 1), 1e-16);
    assertEquals(0, both.input().get(1, 0));
    assertEquals(0, Propagator.of(a, Matrix.zero(2, 0), H).input().columns());
    Matrix integrator = Propagator.of(Matrix.zero(1, 1), column(5), H).input();
    assertEquals(0.5, integrator.get(0, 0), 1e-16);
  }
}
