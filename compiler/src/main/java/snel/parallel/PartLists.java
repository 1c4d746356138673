package snel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Loops over lists of neurons for one part: of each list its own are picked out, or it has listed
/// them itself.
final class PartLists {
  private final int part;
  private final Ranges ranges;
  private final Tables tables;
  private final Segments segments;
  private final PartAccesses touched;

  PartLists(int part, Ranges ranges, Tables tables, Segments segments, PartAccesses touched) {
    this.part = part;
    this.ranges = ranges;
    this.tables = tables;
    this.segments = segments;
    this.touched = touched;
  }

  /// A loop over a list of neurons, for those of the part.
  Optional<List<Stmt>> picked(Stmt.Loop loop) {
    for (int at = 0; at < loop.body().size(); at++) {
      if (!(loop.body().get(at) instanceof Stmt.Let(String who, _))) {
        return Optional.empty();
      }
      List<Stmt> head = loop.body().subList(0, at + 1);
      List<Stmt> rest = loop.body().subList(at + 1, loop.body().size());
      Optional<Integer> neurons = population(who, rest);
      if (neurons.isPresent()) {
        return touched.attempt(() -> picked(loop, head, who, neurons.get(), rest));
      }
    }
    return Optional.empty();
  }

  private Optional<List<Stmt>> picked(
      Stmt.Loop loop, List<Stmt> head, String who, int neurons, List<Stmt> rest) {
    if (!touched.isOwn(rest, touched.outside().with(who, new Owners.Neuron(neurons)))) {
      return Optional.empty();
    }
    Optional<List<Stmt>> own = collected(loop, head, neurons, rest);
    if (own.isPresent()) {
      return own;
    }
    touched.read(loop.from(), touched.outside());
    touched.read(loop.to(), touched.outside());
    for (Stmt stmt : head) {
      Nodes.operands(stmt).forEach(value -> touched.read(value, touched.outside()));
    }
    Expr neuron = new Expr.Read(who, Scalar.I32);
    Expr from = Expr.i32(ranges.start(part, neurons));
    Expr to = Expr.i32(ranges.end(part, neurons));
    Stmt below = when(new Expr.Compare(CompareOp.LT, neuron, to), rest);
    List<Stmt> body = new ArrayList<>(head);
    body.add(when(new Expr.Compare(CompareOp.GE, neuron, from), List.of(below)));
    return Optional.of(
        List.of(new Stmt.Loop(loop.index(), loop.from(), loop.to(), Stmt.Order.SEQUENTIAL, body)));
  }

  /// Of a list that the parts have collected in this step, the part has its own.
  private Optional<List<Stmt>> collected(
      Stmt.Loop loop, List<Stmt> head, int neurons, List<Stmt> rest) {
    if (head.size() != 1
        || !(head.getFirst() instanceof Stmt.Let(String who, Expr.Load(Buffer list, Expr at)))
        || !at.equals(new Expr.Read(loop.index(), Scalar.I32))
        || !loop.from().equals(Expr.i32(0))
        || !(loop.to() instanceof Expr.Load(Buffer count, Expr first))
        || !first.equals(Expr.i32(0))) {
      return Optional.empty();
    }
    return segments
        .of(list, count)
        .filter(collect -> collect.to().equals(Expr.i32(neurons)))
        .map(collect -> {
          Buffer own = segments.list(collect, part);
          Buffer number = segments.count(collect, part);
          touched.read(own, Owner.PART);
          touched.read(number, Owner.PART);
          List<Stmt> body = new ArrayList<>();
          body.add(new Stmt.Let(who, new Expr.Load(own, at)));
          body.addAll(rest);
          return List.of(
              new Stmt.Loop(
                  loop.index(),
                  loop.from(),
                  new Expr.Load(number, first),
                  Stmt.Order.SEQUENTIAL,
                  body));
        });
  }

  private static Stmt when(Expr condition, List<Stmt> block) {
    return new Stmt.If(condition, block, List.of());
  }

  /// The size of the population whose neuron a local is, by what is written at it or the columns
  /// that are gone through.
  private Optional<Integer> population(String who, List<Stmt> block) {
    List<Integer> found = new ArrayList<>();
    Expr neuron = new Expr.Read(who, Scalar.I32);
    Nodes.eachStatement(
        block,
        stmt -> {
          if (stmt instanceof Stmt.Store(Buffer buffer, Expr index, _)
              && index.equals(neuron)
              && buffer.length() instanceof Length.Fixed(long count)
              && ranges.isDivided(count)) {
            found.add((int) count);
          } else if (stmt instanceof Stmt.Loop loop
              && loop.from() instanceof Expr.Load(Buffer start, Expr index)
              && index.equals(neuron)) {
            tables.columns(start).ifPresent(columns -> found.add(columns.wiring().targets()));
          }
        });
    return found.stream().findFirst().filter(ranges::isDivided);
  }
}
