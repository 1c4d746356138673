package snel.target;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.Draw;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Makes rows of bits and a kernel that adds some of them up and draws from a distribution, with
/// dice of their own.
final class RandomRows {
  private static final int LISTED = 140;
  private static final int DRAWN = 200;

  private RandomRows() {}

  static Kernel add(long seed, RandomProgram program, List<Build> build) {
    Random random = new Random(~seed);
    int sources = random.nextInt(1, 150);
    int targets = random.nextInt(1, 700);
    Buffer rowStart = program.declare("bits.rows", Cell.I32, sources + 1L, Role.WIRING);
    Buffer bits = program.declare("bits", Cell.I64, Wiring.bitWords(sources, targets), Role.WIRING);
    double chance = random.nextDouble();
    build.add(
        new Build.Wire(
            new Wiring(
                "bits",
                new Rule.Bernoulli(chance),
                sources,
                targets,
                random.nextInt(),
                false,
                0,
                rowStart,
                bits,
                Optional.empty(),
                Optional.empty(),
                chance * sources * targets)));
    Buffer list = program.declare("bits.list", Cell.I32, LISTED, Role.STATE);
    Buffer count = program.declare("bits.list.count", Cell.I32, 1, Role.STATE);
    build.add(
        new Build.FillIntegers(
            list, random.ints(LISTED, -2, sources + 4).asLongStream().toArray()));
    Cell cell = random.nextBoolean() ? Cell.I32 : Cell.U16;
    Buffer counts = program.declare("bits.counts", cell, 2L * targets, Role.QUEUE);
    Buffer drawn = program.declare("levels", Cell.I32, DRAWN, Role.STATE);
    Expr step = new Expr.Convert(Scalar.I32, new Expr.Load(program.clock(), Expr.i32(Clock.STEP)));
    Expr some =
        new Expr.Binary(
            BinaryOp.REM,
            new Expr.Binary(BinaryOp.MUL, step, Expr.i32(random.nextInt(1, 50))),
            Expr.i32(LISTED + 1));
    Expr slot = new Expr.Binary(BinaryOp.AND, step, Expr.i32(1));
    Expr at = new Expr.Binary(BinaryOp.MUL, slot, Expr.i32(targets));
    return new Kernel(
        "bits",
        Phase.DELIVER,
        List.of(
            new Stmt.Store(count, Expr.i32(0), some),
            new Stmt.Words(
                drawn,
                Expr.i32(random.nextInt(DRAWN + 1)),
                Expr.i32(random.nextInt()),
                Expr.i32(0),
                step,
                Expr.i32(0),
                new Draw.Count(thresholds(random))),
            some(
                random,
                new Stmt.AddBits(
                    counts, at, bits, sources, targets, list, count, random.nextInt(3)))));
  }

  /// All targets or only some of them.
  private static Stmt some(Random random, Stmt.AddBits all) {
    int columns = all.targets() / Stmt.AddBits.TOGETHER;
    if (columns == 0 || random.nextBoolean()) {
      return all;
    }
    int middle = Stmt.AddBits.TOGETHER * (1 + random.nextInt(columns));
    return random.nextBoolean() ? all.between(0, middle) : all.between(middle, all.targets());
  }

  private static List<Integer> thresholds(Random random) {
    return random.ints(random.nextInt(1, 30)).boxed().sorted(Integer::compareUnsigned).toList();
  }
}
