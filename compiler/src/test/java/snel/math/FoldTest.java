package snel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final Expr V = new Expr.Ref(Owner.SELF, "v", Kind.REAL);

  @Test
  void nothingOfWhatIsFiniteIsNothing() {
    Expr bounded = Fold.call("min", List.of(V, Expr.num(Double.POSITIVE_INFINITY)));

    assertEquals(new Expr.Num(Exact.ZERO), Fold.mul(new Expr.Num(Exact.ZERO), V));
    assertEquals(new Expr.Num(Exact.ZERO), Fold.mul(bounded, new Expr.Num(Exact.ZERO)));
  }

  @Test
  void nothingOfADivisionByZeroStaysWhatItIs() {
    Expr zero = new Expr.Num(Exact.ZERO);
    Expr endless = Fold.call("exp", List.of(Fold.div(V, zero)));

    assertEquals(new Expr.Mul(zero, endless), Fold.mul(zero, endless));
    assertEquals(new Expr.Mul(endless, zero), Fold.mul(endless, zero));
  }
}
