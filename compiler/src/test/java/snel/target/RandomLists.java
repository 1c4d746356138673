package snel.target;

import java.util.List;
import java.util.Random;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Makes lists of arrivals, a kernel that adds to one in each step, and the kernel that settles
/// them, with dice of their own.
final class RandomLists {
  private static final int SLOTS = 2;
  private static final Expr NONE = Expr.i32(0);

  private final int room;
  private final int size;
  private final Buffer ring;
  private final Buffer target;
  private final Buffer weight;
  private final Buffer count;
  private final Buffer spilled;

  private RandomLists(Random random, RandomProgram program) {
    room = random.nextInt(1, 5);
    size = random.nextInt(1, 40);
    Cell cell = random.nextBoolean() ? Cell.F32 : Cell.F64;
    ring = program.declare("lists.ring", cell, (long) SLOTS * size, Role.QUEUE);
    target = program.declare("lists.target", Cell.U16, (long) SLOTS * room, Role.SCRATCH);
    weight = program.declare("lists.weight", cell, (long) SLOTS * room, Role.SCRATCH);
    count = program.declare("lists.count", Cell.I32, SLOTS, Role.QUEUE);
    spilled = program.declare("lists.spilled", Cell.I32, SLOTS, Role.QUEUE);
  }

  static void add(
      long seed, RandomProgram program, List<Build> build, List<Kernel> step, List<Kernel> demand) {
    Random random = new Random(seed * 31 + 7);
    RandomLists lists = new RandomLists(random, program);
    Buffer come = program.declare("lists.come", lists.ring.cell(), lists.size, Role.QUEUE);
    build.add(
        new Build.Lists(
            lists.ring,
            lists.target,
            lists.weight,
            lists.count,
            lists.spilled,
            come,
            "lists:settle",
            List.of(new Build.Stretch(0, lists.size))));
    step.add(lists.arrival(program, random.nextInt(1, 50)));
    demand.add(lists.settle());
  }

  private Kernel arrival(RandomProgram program, int stride) {
    Expr step = new Expr.Convert(Scalar.I32, new Expr.Load(program.clock(), Expr.i32(Clock.STEP)));
    Expr slot = new Expr.Binary(BinaryOp.AND, step, Expr.i32(SLOTS - 1));
    Expr held = new Expr.Read("held", Scalar.I32);
    Expr at =
        new Expr.Binary(BinaryOp.ADD, new Expr.Binary(BinaryOp.MUL, slot, Expr.i32(room)), held);
    Expr who =
        new Expr.Binary(
            BinaryOp.REM, new Expr.Binary(BinaryOp.MUL, step, Expr.i32(stride)), Expr.i32(size));
    List<Stmt> listed =
        List.of(
            new Stmt.Store(target, at, who),
            new Stmt.Store(weight, at, new Expr.Convert(ring.cell().scalar(), step)),
            new Stmt.Store(count, slot, new Expr.Binary(BinaryOp.ADD, held, Expr.i32(1))));
    return new Kernel(
        "lists",
        Phase.DELIVER,
        List.of(
            new Stmt.Let("held", new Expr.Load(count, slot)),
            new Stmt.If(new Expr.Compare(CompareOp.LT, held, Expr.i32(room)), listed, List.of())));
  }

  private Kernel settle() {
    Expr slot = new Expr.Read("slot", Scalar.I32);
    Expr place =
        new Expr.Binary(
            BinaryOp.ADD,
            new Expr.Binary(BinaryOp.MUL, slot, Expr.i32(room)),
            new Expr.Read("a", Scalar.I32));
    Expr at =
        new Expr.Binary(
            BinaryOp.ADD,
            new Expr.Binary(BinaryOp.MUL, slot, Expr.i32(size)),
            new Expr.Load(target, place));
    Stmt added =
        new Stmt.Store(
            ring,
            at,
            new Expr.Binary(BinaryOp.ADD, new Expr.Load(ring, at), new Expr.Load(weight, place)));
    Stmt whole =
        new Stmt.Loop("a", NONE, new Expr.Load(count, slot), Stmt.Order.SEQUENTIAL, List.of(added));
    return new Kernel(
        "lists:settle",
        Phase.ON_DEMAND,
        List.of(
            new Stmt.Loop(
                "slot",
                NONE,
                Expr.i32(SLOTS),
                Stmt.Order.SEQUENTIAL,
                List.of(
                    whole,
                    new Stmt.Store(count, slot, NONE),
                    new Stmt.Store(spilled, slot, Expr.i32(1))))));
  }
}
