package snel.gradient;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Nodes;
import snel.ir.Role;
import snel.ir.Stmt;

/// Loops that leave in each element the largest of the values that come to it. The way back finds
/// the largest again, and then goes through the values in the same order: the first that equals it
/// takes the whole derivative, as a pool of maxima in other systems has it.
final class Largest {
  private static final String PREFIX = "largest.";

  private final Names names;
  private final Map<Buffer, Buffer> made = new LinkedHashMap<>();

  Largest(Names names) {
    this.names = names;
  }

  /// Whether the loop does nothing but that.
  boolean isOne(Stmt.Loop loop) {
    int[] kinds = new int[2];
    Nodes.eachStatement(
        List.of(loop),
        stmt -> {
          if (stmt instanceof Stmt.Store store) {
            kinds[isRaised(store) ? 0 : 1]++;
          }
        });
    return kinds[0] > 0 && kinds[1] == 0;
  }

  private static boolean isRaised(Stmt.Store store) {
    return store.value() instanceof Expr.Binary(BinaryOp op, Expr before, Expr _)
        && op == BinaryOp.MAX
        && before.equals(new Expr.Load(store.buffer(), store.index()));
  }

  private Buffer found(Buffer buffer) {
    return made.computeIfAbsent(
        buffer, b -> new Buffer(PREFIX + b.name(), b.cell(), b.length(), Role.SCRATCH));
  }

  /// Finds what the loop leaves.
  List<Stmt> found(Stmt.Loop loop) {
    List<Stmt> again = List.of(loop);
    List<Stmt> all = new ArrayList<>();
    for (Buffer buffer : written(loop)) {
      Buffer largest = found(buffer);
      String k = names.fresh("k");
      Expr none = Expr.real(buffer.cell().scalar(), Double.NEGATIVE_INFINITY);
      int size = buffer.length() instanceof Length.Fixed(long length) ? (int) length : 0;
      all.add(
          new Stmt.Loop(
              k,
              Expr.i32(0),
              Expr.i32(size),
              Stmt.Order.INDEPENDENT,
              List.of(new Stmt.Store(largest, Form.index(k), none))));
      again = Form.mapStores(again, store -> raised(store, buffer, largest));
    }
    all.addAll(again);
    return all;
  }

  private static List<Buffer> written(Stmt.Loop loop) {
    Map<Buffer, Buffer> all = new LinkedHashMap<>();
    Nodes.eachStatement(
        List.of(loop), stmt -> Nodes.written(stmt).forEach(buffer -> all.put(buffer, buffer)));
    return List.copyOf(all.keySet());
  }

  private static Stmt.Store raised(Stmt.Store store, Buffer from, Buffer to) {
    return store.buffer().equals(from)
        ? new Stmt.Store(
            to,
            store.index(),
            new Expr.Binary(BinaryOp.MAX, new Expr.Load(to, store.index()), value(store)))
        : store;
  }

  private static Expr value(Stmt.Store store) {
    return ((Expr.Binary) store.value()).right();
  }

  /// The loop as one that gives the element the value that equals the largest, where it does.
  Stmt.Loop taking(Stmt.Loop loop) {
    return (Stmt.Loop)
        Form.mapStores(
                List.of(loop),
                store -> {
                  Buffer largest = found(store.buffer());
                  Expr most = new Expr.Load(largest, store.index());
                  Expr test = new Expr.Compare(CompareOp.EQ, value(store), most);
                  Expr before = new Expr.Load(store.buffer(), store.index());
                  return new Stmt.Store(
                      store.buffer(), store.index(), new Expr.Choose(test, value(store), before));
                })
            .getFirst();
  }

  /// Whether a condition is one of [#taking].
  static boolean isTest(Expr condition) {
    return condition instanceof Expr.Compare(CompareOp op, Expr _, Expr.Load(var buffer, _))
        && op == CompareOp.EQ
        && buffer.name().startsWith(PREFIX);
  }

  List<Buffer> buffers() {
    return List.copyOf(made.values());
  }
}
