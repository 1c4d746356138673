package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

class SureBoundsTest {
  private static final Buffer WEIGHT = buffer("weight");
  private static final Buffer JOINED = buffer("joined");
  private static final Expr HERE = new Expr.Read("i", Scalar.I32);

  private static Buffer buffer(String name) {
    return new Buffer(name, Cell.F32, Length.of(64), Role.PLASTIC);
  }

  private static Build storing(Buffer to, Expr value) {
    List<Stmt> body =
        List.of(new Stmt.Let("x", value), new Stmt.Store(to, HERE, new Expr.Read("x", Scalar.F32)));
    Stmt loop = new Stmt.Loop("i", Expr.i32(0), Expr.i32(64), Stmt.Order.SEQUENTIAL, body);
    return new Build.Run(new Kernel(to.name(), Phase.BUILD, List.of(loop)));
  }

  private static Expr drawn(Function function) {
    Expr zero = Expr.i32(0);
    return new Expr.Call(
        function, Scalar.F32, List.of(new Expr.Philox(zero, HERE, zero, zero, zero, zero)));
  }

  private static Expr binary(BinaryOp op, Expr left, Expr right) {
    return new Expr.Binary(op, left, right);
  }

  private static boolean areFinite(Buffer buffer, Build... steps) {
    return new SureBounds(List.of(steps)).areFinite(buffer);
  }

  @Test
  void drawnNumbersOfABoundedDistributionAreFinite() {
    Expr scaled = new Expr.Fma(drawn(Function.UNIFORM), Expr.f32(0.5f), Expr.f32(-3));
    assertTrue(areFinite(WEIGHT, storing(WEIGHT, scaled)));
    assertTrue(areFinite(WEIGHT, storing(WEIGHT, drawn(Function.NORMAL))));
    assertTrue(areFinite(WEIGHT));
  }

  @Test
  void whatMayOverflowIsNotSure() {
    Expr inverse = binary(BinaryOp.DIV, Expr.f32(1), drawn(Function.UNIFORM));
    assertFalse(areFinite(WEIGHT, storing(WEIGHT, inverse)));
    assertFalse(areFinite(WEIGHT, storing(WEIGHT, drawn(Function.EXP))));
    Expr large = binary(BinaryOp.MUL, Expr.f32(1e20f), Expr.f32(1e20f));
    assertFalse(areFinite(WEIGHT, storing(WEIGHT, large)));
    assertFalse(areFinite(WEIGHT, storing(WEIGHT, Expr.f32(Float.NaN))));
    Expr none = binary(BinaryOp.MUL, Expr.f32(Float.POSITIVE_INFINITY), Expr.f32(0));
    assertFalse(areFinite(WEIGHT, storing(WEIGHT, none)));
  }

  @Test
  void copiesAreAsSureAsWhatIsCopied() {
    Build copy = storing(JOINED, new Expr.Load(WEIGHT, HERE));
    assertTrue(areFinite(JOINED, storing(WEIGHT, drawn(Function.UNIFORM)), copy));
    assertFalse(areFinite(JOINED, storing(WEIGHT, Expr.f32(Float.NaN)), copy));
  }

  @Test
  void whatGrowsFromItselfIsNotSure() {
    Expr twice = binary(BinaryOp.ADD, new Expr.Load(WEIGHT, HERE), new Expr.Load(WEIGHT, HERE));
    assertFalse(areFinite(WEIGHT, storing(WEIGHT, twice)));
  }

  @Test
  void valuesThatAreKnownCount() {
    assertTrue(areFinite(WEIGHT, new Build.Fill(WEIGHT, new double[] {1, -2})));
    assertFalse(areFinite(WEIGHT, new Build.Fill(WEIGHT, new double[] {1, Double.NaN})));
    List<Build> steps = new ArrayList<>();
    steps.add(new Build.Fill(WEIGHT, new double[] {Double.POSITIVE_INFINITY}));
    steps.add(storing(WEIGHT, drawn(Function.UNIFORM)));
    assertFalse(new SureBounds(steps).areFinite(WEIGHT));
  }
}
