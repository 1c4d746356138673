package snel.parallel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Takes kernels apart into tasks, a statement each.
final class Tasks {
  private final Ranges ranges;
  private final Divider divider;
  private final Segments segments;

  Tasks(Ranges ranges, Divider divider, Segments segments) {
    this.ranges = ranges;
    this.divider = divider;
    this.segments = segments;
  }

  List<Task> of(List<Kernel> step) {
    return step.stream().flatMap(kernel -> of(kernel).stream()).toList();
  }

  private List<Task> of(Kernel kernel) {
    if (!isSeparable(kernel)) {
      forgetWritten(kernel.body());
      return List.of(alone(kernel, 0, List.of(), kernel.body()));
    }
    List<Task> tasks = new ArrayList<>();
    List<Stmt> lets = new ArrayList<>();
    Stmt before = new Stmt.Let("", Expr.i32(0));
    for (Stmt stmt : kernel.body()) {
      if (stmt instanceof Stmt.Let) {
        lets.add(stmt);
      } else if (stmt instanceof Stmt.Collect collect && lets.isEmpty()) {
        tasks.addAll(collection(kernel, tasks.size(), empties(before, collect), collect));
      } else {
        int number = tasks.size();
        Optional<Division> division = divider.divide(stmt);
        if (division.isPresent()) {
          tasks.add(divided(kernel, number, lets, stmt, division.get()));
          taken(kernel, number + 1, stmt).ifPresent(tasks::add);
        } else {
          tasks.add(alone(kernel, number, lets, List.of(stmt)));
        }
        forgetWritten(List.of(stmt));
      }
      before = stmt;
    }
    return tasks;
  }

  private void forgetWritten(List<Stmt> block) {
    Nodes.eachStatement(block, stmt -> Nodes.written(stmt).forEach(segments::forget));
  }

  private static boolean empties(Stmt before, Stmt.Collect collect) {
    return before.equals(new Stmt.Store(collect.count(), Expr.i32(0), Expr.i32(0)));
  }

  /// Whether each statement can stand by itself, with the locals before it.
  static boolean isSeparable(Kernel kernel) {
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
    return new Task(kernel.name(), number, kernel.phase(), whole, Optional.empty(), accesses);
  }

  /// Takes over what the parts of a statement may have found wrong.
  private Optional<Task> taken(Kernel kernel, int number, Stmt stmt) {
    List<Buffer> findings = Findings.of(List.of(stmt));
    if (findings.size() < 2) {
      return Optional.empty();
    }
    Buffer fault = named(findings, Clock.FAULT);
    Buffer halt = named(findings, Clock.HALT);
    String task = name(kernel, number - 1);
    List<Stmt> all = new ArrayList<>();
    for (int part = 0; part < ranges.parts(); part++) {
      Buffer ownFault = segments.instead(fault, task, part);
      all.add(Findings.taken(fault, ownFault, halt, segments.instead(halt, task, part)));
    }
    return Optional.of(alone(kernel, number, List.of(), all));
  }

  private static Buffer named(List<Buffer> buffers, String name) {
    return buffers.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private Task divided(Kernel kernel, int number, List<Stmt> lets, Stmt stmt, Division division) {
    Accesses accesses = new Accesses();
    accesses.add(division.accesses());
    Nodes.buffers(lets).forEach(buffer -> accesses.read(buffer, Owner.SHARED));
    List<List<Stmt>> parts = new ArrayList<>();
    for (int part = 0; part < division.parts().size(); part++) {
      int own = part;
      List<Stmt> block = division.parts().get(part);
      String task = name(kernel, number);
      List<Stmt> noted = Findings.noted(block, finding -> segments.instead(finding, task, own));
      parts.add(block.isEmpty() ? block : Stream.concat(lets.stream(), noted.stream()).toList());
      for (Buffer finding : Findings.of(block)) {
        accesses.write(segments.instead(finding, task, own), Owner.PART);
      }
    }
    List<Stmt> whole = Stream.concat(lets.stream(), Stream.of(stmt)).toList();
    return new Task(kernel.name(), number, kernel.phase(), whole, Optional.of(parts), accesses);
  }

  private static String name(Kernel kernel, int number) {
    return Task.name(kernel.name(), number);
  }

  /// Each part collects in a list of its own; then these are put together in their order.
  private List<Task> collection(
      Kernel kernel, int number, boolean fromStart, Stmt.Collect collect) {
    Optional<Division> division =
        divider.divide(
            collect, part -> segments.list(collect, part), part -> segments.count(collect, part));
    segments.forget(collect.list());
    if (division.isEmpty()) {
      return List.of(alone(kernel, number, List.of(), List.of(collect)));
    }
    if (fromStart) {
      segments.note(collect);
    }
    List<Stmt> together = new ArrayList<>();
    for (int part = 0; part < ranges.parts(); part++) {
      append(collect, segments.list(collect, part), segments.count(collect, part), together);
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
}
