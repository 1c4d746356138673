package snel.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Hands out arrivals to those neurons that have some, where they are few: the rows that were
/// counted are walked along once more, instead of all neurons. The first visit of a neuron gives it
/// all that arrived and empties its counts, so that the others add nothing. With many spikes in a
/// step all neurons are gone through as before. The row of a lone spike is not counted at all: one
/// arrives wherever it leads.
public final class SparseArrivals implements Pass {
  /// Rate assumed of neurons, in 1/ms: 10 Hz.
  private static final double ASSUMED_RATE = 0.01;

  /// To visit one neuron takes as long as to go past so many.
  private static final int VISIT = 10;

  /// A loop that counts `counts[target] += 1` along rows.
  private record Walk(Kernel kernel, Stmt.Loop loop, Stmt.Store count, Wiring wiring) {
    /// Arrivals expected in one step at one neuron.
    double expected(double stepMs) {
      double fanIn =
          switch (wiring.rule()) {
            case Rule.OneToOne _ -> 1;
            case Rule.Bernoulli(double probability) -> probability * wiring.sources();
            case Rule.FixedIndegree(int count, _) -> count;
            case Rule.FixedOutdegree(int count, _) ->
                (double) count * wiring.sources() / wiring.targets();
            case Rule.FixedTotal(long count, _) -> (double) count / wiring.targets();
            case Rule.Pairs(int[] sources, _) -> (double) sources.length / wiring.targets();
            case Rule.All _, Rule.Counted _, Rule.Conv _, Rule.Pool _, Rule.Window _ ->
                wiring.sources();
          };
      return fanIn * ASSUMED_RATE * stepMs;
    }

    /// Whether a spike leads to no target twice, and all that is stored beside the counts are
    /// flags.
    boolean meetsTargetsOnce() {
      boolean[] plain = {
        switch (wiring.rule()) {
          case Rule.All _, Rule.OneToOne _, Rule.Bernoulli _, Rule.Counted _ -> true;
          case Rule.FixedIndegree(_, boolean multapses) -> !multapses;
          case Rule.FixedOutdegree(_, boolean multapses) -> !multapses;
          case Rule.FixedTotal(_, boolean multapses) -> !multapses;
          case Rule.Pairs _, Rule.Conv _, Rule.Pool _, Rule.Window _ -> false;
        }
      };
      Nodes.eachStatement(
          List.of(loop),
          stmt -> {
            if (stmt instanceof Stmt.Store(Buffer buffer, Expr at, Expr value)
                && !buffer.equals(count.buffer())) {
              plain[0] &= at instanceof Expr.Const && value instanceof Expr.Const;
            }
          });
      return plain[0] && wiring.multapse().isEmpty();
    }

    Expr isLone() {
      return new Expr.Compare(CompareOp.EQ, loop.to(), Expr.i32(1));
    }

    /// Whether the spikes of this step lead to few arrivals: their number times the mean length of
    /// a row.
    Expr isShort(long targets, int walks) {
      Expr spikes = new Expr.Convert(Scalar.I64, loop.to());
      Expr synapses =
          new Expr.Convert(
              Scalar.I64, new Expr.Load(wiring.rowStart(), Expr.i32(wiring.sources())));
      Expr most = Expr.i64(targets * wiring.sources() / VISIT / walks);
      return new Expr.Compare(CompareOp.LT, new Expr.Binary(BinaryOp.MUL, spikes, synapses), most);
    }
  }

  @Override
  public String name() {
    return "sparse-arrivals";
  }

  @Override
  public Program apply(Program program) {
    return new Search().apply(program);
  }

  /// The search for loops in one program.
  private static final class Search {
    /// The buffers of the kernels that have been looked at.
    private final Map<Kernel, Set<Buffer>> mentioned = new IdentityHashMap<>();

    Program apply(Program program) {
      Program made = program;
      for (int at = 0; at < program.step().size(); at++) {
        made = changed(made, at);
      }
      return made;
    }

    private Program changed(Program program, int at) {
      Kernel kernel = program.step().get(at);
      if (kernel.body().size() != 1) {
        return program;
      }
      Optional<FusableLoop> loop =
          FusableLoop.of(StepPart.of(kernel, kernel.body(), true)).filter(FusableLoop::isGuarded);
      Optional<List<Walk>> walks = loop.flatMap(found -> walks(program, at, found));
      if (walks.isEmpty()) {
        return program;
      }
      double expected = walks.get().stream().mapToDouble(w -> w.expected(program.stepMs())).sum();
      if (VISIT * expected >= 1) {
        return program;
      }
      var sparse = new Sparse((Stmt.If) kernel.body().getFirst(), loop.get(), walks.get());
      List<Kernel> step = new ArrayList<>(program.step());
      step.set(at, kernel.with(List.of(sparse.handedOut())));
      sparse.lone().ifPresent(walk -> step.set(step.indexOf(walk.kernel), sparse.counted(walk)));
      return program.withStep(step, Set.of());
    }

    /// The loops that count what this one hands out, if all it does hangs on them.
    private Optional<List<Walk>> walks(Program program, int at, FusableLoop loop) {
      List<Walk> walks = new ArrayList<>();
      for (Buffer counts : IdleLoop.emptied(loop.body(), loop.index())) {
        Optional<Walk> walk = Optional.empty();
        for (int other = 0; other < program.step().size(); other++) {
          Kernel kernel = program.step().get(other);
          if (other == at || !mentions(kernel, counts)) {
            continue;
          }
          if (walk.isPresent() || other > at) {
            return Optional.empty();
          }
          walk = walk(program, kernel, counts, loop);
          if (walk.isEmpty() || isChanged(program.step().subList(other, at), walk.get())) {
            return Optional.empty();
          }
        }
        if (walk.isEmpty()) {
          return Optional.empty();
        }
        walks.add(walk.get());
      }
      return walks.isEmpty() ? Optional.empty() : Optional.of(walks);
    }

    private boolean mentions(Kernel kernel, Buffer buffer) {
      return mentioned.computeIfAbsent(kernel, it -> Nodes.buffers(it.body())).contains(buffer);
    }
  }

  private static Optional<Walk> walk(
      Program program, Kernel kernel, Buffer counts, FusableLoop handing) {
    Set<Buffer> guards = new HashSet<>();
    handing.guards().forEach(store -> guards.add(store.buffer()));
    Optional<Walk> found = Optional.empty();
    for (Stmt stmt : kernel.body()) {
      if (!Nodes.buffers(List.of(stmt)).contains(counts)) {
        continue;
      }
      if (found.isPresent() || !(stmt instanceof Stmt.Loop loop)) {
        return Optional.empty();
      }
      List<Stmt.Store> stores = new ArrayList<>();
      boolean[] plain = {loop.from().equals(Expr.i32(0))};
      Nodes.eachStatement(
          List.of(loop),
          inner -> {
            switch (inner) {
              case Stmt.Store store -> {
                if (store.buffer().equals(counts)) {
                  stores.add(store);
                } else {
                  plain[0] &= guards.contains(store.buffer()) || store.buffer().role() == Role.LOG;
                }
              }
              case Stmt.Let _, Stmt.Loop _ -> {}
              case Stmt.If(_, _, List<Stmt> otherwise) -> plain[0] &= otherwise.isEmpty();
              case Stmt.Var _,
                  Stmt.Assign _,
                  Stmt.While _,
                  Stmt.Collect _,
                  Stmt.Push _,
                  Stmt.Words _,
                  Stmt.AddBits _ ->
                  plain[0] = false;
            }
          });
      if (!plain[0] || stores.size() != 1 || !isIncrement(stores.getFirst())) {
        return Optional.empty();
      }
      found =
          wiring(program, stores.getFirst().index())
              .map(wiring -> new Walk(kernel, loop, stores.getFirst(), wiring));
    }
    return found;
  }

  private static boolean isIncrement(Stmt.Store store) {
    Expr more =
        new Expr.Binary(BinaryOp.ADD, new Expr.Load(store.buffer(), store.index()), Expr.i32(1));
    return store.value().equals(more);
  }

  /// The wiring whose targets `at` is one of.
  private static Optional<Wiring> wiring(Program program, Expr at) {
    return at instanceof Expr.Load(Buffer target, _)
        ? program.build().stream()
            .flatMap(step ->
                step instanceof Build.Wire(var wiring) && wiring.target().equals(target)
                    ? java.util.stream.Stream.of(wiring)
                    : java.util.stream.Stream.of())
            .findFirst()
        : Optional.empty();
  }

  /// Whether kernels change what leads along the rows.
  private static boolean isChanged(List<Kernel> kernels, Walk walk) {
    Set<Buffer> read =
        new HashSet<>(StepPart.of(walk.kernel, List.of(walk.loop), true).read().buffers());
    read.remove(walk.count.buffer());
    read.removeIf(buffer -> buffer.role() == Role.LOG);
    return kernels.stream()
        .map(kernel -> StepPart.of(kernel, kernel.body(), false).written().buffers())
        .anyMatch(written -> written.stream().anyMatch(read::contains));
  }

  /// One loop that hands out, made to follow rows.
  private static final class Sparse {
    private final Stmt.If guarded;
    private final FusableLoop loop;
    private final List<Walk> walks;
    private final Set<String> taken;

    Sparse(Stmt.If guarded, FusableLoop loop, List<Walk> walks) {
      this.guarded = guarded;
      this.loop = loop;
      this.walks = walks;
      this.taken = Nodes.declared(List.of(guarded));
    }

    /// The walk that need not be counted where it follows one spike only.
    Optional<Walk> lone() {
      Walk walk = walks.getFirst();
      return walks.size() == 1 && walk.meetsTargetsOnce() ? Optional.of(walk) : Optional.empty();
    }

    Stmt handedOut() {
      long targets = ((Expr.Const) ((Stmt.Loop) loop.stmt()).to()).bits();
      List<Stmt> visits = new ArrayList<>();
      Expr isShort = Expr.bool(true);
      for (Walk walk : walks) {
        Expr here = walk.isShort(targets, walks.size());
        isShort = visits.isEmpty() ? here : new Expr.Binary(BinaryOp.AND, isShort, here);
        visits.addAll(visit(walk, loop.body()));
      }
      Stmt all = new Stmt.If(isShort, visits, List.of(guarded.then().getFirst()));
      List<Stmt> then = new ArrayList<>();
      then.add(
          lone()
              .<Stmt>map(walk -> new Stmt.If(walk.isLone(), visit(walk, ofOne(walk)), List.of(all)))
              .orElse(all));
      then.addAll(guarded.then().subList(1, guarded.then().size()));
      return new Stmt.If(guarded.condition(), then, List.of());
    }

    /// What is handed out where one has arrived.
    private List<Stmt> ofOne(Walk walk) {
      Buffer counts = walk.count.buffer();
      return new Rewrite() {
        @Override
        Expr change(Expr expr) {
          boolean asks = expr instanceof Expr.Load(Buffer buffer, _) && buffer.equals(counts);
          return asks ? Expr.i32(1) : expr;
        }

        @Override
        List<Stmt> change(Stmt stmt) {
          boolean empties =
              stmt instanceof Stmt.Store(Buffer buffer, _, _) && buffer.equals(counts);
          return empties ? List.of() : List.of(stmt);
        }
      }.block(loop.body());
    }

    /// The kernel that counts, without the counting of a lone spike.
    Kernel counted(Walk walk) {
      List<Stmt> flags = new ArrayList<>();
      Nodes.eachStatement(
          List.of(walk.loop),
          stmt -> {
            if (stmt instanceof Stmt.Store store && !store.equals(walk.count)) {
              flags.add(store);
            }
          });
      List<Stmt> body = new ArrayList<>(walk.kernel.body());
      body.set(body.indexOf(walk.loop), new Stmt.If(walk.isLone(), flags, List.of(walk.loop)));
      return walk.kernel.with(body);
    }

    /// The walk with what is handed out in place of counting.
    private List<Stmt> visit(Walk walk, List<Stmt> handing) {
      List<Stmt> rows =
          new Rewrite() {
            @Override
            List<Stmt> change(Stmt stmt) {
              return stmt instanceof Stmt.Store && !stmt.equals(walk.count)
                  ? List.of()
                  : List.of(stmt);
            }
          }.block(List.of(walk.loop));
      List<Stmt> apart = Renaming.of(Renaming.apart(rows, taken)).block(rows);
      return new Rewrite() {
        @Override
        List<Stmt> change(Stmt stmt) {
          if (!(stmt instanceof Stmt.Store store)) {
            return List.of(stmt);
          }
          List<Stmt> body = new ArrayList<>();
          body.add(new Stmt.Let(loop.index(), store.index()));
          body.addAll(handing);
          return Renaming.of(Renaming.apart(body, taken)).block(body);
        }
      }.block(apart);
    }
  }
}
