package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// A Java machine compiles no method of more than 8000 bytes.
class KernelMethodsTest {
  private static final int LOOPS = 60;
  private static final Buffer X = new Buffer("x", Cell.I32, Length.of(4), Role.STATE);
  private static final List<Buffer> BUFFERS =
      List.of(
          new Buffer(Clock.NAME, Cell.I64, Length.of(Clock.SIZE), Role.CLOCK),
          new Buffer(Clock.HALT, Cell.I32, Length.of(1), Role.LOG),
          new Buffer(Clock.FAULT, Cell.I64, Length.of(3), Role.LOG),
          X);

  /// Adds 100 * factor to each x.
  private static Stmt.Loop loop(int number, Expr factor) {
    Expr at = new Expr.Read("i" + number, Scalar.I32);
    Expr sum = new Expr.Load(X, at);
    for (int k = 0; k < 100; k++) {
      sum = new Expr.Binary(BinaryOp.ADD, sum, factor);
    }
    return new Stmt.Loop(
        "i" + number,
        Expr.i32(0),
        Expr.i32(4),
        Stmt.Order.SEQUENTIAL,
        List.of(new Stmt.Store(X, at, sum)));
  }

  /// `while n < 3`: loops that read n, then n + 1.
  private static Program program() {
    Expr n = new Expr.Read("n", Scalar.I32);
    List<Stmt> round = new ArrayList<>();
    for (int k = 0; k < LOOPS; k++) {
      round.add(loop(k, n));
    }
    round.add(new Stmt.Assign("n", new Expr.Binary(BinaryOp.ADD, n, Expr.i32(1))));
    Stmt all = new Stmt.While(new Expr.Compare(CompareOp.LT, n, Expr.i32(3)), round);
    Kernel kernel =
        new Kernel("long", Phase.INTEGRATE, List.of(new Stmt.Var("n", Expr.i32(0)), all));
    return new Program(
        "long",
        1,
        Scalar.F32,
        0,
        BUFFERS,
        List.of(new Build.FillIntegers(X, new long[] {1, 2, 3, 4})),
        List.of(),
        List.of(),
        List.of(kernel),
        List.of(),
        List.of(),
        List.of(),
        new Directory(List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void loopsOfALongKernelAreMethodsOfTheirOwn() {
    Map<String, Object> arrays =
        Map.of(
            Clock.NAME,
            new long[Clock.SIZE],
            Clock.HALT,
            new int[1],
            Clock.FAULT,
            new long[3],
            "x",
            new int[4]);
    Program program = program();
    byte[] bytes = new KernelClass(program, arrays).bytes(program.step());
    List<Integer> sizes =
        ClassFile.of().parse(bytes).methods().stream()
            .flatMap(method -> method.findAttribute(Attributes.code()).stream())
            .map(CodeAttribute::codeLength)
            .toList();
    assertTrue(sizes.size() > LOOPS, () -> "methods " + sizes);
    assertTrue(sizes.stream().allMatch(size -> size < 8_000), () -> "sizes " + sizes);
  }

  @Test
  void theyDoTheSame() {
    var network = new JvmTarget().build(program());
    network.run(1);
    int[] expected = new int[4];
    for (int k = 0; k < 4; k++) {
      expected[k] = 1 + k + 100 * LOOPS * (0 + 1 + 2);
    }
    for (int k = 0; k < 4; k++) {
      assertEquals(expected[k], ((int[]) network.array("x"))[k]);
    }
  }
}
