package snel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Divides statements of a step between parts, so that each element is written by the part of its
/// neuron, in the order in which it was.
///
/// A loop over neurons is done for the neurons of the part, a row of synapses for those onto them;
/// of a list of neurons those of the part are picked out. What else stands beside such loops is
/// left to the first part.
final class Divider {
  private final Ranges ranges;
  private final Tables tables;
  private final RowLimits limits;
  private final Segments segments;
  private final ListedArrivals lists;

  Divider(Ranges ranges, Tables tables, RowLimits limits, Segments segments, ListedArrivals lists) {
    this.lists = lists;
    this.segments = segments;
    this.ranges = ranges;
    this.tables = tables;
    this.limits = limits;
  }

  /// What each part does of `stmt`, unless it is for one thread.
  Optional<Division> divide(Stmt stmt) {
    if (lists.isFor(stmt)) {
      return lists.divide(stmt);
    }
    return divide(part -> new Part(part).whole(stmt));
  }

  private Optional<Division> divide(IntFunction<Optional<Done>> work) {
    List<List<Stmt>> parts = new ArrayList<>();
    Accesses accesses = new Accesses();
    for (int part = 0; part < ranges.parts(); part++) {
      Optional<Done> done = work.apply(part);
      if (done.isEmpty()) {
        return Optional.empty();
      }
      parts.add(done.get().block());
      accesses.add(done.get().accesses());
    }
    return accesses.crosses(accesses)
        ? Optional.empty()
        : Optional.of(new Division(parts, accesses));
  }

  /// What one part does, and with what.
  private record Done(List<Stmt> block, Accesses accesses) {}

  /// What a collection does in each part, apart from putting the lists together.
  ///
  /// @param list of a part and its count
  Optional<Division> divide(
      Stmt.Collect collect, IntFunction<Buffer> list, IntFunction<Buffer> count) {
    Optional<Integer> neurons = neurons(collect.from(), collect.to());
    if (neurons.isEmpty()) {
      return Optional.empty();
    }
    return divide(part -> {
      Part own = new Part(part);
      Owners owners = own.outside.with(collect.index(), new Owners.Neuron(neurons.get()));
      boolean isOwn = own.isOwn(collect.body(), owners);
      own.read(collect.condition(), owners);
      own.accesses.write(list.apply(part), Owner.PART);
      own.accesses.write(count.apply(part), Owner.PART);
      Stmt rest =
          new Stmt.Collect(
              collect.index(),
              Expr.i32(ranges.start(part, neurons.get())),
              Expr.i32(ranges.end(part, neurons.get())),
              collect.body(),
              collect.condition(),
              list.apply(part),
              count.apply(part));
      Stmt none = new Stmt.Store(count.apply(part), Expr.i32(0), Expr.i32(0));
      return isOwn ? Optional.of(new Done(List.of(none, rest), own.accesses)) : Optional.empty();
    });
  }

  /// The number of neurons that a loop runs over, if it is worth dividing.
  private Optional<Integer> neurons(Expr from, Expr to) {
    return from instanceof Expr.Const(_, long first)
            && first == 0
            && to instanceof Expr.Const(_, long limit)
            && ranges.isDivided(limit)
        ? Optional.of((int) limit)
        : Optional.empty();
  }

  /// The work of one part.
  private final class Part {
    private final int part;
    private Accesses accesses = new Accesses();
    private final Owners outside = new Owners(tables);

    Part(int part) {
      this.part = part;
    }

    Optional<Done> whole(Stmt stmt) {
      return divided(stmt).map(block -> new Done(block, accesses));
    }

    /// The statement for this part; empty if it has nothing to divide.
    private Optional<List<Stmt>> divided(Stmt stmt) {
      return switch (stmt) {
        case Stmt.Words words -> words(words);
        case Stmt.AddBits add -> bits(add);
        case Stmt.If branch -> branch(branch);
        case Stmt.Loop loop ->
            neuronLoop(loop)
                .or(() -> row(loop))
                .or(() -> joinedRow(loop))
                .or(() -> around(loop))
                .or(() -> picked(loop));
        case Stmt.Let _,
            Stmt.Var _,
            Stmt.Assign _,
            Stmt.Store _,
            Stmt.While _,
            Stmt.Collect _,
            Stmt.Push _ ->
            Optional.empty();
      };
    }

    private Optional<List<Stmt>> words(Stmt.Words words) {
      return neurons(Expr.i32(0), words.count())
          .filter(_ -> words.first() == 0)
          .map(neurons -> {
            accesses.write(words.words(), Owners.slice(words.words(), 0, neurons));
            Nodes.operands(words).forEach(part -> read(part, outside));
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
          outside.with("$j", new Owners.Neuron(targets)).element(add.counts(), first);
      if (owner.isEmpty()) {
        return Optional.empty();
      }
      accesses.write(add.counts(), owner.get());
      Nodes.read(add).forEach(buffer -> accesses.read(buffer, Owner.SHARED));
      read(add.at(), outside);
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
      return attempt(() -> {
        read(branch.condition(), outside);
        Mixed then = mixed(branch.then());
        Mixed otherwise = mixed(branch.otherwise());
        return then.hasDivision || otherwise.hasDivision
            ? Optional.of(List.of(new Stmt.If(branch.condition(), then.block, otherwise.block)))
            : Optional.empty();
      });
    }

    /// A loop that every part goes through, with something to divide inside.
    private Optional<List<Stmt>> around(Stmt.Loop loop) {
      return attempt(() -> {
        read(loop.from(), outside);
        read(loop.to(), outside);
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
          read(value, outside);
          own.add(stmt);
        } else if (hasLocals(stmt)) {
          return new Mixed(List.of(), false);
        } else {
          accesses.byFirst(List.of(stmt));
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
      return neurons(loop.from(), loop.to())
          .flatMap(neurons ->
              attempt(() -> {
                Owners owners = outside.with(loop.index(), new Owners.Neuron(neurons));
                return isOwn(loop.body(), owners)
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

    /// The synapses of a row onto the neurons of the part.
    private Optional<List<Stmt>> row(Stmt.Loop loop) {
      return Row.of(loop)
          .flatMap(row ->
              tables
                  .rows(row.start())
                  .filter(wiring -> ranges.isDivided(wiring.targets()))
                  .flatMap(wiring -> attempt(() -> row(loop, row, wiring))));
    }

    private Optional<List<Stmt>> row(Stmt.Loop loop, Row row, Wiring wiring) {
      if (!isOwn(loop.body(), outside.with(loop.index(), new Owners.Synapse(wiring)))) {
        return Optional.empty();
      }
      read(loop.from(), outside);
      return Optional.of(List.of(limits.along(loop, row, wiring, part, loop.body())));
    }

    /// The synapses of a joined row onto the neurons of the part, stretch by stretch.
    private Optional<List<Stmt>> joinedRow(Stmt.Loop loop) {
      return Row.of(loop)
          .flatMap(row ->
              tables
                  .joined(row.start())
                  .filter(rows ->
                      rows.stretches().stream().allMatch(s -> ranges.isDivided(s.targets())))
                  .flatMap(rows -> attempt(() -> joinedRow(loop, rows, row.at()))));
    }

    private Optional<List<Stmt>> joinedRow(Stmt.Loop loop, Build.Rows rows, Expr at) {
      read(loop.from(), outside);
      List<Stmt> own = new ArrayList<>();
      for (Build.Stretch stretch : rows.stretches()) {
        if (!isOwn(loop.body(), outside.with(loop.index(), new Owners.Joined(rows, stretch)))) {
          return Optional.empty();
        }
        limits.along(loop, at, rows, stretch, part, loop.body()).ifPresent(own::add);
      }
      return Optional.of(own);
    }

    /// A loop over a list of neurons, for those of the part.
    private Optional<List<Stmt>> picked(Stmt.Loop loop) {
      for (int at = 0; at < loop.body().size(); at++) {
        if (!(loop.body().get(at) instanceof Stmt.Let(String who, _))) {
          return Optional.empty();
        }
        List<Stmt> head = loop.body().subList(0, at + 1);
        List<Stmt> rest = loop.body().subList(at + 1, loop.body().size());
        Optional<Integer> neurons = population(who, rest);
        if (neurons.isPresent()) {
          return attempt(() -> picked(loop, head, who, neurons.get(), rest));
        }
      }
      return Optional.empty();
    }

    private Optional<List<Stmt>> picked(
        Stmt.Loop loop, List<Stmt> head, String who, int neurons, List<Stmt> rest) {
      if (!isOwn(rest, outside.with(who, new Owners.Neuron(neurons)))) {
        return Optional.empty();
      }
      Optional<List<Stmt>> own = collected(loop, head, neurons, rest);
      if (own.isPresent()) {
        return own;
      }
      read(loop.from(), outside);
      read(loop.to(), outside);
      for (Stmt stmt : head) {
        Nodes.operands(stmt).forEach(value -> read(value, outside));
      }
      Expr neuron = new Expr.Read(who, Scalar.I32);
      Expr from = Expr.i32(ranges.start(part, neurons));
      Expr to = Expr.i32(ranges.end(part, neurons));
      Stmt below = when(new Expr.Compare(CompareOp.LT, neuron, to), rest);
      List<Stmt> body = new ArrayList<>(head);
      body.add(when(new Expr.Compare(CompareOp.GE, neuron, from), List.of(below)));
      return Optional.of(
          List.of(
              new Stmt.Loop(loop.index(), loop.from(), loop.to(), Stmt.Order.SEQUENTIAL, body)));
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
            accesses.read(own, Owner.PART);
            accesses.read(number, Owner.PART);
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

    /// Whether a block writes nothing but elements of this part.
    private boolean isOwn(List<Stmt> block, Owners around) {
      Owners owners = around;
      List<String> variables = new ArrayList<>();
      for (Stmt stmt : block) {
        switch (stmt) {
          case Stmt.Let(String name, Expr value) -> {
            read(value, owners);
            Owners known = owners;
            owners = owners.of(value).map(local -> known.with(name, local)).orElse(known);
          }
          case Stmt.Var(String name, Expr value) -> {
            read(value, owners);
            variables.add(name);
          }
          case Stmt.Assign(String name, Expr value) -> read(value, owners);
          case Stmt.Store(Buffer buffer, Expr index, Expr value) when Findings.is(buffer) -> {
            if (!Findings.isWhole(block)) {
              return false;
            }
            readBut(buffer, value, owners);
            read(index, owners);
          }
          case Stmt.Store(Buffer buffer, Expr index, Expr value) -> {
            Optional<Owner> owner = owners.element(buffer, index);
            if (owner.isEmpty()) {
              return false;
            }
            accesses.write(buffer, owner.get());
            read(index, owners);
            read(value, owners);
          }
          case Stmt.If branch -> {
            read(branch.condition(), owners);
            if (!isOwn(branch.then(), owners) || !isOwn(branch.otherwise(), owners)) {
              return false;
            }
          }
          case Stmt.While loop -> {
            read(loop.condition(), owners);
            if (!isOwn(loop.body(), owners)) {
              return false;
            }
          }
          case Stmt.Loop loop -> {
            read(loop.from(), owners);
            read(loop.to(), owners);
            if (!isOwn(loop.body(), inside(loop, owners))) {
              return false;
            }
          }
          case Stmt.Collect _, Stmt.Push _, Stmt.Words _, Stmt.AddBits _ -> {
            return false;
          }
        }
      }
      return true;
    }

    private Owners inside(Stmt.Loop loop, Owners owners) {
      Optional<Row> row = Row.of(loop);
      Optional<Owners.Local> whose = row.flatMap(known -> owners.of(known.at()));
      if (row.isPresent()
          && whose.isPresent()
          && whose.get() instanceof Owners.Neuron(int neurons)) {
        return tables
            .columns(row.get().start())
            .filter(columns -> columns.wiring().targets() == neurons)
            .map(columns -> owners.with(loop.index(), new Owners.Place(columns)))
            .orElse(owners);
      }
      return owners;
    }

    private void readBut(Buffer finding, Expr expression, Owners owners) {
      if (expression instanceof Expr.Load(Buffer buffer, Expr index) && buffer.equals(finding)) {
        read(index, owners);
      } else if (expression instanceof Expr.Load(Buffer buffer, Expr index)) {
        accesses.read(buffer, owners.element(buffer, index).orElse(Owner.SHARED));
        readBut(finding, index, owners);
      } else {
        Nodes.operands(expression).forEach(operand -> readBut(finding, operand, owners));
      }
    }

    private void read(Expr expression, Owners owners) {
      Nodes.eachExpression(
          expression,
          inner -> {
            if (inner instanceof Expr.Load(Buffer buffer, Expr index)) {
              accesses.read(buffer, owners.element(buffer, index).orElse(Owner.SHARED));
            }
          });
    }

    private interface Attempt {
      Optional<List<Stmt>> make();
    }

    /// Keeps what an attempt accesses only if it comes off.
    private Optional<List<Stmt>> attempt(Attempt attempt) {
      Accesses before = accesses;
      accesses = new Accesses();
      Optional<List<Stmt>> made = attempt.make();
      if (made.isPresent()) {
        before.add(accesses);
      }
      accesses = before;
      return made;
    }
  }
}
