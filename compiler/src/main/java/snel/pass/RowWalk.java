package snel.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// A kernel that walks along the rows of spikes and adds the weight of each synapse to a sum of its
/// target, in the slot of its arrival: `for e … { let who = list[e]; for s in row { sums[slot *
/// size + target[s]] += weight[s] } }`; or where all arrive at once in the only one,
/// `sums[target[s]]`.
///
/// @param before what else the kernel does, first
/// @param marks what it does once a spike, whoever spikes
/// @param delay of each synapse, if the slot hangs on one
/// @param slot of arrival, if there are several; reads the delay of the synapse at the index of
///   `row`
/// @param size of a slot
record RowWalk(
    Kernel kernel,
    List<Stmt> before,
    Expr spikes,
    Buffer list,
    List<Stmt> marks,
    Stmt.Loop row,
    Buffer rowStart,
    Buffer target,
    Buffer weight,
    Buffer sums,
    Optional<Buffer> delay,
    Optional<Expr> slot,
    int size) {
  static Optional<RowWalk> of(Kernel kernel) {
    return kernel.body().isEmpty()
            || !(kernel.body().getLast() instanceof Stmt.Loop spikes)
            || !spikes.from().equals(Expr.i32(0))
            || spikes.body().size() < 2
            || !(spikes.body().getFirst() instanceof Stmt.Let(String who, Expr.Load neuron))
            || !neuron.index().equals(local(spikes.index()))
            || !(spikes.body().getLast() instanceof Stmt.Loop row)
            || !(row.from() instanceof Expr.Load(Buffer rowStart, Expr first))
            || !first.equals(local(who))
            || !row.to().equals(new Expr.Load(rowStart, next(local(who))))
        ? Optional.empty()
        : new Matching(kernel, spikes, neuron.buffer(), row, rowStart).found(who);
  }

  static Expr local(String name) {
    return new Expr.Read(name, Scalar.I32);
  }

  static Expr next(Expr index) {
    return new Expr.Binary(BinaryOp.ADD, index, Expr.i32(1));
  }

  /// Slots of the ring of sums.
  int slots() {
    return (int) (((Length.Fixed) sums.length()).count() / size);
  }

  /// The slot of a synapse whose delay lies elsewhere.
  Optional<Expr> slot(Optional<Buffer> otherDelay, String synapse) {
    Rewrite renamed =
        new Rewrite() {
          @Override
          Expr change(Expr expr) {
            return expr instanceof Expr.Load(Buffer buffer, _)
                    && delay.filter(buffer::equals).isPresent()
                ? new Expr.Load(otherDelay.orElseThrow(), local(synapse))
                : expr;
          }
        };
    return slot.map(renamed::expr);
  }

  int sources() {
    return (int) (((Length.Fixed) rowStart.length()).count() - 1);
  }

  /// The wiring of the rows, if they are those of one projection.
  Optional<Wiring> wiring(Program program) {
    return program.build().stream()
        .flatMap(step ->
            step instanceof Build.Wire(Wiring made)
                    && made.rowStart().equals(rowStart)
                    && made.target().equals(target)
                ? Stream.of(made)
                : Stream.of())
        .findFirst();
  }

  /// The arrays of the synapses that nothing but the walk needs in a step.
  Set<Buffer> synapses() {
    Set<Buffer> all = new HashSet<>(List.of(target, weight));
    delay.ifPresent(all::add);
    return all;
  }

  private record Matching(
      Kernel kernel, Stmt.Loop spikes, Buffer list, Stmt.Loop row, Buffer rowStart) {
    Optional<RowWalk> found(String who) {
      if (row.body().size() != 1
          || !(row.body().getFirst() instanceof Stmt.Store(Buffer sums, Expr at, Expr sum))
          || !(sum instanceof Expr.Binary(BinaryOp more, Expr old, Expr.Load added))
          || more != BinaryOp.ADD
          || !old.equals(new Expr.Load(sums, at))
          || !added.index().equals(local(row.index()))
          || !(sums.length() instanceof Length.Fixed(long length))
          || !(Place.of(at).orElse(Place.only(at, (int) length))
              instanceof Place(Optional<Expr> slot, int size, int offset, Expr.Load target))
          || offset != 0
          || !target.index().equals(local(row.index()))) {
        return Optional.empty();
      }
      Set<Buffer> delays = new HashSet<>();
      boolean[] plain = {true};
      slot.ifPresent(several ->
          Nodes.eachExpression(
              several,
              expr -> {
                switch (expr) {
                  case Expr.Load(Buffer buffer, Expr index) when index.equals(local(row.index())) ->
                      delays.add(buffer);
                  case Expr.Read(String name, _) -> plain[0] &= name.equals(row.index());
                  default -> {}
                }
              }));
      List<Stmt> marks = spikes.body().subList(1, spikes.body().size() - 1);
      Set<String> own = Set.of(who, spikes.index());
      Nodes.eachExpression(
          marks,
          expr -> plain[0] &= !(expr instanceof Expr.Read(String name, _) && own.contains(name)));
      return plain[0] && delays.size() < 2
          ? Optional.of(
              new RowWalk(
                  kernel,
                  kernel.body().subList(0, kernel.body().size() - 1),
                  spikes.to(),
                  list,
                  List.copyOf(marks),
                  row,
                  rowStart,
                  target.buffer(),
                  added.buffer(),
                  sums,
                  delays.stream().findFirst(),
                  slot,
                  size))
          : Optional.empty();
    }
  }

  /// Where an element of a ring is: `slot * size + offset + index`, without the first in a ring of
  /// one slot.
  record Place(Optional<Expr> slot, int size, int offset, Expr index) {
    /// The element `index` of a ring of one slot.
    static Place only(Expr index, int size) {
      return new Place(Optional.empty(), size, 0, index);
    }

    static Optional<Place> of(Expr at) {
      return at instanceof Expr.Binary(BinaryOp sum, Expr start, Expr index) && sum == BinaryOp.ADD
          ? of(start, index)
          : Optional.empty();
    }

    private static Optional<Place> of(Expr start, Expr index) {
      return switch (start) {
        case Expr.Binary(BinaryOp op, Expr slot, Expr.Const factor) when op == BinaryOp.MUL ->
            Optional.of(new Place(Optional.of(slot), (int) factor.bits(), 0, index));
        case Expr.Binary(
                BinaryOp op,
                Expr.Binary(BinaryOp inner, Expr slot, Expr.Const factor),
                Expr.Const shift)
            when op == BinaryOp.ADD && inner == BinaryOp.MUL ->
            Optional.of(
                new Place(Optional.of(slot), (int) factor.bits(), (int) shift.bits(), index));
        default -> Optional.empty();
      };
    }

    /// The same element in a ring whose slots are wider.
    Place in(int width, int more) {
      return new Place(slot, width, offset + more, index);
    }

    Expr at() {
      Expr inSlot = offset == 0 ? index : new Expr.Binary(BinaryOp.ADD, Expr.i32(offset), index);
      return slot.map(
              several -> {
                Expr start = new Expr.Binary(BinaryOp.MUL, several, Expr.i32(size));
                Expr shifted =
                    offset == 0 ? start : new Expr.Binary(BinaryOp.ADD, start, Expr.i32(offset));
                return (Expr) new Expr.Binary(BinaryOp.ADD, shifted, index);
              })
          .orElse(inSlot);
    }
  }

  /// Whether all that the program does with the sums is to read and write such elements.
  boolean isOnlyRing(Program program, Mentions mentions) {
    boolean[] only = {
      program.directory().values().stream().noneMatch(v -> v.buffer().equals(sums))
    };
    for (Kernel other : mentions.all(sums)) {
      Nodes.eachStatement(
          other.body(),
          stmt -> {
            if (stmt instanceof Stmt.Store(Buffer buffer, Expr at, _)) {
              only[0] &= !buffer.equals(sums) || isPlace(at);
            } else {
              only[0] &= !Nodes.written(stmt).contains(sums) && !Nodes.read(stmt).contains(sums);
            }
          });
      Nodes.eachExpression(
          other.body(),
          expr ->
              only[0] &=
                  !(expr instanceof Expr.Load(Buffer buffer, Expr at))
                      || !buffer.equals(sums)
                      || isPlace(at));
    }
    return only[0];
  }

  /// Where in the sums an element is.
  Optional<Place> place(Expr at) {
    return slot.isEmpty()
        ? Optional.of(Place.only(at, size))
        : Place.of(at).filter(place -> place.size() == size);
  }

  private boolean isPlace(Expr at) {
    return place(at).isPresent();
  }

  /// Whether only this walk and the building of the network use the synapses.
  boolean ownsSynapses(Program program, Mentions mentions) {
    Set<Buffer> own = synapses();
    List<Stmt> beside = new ArrayList<>(before);
    beside.addAll(marks);
    return Nodes.buffers(beside).stream().noneMatch(own::contains)
        && own.stream()
            .flatMap(buffer -> mentions.scheduled(buffer).stream())
            .allMatch(kernel::equals)
        && program.build().stream().noneMatch(step -> moves(step, own));
  }

  private static boolean moves(Build step, Set<Buffer> own) {
    return switch (step) {
      case Build.Fill(Buffer buffer, _) -> own.contains(buffer);
      case Build.FillIntegers(Buffer buffer, _) -> own.contains(buffer);
      case Build.Release(Buffer buffer) -> own.contains(buffer);
      case Build.SortByDelay sort -> sort.moved().stream().anyMatch(own::contains);
      case Build.Transpose transpose -> own.contains(transpose.wiring().target());
      case Build.Run _, Build.Wire _, Build.Join _, Build.Lists _, Build.Masks _ -> false;
    };
  }
}
