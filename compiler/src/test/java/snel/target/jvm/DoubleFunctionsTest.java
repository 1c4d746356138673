package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.runtime.numeric.F64;

/// Functions of double precision in vectors, bit for bit as in `StrictMath`.
class DoubleFunctionsTest {
  private static final int COUNT = 1 << 18;
  private static final Buffer X = new Buffer("x", Cell.F64, Length.of(COUNT), Role.STATE);
  private static final Buffer Y = new Buffer("y", Cell.F64, Length.of(COUNT), Role.STATE);

  enum Known {
    EXP(F64::exp),
    EXPM1(F64::expm1),
    TANH(F64::tanh),
    SIGMOID(F64::sigmoid),
    EXPREL(F64::exprel);

    private final DoubleUnaryOperator java;

    Known(DoubleUnaryOperator java) {
      this.java = java;
    }

    private Function function() {
      return Function.valueOf(name());
    }
  }

  /// y = f(x), for all elements.
  private static Program program(Function function) {
    Expr i = new Expr.Read("i", Scalar.I32);
    Expr value = new Expr.Call(function, Scalar.F64, List.of(new Expr.Load(X, i)));
    Stmt loop =
        new Stmt.Loop(
            "i",
            Expr.i32(0),
            Expr.i32(COUNT),
            Stmt.Order.INDEPENDENT,
            List.of(new Stmt.Store(Y, i, value)));
    return new Program(
        "functions",
        1,
        Scalar.F64,
        0,
        List.of(
            new Buffer(Clock.NAME, Cell.I64, Length.of(Clock.SIZE), Role.CLOCK),
            new Buffer(Clock.HALT, Cell.I32, Length.of(1), Role.LOG),
            new Buffer(Clock.FAULT, Cell.I64, Length.of(3), Role.LOG),
            X,
            Y),
        List.of(),
        List.of(),
        List.of(),
        List.of(new Kernel("apply", Phase.INTEGRATE, List.of(loop))),
        List.of(),
        List.of(),
        List.of(),
        new Directory(List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  /// Where one case of the functions ends and the next begins, and their neighbours.
  private static List<Double> edges() {
    List<Double> edges = new ArrayList<>();
    List<Double> middles = new ArrayList<>();
    for (int k = -1080; k <= 1030; k++) {
      middles.add(k * Math.log(2));
      middles.add((k + 0.5) * Math.log(2));
      middles.add(Math.scalb(1.0, k));
    }
    middles.addAll(
        List.of(
            0.0,
            1.0,
            22.0,
            -0.25,
            0x1.62e42fefa39efp9,
            -0x1.74910d52d3051p9,
            Double.longBitsToDouble(0x3fd6_2e43_0000_0000L),
            Double.longBitsToDouble(0x3ff0_a2b2_0000_0000L),
            Double.longBitsToDouble(0x4043_687a_0000_0000L),
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NaN));
    for (double middle : middles) {
      for (double at : new double[] {middle, middle / 2}) {
        for (double near : new double[] {at, Math.nextUp(at), Math.nextDown(at)}) {
          edges.add(near);
          edges.add(-near);
        }
      }
    }
    return edges;
  }

  @ParameterizedTest
  @EnumSource
  void theyHaveTheBitsOfTheLibrary(Known known) {
    double[] x = new double[COUNT];
    Random random = new Random(7);
    List<Double> edges = edges();
    assertTrue(edges.size() < COUNT / 2);
    for (int k = 0; k < COUNT; k++) {
      double range = Math.scalb(1.0, random.nextInt(44) - 32);
      x[k] = k < edges.size() ? edges.get(k) : range * (2 * random.nextDouble() - 1);
    }
    var network = new JvmTarget(JvmTarget.Code.VECTOR).build(program(known.function()));
    System.arraycopy(x, 0, (double[]) network.array("x"), 0, COUNT);
    network.run(1);
    double[] y = (double[]) network.array("y");
    for (int k = 0; k < COUNT; k++) {
      double expected = known.java.applyAsDouble(x[k]);
      assertEquals(
          Double.doubleToLongBits(expected), Double.doubleToLongBits(y[k]), known + " " + x[k]);
    }
  }
}
