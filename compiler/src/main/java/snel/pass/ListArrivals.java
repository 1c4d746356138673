package snel.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Clock;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Lets arrivals with delays of their own wait in lists, one for each step to come, instead of
/// adding each to a sum somewhere in a ring that is larger than the cache close by: a list grows at
/// its end, and is added up once its step has come. That is the order in which the sums grew.
public final class ListArrivals implements Pass {
  /// Rings below this many bytes stay.
  static final long CLOSE_BY = 1 << 20;

  private final long largest;
  private final int share;

  public ListArrivals() {
    this(CLOSE_BY, 1);
  }

  /// @param largest bytes of a ring that stays
  /// @param share a list has room for an arrival at one of so many targets
  public ListArrivals(long largest, int share) {
    this.largest = largest;
    this.share = share;
  }

  @Override
  public String name() {
    return "list-arrivals";
  }

  @Override
  public Program apply(Program program) {
    Map<Buffer, List<RowWalk>> walks = new HashMap<>();
    for (Kernel kernel : program.step()) {
      RowWalk.of(kernel)
          .ifPresent(w -> walks.computeIfAbsent(w.sums(), _ -> new ArrayList<>()).add(w));
    }
    Program made = program;
    for (Buffer ring : program.buffers()) {
      List<RowWalk> into = walks.getOrDefault(ring, List.of());
      if (!into.isEmpty() && isWorth(into.getFirst()) && isPossible(program, ring, into)) {
        made = changed(made, into);
      }
    }
    return made;
  }

  private boolean isWorth(RowWalk walk) {
    return (long) walk.slots() * walk.size() * walk.sums().cell().bytes() > largest;
  }

  /// Whether all that is done to the ring besides is to take what has come at this step.
  private static boolean isPossible(Program program, Buffer ring, List<RowWalk> into) {
    RowWalk first = into.getFirst();
    Expr now = now(program, first);
    boolean[] plain = {into.stream().allMatch(walk -> walk.delay().isPresent())};
    boolean taking = false;
    for (Kernel kernel : program.scheduled()) {
      boolean walks = into.stream().anyMatch(walk -> walk.kernel().equals(kernel));
      if (!walks && Nodes.buffers(kernel.body()).contains(ring)) {
        plain[0] &= program.step().contains(kernel);
        taking = true;
        checkTaking(kernel, ring, first.size(), now, plain);
      } else if (walks && (taking || elsewhere(into, kernel, ring))) {
        return false;
      }
    }
    return plain[0]
        && taking
        && program.directory().values().stream().noneMatch(v -> v.buffer().equals(ring))
        && program.build().stream().noneMatch(step -> fills(step, ring));
  }

  private static boolean fills(Build step, Buffer ring) {
    return switch (step) {
      case Build.Fill(Buffer buffer, _) -> buffer.equals(ring);
      case Build.FillIntegers(Buffer buffer, _) -> buffer.equals(ring);
      case Build.Run(Kernel kernel) -> Nodes.buffers(kernel.body()).contains(ring);
      case Build.Wire _,
          Build.Join _,
          Build.Lists _,
          Build.Masks _,
          Build.Release _,
          Build.SortByDelay _,
          Build.Transpose _ ->
          false;
    };
  }

  private static boolean elsewhere(List<RowWalk> into, Kernel kernel, Buffer ring) {
    return into.stream()
        .filter(walk -> walk.kernel().equals(kernel))
        .anyMatch(walk ->
            Nodes.buffers(walk.before()).contains(ring)
                || Nodes.buffers(walk.marks()).contains(ring));
  }

  private static void checkTaking(Kernel kernel, Buffer ring, int size, Expr now, boolean[] plain) {
    Nodes.eachStatement(
        kernel.body(),
        stmt -> {
          if (stmt instanceof Stmt.Store(Buffer buffer, Expr at, Expr value)) {
            plain[0] &=
                !buffer.equals(ring)
                    || (isNow(at, size, now)
                        && value instanceof Expr.Const(_, long bits)
                        && bits == 0);
          } else {
            plain[0] &= !Nodes.written(stmt).contains(ring) && !Nodes.read(stmt).contains(ring);
          }
        });
    Nodes.eachExpression(
        kernel.body(),
        expr ->
            plain[0] &=
                !(expr instanceof Expr.Load(Buffer buffer, Expr at))
                    || !buffer.equals(ring)
                    || isNow(at, size, now));
  }

  private static boolean isNow(Expr at, int size, Expr now) {
    return RowWalk.Place.of(at)
        .filter(place -> place.size() == size && place.slot().filter(now::equals).isPresent())
        .isPresent();
  }

  static Expr now(Program program, RowWalk walk) {
    Expr step = new Expr.Load(program.buffer(Clock.NAME), Expr.i32(Clock.STEP));
    return new Expr.Binary(
        BinaryOp.AND, new Expr.Convert(Scalar.I32, step), Expr.i32(walk.slots() - 1));
  }

  private Program changed(Program program, List<RowWalk> into) {
    ArrivalLists lists = ArrivalLists.of(into.getFirst(), share);
    Buffer ring = into.getFirst().sums();
    Expr now = now(program, into.getFirst());
    Map<Kernel, RowWalk> walks = new HashMap<>();
    into.forEach(walk -> walks.put(walk.kernel(), walk));
    Rewrite taking = taking(ring, lists);
    List<Kernel> step = new ArrayList<>();
    boolean due = false;
    for (Kernel kernel : program.step()) {
      if (walks.containsKey(kernel)) {
        step.add(lists.listed(walks.get(kernel)));
      } else if (Nodes.buffers(kernel.body()).contains(ring)) {
        if (!due) {
          step.add(lists.due(ring.name() + ":due", kernel.phase(), now));
          due = true;
        }
        step.add(kernel.with(taking.block(kernel.body())));
      } else {
        step.add(kernel);
      }
    }
    List<Buffer> buffers = new ArrayList<>(program.buffers());
    buffers.addAll(lists.buffers());
    Kernel settle = lists.settle(ring.name() + ":settle");
    List<Build> build = new ArrayList<>(program.build());
    build.add(lists.declared(settle.name(), stretches(program, into)));
    List<Kernel> demand = new ArrayList<>(program.onDemand());
    demand.add(settle);
    return program.laidOut(buffers, build, step, demand, program.directory());
  }

  /// The stretches of targets in the rows that all go along; none if they differ.
  private static List<Build.Stretch> stretches(Program program, List<RowWalk> walks) {
    Set<List<Build.Stretch>> all = new HashSet<>();
    for (RowWalk walk : walks) {
      all.add(
          program.build().stream()
              .flatMap(step -> step instanceof Build.Join join ? join.rows().stream() : Stream.of())
              .filter(rows -> rows.rowStart().equals(walk.rowStart()))
              .findFirst()
              .map(Build.Rows::stretches)
              .orElse(List.of(new Build.Stretch(0, walk.size()))));
    }
    return all.size() == 1 ? all.iterator().next() : List.of();
  }

  private static Rewrite taking(Buffer ring, ArrivalLists lists) {
    return new Rewrite() {
      @Override
      Expr change(Expr expr) {
        return expr instanceof Expr.Load(Buffer buffer, Expr at) && buffer.equals(ring)
            ? new Expr.Load(lists.come(), here(at))
            : expr;
      }

      @Override
      List<Stmt> change(Stmt stmt) {
        return stmt instanceof Stmt.Store(Buffer buffer, Expr at, Expr value) && buffer.equals(ring)
            ? List.of(new Stmt.Store(lists.come(), here(at), value))
            : List.of(stmt);
      }

      private Expr here(Expr at) {
        RowWalk.Place place = RowWalk.Place.of(at).orElseThrow();
        return place.offset() == 0
            ? place.index()
            : new Expr.Binary(BinaryOp.ADD, Expr.i32(place.offset()), place.index());
      }
    };
  }
}
