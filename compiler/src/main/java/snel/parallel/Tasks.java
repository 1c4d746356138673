package snel.parallel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Takes kernels apart into tasks, a statement each.
final class Tasks {
  /// Counts of different parts lie on cache lines of their own.
  private static final int COUNT_LENGTH = 32;

  private final Ranges ranges;
  private final Divider divider;
  private final Map<String, Buffer> lists = new LinkedHashMap<>();

  Tasks(Ranges ranges, Divider divider) {
    this.ranges = ranges;
    this.divider = divider;
  }

  /// The lists of the parts, which only they know.
  List<Buffer> lists() {
    return List.copyOf(lists.values());
  }

  List<Task> of(List<Kernel> step) {
    return step.stream().flatMap(kernel -> of(kernel).stream()).toList();
  }

  private List<Task> of(Kernel kernel) {
    if (!isSeparable(kernel)) {
      return List.of(alone(kernel, 0, List.of(), kernel.body()));
    }
    List<Task> tasks = new ArrayList<>();
    List<Stmt> lets = new ArrayList<>();
    for (Stmt stmt : kernel.body()) {
      if (stmt instanceof Stmt.Let) {
        lets.add(stmt);
      } else if (stmt instanceof Stmt.Collect collect && lets.isEmpty()) {
        tasks.addAll(collection(kernel, tasks.size(), collect));
      } else {
        int number = tasks.size();
        tasks.add(
            divider
                .divide(stmt)
                .map(division -> divided(kernel, number, lets, stmt, division))
                .orElseGet(() -> alone(kernel, number, lets, List.of(stmt))));
      }
    }
    return tasks;
  }

  /// Whether each statement can stand by itself, with the locals before it.
  private static boolean isSeparable(Kernel kernel) {
    Set<Buffer> read = new HashSet<>();
    for (Stmt stmt : kernel.body()) {
      if (stmt instanceof Stmt.Var || stmt instanceof Stmt.Assign) {
        return false;
      }
      if (stmt instanceof Stmt.Let) {
        read.addAll(Nodes.buffers(List.of(stmt)));
      }
    }
    boolean[] changes = {false};
    Nodes.eachStatement(
        kernel.body(), stmt -> changes[0] |= Nodes.written(stmt).stream().anyMatch(read::contains));
    return !changes[0];
  }

  private static Task alone(Kernel kernel, int number, List<Stmt> lets, List<Stmt> block) {
    List<Stmt> whole = Stream.concat(lets.stream(), block.stream()).toList();
    Accesses accesses = new Accesses();
    accesses.byFirst(whole);
    return new Task(name(kernel, number), kernel.phase(), whole, Optional.empty(), accesses);
  }

  private static Task divided(
      Kernel kernel, int number, List<Stmt> lets, Stmt stmt, Division division) {
    Accesses accesses = new Accesses();
    accesses.add(division.accesses());
    Nodes.buffers(lets).forEach(buffer -> accesses.read(buffer, Owner.SHARED));
    List<List<Stmt>> parts =
        division.parts().stream()
            .map(part ->
                part.isEmpty() ? part : Stream.concat(lets.stream(), part.stream()).toList())
            .toList();
    List<Stmt> whole = Stream.concat(lets.stream(), Stream.of(stmt)).toList();
    return new Task(name(kernel, number), kernel.phase(), whole, Optional.of(parts), accesses);
  }

  private static String name(Kernel kernel, int number) {
    return kernel.name() + "/" + number;
  }

  /// Each part collects in a list of its own; then these are put together in their order.
  private List<Task> collection(Kernel kernel, int number, Stmt.Collect collect) {
    Optional<Division> division =
        divider.divide(collect, part -> list(collect, part), part -> count(collect, part));
    if (division.isEmpty()) {
      return List.of(alone(kernel, number, List.of(), List.of(collect)));
    }
    List<Stmt> together = new ArrayList<>();
    for (int part = 0; part < ranges.parts(); part++) {
      append(collect, list(collect, part), count(collect, part), together);
    }
    return List.of(
        divided(kernel, number, List.of(), collect, division.get()),
        alone(kernel, number + 1, List.of(), together));
  }

  private static void append(Stmt.Collect collect, Buffer list, Buffer count, List<Stmt> together) {
    Expr number = new Expr.Load(count, Expr.i32(0));
    Expr end = new Expr.Load(collect.count(), Expr.i32(0));
    String index = "$k";
    Expr k = new Expr.Read(index, Scalar.I32);
    Stmt copy =
        new Stmt.Store(
            collect.list(), new Expr.Binary(BinaryOp.ADD, end, k), new Expr.Load(list, k));
    together.add(new Stmt.Loop(index, Expr.i32(0), number, Stmt.Order.SEQUENTIAL, List.of(copy)));
    together.add(
        new Stmt.Store(collect.count(), Expr.i32(0), new Expr.Binary(BinaryOp.ADD, end, number)));
  }

  private Buffer list(Stmt.Collect collect, int part) {
    int neurons = (int) ((Expr.Const) collect.to()).bits();
    int own = ranges.end(part, neurons) - ranges.start(part, neurons);
    return scratch(collect.list(), part, own);
  }

  private Buffer count(Stmt.Collect collect, int part) {
    return scratch(collect.count(), part, COUNT_LENGTH);
  }

  private Buffer scratch(Buffer of, int part, int length) {
    return lists.computeIfAbsent(
        of.name() + "@" + part,
        name -> new Buffer(name, Cell.I32, Length.of(length), Role.SCRATCH));
  }
}
