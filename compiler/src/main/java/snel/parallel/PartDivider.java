package snel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// What one part does of a statement: loops over neurons for those of the part, and so on inside of
/// what all parts go through.
final class PartDivider {
  private final int part;
  private final Ranges ranges;
  private final PartRows rows;
  private final PartLists lists;
  private final PartAccesses touched;

  PartDivider(int part, Ranges ranges, PartRows rows, PartLists lists, PartAccesses touched) {
    this.part = part;
    this.ranges = ranges;
    this.rows = rows;
    this.lists = lists;
    this.touched = touched;
  }

  /// The statement for this part; empty if it has nothing to divide.
  Optional<List<Stmt>> divided(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Words words -> words(words);
      case Stmt.AddBits add -> bits(add);
      case Stmt.If branch -> branch(branch);
      case Stmt.Loop loop ->
          neuronLoop(loop)
              .or(() -> rows.row(loop))
              .or(() -> rows.joinedRow(loop))
              .or(() -> around(loop))
              .or(() -> lists.picked(loop));
      case Stmt.Store store -> rows.only(store);
      case Stmt.Let _, Stmt.Var _, Stmt.Assign _, Stmt.While _, Stmt.Collect _, Stmt.Push _ ->
          Optional.empty();
    };
  }

  private Optional<List<Stmt>> words(Stmt.Words words) {
    return ranges
        .neurons(Expr.i32(0), words.count())
        .filter(_ -> words.first() == 0)
        .map(neurons -> {
          touched.write(words.words(), Owners.slice(words.words(), 0, neurons));
          Nodes.operands(words).forEach(part -> touched.read(part, touched.outside()));
          return between(neurons, words::between);
        });
  }

  private Optional<List<Stmt>> bits(Stmt.AddBits add) {
    int targets = add.targets();
    boolean isWhole = add.from() == 0 && add.to() == targets;
    if (!isWhole || !Ranges.suitsBits(targets)) {
      return Optional.empty();
    }
    Expr first = new Expr.Binary(BinaryOp.ADD, add.at(), new Expr.Read("$j", Scalar.I32));
    Optional<Owner> owner =
        touched.outside().with("$j", new Owners.Neuron(targets)).element(add.counts(), first);
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    touched.write(add.counts(), owner.get());
    Nodes.read(add).forEach(buffer -> touched.read(buffer, Owner.SHARED));
    touched.read(add.at(), touched.outside());
    return Optional.of(between(targets, add::between));
  }

  private interface Between {
    Stmt of(int from, int to);
  }

  private List<Stmt> between(int neurons, Between statement) {
    int from = ranges.start(part, neurons);
    int to = ranges.end(part, neurons);
    return from < to ? List.of(statement.of(from, to)) : List.of();
  }

  private Optional<List<Stmt>> branch(Stmt.If branch) {
    return touched.attempt(() -> {
      touched.read(branch.condition(), touched.outside());
      Mixed then = mixed(branch.then());
      Mixed otherwise = mixed(branch.otherwise());
      return then.hasDivision || otherwise.hasDivision
          ? Optional.of(List.of(new Stmt.If(branch.condition(), then.block, otherwise.block)))
          : Optional.empty();
    });
  }

  /// A loop that every part goes through, with something to divide inside.
  private Optional<List<Stmt>> around(Stmt.Loop loop) {
    return touched.attempt(() -> {
      touched.read(loop.from(), touched.outside());
      touched.read(loop.to(), touched.outside());
      Mixed body = mixed(loop.body());
      return body.hasDivision
          ? Optional.of(
              List.of(
                  new Stmt.Loop(
                      loop.index(), loop.from(), loop.to(), Stmt.Order.SEQUENTIAL, body.block)))
          : Optional.empty();
    });
  }

  private record Mixed(List<Stmt> block, boolean hasDivision) {}

  /// Divides what can be; the rest is for the first part, but all may see its locals.
  private Mixed mixed(List<Stmt> block) {
    List<Stmt> own = new ArrayList<>();
    boolean hasDivision = false;
    for (Stmt stmt : block) {
      Optional<List<Stmt>> divided = divided(stmt);
      if (divided.isPresent()) {
        own.addAll(divided.get());
        hasDivision = true;
      } else if (stmt instanceof Stmt.Let(_, Expr value)) {
        touched.read(value, touched.outside());
        own.add(stmt);
      } else if (hasLocals(stmt)) {
        return new Mixed(List.of(), false);
      } else {
        touched.byFirst(List.of(stmt));
        if (part == 0) {
          own.add(stmt);
        }
      }
    }
    return new Mixed(own, hasDivision);
  }

  private static boolean hasLocals(Stmt stmt) {
    boolean[] found = {false};
    Nodes.eachStatement(
        List.of(stmt),
        inner -> found[0] |= inner instanceof Stmt.Var || inner instanceof Stmt.Assign);
    return found[0];
  }

  private Optional<List<Stmt>> neuronLoop(Stmt.Loop loop) {
    return ranges
        .neurons(loop.from(), loop.to())
        .flatMap(neurons ->
            touched.attempt(() -> {
              Owners owners = touched.outside().with(loop.index(), new Owners.Neuron(neurons));
              return touched.isOwn(loop.body(), owners)
                  ? Optional.of(
                      between(
                          neurons,
                          (from, to) ->
                              new Stmt.Loop(
                                  loop.index(),
                                  Expr.i32(from),
                                  Expr.i32(to),
                                  loop.order(),
                                  loop.body())))
                  : Optional.empty();
            }));
  }
}
