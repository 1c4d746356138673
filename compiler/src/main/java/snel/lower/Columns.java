package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// The target-sorted view of compressed rows, which learning on the post-synaptic side needs:
/// `synapse` and `source` of each synapse onto target j, from `start[j * classes]` to `start[(j +
/// 1)
/// * classes]`, in the order of the classes of `delay` if there is one.
record Columns(Buffer start, Buffer synapse, Buffer source, Optional<Buffer> delay, int classes) {
  static Columns declare(
      Buffers buffers, Links links, Length synapses, Optional<Buffer> delay, Delays.Delay all) {
    int classes = delay.isPresent() ? all.classes() : 1;
    Cell sourceCell = links.sources <= 65_536 ? Cell.U16 : Cell.I32;
    String prefix = links.path + ".synapses.column_";
    return new Columns(
        buffers.declare(
            prefix + "start", Cell.I32, (long) links.targets * classes + 1, Role.WIRING),
        buffers.declare(prefix + "synapse", Cell.I32, synapses, Role.WIRING),
        buffers.declare(prefix + "source", sourceCell, synapses, Role.WIRING),
        delay,
        classes);
  }

  /// Place in `start` of the first synapse onto `target`, of a class or of all.
  Expr first(Expr target, Optional<Expr> delayClass) {
    Expr whole = classes == 1 ? target : mul(target, i(classes));
    return delayClass.map(k -> add(whole, k)).orElse(whole);
  }

  /// Place in `start` of the end of those.
  Expr end(Expr target, Optional<Expr> delayClass) {
    return delayClass.isPresent()
        ? add(first(target, delayClass), i(1))
        : first(add(target, i(1)), Optional.empty());
  }

  Build made(Wiring wiring) {
    return new Build.Transpose(wiring, delay, classes, start, synapse, source);
  }

  /// Makes the view again from rows that have changed.
  List<Stmt> madeAnew(Buffers buffers, Links links, Wiring wiring) {
    Buffer cursor =
        buffers.declare(
            links.path + ".synapses.rewire.cursor", Cell.I32, links.targets + 1L, Role.SCRATCH);
    Expr count = load(wiring.rowStart(), i(links.sources));
    Expr target = load(wiring.target(), index("k"));
    List<Stmt> all = new ArrayList<>();
    all.add(Emit.loop("k", i(links.targets + 1), List.of(Emit.store(cursor, index("k"), i(0)))));
    all.add(Emit.serial("k", i(0), count, List.of(Emit.increment(cursor, target, i(1)))));
    all.add(new Stmt.Var("place", i(0)));
    all.add(
        Emit.serial(
            "k",
            i(0),
            i(links.targets),
            List.of(
                Emit.store(start, index("k"), index("place")),
                new Stmt.Assign("place", add(index("place"), load(cursor, index("k")))),
                Emit.store(cursor, index("k"), load(start, index("k"))))));
    all.add(Emit.store(start, i(links.targets), index("place")));
    Expr to = load(cursor, load(wiring.target(), index("s")));
    List<Stmt> each =
        List.of(
            Emit.store(synapse, to, index("s")),
            Emit.store(source, to, index("i")),
            Emit.increment(cursor, load(wiring.target(), index("s")), i(1)));
    Expr first = load(wiring.rowStart(), index("i"));
    Expr end = load(wiring.rowStart(), add(index("i"), i(1)));
    all.add(Emit.serial("i", i(0), i(links.sources), List.of(Emit.serial("s", first, end, each))));
    return all;
  }
}
