package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.runtime.kernel.TooManyParts;

/// Networks of very many kernels.
class KernelClassTest {
  /// A kernel for each of so many buffers, which adds its number to all elements.
  private static Program program(int kernels) {
    List<Buffer> buffers = new ArrayList<>();
    buffers.add(new Buffer(Clock.NAME, Cell.I64, Length.of(Clock.SIZE), Role.CLOCK));
    buffers.add(new Buffer(Clock.HALT, Cell.I32, Length.of(1), Role.LOG));
    buffers.add(new Buffer(Clock.FAULT, Cell.I64, Length.of(3), Role.LOG));
    List<Kernel> step = new ArrayList<>();
    for (int k = 0; k < kernels; k++) {
      Buffer x = new Buffer("x" + k, Cell.I32, Length.of(2), Role.STATE);
      buffers.add(x);
      step.add(new Kernel("k" + k, Phase.INTEGRATE, List.of(add(x, 0, k), add(x, 1, k))));
    }
    return new Program(
        "wide",
        1,
        snel.ir.Scalar.F32,
        0,
        buffers,
        List.of(),
        List.of(),
        List.of(),
        step,
        List.of(),
        List.of(),
        List.of(),
        new Directory(List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  private static Stmt add(Buffer x, int at, int number) {
    Expr old = new Expr.Load(x, Expr.i32(at));
    return new Stmt.Store(
        x, Expr.i32(at), new Expr.Binary(BinaryOp.ADD, old, Expr.i32(number + at)));
  }

  @Test
  void thousandsOfKernelsEachUseTheirArray() {
    int kernels = 6_000;
    var network = new JvmTarget().build(program(kernels));
    network.run(3);
    for (int k = 0; k < kernels; k++) {
      int[] x = (int[]) network.array("x" + k);
      assertEquals(3 * k, x[0], "x" + k);
      assertEquals(3 * (k + 1), x[1], "x" + k);
    }
  }

  @Test
  void moreThanAClassCanHoldAreRefused() {
    Program program = program(25_000);
    JvmTarget target = new JvmTarget();
    TooManyParts refused = assertThrows(TooManyParts.class, () -> target.build(program));
    assertEquals("E0924", refused.problem().id());
  }
}
