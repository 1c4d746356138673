package snel.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Role;
import snel.ir.Stmt;

/// Lists of arrivals that wait, one a slot of the ring that they spare: target and weight of each.
/// Where a list has no room for all of a row it is added up into the slot of the ring, which then
/// holds the beginning.
///
/// @param walk one of those into the ring
/// @param count of the arrivals in each list
/// @param spilled whether the slot of the ring holds something
/// @param come the sums of this step
/// @param room in each list
record ArrivalLists(
    RowWalk walk,
    Buffer target,
    Buffer weight,
    Buffer count,
    Buffer spilled,
    Buffer come,
    int room) {
  private static final int NARROW = 1 << 16;

  /// Elements in a line of the cache. Lists start at different places in it.
  private static final int LINE = 16;

  private static final String LISTED = ".listed";

  private static final Expr NONE = Expr.i32(0);
  private static final Expr ONE = Expr.i32(1);

  /// Lists have room for an arrival at each target, or at one of `share`.
  static ArrivalLists of(RowWalk walk, int share) {
    int room = (walk.size() / share / LINE + 1) * LINE + LINE;
    String name = walk.sums().name() + LISTED;
    long all = (long) walk.slots() * room;
    return new ArrivalLists(
        walk,
        listed(name + ".target", walk.size() <= NARROW ? Cell.U16 : Cell.I32, all),
        listed(name + ".weight", walk.sums().cell(), all),
        queue(name + ".count", Cell.I32, walk.slots()),
        queue(name + ".spilled", Cell.I32, walk.slots()),
        queue(name + ".come", walk.sums().cell(), walk.size()),
        room);
  }

  /// What lies beyond the count is no state, and what does not goes into the ring before the state
  /// is looked at.
  private static Buffer listed(String name, Cell cell, long length) {
    return new Buffer(name, cell, Length.of(length), Role.SCRATCH);
  }

  private static Buffer queue(String name, Cell cell, long length) {
    return new Buffer(name, cell, Length.of(length), Role.QUEUE);
  }

  List<Buffer> buffers() {
    return List.of(target, weight, count, spilled, come);
  }

  /// What the program says of the lists.
  Build.Lists declared(String settle, List<Build.Stretch> stretches) {
    return new Build.Lists(walk.sums(), target, weight, count, spilled, come, settle, stretches);
  }

  /// Adds up all lists, each into its slot of the ring.
  Kernel settle(String name) {
    Set<String> taken = new HashSet<>();
    Expr slot = local("slot", taken);
    return new Kernel(
        name,
        Phase.ON_DEMAND,
        List.of(
            loop(
                slot,
                Expr.i32(walk.slots()),
                Stmt.Order.SEQUENTIAL,
                List.of(
                    new Stmt.If(
                        new Expr.Compare(CompareOp.GT, new Expr.Load(count, slot), NONE),
                        spilled(slot, taken),
                        List.of())))));
  }

  /// The walk that appends to lists.
  Kernel listed(RowWalk other) {
    Stmt.Loop spikes = (Stmt.Loop) other.kernel().body().getLast();
    Set<String> taken = Nodes.declared(other.kernel().body());
    Expr length = local("length", taken);
    Expr who = RowWalk.local(((Stmt.Let) spikes.body().getFirst()).name());
    Expr end = new Expr.Load(other.rowStart(), RowWalk.next(who));
    List<Stmt> body = new ArrayList<>(spikes.body().subList(0, spikes.body().size() - 1));
    body.add(let(length, new Expr.Binary(BinaryOp.SUB, end, new Expr.Load(other.rowStart(), who))));
    body.add(makeRoom(length, taken));
    body.add(
        new Stmt.If(
            new Expr.Compare(CompareOp.GT, length, Expr.i32(room)),
            List.of(other.row()),
            List.of(appended(other, taken))));
    List<Stmt> all = new ArrayList<>(other.before());
    all.add(new Stmt.Loop(spikes.index(), spikes.from(), spikes.to(), spikes.order(), body));
    return other.kernel().with(all);
  }

  /// Adds up the lists that might not hold as many more.
  private Stmt makeRoom(Expr more, Set<String> taken) {
    Expr slot = local("slot", taken);
    Expr held = new Expr.Load(count, slot);
    Expr left = new Expr.Binary(BinaryOp.SUB, Expr.i32(room), more);
    return loop(
        slot,
        Expr.i32(walk.slots()),
        Stmt.Order.SEQUENTIAL,
        List.of(
            new Stmt.If(
                new Expr.Compare(CompareOp.GT, held, left), spilled(slot, taken), List.of())));
  }

  /// Adds up a list into its slot of the ring.
  private List<Stmt> spilled(Expr slot, Set<String> taken) {
    Expr start = new Expr.Binary(BinaryOp.MUL, slot, Expr.i32(walk.size()));
    return List.of(
        added(slot, walk.sums(), start, taken),
        new Stmt.Store(count, slot, NONE),
        new Stmt.Store(spilled, slot, ONE));
  }

  private Stmt appended(RowWalk other, Set<String> taken) {
    Expr synapse = local("s", taken);
    Expr slot = local("slot", taken);
    Expr held = local("held", taken);
    Expr at = new Expr.Binary(BinaryOp.ADD, listStart(slot), held);
    return new Stmt.Loop(
        ((Expr.Read) synapse).name(),
        other.row().from(),
        other.row().to(),
        Stmt.Order.SEQUENTIAL,
        List.of(
            let(slot, other.slot(other.delay(), ((Expr.Read) synapse).name()).orElseThrow()),
            let(held, new Expr.Load(count, slot)),
            new Stmt.Store(target, at, new Expr.Load(other.target(), synapse)),
            new Stmt.Store(weight, at, new Expr.Load(other.weight(), synapse)),
            new Stmt.Store(count, slot, RowWalk.next(held))));
  }

  private Expr listStart(Expr slot) {
    return new Expr.Binary(BinaryOp.MUL, slot, Expr.i32(room));
  }

  /// Adds the arrivals of a list to the sums that start at `start`.
  private Stmt added(Expr slot, Buffer sums, Expr start, Set<String> taken) {
    Expr place = local("a", taken);
    Expr listed = new Expr.Binary(BinaryOp.ADD, listStart(slot), place);
    Expr whose = new Expr.Load(target, listed);
    Expr at = start.equals(NONE) ? whose : new Expr.Binary(BinaryOp.ADD, start, whose);
    Expr sum =
        new Expr.Binary(BinaryOp.ADD, new Expr.Load(sums, at), new Expr.Load(weight, listed));
    return loop(
        place,
        new Expr.Load(count, slot),
        Stmt.Order.SEQUENTIAL,
        List.of(new Stmt.Store(sums, at, sum)));
  }

  /// Adds up what has come at this step.
  Kernel due(String name, Phase phase, Expr now) {
    Set<String> taken = new HashSet<>();
    Expr slot = local("slot", taken);
    Expr j = local("j", taken);
    Expr at =
        new Expr.Binary(
            BinaryOp.ADD, new Expr.Binary(BinaryOp.MUL, slot, Expr.i32(walk.size())), j);
    Stmt beginning =
        loop(
            j,
            Expr.i32(walk.size()),
            Stmt.Order.INDEPENDENT,
            List.of(
                new Stmt.Store(come, j, new Expr.Load(walk.sums(), at)),
                new Stmt.Store(walk.sums(), at, new Expr.Const(walk.sums().cell().scalar(), 0))));
    return new Kernel(
        name,
        phase,
        List.of(
            let(slot, now),
            new Stmt.If(
                new Expr.Compare(CompareOp.NE, new Expr.Load(spilled, slot), NONE),
                List.of(beginning, new Stmt.Store(spilled, slot, NONE)),
                List.of()),
            added(slot, come, NONE, taken),
            new Stmt.Store(count, slot, NONE)));
  }

  private static Expr local(String name, Set<String> taken) {
    return RowWalk.local(Nodes.fresh(name, taken));
  }

  private static Stmt let(Expr local, Expr value) {
    return new Stmt.Let(((Expr.Read) local).name(), value);
  }

  private static Stmt loop(Expr index, Expr to, Stmt.Order order, List<Stmt> body) {
    return new Stmt.Loop(((Expr.Read) index).name(), NONE, to, order, body);
  }
}
