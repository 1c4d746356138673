package snel.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import snel.ir.Kernel;
import snel.ir.Phase;
import snel.ir.Stmt;

/// Loops that follow each other over the same elements in order, such as those that count what goes
/// down each of several projections of one population.
final class SameLoops {
  private SameLoops() {}

  /// The statements with those of such loops that have nothing to do with each other as one. Their
  /// locals must differ.
  static List<Stmt> together(List<Stmt> block) {
    List<Stmt> made = new ArrayList<>();
    for (Stmt stmt : block) {
      if (stmt instanceof Stmt.Loop loop
          && !made.isEmpty()
          && made.getLast() instanceof Stmt.Loop before
          && isSame(before, loop)) {
        made.set(made.size() - 1, with(before, loop));
      } else {
        made.add(stmt);
      }
    }
    return made;
  }

  private static boolean isSame(Stmt.Loop one, Stmt.Loop other) {
    return one.order() != Stmt.Order.INDEPENDENT
        && other.order() == one.order()
        && one.from().equals(other.from())
        && one.to().equals(other.to())
        && !part(one).conflicts(part(other));
  }

  private static StepPart part(Stmt.Loop loop) {
    List<Stmt> alone = List.of(loop);
    return StepPart.of(new Kernel("", Phase.DELIVER, alone), alone, true);
  }

  private static Stmt.Loop with(Stmt.Loop one, Stmt.Loop other) {
    Rewrite renamed = Renaming.of(Map.of(other.index(), one.index()));
    List<Stmt> body =
        Stream.concat(one.body().stream(), renamed.block(other.body()).stream()).toList();
    return new Stmt.Loop(one.index(), one.from(), one.to(), one.order(), body);
  }
}
