package snel.parallel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Lists of arrivals ([Build.Lists]) that each part keeps for its own targets: it goes along its
/// share of each row, and adds up what is due at its own neurons.
///
/// Only while parts step together; before, all lists are settled into the ring, and after that
/// those of the parts. So nobody else knows of them.
final class ListedArrivals {
  private static final Expr NONE = Expr.i32(0);

  private final Program program;
  private final Ranges ranges;
  private final Tables tables;
  private final RowLimits limits;
  private final Map<Buffer, Build.Lists> divided = new LinkedHashMap<>();
  private final Set<Buffer> apart = new HashSet<>();
  private final Map<String, Buffer> own = new LinkedHashMap<>();

  ListedArrivals(Program program, Ranges ranges, Tables tables, RowLimits limits) {
    this.program = program;
    this.ranges = ranges;
    this.tables = tables;
    this.limits = limits;
    for (Build step : program.build()) {
      if (step instanceof Build.Lists lists) {
        buffers(lists).forEach(buffer -> divided.put(buffer, lists));
      }
    }
    for (Build.Lists lists : all()) {
      if (!isPossible(lists)) {
        divided.values().removeIf(lists::equals);
        apart.addAll(buffers(lists));
      }
    }
    own.clear();
  }

  private static Set<Buffer> buffers(Build.Lists lists) {
    Set<Buffer> all = new LinkedHashSet<>(lists.own());
    all.add(lists.ring());
    return all;
  }

  private Set<Build.Lists> all() {
    return new LinkedHashSet<>(divided.values());
  }

  /// Whether all that a step does with the lists can be divided: they are divided all or not at
  /// all.
  private boolean isPossible(Build.Lists lists) {
    Set<Buffer> buffers = buffers(lists);
    for (Kernel kernel : program.step()) {
      boolean isTouched = kernel.body().stream().anyMatch(stmt -> touches(List.of(stmt), buffers));
      if (isTouched && !Tasks.isSeparable(kernel)) {
        return false;
      }
      for (Stmt stmt : kernel.body()) {
        if (touches(List.of(stmt), buffers)
            && (stmt instanceof Stmt.Let || divide(stmt).isEmpty())) {
          return false;
        }
      }
    }
    return !lists.stretches().isEmpty()
        && lists.stretches().stream().allMatch(each -> ranges.isDivided(each.targets()));
  }

  private static boolean touches(List<Stmt> block, Set<Buffer> buffers) {
    return Nodes.buffers(block).stream().anyMatch(buffers::contains);
  }

  /// Whether a statement has to do with lists that the parts keep.
  boolean isFor(Stmt stmt) {
    return touches(List.of(stmt), divided.keySet());
  }

  /// What each part does of a statement that has to do with lists.
  Optional<Division> divide(Stmt stmt) {
    if (touches(List.of(stmt), apart)) {
      return Optional.empty();
    }
    List<List<Stmt>> parts = new ArrayList<>();
    Accesses accesses = new Accesses();
    for (int part = 0; part < ranges.parts(); part++) {
      Optional<List<Stmt>> block = new Part(part, accesses).of(List.of(stmt));
      if (block.isEmpty()) {
        return Optional.empty();
      }
      parts.add(block.get());
    }
    return Optional.of(new Division(parts, accesses));
  }

  /// The buffers of the parts.
  List<Buffer> buffers() {
    return List.copyOf(own.values());
  }

  private Buffer own(Buffer buffer, int part) {
    return own.computeIfAbsent(
        buffer.name() + "@" + part,
        name -> new Buffer(name, buffer.cell(), buffer.length(), Role.SCRATCH));
  }

  /// What is to be done before the parts step together.
  List<Kernel> begin() {
    List<Kernel> kernels = new ArrayList<>();
    for (Build.Lists lists : all()) {
      List<Stmt> body = new ArrayList<>(settle(lists));
      List<Stmt> handedOver = new ArrayList<>();
      Expr slot = new Expr.Read("$slot", Scalar.I32);
      for (int part = 0; part < ranges.parts(); part++) {
        handedOver.add(
            new Stmt.Store(own(lists.spilled(), part), slot, new Expr.Load(lists.spilled(), slot)));
      }
      handedOver.add(new Stmt.Store(lists.spilled(), slot, NONE));
      body.add(eachSlot(lists, handedOver));
      kernels.add(new Kernel(lists.settle() + "@begin", Phase.ON_DEMAND, body));
    }
    return kernels;
  }

  /// What is to be done when they no longer do.
  List<Kernel> end() {
    List<Kernel> kernels = new ArrayList<>();
    for (Build.Lists lists : all()) {
      for (int part = 0; part < ranges.parts(); part++) {
        List<Stmt> body =
            new ArrayList<>(new Part(part, new Accesses()).of(settle(lists)).orElseThrow());
        Expr slot = new Expr.Read("$slot", Scalar.I32);
        Buffer spilled = own(lists.spilled(), part);
        body.add(
            eachSlot(
                lists,
                List.of(
                    new Stmt.If(
                        new Expr.Compare(CompareOp.NE, new Expr.Load(spilled, slot), NONE),
                        List.of(new Stmt.Store(lists.spilled(), slot, Expr.i32(1))),
                        List.of()))));
        kernels.add(new Kernel(lists.settle() + "@end " + part, Phase.ON_DEMAND, body));
      }
    }
    return kernels;
  }

  private List<Stmt> settle(Build.Lists lists) {
    return program.settling().stream()
        .filter(kernel -> kernel.name().equals(lists.settle()))
        .findFirst()
        .orElseThrow()
        .body();
  }

  private static Stmt eachSlot(Build.Lists lists, List<Stmt> body) {
    int slots = (int) count(lists.count());
    return new Stmt.Loop("$slot", NONE, Expr.i32(slots), Stmt.Order.SEQUENTIAL, body);
  }

  private static long count(Buffer buffer) {
    return ((Length.Fixed) buffer.length()).count();
  }

  /// The same statements for one part.
  private final class Part {
    private final int part;
    private final Accesses accesses;

    Part(int part, Accesses accesses) {
      this.part = part;
      this.accesses = accesses;
    }

    Optional<List<Stmt>> of(List<Stmt> block) {
      List<Stmt> made = new ArrayList<>();
      for (Stmt stmt : block) {
        Optional<List<Stmt>> mine = of(stmt);
        if (mine.isEmpty()) {
          return Optional.empty();
        }
        made.addAll(mine.get());
      }
      return Optional.of(made);
    }

    private Optional<List<Stmt>> of(Stmt stmt) {
      return switch (stmt) {
        case Stmt.Let(String name, Expr value) ->
            Optional.of(List.of(new Stmt.Let(name, mine(value))));
        case Stmt.If(Expr condition, var then, var otherwise) ->
            of(then)
                .flatMap(
                    yes -> of(otherwise).map(no -> List.of(new Stmt.If(mine(condition), yes, no))));
        case Stmt.Store(Buffer buffer, Expr index, Expr value) ->
            written(buffer).map(to -> List.of(new Stmt.Store(to, mine(index), mine(value))));
        case Stmt.Loop loop -> row(loop).or(() -> slot(loop)).or(() -> around(loop));
        case Stmt.Var _,
            Stmt.Assign _,
            Stmt.While _,
            Stmt.Collect _,
            Stmt.Push _,
            Stmt.Words _,
            Stmt.AddBits _ ->
            Optional.empty();
      };
    }

    /// The buffer that a part writes in place of another, if it may.
    private Optional<Buffer> written(Buffer buffer) {
      Build.Lists lists = divided.get(buffer);
      if (lists != null) {
        return Optional.of(mine(buffer));
      }
      for (Build.Lists each : all()) {
        if (each.come().equals(buffer)) {
          for (Build.Stretch stretch : each.stretches()) {
            accesses.write(buffer, Owners.slice(buffer, stretch.first(), stretch.targets()));
          }
          return Optional.of(buffer);
        }
      }
      return Optional.empty();
    }

    private Buffer mine(Buffer buffer) {
      Build.Lists lists = divided.get(buffer);
      if (lists == null) {
        accesses.read(buffer, Owner.SHARED);
        return buffer;
      }
      Buffer found = lists.ring().equals(buffer) ? buffer : own(buffer, part);
      accesses.write(found, Owner.PART);
      return found;
    }

    private Expr mine(Expr expression) {
      return switch (expression) {
        case Expr.Load(Buffer buffer, Expr index) when isCome(buffer) ->
            new Expr.Load(buffer, mine(index));
        case Expr.Load(Buffer buffer, Expr index) -> new Expr.Load(mine(buffer), mine(index));
        default -> Nodes.mapOperands(expression, this::mine);
      };
    }

    private boolean isCome(Buffer buffer) {
      return all().stream().anyMatch(lists -> lists.come().equals(buffer));
    }

    /// The synapses of a row onto the targets of the part, stretch by stretch.
    private Optional<List<Stmt>> row(Stmt.Loop loop) {
      return Row.of(loop).flatMap(row -> of(loop.body()).flatMap(body -> row(loop, row, body)));
    }

    private Optional<List<Stmt>> row(Stmt.Loop loop, Row row, List<Stmt> body) {
      return tables
          .joined(row.start())
          .map(rows ->
              rows.stretches().stream()
                  .flatMap(s -> limits.along(loop, row.at(), rows, s, part, body).stream())
                  .toList())
          .or(() ->
              tables
                  .rows(row.start())
                  .map(wiring -> List.of(limits.along(loop, row, wiring, part, body))));
    }

    /// Of a loop over all targets of a slot those of the part.
    private Optional<List<Stmt>> slot(Stmt.Loop loop) {
      if (loop.order() != Stmt.Order.INDEPENDENT || !loop.from().equals(NONE)) {
        return Optional.empty();
      }
      for (Build.Lists lists : all()) {
        if (loop.to().equals(Expr.i32((int) count(lists.come())))
            && touches(loop.body(), Set.of(lists.ring()))) {
          return of(loop.body()).map(body -> slot(loop, lists, body));
        }
      }
      return Optional.empty();
    }

    private List<Stmt> slot(Stmt.Loop loop, Build.Lists lists, List<Stmt> body) {
      List<Stmt> loops = new ArrayList<>();
      for (Build.Stretch stretch : lists.stretches()) {
        int from = stretch.first() + ranges.start(part, stretch.targets());
        int to = stretch.first() + ranges.end(part, stretch.targets());
        if (from < to) {
          loops.add(new Stmt.Loop(loop.index(), Expr.i32(from), Expr.i32(to), loop.order(), body));
        }
      }
      return loops;
    }

    /// A loop that each part goes through: over spikes, slots or its own list.
    private Optional<List<Stmt>> around(Stmt.Loop loop) {
      return loop.order() == Stmt.Order.INDEPENDENT
          ? Optional.empty()
          : of(loop.body())
              .map(body ->
                  List.of(
                      new Stmt.Loop(
                          loop.index(), mine(loop.from()), mine(loop.to()), loop.order(), body)));
    }
  }
}
