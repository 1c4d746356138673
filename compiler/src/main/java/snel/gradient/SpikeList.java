package snel.gradient;

import java.util.List;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Length;
import snel.ir.Stmt;

/// A list of the neurons that spike in a step.
final class SpikeList {
  private SpikeList() {}

  /// What the loop does for neuron `i`, whether it is in the list or not.
  static List<Stmt> forNeuron(Stmt.Loop loop, Buffer list, String i) {
    Expr element = new Expr.Load(list, Form.index(loop.index()));
    return Form.mapAll(loop.body(), expr -> expr.equals(element) ? Form.index(i) : expr);
  }

  /// What the loop does for its element `e`.
  static List<Stmt> element(Stmt.Loop loop, String e) {
    Expr before = Form.index(loop.index());
    return Form.mapAll(loop.body(), expr -> expr.equals(before) ? Form.index(e) : expr);
  }

  /// How many neurons may be in it.
  static int size(Buffer list) {
    return list.length() instanceof Length.Fixed(long size) ? (int) size : 0;
  }
}
