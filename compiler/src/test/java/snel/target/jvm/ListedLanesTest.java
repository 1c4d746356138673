package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
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
import snel.runtime.kernel.Network;

/// Populations of neurons that gain the more the higher their number, and lose 1 once they are
/// above it, listed in two parts of one list. Their kernels share a method.
class ListedLanesTest {
  private static final int NEURONS = 203;
  private static final int FIRST = 90;
  private static final int POPULATIONS = SharedKernel.LEAST_KERNELS;

  private static Buffer buffer(String name, Cell cell, int length, Role role) {
    return new Buffer(name, cell, Length.of(length), role);
  }

  /// @param gain of the last neuron in a step
  private static Program program(Cell cell, double gain) {
    List<Buffer> buffers = new ArrayList<>();
    buffers.add(new Buffer(Clock.NAME, Cell.I64, Length.of(Clock.SIZE), Role.CLOCK));
    buffers.add(buffer(Clock.HALT, Cell.I32, 1, Role.LOG));
    buffers.add(buffer(Clock.FAULT, Cell.I64, 3, Role.LOG));
    List<Kernel> steps = new ArrayList<>();
    for (int k = 0; k < POPULATIONS; k++) {
      Buffer v = buffer("v" + k, cell, NEURONS, Role.STATE);
      Buffer list = buffer("list" + k, Cell.I32, NEURONS, Role.QUEUE);
      Buffer count = buffer("count" + k, Cell.I32, 1, Role.QUEUE);
      buffers.addAll(List.of(v, list, count));
      steps.add(step("step" + k, v, list, count, gain * (k + 1) / POPULATIONS));
    }
    return new Program(
        "test",
        1,
        cell.scalar(),
        42,
        buffers,
        List.of(),
        List.of(),
        List.of(),
        steps,
        List.of(),
        List.of(),
        List.of("v0"),
        new Directory(List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  private static Kernel step(String name, Buffer v, Buffer list, Buffer count, double gain) {
    Scalar real = v.cell().scalar();
    Expr i = new Expr.Read("i", Scalar.I32);
    Expr share =
        new Expr.Binary(BinaryOp.MUL, new Expr.Convert(real, i), Expr.real(real, gain / NEURONS));
    Expr grown = new Expr.Binary(BinaryOp.ADD, new Expr.Load(v, i), share);
    Expr above = new Expr.Compare(CompareOp.GT, new Expr.Load(v, i), Expr.real(real, 1));
    Expr who = new Expr.Read("who", Scalar.I32);
    Expr lost = new Expr.Binary(BinaryOp.SUB, new Expr.Load(v, who), Expr.real(real, 1));
    return new Kernel(
        name,
        Phase.INTEGRATE,
        List.of(
            new Stmt.Loop(
                "i",
                Expr.i32(0),
                Expr.i32(NEURONS),
                Stmt.Order.INDEPENDENT,
                List.of(new Stmt.Store(v, i, grown))),
            new Stmt.Store(count, Expr.i32(0), Expr.i32(0)),
            new Stmt.Collect("i", Expr.i32(0), Expr.i32(FIRST), above, list, count),
            new Stmt.Collect("i", Expr.i32(FIRST), Expr.i32(NEURONS), above, list, count),
            new Stmt.Loop(
                "k",
                Expr.i32(0),
                new Expr.Load(count, Expr.i32(0)),
                Stmt.Order.SEQUENTIAL,
                List.of(
                    new Stmt.Let("who", new Expr.Load(list, new Expr.Read("k", Scalar.I32))),
                    new Stmt.Store(v, who, lost)))));
  }

  /// Few and many in a step; what lies behind the last one is the same, too.
  @ParameterizedTest
  @CsvSource({"F32, 0.02, 1", "F32, 0.3, 20", "F32, 1, 90", "F64, 0.3, 20", "F64, 1, 90"})
  void listsAreThoseOfScalarCode(Cell cell, double gain, int most) {
    Program program = program(cell, gain);
    Network scalar = new JvmTarget(JvmTarget.Code.SCALAR).build(program);
    Network vectors = new JvmTarget(JvmTarget.Code.VECTOR).build(program);
    int found = 0;
    for (int step = 0; step < 200; step++) {
      scalar.run(1);
      vectors.run(1);
      for (int k = 0; k < POPULATIONS; k++) {
        int[] count = (int[]) scalar.array("count" + k);
        found = Math.max(found, count[0]);
        assertEquals(count[0], ((int[]) vectors.array("count" + k))[0]);
        assertArrayEquals((int[]) scalar.array("list" + k), (int[]) vectors.array("list" + k));
      }
    }
    assertTrue(found >= most, found + " in a step");
  }
}
