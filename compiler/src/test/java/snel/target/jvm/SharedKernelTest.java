package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

class SharedKernelTest {
  private static Buffer buffer(String name) {
    return new Buffer(name, Cell.F32, Length.of(64), Role.STATE);
  }

  /// `for i in 0 ..< count { to[i] = from[i] * factor + 0.5 }`.
  private static Kernel kernel(
      String name, Buffer from, Buffer to, int count, float factor, Stmt.Order order) {
    Expr i = new Expr.Read("i", Scalar.I32);
    Expr scaled = new Expr.Binary(BinaryOp.MUL, new Expr.Load(from, i), Expr.f32(factor));
    Expr value = new Expr.Binary(BinaryOp.ADD, scaled, Expr.f32(0.5f));
    return new Kernel(
        name,
        Phase.DELIVER,
        List.of(
            new Stmt.Loop(
                "i", Expr.i32(0), Expr.i32(count), order, List.of(new Stmt.Store(to, i, value)))));
  }

  private static List<Kernel> three(Stmt.Order order) {
    return List.of(
        kernel("a", buffer("x"), buffer("y"), 3, 1.5f, order),
        kernel("b", buffer("z"), buffer("x"), 4, 1.5f, order),
        kernel("c", buffer("y"), buffer("z"), 5, 2.5f, order));
  }

  @Test
  void numbersThatDifferAreParametersAndOthersStay() {
    Map<String, SharedKernel.Use> uses = SharedKernel.of(three(Stmt.Order.SEQUENTIAL));
    assertEquals(3, uses.size());
    assertEquals(1, uses.values().stream().map(SharedKernel.Use::shared).distinct().count());
    SharedKernel.Use use = Objects.requireNonNull(uses.get("c"));
    assertEquals(List.of(buffer("z"), buffer("y")), use.arrays());
    assertEquals(List.of(Expr.i32(5), Expr.f32(2.5f)), use.arguments());
  }

  /// Whether and how it is done in vectors depends on them.
  @Test
  void loopsForVectorsOfOtherLengthsDoNotShare() {
    assertEquals(Map.of(), SharedKernel.of(three(Stmt.Order.INDEPENDENT)));
  }

  @Test
  void anArrayInPlaceOfAnotherIsAnotherKernel() {
    List<Kernel> kernels =
        List.of(
            kernel("a", buffer("x"), buffer("y"), 3, 1.5f, Stmt.Order.SEQUENTIAL),
            kernel("b", buffer("x"), buffer("x"), 4, 1.5f, Stmt.Order.SEQUENTIAL),
            kernel("c", buffer("y"), buffer("z"), 5, 2.5f, Stmt.Order.SEQUENTIAL));
    assertEquals(Map.of(), SharedKernel.of(kernels));
  }
}
