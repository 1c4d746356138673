package snel.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Finds loops of a step that add, for each spike of a source, a full row of weights to sums that
/// are 0 before.
final class AheadSearch {
  /// Rows that are shorter, or stay in the nearest cache, are as well added one after the other.
  private static final int LEAST_TARGETS = 64;

  private static final long LEAST_BYTES = 64 << 10;

  private final Program program;
  private final List<KernelUse> step;

  /// A loop over the spikes of a source.
  ///
  /// @param kernel it is in
  /// @param source the kernel that finds the spikes
  /// @param any whether something has been added to the sums, where that is noted
  record Sum(
      Kernel kernel,
      Stmt.Loop loop,
      Kernel source,
      Directory.Population population,
      Buffer weights,
      Buffer sums,
      Optional<Buffer> any,
      int sources,
      int targets) {}

  AheadSearch(Program program) {
    this.program = program;
    this.step = program.step().stream().map(KernelUse::of).toList();
  }

  List<Sum> sums() {
    List<Sum> all = new ArrayList<>();
    for (Kernel kernel : program.step()) {
      for (Stmt stmt : kernel.body()) {
        if (stmt instanceof Stmt.Loop loop) {
          sum(kernel, loop).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private Optional<Sum> sum(Kernel kernel, Stmt.Loop loop) {
    if (!(loop.to() instanceof Expr.Load(Buffer count, Expr first))
        || !isZero(first)
        || !isZero(loop.from())
        || loop.body().size() < 2
        || !(loop.body().getFirst()
            instanceof Stmt.Let(String who, Expr.Load(Buffer spikes, var at)))
        || !isIndex(at, loop.index())
        || !(loop.body().getLast() instanceof Stmt.Loop row)
        || !isZero(row.from())
        || !(row.to() instanceof Expr.Const(_, long targets))
        || row.order() != Stmt.Order.INDEPENDENT
        || row.body().size() != 1
        || !(row.body().getFirst() instanceof Stmt.Store(Buffer sums, Expr j, Expr value))
        || !isIndex(j, row.index())
        || !(value instanceof Expr.Binary(BinaryOp op, Expr before, Expr added))
        || op != BinaryOp.ADD
        || !before.equals(new Expr.Load(sums, j))
        || !(added instanceof Expr.Load(Buffer weights, Expr place))
        || !place.equals(place(who, targets, row.index()))
        || targets < LEAST_TARGETS
        || sums.cell() != Cell.F32
        || weights.cell() != Cell.F32
        || !(weights.length() instanceof Length.Fixed(long synapses))
        || synapses * Float.BYTES < LEAST_BYTES) {
      return Optional.empty();
    }
    Optional<Buffer> any = loop.body().size() == 3 ? flag(loop.body().get(1)) : Optional.empty();
    if (any.isEmpty() && loop.body().size() > 2
        || !isLeft(weights)
        || !areAddedOnce(kernel, sums, any)
        || !areTaken(kernel, sums, any, targets)) {
      return Optional.empty();
    }
    return population(spikes, count)
        .flatMap(population ->
            source(population, kernel)
                .map(source ->
                    new Sum(
                        kernel,
                        loop,
                        source,
                        population,
                        weights,
                        sums,
                        any,
                        (int) (synapses / targets),
                        (int) targets)));
  }

  private static Expr place(String who, long targets, String index) {
    Expr row =
        new Expr.Binary(BinaryOp.MUL, new Expr.Read(who, Scalar.I32), Expr.i32((int) targets));
    return new Expr.Binary(BinaryOp.ADD, row, new Expr.Read(index, Scalar.I32));
  }

  private static boolean isZero(Expr expr) {
    return expr.equals(Expr.i32(0));
  }

  private static boolean isIndex(Expr expr, String index) {
    return expr instanceof Expr.Read(String name, _) && name.equals(index);
  }

  private Optional<Directory.Population> population(Buffer spikes, Buffer count) {
    return program.directory().populations().stream()
        .filter(each -> each.spikes().equals(spikes) && each.spikeCount().equals(count))
        .filter(each -> !each.isInput() && !each.isEvent() && each.firstEarly().isEmpty())
        .findFirst();
  }

  private boolean isSteady(Buffer buffer) {
    return RecallSearch.STEADY.contains(buffer.role()) && isLeft(buffer);
  }

  /// Whether no step changes it.
  private boolean isLeft(Buffer buffer) {
    return step.stream().noneMatch(kernel -> kernel.stores().contains(buffer));
  }

  /// The kernel before that finds the spikes of a source out of nothing that other kernels make. It
  /// keeps nothing but the books of these spikes.
  private Optional<Kernel> source(Directory.Population population, Kernel user) {
    List<KernelUse> finders =
        step.stream()
            .takeWhile(kernel -> !kernel.kernel().equals(user))
            .filter(kernel -> kernel.stores().contains(population.spikes()))
            .toList();
    if (finders.size() != 1) {
      return Optional.empty();
    }
    KernelUse finder = finders.getFirst();
    Set<Buffer> books = Books.of(population);
    boolean apart =
        finder.kernel().phase() == Phase.DELIVER
            && finder.stores().stream()
                .allMatch(buffer ->
                    books.contains(buffer)
                        || buffer.role() == Role.SCRATCH && isOnlyOf(finder, buffer))
            && finder.loads().stream()
                .allMatch(buffer -> finder.stores().contains(buffer) || isSteady(buffer));
    boolean cleared =
        step.stream()
            .filter(kernel -> !kernel.equals(finder))
            .flatMap(kernel -> kernel.stores().stream())
            .noneMatch(buffer -> books.contains(buffer) && !buffer.equals(population.spikeCount()));
    return apart && cleared ? Optional.of(finder.kernel()) : Optional.empty();
  }

  private boolean isOnlyOf(KernelUse owner, Buffer buffer) {
    return step.stream()
        .filter(kernel -> !kernel.equals(owner))
        .noneMatch(kernel -> kernel.stores().contains(buffer) || kernel.loads().contains(buffer));
  }

  /// `any[0] = 1`
  private static Optional<Buffer> flag(Stmt stmt) {
    return stmt instanceof Stmt.Store(Buffer any, Expr at, Expr one)
            && isZero(at)
            && one.equals(Expr.i32(1))
        ? Optional.of(any)
        : Optional.empty();
  }

  /// Whether nothing but one statement of the kernel adds to the sums, and one kernel takes them.
  private boolean areAddedOnce(Kernel adder, Buffer sums, Optional<Buffer> any) {
    long added = adder.body().stream().filter(stmt -> writes(stmt, sums, any)).count();
    return added == 1
        && Stream.of(program.presentationStart(), program.presentationEnd(), program.onDemand())
            .flatMap(List::stream)
            .flatMap(kernel -> kernel.body().stream())
            .noneMatch(stmt -> writes(stmt, sums, any))
        && takers(adder, sums, any).size() == 1;
  }

  private List<Kernel> takers(Kernel adder, Buffer sums, Optional<Buffer> any) {
    return program.step().stream()
        .filter(kernel -> !kernel.equals(adder))
        .filter(kernel -> kernel.body().stream().anyMatch(stmt -> writes(stmt, sums, any)))
        .toList();
  }

  /// Whether who takes the sums leaves 0.
  private boolean areTaken(Kernel adder, Buffer sums, Optional<Buffer> any, long targets) {
    List<Stmt> taking =
        takers(adder, sums, any).getFirst().body().stream()
            .filter(stmt -> writes(stmt, sums, any))
            .toList();
    if (taking.size() != 1) {
      return false;
    }
    return any.map(flag -> inIf(taking.getFirst(), flag))
        .orElse(Optional.of(taking.getFirst()))
        .map(stmt -> leavesNone(stmt, sums, targets))
        .orElse(false);
  }

  /// What is done in `if any[0] != 0 { … any[0] = 0 }`.
  private static Optional<Stmt> inIf(Stmt stmt, Buffer any) {
    Expr isSome = new Expr.Compare(CompareOp.NE, new Expr.Load(any, Expr.i32(0)), Expr.i32(0));
    return stmt instanceof Stmt.If(Expr condition, List<Stmt> then, List<Stmt> otherwise)
            && otherwise.isEmpty()
            && condition.equals(isSome)
            && then.size() == 2
            && then.getLast().equals(new Stmt.Store(any, Expr.i32(0), Expr.i32(0)))
        ? Optional.of(then.getFirst())
        : Optional.empty();
  }

  private static boolean leavesNone(Stmt stmt, Buffer sums, long targets) {
    return switch (stmt) {
      case Stmt.Loop loop ->
          isZero(loop.from())
              && loop.to().equals(Expr.i32((int) targets))
              && leavesNone(loop.body(), loop.index(), sums);
      case Stmt.Collect collect ->
          isZero(collect.from())
              && collect.to().equals(Expr.i32((int) targets))
              && leavesNone(collect.body(), collect.index(), sums);
      default -> false;
    };
  }

  private static boolean leavesNone(List<Stmt> body, String index, Buffer sums) {
    List<Stmt> writing = body.stream().filter(stmt -> writes(stmt, sums)).toList();
    return writing.size() == 1
        && writing.getFirst() instanceof Stmt.Store(_, Expr at, Expr zero)
        && isIndex(at, index)
        && zero instanceof Expr.Const(_, long bits)
        && bits == 0;
  }

  private static boolean writes(Stmt stmt, Buffer sums, Optional<Buffer> any) {
    return writes(stmt, sums) || any.map(flag -> writes(stmt, flag)).orElse(false);
  }

  private static boolean writes(Stmt stmt, Buffer buffer) {
    return Nodes.writtenIn(List.of(stmt)).contains(buffer);
  }
}
