package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

class ShapedLoopTest {
  private static Buffer state(String name, int length) {
    return new Buffer(name, Cell.F32, Length.of(length), Role.STATE);
  }

  /// `each index in 0 ..< length { let local = v[index]; v[index] = fma(factor, local, g[index])
  /// }`.
  private static Stmt.Loop decay(String index, String local, Buffer v, Buffer g, float factor) {
    int length = (int) ((Length.Fixed) v.length()).count();
    Expr at = new Expr.Read(index, Scalar.I32);
    return new Stmt.Loop(
        index,
        Expr.i32(0),
        Expr.i32(length),
        Stmt.Order.INDEPENDENT,
        List.of(
            new Stmt.Let(local, new Expr.Load(v, at)),
            new Stmt.Store(
                v,
                at,
                new Expr.Fma(
                    Expr.f32(factor), new Expr.Read(local, Scalar.F32), new Expr.Load(g, at)))));
  }

  @Test
  void loopsThatDifferInArraysNumbersAndNamesHaveOneShape() {
    Buffer v = state("E.v", 800);
    Buffer g = state("E.g", 800);
    ShapedLoop one = ShapedLoop.of(decay("i", "old", v, g, 0.99f), 512);
    ShapedLoop other =
        ShapedLoop.of(decay("j", "last", state("I.v", 320), state("I.g", 320), 0.5f), 512);
    assertEquals(one.shape(), other.shape());
    assertEquals(List.of(v, g), one.arrays());
    assertEquals(List.of(Expr.f32(0.99f)), one.arguments());
    assertEquals("([F[FFII)V", one.shape().descriptor());
  }

  @Test
  void anArrayInPlaceOfAnotherMakesAnotherShape() {
    Buffer v = state("E.v", 800);
    assertNotEquals(
        ShapedLoop.of(decay("i", "old", v, state("E.g", 800), 0.99f), 512).shape(),
        ShapedLoop.of(decay("i", "old", v, v, 0.99f), 512).shape());
  }

  @Test
  void whatIsAddedToTheIndexIsAParameter() {
    Buffer ring = state("ring", 800);
    Expr slot = new Expr.Read("slot", Scalar.I32);
    Expr at = new Expr.Binary(BinaryOp.ADD, slot, new Expr.Read("i", Scalar.I32));
    Stmt.Loop clear =
        new Stmt.Loop(
            "i",
            Expr.i32(0),
            Expr.i32(100),
            Stmt.Order.INDEPENDENT,
            List.of(new Stmt.Store(ring, at, Expr.f32(0))));
    assertEquals(List.of(slot, Expr.f32(0)), ShapedLoop.of(clear, 512).arguments());
  }
}
