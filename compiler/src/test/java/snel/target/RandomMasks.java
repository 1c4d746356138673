package snel.target;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Makes rows with masks and a kernel that goes along some of them in each step, with dice of their
/// own.
final class RandomMasks {
  private static final int LISTED = 30;

  private RandomMasks() {}

  static Kernel add(long seed, RandomProgram program, List<Build> build) {
    Random random = new Random(seed * 17 + 3);
    int sources = random.nextInt(1, 40);
    int targets = random.nextInt(1, 500);
    Length synapses = new Length.Synapses("masks");
    Buffer rows = program.declare("masks.rows", Cell.I32, sources + 1L, Role.WIRING);
    Cell cell = random.nextBoolean() ? Cell.U16 : Cell.I32;
    Buffer target = program.declare("masks.target", cell, synapses, Role.WIRING);
    Buffer weight = program.declare("masks.weight", Cell.F32, synapses, Role.PLASTIC);
    long total = 3L * targets;
    boolean isTotal = random.nextInt(8) == 0;
    double chance = isTotal ? 0 : random.nextDouble();
    Rule rule = isTotal ? new Rule.FixedTotal(total, true) : new Rule.Bernoulli(chance);
    build.add(
        new Build.Wire(
            new Wiring(
                "masks",
                rule,
                sources,
                targets,
                random.nextInt(),
                false,
                0,
                rows,
                target,
                Optional.empty(),
                Optional.empty(),
                isTotal ? total : chance * sources * targets)));
    Expr zero = Expr.i32(0);
    Expr i = read("i");
    Expr s = read("s");
    Expr word = new Expr.Philox(Expr.i32(random.nextInt()), s, i, zero, zero, zero);
    Expr drawn = new Expr.Call(Function.NORMAL, Scalar.F32, List.of(word));
    Stmt draws = row(rows, i, new Stmt.Store(weight, s, drawn));
    build.add(
        new Build.Run(
            new Kernel(
                "masks.values",
                Phase.BUILD,
                List.of(
                    new Stmt.Loop(
                        "i", zero, Expr.i32(sources), Stmt.Order.SEQUENTIAL, List.of(draws))))));
    build.add(new Build.Masks(rows, target, targets));
    Buffer list = program.declare("masks.list", Cell.I32, LISTED, Role.STATE);
    build.add(
        new Build.FillIntegers(list, random.ints(LISTED, 0, sources).asLongStream().toArray()));
    Buffer sums = program.declare("masks.sums", Cell.F32, 2L * targets, Role.QUEUE);
    Expr step = new Expr.Convert(Scalar.I32, new Expr.Load(program.clock(), Expr.i32(Clock.STEP)));
    Expr some =
        binary(
            BinaryOp.REM,
            binary(BinaryOp.MUL, step, Expr.i32(random.nextInt(1, 50))),
            Expr.i32(LISTED + 1));
    Expr slot = binary(BinaryOp.AND, step, Expr.i32(1));
    Expr place = new Expr.Load(target, s);
    Expr at =
        random.nextBoolean()
            ? place
            : binary(BinaryOp.ADD, binary(BinaryOp.MUL, slot, Expr.i32(targets)), place);
    Expr sum = binary(BinaryOp.ADD, new Expr.Load(sums, at), new Expr.Load(weight, s));
    return new Kernel(
        "masks",
        Phase.DELIVER,
        List.of(
            new Stmt.Loop(
                "e",
                zero,
                some,
                Stmt.Order.SEQUENTIAL,
                List.of(
                    new Stmt.Let("who", new Expr.Load(list, read("e"))),
                    row(rows, read("who"), new Stmt.Store(sums, at, sum))))));
  }

  private static Stmt row(Buffer rows, Expr at, Stmt body) {
    Expr next = binary(BinaryOp.ADD, at, Expr.i32(1));
    return new Stmt.Loop(
        "s",
        new Expr.Load(rows, at),
        new Expr.Load(rows, next),
        Stmt.Order.SEQUENTIAL,
        List.of(body));
  }

  private static Expr binary(BinaryOp op, Expr left, Expr right) {
    return new Expr.Binary(op, left, right);
  }

  private static Expr read(String local) {
    return new Expr.Read(local, Scalar.I32);
  }
}
