package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.ReduceOp;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.Network;

class JvmTargetTest {
  private static final Buffer CLOCK =
      new Buffer(Clock.NAME, Cell.I64, Length.of(Clock.SIZE), Role.CLOCK);
  private static final Buffer HALT = new Buffer(Clock.HALT, Cell.I32, Length.of(1), Role.LOG);
  private static final Buffer FAULT = new Buffer(Clock.FAULT, Cell.I64, Length.of(3), Role.LOG);
  private static final Buffer V = new Buffer("E.v", Cell.F64, Length.of(3), Role.STATE);
  private static final Buffer SPIKES = new Buffer("E.spikes", Cell.U8, Length.of(3), Role.QUEUE);
  private static final Buffer COUNT = new Buffer("E.count", Cell.I32, Length.of(1), Role.QUEUE);
  private static final Buffer STAMP = new Buffer("E.stamp", Cell.I64, Length.of(3), Role.STATE);

  private static final Expr I = new Expr.Read("i", Scalar.I32);

  private static Program program(List<Build> build, List<Kernel> step, List<Kernel> onDemand) {
    return new Program(
        "test",
        0.1,
        Scalar.F64,
        42,
        List.of(CLOCK, HALT, FAULT, V, SPIKES, COUNT, STAMP),
        build,
        List.of(),
        List.of(),
        step,
        List.of(),
        onDemand,
        List.of("E.v"),
        new Directory(List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  private static Kernel kernel(String name, Stmt... body) {
    return new Kernel(name, Phase.INTEGRATE, List.of(body));
  }

  /// semantics.md Ex1: v' = (20 - v) / 10 ms, threshold 15, reset 0: stamps 13.9, 27.8, 41.7 ms.
  private static Program leakyNeurons() {
    double p = Math.exp(-0.01);
    Kernel integrate =
        kernel(
            "E.integrate",
            new Stmt.Loop(
                "i",
                Expr.i32(0),
                Expr.i32(3),
                Stmt.Order.INDEPENDENT,
                List.of(
                    new Stmt.Store(
                        V,
                        I,
                        new Expr.Fma(Expr.f64(p), new Expr.Load(V, I), Expr.f64(20 * (1 - p)))))));
    Expr spiking =
        new Expr.Unary(
            snel.ir.UnaryOp.NOT, new Expr.Compare(CompareOp.LE, new Expr.Load(V, I), Expr.f64(15)));
    Expr k = new Expr.Read("k", Scalar.I32);
    Kernel threshold =
        kernel(
            "E.threshold",
            new Stmt.Store(COUNT, Expr.i32(0), Expr.i32(0)),
            new Stmt.Collect("i", Expr.i32(0), Expr.i32(3), spiking, SPIKES, COUNT),
            new Stmt.Loop(
                "k",
                Expr.i32(0),
                new Expr.Load(COUNT, Expr.i32(0)),
                Stmt.Order.SEQUENTIAL,
                List.of(
                    new Stmt.Let("j", new Expr.Load(SPIKES, k)),
                    new Stmt.Store(V, new Expr.Read("j", Scalar.I32), Expr.f64(0)),
                    new Stmt.Store(
                        STAMP,
                        new Expr.Read("j", Scalar.I32),
                        new Expr.Binary(
                            BinaryOp.ADD,
                            new Expr.Load(CLOCK, Expr.i32(Clock.STEP)),
                            Expr.i64(1))))));
    return program(List.of(), List.of(integrate, threshold), List.of());
  }

  @Test
  void runsTheFirstExampleOfTheSemantics() {
    Network network = new JvmTarget().build(leakyNeurons());
    double[] v = (double[]) network.array("E.v");
    assertEquals(138, network.run(138));
    assertEquals(14.968428938804825, v[2], 1e-13);
    assertEquals(1, network.run(1));
    assertArrayEquals(new double[3], v);
    assertArrayEquals(new long[] {139, 139, 139}, (long[]) network.array("E.stamp"));
    network.run(278);
    assertArrayEquals(new long[] {417, 417, 417}, (long[]) network.array("E.stamp"));
    assertArrayEquals(new byte[] {0, 1, 2}, (byte[]) network.array("E.spikes"));
    assertArrayEquals(new long[] {417, 417, 0, 417, 0}, (long[]) network.array(Clock.NAME));
  }

  @Test
  void stopsAfterTheStepThatAsksForIt() {
    Kernel stop =
        kernel(
            "stop",
            new Stmt.If(
                new Expr.Compare(
                    CompareOp.EQ, new Expr.Load(CLOCK, Expr.i32(Clock.STEP)), Expr.i64(4)),
                List.of(new Stmt.Store(HALT, Expr.i32(0), Expr.i32(Clock.HALT_LOG))),
                List.of()));
    Network network = new JvmTarget().build(program(List.of(), List.of(stop), List.of()));
    assertEquals(5, network.run(100));
    ((int[]) network.array(Clock.HALT))[0] = 0;
    assertEquals(95, network.run(95));
  }

  @Test
  void namesTheKernelOfAnOverflow() {
    Expr load = new Expr.Load(STAMP, Expr.i32(1));
    Kernel square =
        kernel(
            "E.square",
            new Stmt.Store(
                STAMP,
                Expr.i32(1),
                new Expr.Call(Function.MUL_EXACT, Scalar.I64, List.of(load, load))));
    Network network =
        new JvmTarget()
            .build(
                program(
                    List.of(new Build.FillIntegers(STAMP, new long[] {1L << 40})),
                    List.of(square),
                    List.of()));
    Fault fault = assertThrows(Fault.class, () -> network.run(10));
    assertEquals(Fault.Kind.OVERFLOW, fault.kind());
    assertEquals("E.square", fault.place());
  }

  @Test
  void reportsWhatAKernelFoundWrong() {
    Kernel check =
        kernel(
            "check",
            new Stmt.Store(FAULT, Expr.i32(0), Expr.i64(Fault.Kind.NOT_A_NUMBER.code())),
            new Stmt.Store(FAULT, Expr.i32(2), Expr.i64(7)),
            new Stmt.Store(HALT, Expr.i32(0), Expr.i32(Clock.HALT_FAULT)));
    Network network = new JvmTarget().build(program(List.of(), List.of(), List.of(check)));
    Fault fault = assertThrows(Fault.class, () -> network.call("check"));
    assertEquals("not a number in E.v[7]", fault.getMessage());
  }

  @Test
  void sumsBySixteenPartials() {
    int n = 45;
    Buffer x = new Buffer("x", Cell.F32, Length.of(n), Role.PARAMETER);
    Buffer sum = new Buffer("sum", Cell.F32, Length.of(1), Role.STATE);
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (Math.sin(i * 3.7) * Math.pow(10, i % 7));
    }
    Expr total = new Expr.Reduce(ReduceOp.SUM, "i", Expr.i32(0), Expr.i32(n), new Expr.Load(x, I));
    Program program =
        new Program(
            "sum",
            1,
            Scalar.F32,
            0,
            List.of(CLOCK, HALT, FAULT, x, sum),
            List.of(
                new Build.Fill(x, values),
                new Build.Run(kernel("total", new Stmt.Store(sum, Expr.i32(0), total)))),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Directory(List.of(), List.of(), List.of(), List.of(), List.of()));
    float[] partial = new float[16];
    for (int i = 0; i < n; i++) {
      partial[i % 16] += (float) values[i];
    }
    float[] eight = new float[8];
    float[] four = new float[4];
    for (int l = 0; l < 8; l++) {
      eight[l] = partial[l] + partial[l + 8];
    }
    for (int l = 0; l < 4; l++) {
      four[l] = eight[l] + eight[l + 4];
    }
    float expected = (four[0] + four[2]) + (four[1] + four[3]);
    Network network = new JvmTarget().build(program);
    assertEquals(expected, ((float[]) network.array("sum"))[0]);
  }
}
