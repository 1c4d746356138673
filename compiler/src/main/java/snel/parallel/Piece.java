package snel.parallel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Stmt;

/// A statement of a step with the locals that it needs.
///
/// @param name of the kernel and the piece of it
record Piece(String name, Phase phase, List<Stmt> lets, List<Stmt> body) {
  Piece {
    lets = List.copyOf(lets);
    body = List.copyOf(body);
  }

  static List<Piece> of(List<Kernel> step) {
    return step.stream().flatMap(kernel -> of(kernel).stream()).toList();
  }

  private static List<Piece> of(Kernel kernel) {
    if (!Tasks.isSeparable(kernel)) {
      return List.of(new Piece(kernel.name(), kernel.phase(), List.of(), kernel.body()));
    }
    List<Piece> pieces = new ArrayList<>();
    List<Stmt> lets = new ArrayList<>();
    for (Stmt stmt : kernel.body()) {
      if (stmt instanceof Stmt.Let) {
        lets.add(stmt);
      } else {
        String name = kernel.name() + "/" + pieces.size();
        pieces.add(new Piece(name, kernel.phase(), lets, List.of(stmt)));
      }
    }
    return pieces;
  }

  List<Stmt> whole() {
    return Stream.concat(lets.stream(), body.stream()).toList();
  }

  /// What collects spikes, if the piece does that and nothing else.
  Optional<Stmt.Collect> collect() {
    return lets.isEmpty() && body.size() == 1 && body.getFirst() instanceof Stmt.Collect collect
        ? Optional.of(collect)
        : Optional.empty();
  }

  /// Whether the piece does nothing but say that a list is empty.
  boolean empties(Buffer count) {
    return whole().equals(List.of(new Stmt.Store(count, Expr.i32(0), Expr.i32(0))));
  }

  Set<Buffer> written() {
    return Nodes.writtenIn(body);
  }

  /// What it needs to know: also of what it writes, if it does not write all of it.
  Set<Buffer> read() {
    return read(whole());
  }

  private static Set<Buffer> read(List<Stmt> block) {
    Set<Buffer> read = new LinkedHashSet<>();
    Nodes.eachStatement(block, stmt -> read.addAll(Nodes.read(stmt)));
    Nodes.eachExpression(
        block,
        expression -> {
          if (expression instanceof Expr.Load(Buffer buffer, _)) {
            read.add(buffer);
          }
        });
    return read;
  }

  /// The piece as one that only writes some buffers, and the rest; empty if it cannot be taken
  /// apart so. The rest may be nothing.
  Optional<List<Piece>> apart(Set<Buffer> some) {
    if (some.containsAll(written())) {
      return Optional.of(List.of(this));
    }
    if (body.size() != 1) {
      return Optional.empty();
    }
    return switch (body.getFirst()) {
      case Stmt.Collect collect ->
          apart(collect.body(), some)
              .filter(blocks -> !reads(collect.condition(), some))
              .map(blocks ->
                  List.of(
                      with(
                          "own",
                          new Stmt.Loop(
                              collect.index(),
                              collect.from(),
                              collect.to(),
                              Stmt.Order.INDEPENDENT,
                              blocks.getFirst())),
                      with(
                          "rest",
                          new Stmt.Collect(
                              collect.index(),
                              collect.from(),
                              collect.to(),
                              blocks.getLast(),
                              collect.condition(),
                              collect.list(),
                              collect.count()))));
      case Stmt.Loop loop when loop.order() == Stmt.Order.INDEPENDENT ->
          apart(loop.body(), some)
              .map(blocks ->
                  List.of(
                      with("own", with(loop, blocks.getFirst())),
                      with("rest", with(loop, blocks.getLast()))));
      default -> Optional.empty();
    };
  }

  private static Stmt with(Stmt.Loop loop, List<Stmt> body) {
    return new Stmt.Loop(loop.index(), loop.from(), loop.to(), loop.order(), body);
  }

  private Piece with(String what, Stmt stmt) {
    return new Piece(name + " " + what, phase, lets, List.of(stmt));
  }

  private static boolean reads(Expr expression, Set<Buffer> some) {
    boolean[] found = {false};
    Nodes.eachExpression(
        expression,
        inner -> found[0] |= inner instanceof Expr.Load(Buffer buffer, _) && some.contains(buffer));
    return found[0];
  }

  /// The stores of a block into some buffers with the locals that they need, and the others, if
  /// these do not look at those buffers.
  private static Optional<List<List<Stmt>>> apart(List<Stmt> block, Set<Buffer> some) {
    List<Stmt> stores = new ArrayList<>();
    List<Stmt> others = new ArrayList<>();
    for (Stmt stmt : block) {
      if (stmt instanceof Stmt.Store(Buffer buffer, _, _) && some.contains(buffer)) {
        stores.add(stmt);
      } else if (stmt instanceof Stmt.Var || stmt instanceof Stmt.Assign) {
        return Optional.empty();
      } else {
        others.add(stmt);
      }
    }
    List<Stmt> first = needed(block, stores);
    List<Stmt> rest = needed(block, others.stream().filter(s -> !(s instanceof Stmt.Let)).toList());
    Set<Buffer> seen = read(rest);
    seen.addAll(Nodes.writtenIn(rest));
    return seen.stream().anyMatch(some::contains)
        ? Optional.empty()
        : Optional.of(List.of(first, rest));
  }

  /// Some statements of a block, and the locals that they need, in their order.
  private static List<Stmt> needed(List<Stmt> block, List<Stmt> some) {
    Set<String> names = new HashSet<>();
    List<Stmt> kept = new ArrayList<>();
    for (Stmt stmt : block.reversed()) {
      boolean isKept =
          some.stream().anyMatch(each -> each == stmt)
              || stmt instanceof Stmt.Let(String name, _) && names.contains(name);
      if (isKept) {
        kept.addFirst(stmt);
        Nodes.eachExpression(
            List.of(stmt),
            expression -> {
              if (expression instanceof Expr.Read(String name, _)) {
                names.add(name);
              }
            });
      }
    }
    return kept;
  }
}
