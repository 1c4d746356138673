package snel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Stmt;

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
    return divide(part -> {
      PartAccesses touched = new PartAccesses(tables);
      return part(part, touched).divided(stmt).map(block -> new Done(block, touched.all()));
    });
  }

  private PartDivider part(int part, PartAccesses touched) {
    return new PartDivider(
        part,
        ranges,
        new PartRows(part, ranges, tables, limits, touched),
        new PartLists(part, ranges, tables, segments, touched),
        touched);
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
    Optional<Integer> neurons = ranges.neurons(collect.from(), collect.to());
    if (neurons.isEmpty()) {
      return Optional.empty();
    }
    return divide(part -> {
      PartAccesses own = new PartAccesses(tables);
      Owners owners = own.outside().with(collect.index(), new Owners.Neuron(neurons.get()));
      boolean isOwn = own.isOwn(collect.body(), owners);
      own.read(collect.condition(), owners);
      own.write(list.apply(part), Owner.PART);
      own.write(count.apply(part), Owner.PART);
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
      return isOwn ? Optional.of(new Done(List.of(none, rest), own.all())) : Optional.empty();
    });
  }
}
